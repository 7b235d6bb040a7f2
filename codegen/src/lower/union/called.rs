//! What the alternatives of a choice go by that are written in place.
//!
//! A component has a name. Anything else is called after what it is, by the first of these that
//! tells it from all others of its choice:
//!
//! 1. its title; the one component that it is, null aside; a text that one of its properties always has,
//!    or the few it may have; its type, of a list with that of its items;
//! 2. the one property that it always has, as Rust's enums are often written: `{"failed": …}`;
//! 3. `object`, among values that are none;
//! 4. a property that no other alternative declares, best one that is always there: `with isbn`;
//! 5. the text again, with how it is written: `a lower` beside `A`.
//!
//! ```yaml
//! oneOf:
//!   - {type: string}                                                            # Text
//!   - {type: object, required: [failed], properties: {failed: {…}}}             # Failed
//!   - {type: object, required: [title, isbn], properties: {title: {…}, isbn: {…}}}   # WithIsbn
//! ```
//!
//! Its position is what is left: a new alternative in front of it would rename it. Nothing that is
//! added renames the others, unless it goes by the same.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{AdditionalProperties, ReferenceOr, Schema as RawSchema};
use serde_json::Value;

use super::only_requires;
use crate::lower::keywords::{Keywords, Ref, TypeName};
use crate::lower::{Lowerer, component_name};

/// More values of a property than this are no name.
const FEW: usize = 3;
/// How deep lists and compositions are looked into.
const DEEPEST: usize = 4;

/// What may be said of an alternative.
#[derive(Default)]
struct Traits {
    /// What it is, the best word first.
    words: Vec<String>,
    /// The properties that it always has.
    required: Vec<String>,
    /// The properties that it may have.
    optional: Vec<String>,
    is_object: bool,
    /// The texts that properties always have, with how they are written.
    written: Vec<String>,
    /// Whether it has a name, and so needs none.
    is_named: bool,
}

impl<'d> Lowerer<'d> {
    /// What each alternative of a list goes by.
    pub(super) fn called(&self, list: &'d [ReferenceOr<RawSchema>]) -> Vec<String> {
        let all: Vec<Traits> = list.iter().map(|one| self.traits(one)).collect();
        let declared = all.iter().flat_map(|one| one.required.iter().chain(&one.optional));
        let declared = counted(declared.map(String::as_str));
        let objects = all.iter().filter(|one| one.is_object).count();
        let ladders = all.iter().map(|one| one.ladder(&declared, objects == 1)).collect();
        let taken = list.iter().filter_map(|one| match one {
            ReferenceOr::Reference { reference } => component_name(reference, "schemas"),
            ReferenceOr::Item(_) => None,
        });
        assign(ladders, taken.map(|name| folded(&name)).collect())
    }

    fn traits(&self, alternative: &'d ReferenceOr<RawSchema>) -> Traits {
        let mut traits = Traits::default();
        let Some(schema) = self.raw(alternative) else { return traits };
        let keywords = Keywords::of(schema);
        match alternative {
            ReferenceOr::Reference { .. } => traits.is_named = true,
            ReferenceOr::Item(_) => {
                traits.words = words(schema, &keywords);
                traits.written = keywords.properties.iter().filter_map(written).collect();
            }
        }
        traits.look(&keywords, DEEPEST);
        traits
    }
}

impl Traits {
    /// Notes the properties of a schema and of what it is composed of in place.
    fn look(&mut self, keywords: &Keywords<'_>, depth: usize) {
        self.is_object |= keywords.effective_type() == Some(TypeName::Object);
        for (name, _) in &keywords.properties {
            let required = keywords.required.iter().any(|known| known == name);
            let list = if required { &mut self.required } else { &mut self.optional };
            if !list.iter().any(|known| known == name) {
                list.push((*name).to_owned());
            }
        }
        // Where no more is said than what has to be there, that is what it is known by.
        self.optional.extend(only_requires(keywords).into_iter().flatten());
        for part in keywords.all_of {
            if let (ReferenceOr::Item(part), Some(depth)) = (part, depth.checked_sub(1)) {
                self.look(&Keywords::of(part), depth);
            }
        }
    }

    /// All it may be called, best first.
    fn ladder(&self, declared: &BTreeMap<&str, usize>, only_object: bool) -> Vec<String> {
        if self.is_named {
            return Vec::new();
        }
        let is_own = |name: &&String| declared.get(name.as_str()) == Some(&1);
        let sole = match (self.required.as_slice(), self.optional.as_slice()) {
            ([only], []) => Some(only).filter(is_own).cloned(),
            _ => None,
        };
        let object = (only_object && self.is_object).then(|| "object".to_owned());
        let own = self.required.iter().chain(&self.optional).filter(is_own);
        let with = own.map(|name| format!("with {name}"));
        let written = self.written.iter().cloned();
        self.words.iter().cloned().chain(sole).chain(object).chain(with).chain(written).collect()
    }
}

/// How often each is there.
fn counted<'a>(all: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

/// Names for all: each asks for the best of its ladder, and has it if nobody else asks for it; the
/// others ask for the next. So it does not matter in which order they stand.
pub(in super::super) fn assign(
    ladders: Vec<Vec<String>>,
    mut taken: BTreeSet<String>,
) -> Vec<String> {
    let mut names: Vec<Option<String>> = vec![None; ladders.len()];
    let steps = ladders.iter().map(Vec::len).max().unwrap_or_default();
    for step in 0..steps {
        let wishes = ladders.iter().zip(&names).map(|(ladder, name)| {
            let wish = ladder.get(step).filter(|_| name.is_none())?;
            Some(folded(wish)).filter(|wish| !taken.contains(wish))
        });
        let wishes: Vec<Option<String>> = wishes.collect();
        let asked = counted(wishes.iter().flatten().map(String::as_str));
        for (index, wish) in wishes.iter().enumerate() {
            let Some(wish) = wish.as_ref().filter(|wish| asked.get(wish.as_str()) == Some(&1))
            else {
                continue;
            };
            names[index] = ladders[index].get(step).cloned();
            taken.insert(wish.clone());
        }
    }
    let position = |(index, name): (usize, Option<String>)| {
        name.unwrap_or_else(|| format!("variant {}", index + 1))
    };
    names.into_iter().enumerate().map(position).collect()
}

/// A name without what its spelling in Rust does not keep.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The one text of a property, with the case of its letters: others may differ from it in that alone.
fn written((_, schema): &(&str, Ref<'_>)) -> Option<String> {
    let Ref::Here(schema) = schema else { return None };
    let keywords = Keywords::of(schema);
    let [Value::String(only)] = keywords.values.as_slice() else { return None };
    let (lower, upper) = (only.to_lowercase(), only.to_uppercase());
    let word = match (*only == lower, *only == upper) {
        (true, true) => return None,
        (true, false) => "lower",
        (false, true) => "upper",
        (false, false) => "mixed",
    };
    Some(format!("{only} {word}"))
}

/// What a schema is: its title, the component that it stands for, what its properties always hold, its type, that of its items.
fn words(schema: &RawSchema, keywords: &Keywords<'_>) -> Vec<String> {
    let title = schema.schema_data.title.clone().filter(|title| !title.trim().is_empty());
    let constants = keywords.properties.iter().filter_map(|(name, schema)| {
        let Ref::Here(schema) = schema else { return None };
        constant(name, &Keywords::of(schema).values)
    });
    let types = type_word(keywords).into_iter().chain(type_words(keywords, DEEPEST));
    let only = only_component(keywords);
    let mut words: Vec<String> =
        title.into_iter().chain(only).chain(constants).chain(types).collect();
    words.retain(|word| !folded(word).is_empty());
    words
}

/// The one component that a schema is made of or chooses from, null aside, where it says no more.
fn only_component(keywords: &Keywords<'_>) -> Option<String> {
    let all = keywords.all_of.iter().chain(keywords.one_of).chain(keywords.any_of);
    let mut speaking = all.filter(|one| !is_null(one));
    let only = speaking.next().filter(|_| keywords.properties.is_empty())?;
    match (only, speaking.next()) {
        (ReferenceOr::Reference { reference }, None) => component_name(reference, "schemas"),
        _ => None,
    }
}

/// Whether an alternative is null and no more, as 3.0 has it or as what 3.1 has became.
fn is_null(one: &ReferenceOr<RawSchema>) -> bool {
    let ReferenceOr::Item(schema) = one else { return false };
    let keywords = Keywords::of(schema);
    let lists_null = !keywords.values.is_empty() && keywords.values.iter().all(Value::is_null);
    lists_null || (schema.schema_data.nullable && keywords.says_nothing())
}

/// A name made of the values that a property may have: `type: {enum: [card]}` is `card`. Of several
/// it is the beginning that they share, or all of them.
fn constant(property: &str, values: &[Value]) -> Option<String> {
    match values {
        [Value::String(only)] if only.is_empty() => return Some(format!("empty {property}")),
        [Value::String(only)] if only.trim().is_empty() => {
            return Some(format!("blank {property}"));
        }
        [Value::String(only)] => return Some(only.clone()),
        [Value::Number(only)] => {
            let digits = only.to_string();
            return Some(match digits.strip_prefix('-') {
                Some(digits) => format!("{property} minus {digits}"),
                None => format!("{property} {digits}"),
            });
        }
        [Value::Null] => return Some(format!("no {property}")),
        [Value::Bool(true)] => return Some(property.to_owned()),
        [Value::Bool(false)] => return Some(format!("not {property}")),
        _ => {}
    }
    let texts: Vec<&str> = values.iter().map(Value::as_str).collect::<Option<_>>()?;
    let parts = |text: &&'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    let shared = texts.iter().map(parts).reduce(|shared, next| {
        let same = shared.into_iter().zip(next).take_while(|(a, b)| a == b);
        same.map(|(part, _)| part).collect()
    })?;
    match shared.is_empty() {
        false => Some(shared.join(" ")),
        true => (texts.len() <= FEW).then(|| texts.join(" or ")),
    }
}

/// The type of a schema that is no object with properties.
fn type_word(keywords: &Keywords<'_>) -> Option<String> {
    let word = match keywords.effective_type()? {
        TypeName::String => "text",
        TypeName::Number => "number",
        TypeName::Integer => "integer",
        TypeName::Boolean => "boolean",
        TypeName::Array => "list",
        TypeName::Object if keywords.properties.is_empty() => "map",
        TypeName::Object => return None,
    };
    Some(word.to_owned())
}

/// The type of a list or map with that of its items: `text list`.
fn type_words(keywords: &Keywords<'_>, depth: usize) -> Option<String> {
    if let Some(places) = keywords.places() {
        return Some(format!("tuple of {}", places.len()));
    }
    let values = match keywords.additional {
        Some(AdditionalProperties::Schema(values)) => Some(Ref::from(values.as_ref())),
        Some(AdditionalProperties::Any(_)) | None => None,
    };
    let Some(inner) = keywords.items.or(values) else {
        // From 3.1 on a list need not say what it is one of.
        return (keywords.type_name == Some(TypeName::Array)).then(|| "any list".to_owned());
    };
    let inner = match inner {
        Ref::To(reference) => component_name(reference, "schemas")?,
        Ref::Here(schema) => {
            let title = schema.schema_data.title.clone();
            let inner = Keywords::of(schema);
            let deeper = depth.checked_sub(1).and_then(|depth| type_words(&inner, depth));
            let word = deeper.or_else(|| type_word(&inner));
            let title = title.filter(|title| !folded(title).is_empty());
            word.or(title).or_else(|| bare_word(&inner))?
        }
    };
    Some(format!("{inner} {}", type_word(keywords)?))
}

/// What items are that [`type_word`] has no word for.
fn bare_word(keywords: &Keywords<'_>) -> Option<String> {
    let is_object = keywords.effective_type() == Some(TypeName::Object);
    let word = match (is_object, keywords.is_choice()) {
        (true, _) => "object",
        (false, true) => "mixed",
        (false, false) if keywords.says_nothing() => "any",
        (false, false) => return None,
    };
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{assign, constant};

    fn named(ladders: &[&[&str]], taken: &[&str]) -> Vec<String> {
        let owned = |ladder: &&[&str]| ladder.iter().map(|word| (*word).to_owned()).collect();
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        assign(ladders.iter().map(owned).collect(), taken)
    }

    #[test]
    fn each_has_the_best_that_is_its_own() {
        let lists: &[&[&str]] = &[&["list", "text list"], &["list", "integer list"], &["map"]];
        assert_eq!(named(lists, &[]), ["text list", "integer list", "map"]);
        assert_eq!(
            named(&[&["Card", "with pin"], &["with iban"]], &["card"]),
            ["with pin", "with iban"]
        );
        assert_eq!(named(&[&["a", "a lower"], &["A", "A upper"]], &[]), ["a lower", "A upper"]);
        assert_eq!(named(&[&["a"], &["a"], &[]], &[]), ["variant 1", "variant 2", "variant 3"]);
    }

    #[test]
    fn what_is_added_renames_nobody() {
        let all: &[&[&str]] = &[&["text"], &["card"], &["list", "text list"], &["with isbn"]];
        let names = named(all, &[]);
        for left_out in 0..all.len() {
            let mut fewer = all.to_vec();
            fewer.remove(left_out);
            let mut expected = names.clone();
            expected.remove(left_out);
            assert_eq!(named(&fewer, &[]), expected);
        }
    }

    #[test]
    fn values_are_names() {
        let check = |values: serde_json::Value, expected: Option<&str>| {
            let values = values.as_array().cloned().unwrap_or_default();
            assert_eq!(constant("kind", &values).as_deref(), expected, "{values:?}");
        };
        check(serde_json::json!(["card"]), Some("card"));
        check(serde_json::json!([""]), Some("empty kind"));
        check(serde_json::json!(["  "]), Some("blank kind"));
        check(serde_json::json!([2]), Some("kind 2"));
        check(serde_json::json!([-2]), Some("kind minus 2"));
        check(serde_json::json!([false]), Some("not kind"));
        check(serde_json::json!([null]), Some("no kind"));
        check(serde_json::json!(["MOUSE_UP", "MOUSE_DOWN"]), Some("MOUSE"));
        check(serde_json::json!(["queued", "in_progress"]), Some("queued or in_progress"));
        check(serde_json::json!(["a", "b", "c", "d"]), None);
        check(serde_json::json!([]), None);
    }
}
