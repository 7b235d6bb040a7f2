//! What the API sends to its users: webhooks, and the callbacks that an operation registers.
//!
//! openapiv3 does not know webhooks and refuses sound callbacks, and a client reads less of them
//! than of an operation it calls: what arrives, and what the document says of it. So `reduce`
//! takes the rest out of the tree before anybody looks at it, and `take` hands the operations on
//! beside the document.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, Operation};
use serde_json::{Map, Value, json};

use super::{Added, left_over, typed};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::select::METHODS;

/// A document in the words of OpenAPI 3.0, and beside it what openapiv3 does not hold.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document itself, without callbacks.
    pub openapi: OpenAPI,
    /// The descriptions that stand beside references to anything but schemas, by their places.
    pub(crate) beside: BTreeMap<Pointer, String>,
    /// What the API sends, in document order.
    pub(crate) hooks: Vec<Hook>,
    /// What it says of itself in words of OpenAPI 3.1.
    pub(crate) added: Added,
    /// The components that are called after the place where they are written, as the document has no name
    /// for them.
    pub(crate) nameless: BTreeSet<String>,
    /// The specification that the document is written by, with its version: `OpenAPI 3.1`.
    pub(crate) version: String,
}

/// One request that the API makes.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    /// Where its operation is written.
    pub(crate) at: Pointer,
    /// Its key among the webhooks or callbacks.
    pub(crate) name: String,
    /// The key of the operation in its path item, in lower case.
    pub(crate) method: String,
    /// Who makes it happen.
    pub(crate) cause: Cause,
    /// What is read of it: prose and body.
    pub(crate) operation: Operation,
}

/// Why the API makes a request.
#[derive(Clone, Debug)]
pub(crate) enum Cause {
    /// Something happened (OpenAPI 3.1.1 section 4.8.1, `webhooks`).
    Webhook,
    /// An operation asked for it (section 4.8.18).
    Callback {
        /// The runtime expression that gives the URL.
        expression: String,
        /// Where the operations stand that ask for it.
        owners: Vec<Pointer>,
    },
}

/// The keys of an operation that are read of a hook.
const READ: [&str; 7] = [
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "requestBody",
    "responses",
    "summary",
];

/// What OpenAPI 3.2 has besides methods of 3.0 (section 4.9). Nothing of such operations is read,
/// and that they are there is told (`v31::report`).
const UNREAD: [&str; 2] = ["query", "additionalOperations"];

/// Leaves of every hook what is read of it. What is no hook at all is left out, and said.
pub(super) fn reduce(root: &mut Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (holder, at) in holders(root) {
        let Some(Value::Object(map)) = root.pointer_mut(at.as_str()) else { continue };
        match holder {
            Holder::Webhooks => items(map, &at, &mut diagnostics),
            Holder::Callbacks => {
                keep_mappings(map, "a callback", &at, &mut diagnostics);
                for (name, callback) in map.iter_mut() {
                    let Value::Object(callback) = callback else { continue };
                    if !callback.contains_key("$ref") {
                        items(callback, &at.push(name), &mut diagnostics);
                    }
                }
            }
        }
    }
    diagnostics
}

/// The hooks, taken out of the tree.
///
/// # Errors
/// One that is not what the specification says.
pub(super) fn take(root: &mut Value) -> Result<Vec<Hook>, Diagnostic> {
    let found = find(root);
    for (_, at) in holders(root) {
        crate::faults::remove(root, &at);
    }
    let hook = |raw: Raw| {
        let operation =
            typed::operation(raw.operation).map_err(|unfit| left_over(&unfit, &raw.at))?;
        Ok(Hook { at: raw.at, name: raw.name, method: raw.method, cause: raw.cause, operation })
    };
    found.into_iter().map(hook).collect()
}

/// What holds hooks.
#[derive(Clone, Copy)]
enum Holder {
    Webhooks,
    Callbacks,
}

/// Where hooks are written: under the root, under each operation, and among the components.
fn holders(root: &Value) -> Vec<(Holder, Pointer)> {
    let at = Pointer::root();
    let mut all = vec![(Holder::Webhooks, at.push("webhooks"))];
    let operations = operations(root).into_iter();
    all.extend(operations.map(|operation| (Holder::Callbacks, operation.push("callbacks"))));
    all.push((Holder::Callbacks, at.push("components").push("callbacks")));
    all.retain(|(_, at)| at.lookup(root).is_some());
    all
}

/// Where the operations that a client calls are written.
fn operations(root: &Value) -> Vec<Pointer> {
    let at = Pointer::root().push("paths");
    let paths = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let each = paths.flat_map(|(path, item)| {
        let at = at.push(path);
        let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
        methods.map(move |method| at.push(method)).collect::<Vec<_>>()
    });
    each.collect()
}

/// Reduces the operations of the path items of one mapping.
fn items(map: &mut Map<String, Value>, at: &Pointer, diagnostics: &mut Diagnostics) {
    map.retain(|key, _| !key.starts_with("x-"));
    keep_mappings(map, "a path item", at, diagnostics);
    for (key, item) in map.iter_mut() {
        let Value::Object(item) = item else { continue };
        let is_operation = |key: &str| METHODS.contains(&key) || UNREAD.contains(&key);
        item.retain(|key, _| key == "$ref" || is_operation(key));
        if !item.contains_key("$ref") {
            keep_mappings(item, "an operation", &at.push(key), diagnostics);
        }
        for (key, member) in item.iter_mut() {
            let Value::Object(member) = member else { continue };
            match key.as_str() {
                "additionalOperations" => member.values_mut().for_each(|one| *one = json!({})),
                "query" => *member = unanswered(),
                _ => read_alone(member),
            }
        }
    }
}

/// Leaves of an operation what is read of it.
fn read_alone(operation: &mut Map<String, Value>) {
    operation.extend(unanswered());
    operation.retain(|key, _| READ.contains(&key.as_str()));
}

/// What is answered to a hook is the user's own code.
fn unanswered() -> Map<String, Value> {
    Map::from_iter([("responses".to_owned(), json!({}))])
}

/// Leaves out what is no mapping.
fn keep_mappings(
    map: &mut Map<String, Value>,
    what: &str,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) {
    map.retain(|key, value| {
        if !value.is_object() && !key.starts_with("x-") {
            let message = format!("{what} has to be a mapping: it is left out");
            let warning = Diagnostic::warning(Code::FaultyDocument, message).at(&at.push(key));
            diagnostics.push(warning.help("correct the document"));
        }
        value.is_object()
    });
}

/// A hook as it stands in the tree.
struct Raw {
    at: Pointer,
    name: String,
    method: String,
    cause: Cause,
    operation: Value,
}

/// All hooks: webhooks, then callbacks, each once however many operations ask for it.
fn find(root: &Value) -> Vec<Raw> {
    let mut found = Vec::new();
    let at = Pointer::root().push("webhooks");
    for (name, item) in root.get("webhooks").and_then(Value::as_object).into_iter().flatten() {
        found.extend(of_item(root, item, name, &at.push(name), &Cause::Webhook));
    }
    let mut seen: Vec<Pointer> = Vec::new();
    let owned = operations(root).into_iter().map(|at| (Some(at.clone()), at.push("callbacks")));
    let components = Pointer::root().push("components").push("callbacks");
    for (owner, at) in owned.chain([(None, components)]) {
        let callbacks = at.lookup(root).and_then(Value::as_object).into_iter().flatten();
        for (name, callback) in callbacks {
            let Some((callback, place)) = behind(root, callback, at.push(name)) else { continue };
            if seen.contains(&place) {
                found.iter_mut().for_each(|raw| raw.add_owner(&place, owner.as_ref()));
                continue;
            }
            let name = place.last().unwrap_or_else(|| name.clone());
            for (expression, item) in callback.as_object().into_iter().flatten() {
                let owners = owner.clone().into_iter().collect();
                let cause = Cause::Callback { expression: expression.clone(), owners };
                found.extend(of_item(root, item, &name, &place.push(expression), &cause));
            }
            seen.push(place);
        }
    }
    found
}

impl Raw {
    fn add_owner(&mut self, callback: &Pointer, owner: Option<&Pointer>) {
        let is_of_it = self.at.parent().and_then(|item| item.parent()).as_ref() == Some(callback);
        if let (true, Cause::Callback { owners, .. }) = (is_of_it, &mut self.cause) {
            owners.extend(owner.cloned());
        }
    }
}

fn of_item(root: &Value, item: &Value, name: &str, at: &Pointer, cause: &Cause) -> Vec<Raw> {
    let members = behind(root, item, at.clone()).and_then(|(item, _)| item.as_object());
    let is_method = |(key, _): &(&String, &Value)| METHODS.contains(&key.as_str());
    let raw = |(method, operation): (&String, &Value)| {
        // An item that a reference leads to may be one that the client calls, with all it has.
        let mut operation = operation.as_object()?.clone();
        read_alone(&mut operation);
        Some(Raw {
            at: at.push(method),
            name: name.to_owned(),
            method: method.clone(),
            cause: cause.clone(),
            operation: Value::Object(operation),
        })
    };
    members.into_iter().flatten().filter(is_method).filter_map(raw).collect()
}

/// What stands behind a chain of references, which `select` has followed to its end; circles
/// are in trees that come by another road.
fn behind<'v>(
    root: &'v Value,
    mut value: &'v Value,
    mut at: Pointer,
) -> Option<(&'v Value, Pointer)> {
    let mut met = BTreeSet::new();
    loop {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some((value, at));
        };
        if !met.insert(reference) {
            return None;
        }
        at = Pointer::from_reference(reference)?;
        value = at.lookup(root)?;
    }
}
