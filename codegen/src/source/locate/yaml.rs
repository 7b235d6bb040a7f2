//! The YAML half: serde_yaml runs over the text again, and what it lends from the text tells its
//! own offset.
//!
//! serde_yaml keeps marks to itself but hands out plain and quoted scalars as slices of the input,
//! so the distance between two addresses is the offset. A scalar that had to be rebuilt (an escape,
//! a folded line) has none; its node then stands where the first thing inside it does, or where
//! its parent does.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Wanted;

/// Notes the offsets of all wanted nodes the text has.
pub(super) fn find(text: &str, wanted: &mut Wanted) {
    if let Some(document) = serde_yaml::Deserializer::from_str(text).next() {
        // A text that fails further down has been searched up to there.
        let _ = Node { text, wanted }.deserialize(document);
    }
}

/// The offset of a scalar lent from `text`, its opening quotation mark included; `None` for a
/// string that lives elsewhere.
fn offset_in(text: &str, scalar: &str) -> Option<usize> {
    let offset = (scalar.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let quoted = text.get(..offset)?.ends_with(['"', '\'']);
    Some(if quoted { offset - 1 } else { offset })
}

/// A key, with its offset if it was lent from the text.
struct Key<'t> {
    text: &'t str,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = (String, Option<usize>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = (String, Option<usize>);

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok((key.to_owned(), None))
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok((key.to_owned(), offset_in(self.text, key)))
    }
}

struct Node<'w, 't> {
    text: &'t str,
    wanted: &'w mut Wanted,
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.wanted.is_scalar {
            // As text, whatever type it would resolve to.
            return deserializer.deserialize_str(self);
        }
        if self.wanted.children.is_empty() && self.wanted.offset.is_some() {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { text, wanted } = self;
        while let Some((key, offset)) = map.next_key_seed(Key { text })? {
            if let Some(offset) = offset {
                wanted.offset.get_or_insert(offset);
            }
            match wanted.children.get_mut(&key) {
                Some(child) => {
                    child.offset = child.offset.or(offset);
                    map.next_value_seed(Node { text, wanted: child })?;
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { text, wanted } = self;
        for index in 0_usize.. {
            let more = match wanted.children.get_mut(&index.to_string()) {
                Some(child) => seq.next_element_seed(Node { text, wanted: child })?.is_some(),
                None => seq.next_element::<IgnoredAny>()?.is_some(),
            };
            if !more {
                break;
            }
        }
        Ok(())
    }

    fn visit_borrowed_str<E: Error>(self, scalar: &'de str) -> Result<(), E> {
        let offset = offset_in(self.text, scalar);
        self.wanted.offset = self.wanted.offset.or(offset);
        let stands = offset.and_then(|offset| self.text.get(offset..));
        self.wanted.is_plain = stands.is_some_and(|text| text.starts_with(scalar));
        self.visit_str(scalar)
    }

    fn visit_str<E: Error>(self, scalar: &str) -> Result<(), E> {
        if self.wanted.is_scalar {
            self.wanted.text = Some(scalar.to_owned());
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i128<E>(self, _: i128) -> Result<(), E> {
        Ok(())
    }

    fn visit_u128<E>(self, _: u128) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }
}
