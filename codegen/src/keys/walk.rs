//! The walk over the raw tree: each key of an object of the specification has a fate.

use serde_json::{Map, Value};

use crate::nearest::nearest;
use crate::pointer::Pointer;
use crate::shape::{Dialect, Object, PREFIX, Shape, Trail, kind, ours, remedy, words};

/// What becomes of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The specification knows it, and the walk goes on below it.
    Known,
    /// The specification knows it, and leaves what is below it to the document.
    Free,
    /// The document chooses it: a path, a name of a component.
    Named,
    /// It is an extension.
    Extension,
    /// No object of this kind has it.
    Unknown(Object),
    /// It stands beside a `$ref`, where nothing reads it.
    Beside,
    /// Its value is not what the object that holds it wants there.
    Wrong { object: Object, expected: &'static str, is: &'static str, help: &'static str },
    /// Its value is one of a few words, and not this one.
    NoWord { object: Object, words: &'static [&'static str], near: Option<&'static str> },
    /// Its value should be such an object.
    NoMapping { object: Object, is: &'static str, help: String },
}

pub(super) struct Walk<'w> {
    dialect: Dialect,
    note: &'w mut dyn FnMut(Fate, &Trail<'_>),
}

impl<'w> Walk<'w> {
    pub(super) fn new(dialect: Dialect, note: &'w mut dyn FnMut(Fate, &Trail<'_>)) -> Self {
        Self { dialect, note }
    }

    pub(super) fn document(&mut self, root: &Value) {
        let start = Pointer::root();
        self.object(root, Object::Document, &Trail::Start(&start));
    }

    fn object(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        match value {
            Value::Object(map) if map.contains_key("$ref") && self.is_reference(object) => {
                self.beside_reference(map, object, trail);
            }
            Value::Object(map) => {
                for (key, member) in map {
                    self.member(key, member, map, object, &Trail::Key(trail, key));
                }
            }
            // What is empty says nothing that could be lost.
            Value::Null => {}
            // JSON Schema has both.
            Value::Array(list) if object == Object::Schema && self.dialect == Dialect::V20 => {
                for (index, value) in list.iter().enumerate() {
                    self.object(value, object, &Trail::Index(trail, index));
                }
            }
            Value::Bool(_) if object == Object::Schema && self.dialect == Dialect::V31 => {}
            other => {
                let help = remedy::as_mapping(other, object);
                (self.note)(Fate::NoMapping { object, is: kind(other), help }, trail);
            }
        }
    }

    /// Whether `{$ref: …}` stands for such an object. To a schema of 3.1 it is a keyword like any
    /// other.
    fn is_reference(&self, object: Object) -> bool {
        let is_keyword = object == Object::Schema && self.dialect == Dialect::V31;
        object.may_be_reference() && !is_keyword
    }

    fn member(
        &mut self,
        key: &str,
        member: &Value,
        holder: &Map<String, Value>,
        object: Object,
        trail: &Trail<'_>,
    ) {
        let shape = self.dialect.shape(object, key).or_else(|| match is_carrier(holder, object) {
            true => self.dialect.shape(Object::Schema, key),
            false => None,
        });
        match shape {
            Some(shape) => self.value(member, shape, object, trail),
            None if key.starts_with(PREFIX) => self.extension(key, member, object, trail),
            None if key.starts_with("x-") => (self.note)(Fate::Extension, trail),
            None => (self.note)(Fate::Unknown(object), trail),
        }
    }

    /// An extension that is the generator's own is held to its word like any other key.
    fn extension(&mut self, key: &str, member: &Value, object: Object, trail: &Trail<'_>) {
        let fate = match ours(object).find(|(known, _)| *known == key) {
            None => Fate::Unknown(object),
            Some((_, shape)) => match shape.refuses(member) {
                Some(expected) => {
                    let help = remedy::of(shape, member);
                    Fate::Wrong { object, expected, is: kind(member), help }
                }
                None => Fate::Free,
            },
        };
        (self.note)(fate, trail);
    }

    fn value(&mut self, value: &Value, shape: Shape, object: Object, trail: &Trail<'_>) {
        if let Some(expected) = shape.refuses(value).filter(|_| !is_clear(value, shape)) {
            let help = remedy::of(shape, value);
            return (self.note)(Fate::Wrong { object, expected, is: kind(value), help }, trail);
        }
        self.word(value, object, trail);
        let is_free =
            matches!(shape, Shape::Anything | Shape::Values | Shape::ValueMap | Shape::TextMap);
        (self.note)(if is_free { Fate::Free } else { Fate::Known }, trail);
        match (shape, value) {
            (Shape::One(child), _) => self.object(value, child, trail),
            (Shape::FlagOrSchema, Value::Object(_)) => self.object(value, Object::Schema, trail),
            (Shape::List(child), Value::Array(list)) => {
                for (index, value) in list.iter().enumerate() {
                    self.object(value, child, &Trail::Index(trail, index));
                }
            }
            (Shape::Map(child), Value::Object(map)) => {
                let has_media_types = map.keys().any(|key| key.contains('/'));
                for (key, value) in map {
                    let trail = Trail::Key(trail, key);
                    // `normalise` reports it, and leaves it out with all that is below.
                    if child == Object::MediaType && has_media_types && !key.contains('/') {
                        (self.note)(Fate::Free, &trail);
                        continue;
                    }
                    (self.note)(Fate::Named, &trail);
                    self.object(value, child, &trail);
                }
            }
            _ => {}
        }
    }

    /// Whether a text, or each of a list of them, is one of the words that there may be.
    fn word(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        let Trail::Key(_, key) = trail else { return };
        let Some(words) = words(self.dialect, object, key) else { return };
        let mut check = |value: &Value, trail: &Trail<'_>| {
            if let Some(word) = value.as_str().filter(|word| !words.contains(word)) {
                let near = nearest(word, words.iter().copied(), 1).first().copied();
                (self.note)(Fate::NoWord { object, words, near }, trail);
            }
        };
        match value {
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    check(value, &Trail::Index(trail, index));
                }
            }
            value => check(value, trail),
        }
    }

    /// A reference, and what stands beside it. Beside one to a schema, `normalise` judges the keys
    /// that a schema has. In 3.1 others may have words of their own. A path item with operations of
    /// its own was merged with what it refers to; one that refers to nothing is told of as that.
    fn beside_reference(&mut self, map: &Map<String, Value>, object: Object, trail: &Trail<'_>) {
        let is_new = self.dialect == Dialect::V31;
        for (key, member) in map {
            let trail = &Trail::Key(trail, key);
            match key.as_str() {
                "$ref" if !member.is_string() => {
                    let (is, help) = (kind(member), remedy::of(Shape::Text, member));
                    (self.note)(Fate::Wrong { object, expected: "text", is, help }, trail);
                }
                "$ref" => (self.note)(Fate::Known, trail),
                "summary" | "description" if is_new => (self.note)(Fate::Free, trail),
                _ if key.starts_with("x-") => (self.note)(Fate::Extension, trail),
                "summary" | "description" if object == Object::PathItem => {
                    (self.note)(Fate::Beside, trail);
                }
                _ if !matches!(object, Object::Schema | Object::PathItem) => {
                    (self.note)(Fate::Beside, trail);
                }
                _ if self.dialect.shape(object, key).is_some() => (self.note)(Fate::Free, trail),
                _ => (self.note)(Fate::Unknown(object), trail),
            }
        }
    }
}

/// A parameter or header of 3.0 that is written as 2.0 had it, the keywords of its schema beside
/// its name; `normalise` reads and reports that.
fn is_carrier(holder: &Map<String, Value>, object: Object) -> bool {
    matches!(object, Object::Parameter | Object::Header)
        && !holder.contains_key("schema")
        && !holder.contains_key("content")
        && holder.get("type").is_some_and(Value::is_string)
}

/// Whether the value means what the shape wants all the same, as `normalise` reads it: nothing, a
/// number where text is due, a whole number with a fraction of zero.
fn is_clear(value: &Value, shape: Shape) -> bool {
    let is_scalar = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
    match (shape, value) {
        (_, Value::Null) => true,
        (Shape::Text, value) => is_scalar(value),
        (Shape::Texts, Value::Array(list)) => list.iter().all(is_scalar),
        (Shape::TextMap, Value::Object(map)) => map.values().all(is_scalar),
        (Shape::Count, Value::Number(number)) => {
            number.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
        }
        _ => false,
    }
}
