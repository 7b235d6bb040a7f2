//! Parts of a JSON text, found without a type: what of a page leads to the next.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::codegen::Step;

/// The part that the steps lead to; `None` where a step leads nowhere.
pub(super) fn find<'j>(json: &'j [u8], steps: &[Step]) -> Option<&'j RawValue> {
    let mut part: &RawValue = serde_json::from_slice(json).ok()?;
    for step in steps {
        part = match *step {
            Step::Name(name) => property(part, name)?,
            Step::Last => items(part)?.pop()?,
            Step::Where(name, wanted) => items(part)?.into_iter().find(|item| {
                property(item, name).and_then(word).is_some_and(|found| found == wanted)
            })?,
        };
    }
    Some(part)
}

/// How many items the list has; 0 of what is none.
pub(super) fn count(part: Option<&RawValue>) -> usize {
    part.and_then(items).map_or(0, |items| items.len())
}

/// A text or a whole number as a parameter has it; `None` of an empty text and of everything else.
pub(super) fn word(part: &RawValue) -> Option<String> {
    let json = part.get();
    let text: Option<String> = serde_json::from_str(json).ok();
    text.filter(|text| !text.is_empty()).or_else(|| {
        let digits = json.strip_prefix('-').unwrap_or(json);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_whole.then(|| json.to_owned())
    })
}

/// Whether a part says anything: it is neither null, nor false, nor an empty text or list.
pub(super) fn says_something(part: &RawValue) -> bool {
    let json = part.get();
    let is_empty_list = || items(part).is_some_and(|items| items.is_empty());
    !matches!(json, "null" | "false" | "\"\"") && !is_empty_list()
}

fn property<'j>(part: &'j RawValue, name: &str) -> Option<&'j RawValue> {
    let mut json = serde_json::Deserializer::from_str(part.get());
    json.deserialize_map(Property(name)).ok()?
}

fn items(part: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(part.get()).ok()
}

struct Property<'n>(&'n str);

impl<'de> Visitor<'de> for Property<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_it) = map.next_key_seed(Is(self.0))? {
            if is_it {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Whether a key is this one.
struct Is<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Last, Name, Where};

    const PAGE: &str = r#"{"links":[{"rel":"self","href":"/1"},{"rel":"next","href":"/2"}],
        "a":{"b\u0063":"x","n":12,"f":1.5,"e":"","l":[]},"data":[{"id":1},{"id":"z"}],"no":null}"#;

    fn at(steps: &[Step]) -> Option<&'static str> {
        find(PAGE.as_bytes(), steps).map(RawValue::get)
    }

    #[test]
    fn steps_lead_to_parts() {
        assert_eq!(at(&[Name("a"), Name("bc")]), Some("\"x\""));
        assert_eq!(at(&[Name("links"), Where("rel", "next"), Name("href")]), Some("\"/2\""));
        assert_eq!(at(&[Name("data"), Last, Name("id")]), Some("\"z\""));
        assert_eq!(at(&[Name("no")]), Some("null"));
        for nowhere in [
            &[Name("x")][..],
            &[Name("a"), Last],
            &[Name("a"), Name("l"), Last],
            &[Name("links"), Where("rel", "last")],
            &[Name("data"), Name("id")],
            &[Last],
        ] {
            assert_eq!(at(nowhere), None, "{nowhere:?}");
        }
        assert!(find(b"{\"a\":", &[Name("a")]).is_none());
        assert!(find(b"", &[]).is_none());
    }

    #[test]
    fn what_a_part_says() {
        let part = |steps: &[Step]| find(PAGE.as_bytes(), steps).unwrap();
        assert_eq!(count(Some(part(&[Name("data")]))), 2);
        assert_eq!((count(Some(part(&[Name("a")]))), count(None)), (0, 0));
        let word = |name| word(part(&[Name("a"), Name(name)]));
        assert_eq!(word("bc").as_deref(), Some("x"));
        assert_eq!(word("n").as_deref(), Some("12"));
        assert_eq!((word("f"), word("e"), word("l")), (None, None, None));
        assert!(says_something(part(&[Name("a")])) && says_something(part(&[Name("data")])));
        for silent in [&[Name("no")][..], &[Name("a"), Name("e")], &[Name("a"), Name("l")]] {
            assert!(!says_something(part(silent)), "{silent:?}");
        }
    }
}
