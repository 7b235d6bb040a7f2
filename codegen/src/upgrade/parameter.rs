//! Parameters and headers: what describes the value becomes its schema, `collectionFormat` a style.

use serde_json::{Map, Value, json};

use super::{Upgrade, is_extension};
use crate::diagnostics::{Code, Diagnostic};
use crate::pointer::Pointer;

/// What a parameter keeps for itself.
const KEPT: [&str; 7] =
    ["name", "in", "description", "required", "allowEmptyValue", "deprecated", "schema"];

impl<'s> Upgrade<'s> {
    /// The parameters of the document that go neither into a body nor into a form.
    pub(super) fn shared_parameters(
        &mut self,
        all: &'s Map<String, Value>,
        from: &Pointer,
        to: &Pointer,
    ) -> Value {
        let mut converted = Map::new();
        for (name, parameter) in all {
            let found = self.resolve(parameter, &from.push(name));
            if matches!(place(found.value), Some("body" | "formData")) {
                continue;
            }
            let parameter = self.parameter(parameter, &from.push(name), &to.push(name));
            converted.insert(name.clone(), parameter);
        }
        Value::Object(converted)
    }

    /// A parameter in the path, the query or a header.
    pub(super) fn parameter(&mut self, value: &'s Value, from: &Pointer, to: &Pointer) -> Value {
        self.moved(to, from);
        let Value::Object(parameter) = value else { return value.clone() };
        if parameter.contains_key("$ref") {
            return value.clone();
        }
        let place = place(value).unwrap_or_default();
        self.repeated(parameter, place, from);
        self.typed(parameter, List::of(parameter, place), from, to)
    }

    /// A header of an answer, whose lists have commas.
    pub(super) fn header(&mut self, value: &'s Value, from: &Pointer, to: &Pointer) -> Value {
        self.moved(to, from);
        let Value::Object(header) = value else { return value.clone() };
        self.repeated(header, "header", from);
        self.typed(header, List::of(header, "header"), from, to)
    }

    /// A list whose values are parameters of their own (Swagger 2.0, Parameter Object,
    /// `collectionFormat`), where there can be one alone.
    fn repeated(&mut self, value: &Map<String, Value>, place: &str, from: &Pointer) {
        let is_multi = value.get("collectionFormat").is_some_and(|format| format == "multi");
        if is_multi && is_list(value) && !matches!(place, "query" | "formData") {
            let message = "`multi` is for parameters of the query or a form: these have commas";
            let at = from.push("collectionFormat");
            let warning = Diagnostic::warning(Code::FaultyDocument, message).at(&at);
            self.diagnostics.push(warning.help("say `csv`, or take it out"));
        }
    }

    fn typed(
        &mut self,
        value: &Map<String, Value>,
        list: List,
        from: &Pointer,
        to: &Pointer,
    ) -> Value {
        let kept = |key: &String| KEPT.contains(&key.as_str()) || is_extension(key);
        let keep = value.iter().filter(|(key, _)| kept(key));
        let mut converted: Map<String, Value> =
            keep.map(|(key, value)| (key.clone(), value.clone())).collect();
        if !value.contains_key("schema") {
            self.moved(&to.push("schema"), from);
            self.untyped(value, from);
            let schema = self.value_schema(value, &list, from);
            converted.insert("schema".to_owned(), schema);
        }
        if let List::Styled { style, explode } = list {
            converted.extend(style.map(|style| ("style".to_owned(), json!(style))));
            converted.insert("explode".to_owned(), json!(explode));
        }
        Value::Object(converted)
    }

    /// The schema of a value that is no body: all that its parameter says of it.
    pub(super) fn value_schema(
        &mut self,
        value: &Map<String, Value>,
        list: &List,
        from: &Pointer,
    ) -> Value {
        if let List::Joined(separator) = list {
            self.joined(separator, from);
            return json!({"type": "string"});
        }
        let own = ["collectionFormat", "name", "in", "required", "allowEmptyValue", "description"];
        let mut schema = Map::new();
        for (key, value) in value.iter().filter(|(key, _)| !own.contains(&key.as_str())) {
            let value = match value {
                Value::Object(items) if key == "items" && is_list(items) => {
                    self.value_schema(items, &List::of(items, key), &from.push(key))
                }
                other => other.clone(),
            };
            if !is_extension(key) {
                schema.insert(key.clone(), value);
            }
        }
        Value::Object(schema)
    }

    /// What does not say its type may be anything (Swagger 2.0, Parameter Object, `type`).
    pub(super) fn untyped(&mut self, value: &Map<String, Value>, from: &Pointer) {
        if !value.contains_key("type") {
            let message = "there is no `type`: any value is allowed";
            let warning = Diagnostic::warning(Code::FaultyDocument, message).at(from);
            self.diagnostics.push(warning.help("add the key `type`"));
        }
    }

    fn joined(&mut self, separator: &str, from: &Pointer) {
        let message = format!("a list of {separator} becomes text");
        let help = "OpenAPI 3.0 has no style for such a list here: join the values yourself";
        self.diagnostics.push(Diagnostic::warning(Code::Ignored, message).at(from).help(help));
    }
}

/// `in` of a parameter.
pub(super) fn place(parameter: &Value) -> Option<&str> {
    parameter.get("in")?.as_str()
}

fn is_list(value: &Map<String, Value>) -> bool {
    value.get("type").is_some_and(|kind| kind == "array")
}

/// How the values of a list are told apart.
pub(super) enum List {
    /// It is no list.
    No,
    /// As a style of 3.0 says; without one, the style that is usual at this place.
    Styled { style: Option<&'static str>, explode: bool },
    /// In a way that 3.0 has no style for: what stands between the values.
    Joined(&'static str),
}

impl List {
    /// The format of a value in a parameter of this kind (`in`), or of `items` of one. Commas are
    /// usual (Swagger 2.0, Parameter Object, `collectionFormat`).
    pub(super) fn of(value: &Map<String, Value>, place: &str) -> Self {
        if !is_list(value) {
            return Self::No;
        }
        let is_form = matches!(place, "query" | "formData");
        match value.get("collectionFormat").and_then(Value::as_str) {
            Some("ssv") if is_form => {
                Self::Styled { style: Some("spaceDelimited"), explode: false }
            }
            Some("pipes") if is_form => {
                Self::Styled { style: Some("pipeDelimited"), explode: false }
            }
            Some("multi") if is_form => Self::Styled { style: None, explode: true },
            Some("ssv") => Self::Joined("values with spaces between"),
            Some("pipes") => Self::Joined("values with pipes between"),
            Some("tsv") => Self::Joined("values with tabs between"),
            _ if matches!(place, "items" | "part") => Self::Joined("values with commas between"),
            _ => Self::Styled { style: is_form.then_some("form"), explode: false },
        }
    }
}
