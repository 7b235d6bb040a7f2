//! Swagger 2.0, rearranged as OpenAPI 3.0.
//!
//! In goes the raw tree, out comes one in which everything stands where 3.0 has it, so that no
//! later stage knows of two arrangements. Whatever is not understood here is copied as it is:
//! `normalise` holds it against 3.0 and refuses it by name. [`Origins`] remembers what moved, which
//! leads diagnostics, and the user's own pointers, back to the document as it is written.
//!
//! ```yaml
//! parameters:
//!   - {in: query, name: ids, type: array, items: {type: string}, collectionFormat: multi}
//!   - {in: body, name: order, schema: {$ref: '#/definitions/Order'}}
//! ```
//! becomes
//! ```yaml
//! parameters:
//!   - {in: query, name: ids, explode: true, schema: {type: array, items: {type: string}}}
//! requestBody:
//!   content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
//! ```

mod body;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod server;

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::source::{Origins, Source};

/// The document as OpenAPI 3.0 has it. One of another version passes as it is.
pub(crate) fn upgrade(source: Source) -> (Source, Diagnostics) {
    let Some(Value::Object(document)) = is_swagger_2(&source.root).then_some(&source.root) else {
        return (source, Diagnostics::default());
    };
    let mut upgrade = Upgrade {
        root: &source.root,
        consumes: texts(document.get("consumes")),
        produces: texts(document.get("produces")),
        origins: Origins::default(),
        diagnostics: Diagnostics::default(),
    };
    let mut root = upgrade.document(document);
    let Upgrade { mut origins, diagnostics, .. } = upgrade;
    schema::rewrite(&mut root, &mut origins);
    (source.converted(root, origins), diagnostics)
}

/// YAML makes a number of `swagger: 2.0`.
/// Whether it is Swagger 2.0, which its number may say as text or as a number.
pub(crate) fn is_swagger_2(root: &Value) -> bool {
    match root.get("swagger") {
        Some(Value::String(version)) => version == "2.0" || version == "2",
        Some(Value::Number(version)) => version.as_f64() == Some(2.0),
        _ => false,
    }
}

struct Upgrade<'s> {
    /// The document as it is written.
    root: &'s Value,
    /// Media types of the operations that name none of their own.
    consumes: Vec<&'s str>,
    produces: Vec<&'s str>,
    origins: Origins,
    diagnostics: Diagnostics,
}

/// A value of the document and where it stands there, behind any references.
#[derive(Clone)]
struct Found<'s> {
    value: &'s Value,
    at: Pointer,
    /// The reference that led there.
    reference: Option<&'s str>,
}

impl<'s> Upgrade<'s> {
    fn document(&mut self, document: &'s Map<String, Value>) -> Value {
        // References lead to what is shared, not to its copies, so that it goes first.
        let components = self.components(document);
        let mut root = Map::new();
        for (key, value) in document {
            match (key.as_str(), value) {
                ("swagger", _) => {
                    self.moved(&Pointer::root().push("openapi"), &Pointer::root().push(key));
                    root.insert("openapi".to_owned(), json!("3.0.3"));
                }
                ("paths", Value::Object(paths)) => {
                    root.insert(key.clone(), self.paths(paths));
                }
                (
                    "host"
                    | "basePath"
                    | "schemes"
                    | "consumes"
                    | "produces"
                    | "definitions"
                    | "parameters"
                    | "responses"
                    | "securityDefinitions",
                    _,
                ) => {}
                _ => {
                    root.insert(key.clone(), value.clone());
                }
            }
        }
        if !document.contains_key("paths") && document.contains_key("definitions") {
            root.insert("paths".to_owned(), json!({}));
            let message = "the document has no `paths`";
            let missing = Diagnostic::warning(Code::InvalidDocument, message).at(&Pointer::root());
            self.diagnostics.push(missing.help("the types of its definitions are generated"));
        }
        if let Some(servers) = self.servers(document) {
            root.insert("servers".to_owned(), servers);
        }
        if !components.is_empty() {
            root.insert("components".to_owned(), Value::Object(components));
        }
        Value::Object(root)
    }

    fn components(&mut self, document: &'s Map<String, Value>) -> Map<String, Value> {
        let mut components = Map::new();
        let sections = [
            ("definitions", "schemas"),
            ("parameters", "parameters"),
            ("responses", "responses"),
            ("securityDefinitions", "securitySchemes"),
        ];
        for (key, section) in sections {
            let Some(value) = document.get(key) else { continue };
            let from = Pointer::root().push(key);
            let to = Pointer::root().push("components").push(section);
            self.moved(&to, &from);
            let converted = match (key, value) {
                ("parameters", Value::Object(all)) => {
                    let bodies = self.shared_bodies(all, &from);
                    if !bodies.is_empty() {
                        components.insert("requestBodies".to_owned(), Value::Object(bodies));
                    }
                    self.shared_parameters(all, &from, &to)
                }
                ("responses", Value::Object(all)) => self.shared_responses(all, &from, &to),
                ("securityDefinitions", Value::Object(all)) => self.schemes(all, &from, &to),
                _ => value.clone(),
            };
            components.insert(section.to_owned(), converted);
        }
        components
    }

    /// Notes where something went.
    fn moved(&mut self, to: &Pointer, from: &Pointer) {
        if to != from {
            self.origins.insert(to.clone(), from.clone());
        }
    }

    /// What stands at the end of a chain of references. One that leads nowhere is left to
    /// `select`, which refuses it.
    fn resolve(&self, value: &'s Value, at: &Pointer) -> Found<'s> {
        let reference = value.get("$ref").and_then(Value::as_str);
        let mut found = Found { value, at: at.clone(), reference };
        let mut met = BTreeSet::new();
        loop {
            let next = found.value.get("$ref").and_then(Value::as_str);
            // A circle is one of the chains that lead nowhere.
            let next = next.filter(|next| met.insert(*next));
            let Some(pointer) = next.and_then(Pointer::from_reference) else { break };
            let Some(value) = pointer.lookup(self.root) else { break };
            found = Found { value, at: pointer, ..found };
        }
        found
    }
}

/// The texts of a list of media types or schemes.
fn texts(list: Option<&Value>) -> Vec<&str> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

/// Whether the key is an extension that a converted object keeps.
fn is_extension(key: &str) -> bool {
    key.starts_with("x-") && key != "x-nullable"
}

#[cfg(test)]
mod tests;
