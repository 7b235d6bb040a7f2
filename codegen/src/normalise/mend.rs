//! Works around what is wrong in a document where something true is left to say.
//!
//! In: the repaired tree. Out: a tree in which each fault that need not stop the run is gone, and a
//! warning for each. A schema that cannot be read becomes one that allows everything, with a mark;
//! what only describes is left out; what the specification demands and no call needs is made up.
//! What is still wrong afterwards is `check`'s to refuse.
//!
//! ```yaml
//! Widget: {type: object, properties: {id: {type: string, required: true}, of: {oneOf: []}}}
//! ```
//! loses `required`, and `of` becomes a value of any kind that the report calls broken.

mod absent;
mod media;
mod schema;
mod security;
mod wrong;

use serde_json::{Map, Value};

use super::siblings;
use super::version::Version;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::faults::{Mark, remove};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;
use crate::shape::{Object, Shape, Trail, for_each_child, reference, remedy, shape_of};

/// Mends the tree of a document of this version, and says what was wrong.
pub(super) fn mend(root: &mut Value, version: Version) -> Diagnostics {
    let mut mender = Mender { version, edits: Vec::new(), diagnostics: Diagnostics::default() };
    mender.visit(root, Object::Document, &Trail::Start(&Pointer::root()));
    // From the end, so that what is taken out of a list does not move what is still to be done.
    for (pointer, edit) in mender.edits.into_iter().rev() {
        edit.apply(root, &pointer);
    }
    mender.diagnostics
}

/// The styles of queries and of forms.
const IN_QUERIES: [&str; 4] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// What to do at a place.
enum Edit {
    /// Take it out.
    Remove,
    /// Put a schema there that allows everything, for this reason.
    Mark(String),
    /// Put this under the place, which is a mapping.
    Insert(&'static str, Value),
    /// Put this there.
    Set(Value),
}

impl Edit {
    fn apply(self, root: &mut Value, pointer: &Pointer) {
        match self {
            Self::Remove => remove(root, pointer),
            Self::Mark(why) => Mark::Fault.put(root, pointer, &why),
            Self::Insert(key, value) => {
                if let Some(Value::Object(map)) = root.pointer_mut(pointer.as_str()) {
                    map.insert(key.to_owned(), value);
                }
            }
            Self::Set(value) => {
                if let Some(place) = root.pointer_mut(pointer.as_str()) {
                    *place = value;
                }
            }
        }
    }
}

struct Mender {
    version: Version,
    edits: Vec<(Pointer, Edit)>,
    diagnostics: Diagnostics,
}

impl Mender {
    fn visit(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        if reference(value, object).is_some() {
            self.beside_reference(value, object, trail);
            return;
        }
        // One that is no text says nothing; `check` refuses it.
        if object.may_be_reference() && object != Object::Schema && value.get("$ref").is_some() {
            return;
        }
        if object == Object::SecurityScheme
            && let Some(why) = security::unreadable(value)
        {
            // `lower` tells, with what the caller can do about it.
            self.edit(trail, Edit::Set(Mark::Fault.security_scheme(&why)));
            return;
        }
        if object == Object::Schema
            && let Some(schema::Unreadable { key, why, help }) = schema::unreadable(value)
        {
            let message = format!("{why}: the value stays `serde_json::Value`");
            match key {
                Some(key) => self.tell(message, help, &Trail::Key(trail, key)),
                None => self.tell(message, help, trail),
            }
            self.edit(trail, Edit::Mark(why));
            return;
        }
        let Value::Object(map) = value else {
            self.not_a_mapping(value, object, trail);
            return;
        };
        self.absent(map, object, trail);
        for (key, member) in map {
            if let Some(shape) = shape_of(object, key) {
                self.wrong(member, shape, object, key, &Trail::Key(trail, key));
            }
        }
        self.rules(map, object, trail);
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    /// The keys beside a reference that count.
    fn beside_reference(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        let members = value.as_object().into_iter().flatten();
        for (key, member) in members.filter(|(key, _)| siblings::is_kept(object, key)) {
            let trail = Trail::Key(trail, key);
            match shape_of(object, key) {
                Some(Shape::One(child)) => self.visit(member, child, &trail),
                Some(shape) => self.wrong(member, shape, object, key, &trail),
                None => {}
            }
        }
    }

    /// What breaks a rule about several keys of one object.
    fn rules(&mut self, map: &Map<String, Value>, object: Object, trail: &Trail<'_>) {
        match object {
            Object::Schema => self.schema(map, trail),
            Object::Parameter => {
                self.carrier(map, trail);
                self.in_path(map, trail);
                self.style(map, map.get("in").and_then(Value::as_str), trail);
                self.media_types(map, object, trail);
            }
            Object::Encoding => {
                // What is told last is done first.
                self.usual_style(map, trail);
                self.style(map, Some("query"), trail);
                self.part_type(map, trail);
            }
            Object::SecurityScheme => self.token_scheme(map, trail),
            Object::OAuthFlows => self.flows(map, trail),
            Object::Header => {
                self.carrier(map, trail);
                self.style(map, Some("header"), trail);
                self.media_types(map, object, trail);
            }
            Object::Server => self.variables(map, trail),
            Object::Document => self.version(map, trail),
            Object::Link
                if !["operationId", "operationRef"].iter().any(|key| map.contains_key(*key)) =>
            {
                let help = "name the operation with `operationId`";
                self.tell("a link names no operation: it is left out", help, trail);
                self.edit(trail, Edit::Remove);
            }
            Object::Link
                if ["operationId", "operationRef"].iter().all(|key| map.contains_key(*key)) =>
            {
                let help = "take one of the two out";
                let message =
                    "a link names its operation twice, and `operationRef` is not followed";
                self.tell(message, help, &Trail::Key(trail, "operationRef"));
            }
            Object::Response | Object::RequestBody => self.media_types(map, object, trail),
            // The other objects have no rules that a document can break and still be read.
            _ => {}
        }
    }

    /// A parameter or header without a schema. Keywords of a schema beside the name are how the
    /// version before 3.0 wrote it.
    fn carrier(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        if map.contains_key("schema") || map.contains_key("content") {
            return;
        }
        let schema = match map.get("type") {
            Some(Value::String(_)) => {
                let help = "write them as members of `schema`: `schema: {type: …}`";
                self.tell("the keywords of its schema belong under `schema`", help, trail);
                schema::keywords(map)
            }
            _ => {
                let message = "there is neither `schema` nor `content`: any value is allowed";
                self.tell(message, "say with `schema` which values there may be", trail);
                Mark::Fault.schema("it has neither `schema` nor `content`")
            }
        };
        self.edit(trail, Edit::Insert("schema", schema));
    }

    /// A parameter of a path is always there (OpenAPI 3.0.3, Parameter Object, `required`).
    fn in_path(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let is_in_path = map.get("in").is_some_and(|place| place == "path");
        if is_in_path && map.get("required") != Some(&Value::Bool(true)) {
            let message = "a parameter of a path has to say `required: true`: it is required";
            self.tell(message, "add `required: true`", trail);
            self.edit(trail, Edit::Insert("required", true.into()));
        }
    }

    /// A version that is none, of a document that is read by its first two numbers.
    fn version(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let Some(version) = map.get("openapi").and_then(Value::as_str) else { return };
        let (numbers, label) = version.split_once('-').unwrap_or((version, "rc0"));
        let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let is_label = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        if !numbers.split('.').all(is_number) || !is_label(label) {
            let read: Vec<&str> = version.split('.').take(2).collect();
            let message = format!("`{version}` is no version: it is read as {}", read.join("."));
            let help = "write it like `openapi: 3.0.3`";
            self.tell(message, help, &Trail::Key(trail, "openapi"));
        }
    }

    /// Variables of a server that its URL does not have.
    fn variables(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let url = map.get("url").and_then(Value::as_str).unwrap_or_default();
        let trail = Trail::Key(trail, "variables");
        for (name, _) in map.get("variables").and_then(Value::as_object).into_iter().flatten() {
            if !url.contains(&format!("{{{name}}}")) {
                let message = format!("the URL of the server has no `{{{name}}}`");
                let help = "write it into the URL, or take the variable out";
                self.tell(message, help, &Trail::Key(&trail, name));
            }
        }
    }

    /// A style that the place does not have (OpenAPI 3.0.3, Parameter Object, `style`).
    fn style(&mut self, map: &Map<String, Value>, place: Option<&str>, trail: &Trail<'_>) {
        let Some(style) = map.get("style").and_then(Value::as_str) else { return };
        let known: &[&str] = match place {
            Some("path") => &["simple", "label", "matrix"],
            Some("query") => &IN_QUERIES,
            Some("header") => &["simple"],
            Some("cookie") => &["form"],
            Some(_) | None => &[],
        };
        if !known.is_empty() && !known.contains(&style) {
            let trail = Trail::Key(trail, "style");
            let message = format!("there is no style `{style}` here: the usual one is taken");
            let help = did_you_mean(style, known.iter().copied());
            let help = help.unwrap_or_else(|| format!("known here: `{}`", known.join("`, `")));
            self.tell(message, help, &trail);
            self.edit(&trail, Edit::Remove);
        }
    }

    /// What an encoding that has part of a style says by leaving out the rest: `form`, and that this is
    /// exploded and no other is (OpenAPI 3.0.4, Encoding Object, `style` and `explode`). To openapiv3 an
    /// `explode` that is missing is `false`.
    fn usual_style(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let is_true = |key: &str| map.get(key) == Some(&Value::Bool(true));
        let said = map.get("style").and_then(Value::as_str);
        // One that there is not is taken out.
        let style = said.filter(|style| IN_QUERIES.contains(style));
        if said.is_none() && !map.contains_key("explode") && !is_true("allowReserved") {
            return;
        }
        if style.is_none() {
            self.edit(trail, Edit::Insert("style", "form".into()));
        }
        if style.is_none_or(|style| style == "form") && !map.contains_key("explode") {
            self.edit(trail, Edit::Insert("explode", true.into()));
        }
    }

    fn not_a_mapping(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        match object {
            Object::Response | Object::MediaType if value.is_null() => {
                let help = remedy::as_mapping(value, object);
                self.tell(format!("{} is empty", object.name()), help, trail);
                let description = serde_json::json!({"description": ""});
                let is_answer = object == Object::Response;
                let empty = if is_answer { description } else { Value::Object(Map::new()) };
                self.edit(trail, Edit::Set(empty));
            }
            Object::OAuthFlows => {
                let help = remedy::as_mapping(value, object);
                self.tell("the OAuth flows have to be a mapping", help, trail);
                self.edit(trail, Edit::Set(Value::Object(Map::new())));
            }
            Object::Contact
            | Object::Discriminator
            | Object::Example
            | Object::ExternalDocs
            | Object::License
            | Object::OAuthFlow
            | Object::Server
            | Object::Xml => {
                self.leave_out(
                    object.name(),
                    "a mapping",
                    remedy::as_mapping(value, object),
                    trail,
                );
            }
            // A call needs the others; `check` refuses them.
            _ => {}
        }
    }

    fn leave_out(
        &mut self,
        what: &str,
        expected: &str,
        help: impl Into<String>,
        trail: &Trail<'_>,
    ) {
        self.tell(format!("{what} has to be {expected}: it is left out"), help, trail);
        self.edit(trail, Edit::Remove);
    }

    fn edit(&mut self, trail: &Trail<'_>, edit: Edit) {
        self.edits.push((trail.pointer(), edit));
    }

    fn tell(&mut self, message: impl Into<String>, help: impl Into<String>, trail: &Trail<'_>) {
        let warning = Diagnostic::warning(Code::FaultyDocument, message);
        self.diagnostics.push(warning.at(&trail.pointer()).help(help));
    }
}
