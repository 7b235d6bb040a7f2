//! Holds the raw tree against the specification before openapiv3 sees it, because openapiv3 tries
//! variants in turn and can only say that none matched.

mod object;

use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;
use crate::shape::{
    Dialect, Object, Shape, Trail, fields, for_each_child, kind, remedy, shape_of, words,
};

/// Everything in the tree that is not what the specification says it is.
pub(super) fn check(root: &Value) -> Diagnostics {
    let mut checker = Checker { diagnostics: Diagnostics::new() };
    checker.visit(root, Object::Document, &Trail::Start(&Pointer::root()));
    checker.diagnostics
}

struct Checker {
    diagnostics: Diagnostics,
}

impl Checker {
    fn visit(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        let Value::Object(map) = value else {
            let message = format!("{} has to be a mapping, not {}", object.name(), kind(value));
            self.refuse(trail, message, remedy::as_mapping(value, object));
            return;
        };
        if object.may_be_reference()
            && let Some(reference) = map.get("$ref")
        {
            if !reference.is_string() {
                let message = format!("`$ref` is text, not {}", kind(reference));
                self.refuse(trail, message, "write it like `$ref: '#/components/…'`");
            }
            return;
        }
        for field in fields(object).iter().filter(|field| field.required) {
            if !map.contains_key(field.key) {
                let message = format!("{} needs `{}`", object.name(), field.key);
                self.refuse(trail, message, format!("add the key `{}`", field.key));
            }
        }
        for (key, value) in map {
            match shape_of(object, key) {
                Some(shape) => self.shape(value, shape, object, &Trail::Key(trail, key)),
                None => self.unknown_key(key, object, &Trail::Key(trail, key)),
            }
        }
        if object == Object::Parameter {
            self.place(map, trail);
        }
        object::check(value, object, &mut |message, help| self.refuse(trail, message, help));
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    /// Nobody knows where a parameter goes that is in none of these places.
    fn place(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let Some(place) = map.get("in").and_then(Value::as_str) else { return };
        let places = words(Dialect::V30, Object::Parameter, "in").unwrap_or_default();
        if !places.contains(&place) {
            let listed = places.join("`, `");
            let message = format!("`in` has to be one of `{listed}`, not `{place}`");
            let at = Trail::Key(trail, "in").pointer();
            let error = Diagnostic::error(Code::InvalidDocument, message).at(&at);
            let help = match place {
                "body" | "formData" => "a body is the `requestBody` of the operation".to_owned(),
                _ => did_you_mean(place, places.iter().copied())
                    .unwrap_or_else(|| "say where the parameter goes".to_owned()),
            };
            self.diagnostics.push(error.help(help));
        }
    }

    /// Whether the value is of the right kind; objects are visited by themselves.
    fn shape(&mut self, value: &Value, shape: Shape, object: Object, trail: &Trail<'_>) {
        let expected = match shape {
            Shape::Anything | Shape::One(_) => return,
            Shape::FlagOrSchema if value.is_boolean() || value.is_object() => return,
            Shape::FlagOrSchema => "a boolean or a schema",
            Shape::Flag if value.is_boolean() => return,
            Shape::Flag => "`true` or `false`",
            Shape::Number if value.is_number() => return,
            Shape::Number => "a number",
            Shape::Count if value.is_u64() => return,
            Shape::Count => "a whole number that is not negative",
            Shape::Text if value.is_string() => return,
            Shape::Text => "text",
            Shape::Texts => match value.as_array() {
                Some(list) => return self.texts(list.iter().enumerate(), trail),
                None => "a list of text",
            },
            Shape::Values | Shape::List(_) if value.is_array() => return,
            Shape::Values | Shape::List(_) => "a list",
            Shape::ValueMap | Shape::Map(_) if value.is_object() => return,
            Shape::ValueMap | Shape::Map(_) => "a mapping",
            Shape::TextMap => match value.as_object() {
                Some(map) => return self.text_members(map, trail),
                None => "a mapping to text",
            },
        };
        let Trail::Key(_, key) = trail else { return };
        let message =
            format!("`{key}` in {} has to be {expected}, not {}", object.name(), kind(value));
        self.refuse(trail, message, remedy::of(shape, value));
    }

    fn texts<'v>(&mut self, list: impl Iterator<Item = (usize, &'v Value)>, trail: &Trail<'_>) {
        for (index, value) in list.filter(|(_, value)| !value.is_string()) {
            let trail = Trail::Index(trail, index);
            let message = format!("expected text here, not {}", kind(value));
            self.refuse(&trail, message, remedy::of(Shape::Text, value));
        }
    }

    fn text_members(&mut self, map: &serde_json::Map<String, Value>, trail: &Trail<'_>) {
        for (key, value) in map.iter().filter(|(_, value)| !value.is_string()) {
            let trail = Trail::Key(trail, key);
            let message = format!("expected text here, not {}", kind(value));
            self.refuse(&trail, message, remedy::of(Shape::Text, value));
        }
    }

    /// openapiv3 drops paths and responses it does not recognise without a word.
    fn unknown_key(&mut self, key: &str, object: Object, trail: &Trail<'_>) {
        if key.starts_with("x-") {
            return;
        }
        match object {
            Object::Paths => {
                let message = format!("the path `{key}` has to begin with `/`");
                self.refuse(trail, message, as_path(key));
            }
            Object::Responses => {
                let message =
                    format!("`{key}` is no status: expected one like `404` or `4XX`, or `default`");
                let help = did_you_mean(key, std::iter::once("default"));
                let help = help.unwrap_or_else(|| "correct the key, or take it out".to_owned());
                self.refuse(trail, message, help);
            }
            // `keys` has told of the others.
            _ => {}
        }
    }

    fn refuse(&mut self, trail: &Trail<'_>, message: String, help: impl Into<String>) {
        let error = Diagnostic::error(Code::InvalidDocument, message);
        self.diagnostics.push(error.at(&trail.pointer()).help(help));
    }
}

/// A path is due that begins with a slash.
fn as_path(key: &str) -> String {
    if key.contains("://") {
        "write what comes behind the server; the server itself goes under `servers`".to_owned()
    } else {
        format!("write `/{key}`")
    }
}
