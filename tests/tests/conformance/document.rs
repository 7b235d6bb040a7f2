//! The document's side: reads the YAML as plain values and works out what a client of it has to
//! offer.
//!
//! It covers the constructs our own document uses. Whatever else it meets it reports as a problem
//! instead of skipping it: a keyword that nobody checks would be a hole in the net.

mod credentials;
mod headers;
mod operation;
mod pages;
mod reach;
mod schema;
mod waiters;

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::surface::Surface;
use reach::Usage;

/// What a client of this OpenAPI document, changed by an overlay, has to offer.
pub(crate) fn surface(text: &str, overlay: Option<&str>) -> Surface {
    let mut surface = Surface::default();
    match serde_yaml::from_str::<Value>(text) {
        Ok(mut root) => {
            if let Some(overlay) = overlay {
                waiters::apply(&mut root, overlay, &mut surface);
            }
            Document { root }.describe(&mut surface);
        }
        Err(error) => surface.problem(error.to_string()),
    }
    surface
}

struct Document {
    root: Value,
}

/// One method of one path.
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    shared_parameters: Option<&'a Value>,
    value: &'a Value,
}

impl Document {
    fn describe(&self, surface: &mut Surface) {
        let operations = self.operations();
        let mut types: BTreeMap<String, Usage<'_>> = BTreeMap::new();
        for operation in &operations {
            reach::from_operation(self, operation, &mut types, surface);
        }
        for name in self.entries("/components/schemas").map(|(name, _)| name) {
            if !types.contains_key(name) {
                surface.problem(format!("no operation reaches the schema {name}"));
            }
        }
        schema::describe(self, &types, surface);
        for operation in &operations {
            operation::describe(self, operation, surface);
            pages::describe(self, operation, surface);
            waiters::report_unknown(operation, surface);
            waiters::describe(self, operation, surface);
        }
        headers::describe(self, &operations, surface);
        credentials::describe(self, surface);
        self.describe_root(surface);
    }

    /// What sits at the root of the crate, and the client that ties the operations together.
    fn describe_root(&self, surface: &mut Surface) {
        surface.add("types", "pub mod");
        surface.add("operations", "pub mod");
        surface.add("Client", "pub use client::Client");
        surface.add("Error", "pub use specwright_runtime::AnyError");
        surface.add("client::Client", "struct [] {}");
        surface.add("client::Client::builder", "() -> specwright_runtime::ClientBuilder<Self>");
        surface.add(
            "client::Client::with_options",
            "(self, options: specwright_runtime::CallOptions) -> Self",
        );
        let servers = items(self.root.get("servers")).filter_map(|server| text(server, "url"));
        surface.add("api: servers", list(servers));
        if let Some(pointer) = text(&self.root, "x-specwright-error-code") {
            surface.add("api: error_code", pointer);
        }
    }

    fn operations(&self) -> Vec<Operation<'_>> {
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        let mut found = Vec::new();
        for (path, item) in self.entries("/paths") {
            for (method, value) in
                entries(Some(item)).filter(|(method, _)| methods.contains(method))
            {
                found.push(Operation {
                    method,
                    path,
                    shared_parameters: item.get("parameters"),
                    value,
                });
            }
        }
        found
    }

    /// Follows `$ref` until something else stands there.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match text(value, "$ref").and_then(|reference| self.at(reference.strip_prefix('#')?)) {
            Some(target) => self.resolve(target),
            None => value,
        }
    }

    fn at(&self, pointer: &str) -> Option<&Value> {
        pointer.split('/').skip(1).try_fold(&self.root, |value, step| {
            value.get(step.replace("~1", "/").replace("~0", "~").as_str())
        })
    }

    fn entries(&self, pointer: &str) -> impl Iterator<Item = (&str, &Value)> {
        entries(self.at(pointer))
    }
}

/// The keys and values of a mapping whose keys are texts.
fn entries(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value
        .and_then(Value::as_mapping)
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.as_str()?, value)))
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_sequence).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", names.collect::<Vec<_>>().join(", "))
}
