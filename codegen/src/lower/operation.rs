//! Operations: one method of one path, with everything it takes and gives.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Operation as Raw, PathItem, ReferenceOr};
use serde_json::Value;

use super::Lowerer;
use super::docs::elsewhere;
use super::path::sent;
use super::response::Outcomes;
use super::schema::part_of_name;
use super::versions::Placed;
use crate::diagnostics::Code;
use crate::ir::{Docs, Envelope, Kind, Operation, Parameter, Place};
use crate::pointer::Pointer;

impl<'d> Lowerer<'d> {
    pub(super) fn operations(&mut self, placed: &'d [Placed<'d>]) -> Vec<Operation> {
        for (path, item) in &self.document.paths.paths {
            let at = Pointer::root().push("paths").push(path);
            self.check_path(path, &at);
            self.tell_of_no_path(path, &at);
            if let ReferenceOr::Reference { .. } = item {
                self.error(
                    Code::UnsupportedReference,
                    format!("the path `{path}` is a reference to another path item"),
                    &at,
                    "write the operations of the path in place",
                );
            }
        }
        self.tell_of_same_paths(self.document.paths.paths.keys());
        let mut operations: Vec<Operation> = placed.iter().map(|one| self.operation(one)).collect();
        self.name_repeated(&mut operations);
        operations
    }

    fn operation(&mut self, placed: &'d Placed<'d>) -> Operation {
        let Placed { path, item, method, raw, version } = placed;
        let at = &Pointer::root().push("paths").push(path);
        let site = at.push(method);
        self.unfit(&raw.extensions, "x-sunset", Value::is_string, "a text", &site);
        let is_texts =
            |value: &Value| value.as_array().is_some_and(|all| all.iter().all(Value::is_string));
        let roles_key = "x-rolesRequirements";
        self.unfit(&raw.extensions, roles_key, is_texts, "a list of texts", &site);
        let id = raw.operation_id.clone().unwrap_or_else(|| spelled(method, path));
        let named = part_of_name(&id);
        // What the versions have in common, such as parameters, is not named after one of them.
        let own = version.as_ref();
        let own = own.map_or_else(|| named.clone(), |version| format!("{named} {version}"));
        let mut parameters = self.parameters(path, item, raw, at, &site, &named);
        let envelope = self.envelope(item, raw, &site);
        let withheld = self.withhold(&mut parameters, envelope.as_ref());
        let body = self.body(method, raw, &site, &own);
        let Outcomes { successes, representations, errors, nonempty, sunset } =
            self.outcomes(method, raw, &site, &own);
        Operation {
            id,
            label: self.label(raw, &site),
            method: method.to_uppercase(),
            sunset: super::response::sunset(&raw.extensions)
                .or_else(|| super::response::sooner(sunset, self.body_sunset(raw))),
            version: version.clone(),
            path: sent(path).to_owned(),
            tags: raw.tags.clone(),
            docs: prose_within(raw, item),
            roles: roles(raw),
            parameters,
            fixed: Vec::new(),
            dropped: Vec::new(),
            body,
            successes,
            representations,
            errors,
            located: self.located(placed, at, &site),
            links: self.links(raw, &site),
            security: self.requirements(raw, &site),
            withheld,
            envelope,
            nonempty,
            paging: None,
            at: site,
        }
    }

    /// The name under the extension that the user has chosen for names.
    fn label(&mut self, raw: &Raw, site: &Pointer) -> Option<String> {
        let extension = self.label?;
        match raw.extensions.get(extension)? {
            Value::String(name) if !name.trim().is_empty() => Some(name.clone()),
            _ => {
                self.warn(
                    Code::Ignored,
                    format!("`{extension}` holds no name"),
                    &site.push(extension),
                    "the operation is named after its operationId; write a text there",
                );
                None
            }
        }
    }

    /// The query parameter marked `x-specwright-envelope`, and the names of the wrapper's fields.
    fn envelope(&mut self, item: &'d PathItem, raw: &'d Raw, site: &Pointer) -> Option<Envelope> {
        let path = site.parent().unwrap_or_default();
        for (parameter, at, _) in self.declared(item, raw, &path, site) {
            let data = parameter.parameter_data_ref();
            let name = |map: &serde_json::Map<String, Value>, key: &str| {
                map.get(key).and_then(Value::as_str).unwrap_or(key).to_owned()
            };
            let parameter = data.name.clone();
            match data.extensions.get("x-specwright-envelope") {
                Some(Value::Bool(true)) => {
                    let empty = serde_json::Map::new();
                    let (status, content) = (name(&empty, "status"), name(&empty, "content"));
                    return Some(Envelope { parameter, status, content });
                }
                Some(Value::Object(map)) => {
                    self.check_envelope(map, &at);
                    let (status, content) = (name(map, "status"), name(map, "content"));
                    return Some(Envelope { parameter, status, content });
                }
                Some(_) => self.unfit(
                    &data.extensions,
                    "x-specwright-envelope",
                    Value::is_boolean,
                    "`true`, or a mapping with `status` and `content`",
                    &at,
                ),
                None => {}
            }
        }
        None
    }

    /// The names of the wrapper's fields are texts.
    fn check_envelope(&mut self, map: &serde_json::Map<String, Value>, at: &Pointer) {
        let extension = "x-specwright-envelope";
        let (known, at) = (["content", "status"], at.push(extension));
        for key in known {
            if map.get(key).is_some_and(|name| !name.is_string()) {
                let why = format!("`{key}` has to be the name of a field of the wrapper");
                self.wrong(why, &at.push(key));
            }
        }
        self.unknown(map, &known, extension, &at);
    }

    /// Tells of an extension that is there and not what it has to be.
    pub(super) fn unfit(
        &mut self,
        extensions: &indexmap::IndexMap<String, Value>,
        key: &str,
        fits: fn(&Value) -> bool,
        expected: &str,
        at: &Pointer,
    ) {
        if extensions.get(key).is_some_and(|value| !fits(value)) {
            let message = format!("`{key}` has to be {expected}: it is left out");
            self.warn(Code::Ignored, message, &at.push(key), "correct it, or take it out");
        }
    }

    /// A flag called `envelope` asks the server to wrap every answer. Without
    /// `x-specwright-envelope` nobody has said how to unwrap it, so it is not offered.
    fn withhold(
        &mut self,
        parameters: &mut Vec<Parameter>,
        envelope: Option<&Envelope>,
    ) -> Vec<String> {
        let wraps = |parameter: &Parameter, lowerer: &Self| {
            parameter.place == Place::Query
                && !parameter.required
                && parameter.wire.eq_ignore_ascii_case("envelope")
                && matches!(lowerer.kind_of(parameter.schema), Kind::Boolean)
                && envelope.is_none_or(|known| known.parameter != parameter.wire)
        };
        let (withheld, offered) =
            std::mem::take(parameters).into_iter().partition(|parameter| wraps(parameter, self));
        *parameters = offered;
        let withheld: Vec<Parameter> = withheld;
        for parameter in &withheld {
            self.warn(
                Code::Ignored,
                format!("the parameter `{}` is not offered: it would wrap answers", parameter.wire),
                &parameter.at,
                "mark it `x-specwright-envelope: true` to have wrapped answers unwrapped",
            );
        }
        withheld.into_iter().map(|parameter| parameter.wire).collect()
    }

    /// Holders of one operationId are all named from method and path, so that none of them moves
    /// when the other goes (OpenAPI 3.0, Operation Object: the id must be unique).
    fn name_repeated(&mut self, operations: &mut [Operation]) {
        // Versions of one operation share its place.
        let mut holders: BTreeMap<String, BTreeSet<Pointer>> = BTreeMap::new();
        for operation in operations.iter() {
            holders.entry(operation.id.clone()).or_default().insert(operation.at.clone());
        }
        for operation in operations.iter_mut() {
            if holders.get(&operation.id).is_none_or(|places| places.len() < 2) {
                continue;
            }
            let name = spelled(&operation.method.to_lowercase(), &operation.path);
            self.warn(
                Code::RepeatedOperationId,
                format!("the operationId `{}` is used more than once", operation.id),
                &operation.at.push("operationId"),
                &format!("this one is named after `{name}`; give each operation its own id"),
            );
            operation.id = name;
        }
    }
}

/// The name of an operation that has none: its method and its path.
fn spelled(method: &str, path: &str) -> String {
    format!("{method} {path}")
}

/// What the document says of an operation, be it one of the client's or of the API's.
pub(super) fn prose(raw: &Raw) -> Docs {
    Docs {
        summary: raw.summary.clone(),
        description: raw.description.clone(),
        links: raw.external_docs.iter().map(elsewhere).collect(),
        deprecated: raw.deprecated,
        ..Docs::default()
    }
}

/// The same, or what the path item says of all its operations where the operation has no words of its own
/// (OpenAPI 3.0, Path Item Object, `summary` and `description`).
fn prose_within(raw: &Raw, item: &PathItem) -> Docs {
    let docs = prose(raw);
    if docs.has_words() {
        return docs;
    }
    Docs { summary: item.summary.clone(), description: item.description.clone(), ..docs }
}

/// `x-rolesRequirements`: a list of role names.
fn roles(raw: &Raw) -> Vec<String> {
    match raw.extensions.get("x-rolesRequirements") {
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
