//! Path items and operations.

use serde_json::{Map, Value};

use super::parameter::place;
use super::{Found, Upgrade, texts};
use crate::pointer::Pointer;
use crate::select::METHODS;

/// What the parameters of an operation or a path item put into the body.
#[derive(Clone, Default)]
struct Bodies<'s> {
    body: Option<Found<'s>>,
    form: Vec<Found<'s>>,
}

impl<'s> Upgrade<'s> {
    pub(super) fn paths(&mut self, paths: &'s Map<String, Value>) -> Value {
        let at = Pointer::root().push("paths");
        let item = |(path, item): (&String, &'s Value)| {
            let converted = match item {
                Value::Object(members) => self.path_item(members, &at.push(path)),
                other => other.clone(),
            };
            (path.clone(), converted)
        };
        Value::Object(paths.iter().map(item).collect())
    }

    fn path_item(&mut self, item: &'s Map<String, Value>, at: &Pointer) -> Value {
        let mut converted = Map::new();
        let list = item.get("parameters");
        let (shared, bodies) = self.parameters(list, &at.push("parameters"));
        converted.extend(shared.map(|list| ("parameters".to_owned(), list)));
        for (key, value) in item.iter().filter(|(key, _)| *key != "parameters") {
            let value = match value {
                Value::Object(operation) if METHODS.contains(&key.as_str()) => {
                    self.operation(operation, &bodies, &at.push(key))
                }
                other => other.clone(),
            };
            converted.insert(key.clone(), value);
        }
        Value::Object(converted)
    }

    fn operation(
        &mut self,
        operation: &'s Map<String, Value>,
        shared: &Bodies<'s>,
        at: &Pointer,
    ) -> Value {
        let own = |key: &str| operation.get(key).map(|list| texts(Some(list)));
        let mut converted = Map::new();
        for (key, value) in operation {
            match (key.as_str(), value) {
                ("consumes" | "produces" | "schemes" | "parameters", _) => {}
                ("responses", Value::Object(responses)) => {
                    let responses =
                        self.responses(responses, own("produces").as_deref(), &at.push(key));
                    converted.insert(key.clone(), responses);
                }
                _ => {
                    converted.insert(key.clone(), value.clone());
                }
            }
        }
        let list = operation.get("parameters");
        let (parameters, bodies) = self.parameters(list, &at.push("parameters"));
        converted.extend(parameters.map(|list| ("parameters".to_owned(), list)));
        let body = self.request_body(bodies.or(shared), own("consumes").as_deref(), at);
        converted.extend(body.map(|body| ("requestBody".to_owned(), body)));
        if let Some(servers) = own("schemes").and_then(|schemes| self.servers_of(&schemes)) {
            self.moved(&at.push("servers"), &at.push("schemes"));
            converted.insert("servers".to_owned(), servers);
        }
        Value::Object(converted)
    }

    /// Those that stay parameters, and what goes into the body.
    fn parameters(&mut self, list: Option<&'s Value>, at: &Pointer) -> (Option<Value>, Bodies<'s>) {
        let mut bodies = Bodies::default();
        let list = match list {
            None => return (None, bodies),
            Some(Value::Array(list)) => list,
            Some(other) => return (Some(other.clone()), bodies),
        };
        let mut kept = Vec::with_capacity(list.len());
        for (index, parameter) in list.iter().enumerate() {
            let from = at.index(index);
            let found = self.resolve(parameter, &from);
            match place(found.value) {
                Some("body") => bodies.body = Some(found),
                Some("formData") => bodies.form.push(found),
                _ => kept.push(self.parameter(parameter, &from, &at.index(kept.len()))),
            }
        }
        ((!kept.is_empty()).then_some(Value::Array(kept)), bodies)
    }

    fn request_body(
        &mut self,
        bodies: Bodies<'s>,
        consumes: Option<&[&str]>,
        at: &Pointer,
    ) -> Option<Value> {
        let to = at.push("requestBody");
        match (&bodies.body, consumes) {
            // The shared body has the media types of the document.
            (Some(Found { reference: Some(reference), .. }), None) => {
                Some(serde_json::json!({"$ref": reference}))
            }
            (Some(body), _) => {
                let shared = self.consumes.clone();
                Some(self.body(body, consumes.unwrap_or(&shared), &to))
            }
            (None, _) if bodies.form.is_empty() => None,
            (None, _) => {
                let shared = self.consumes.clone();
                Some(self.form(&bodies.form, consumes.unwrap_or(&shared), &to))
            }
        }
    }
}

impl<'s> Bodies<'s> {
    /// These, and what the path item adds to them: a parameter of the operation goes before one of
    /// the path item that has its name.
    fn or(mut self, shared: &Self) -> Self {
        let name = |field: &Found<'s>| field.value.get("name");
        let names: Vec<Option<&Value>> = self.form.iter().map(name).collect();
        let added = shared.form.iter().filter(|field| !names.contains(&name(field)));
        let added: Vec<Found<'s>> = added.cloned().collect();
        self.form.extend(added);
        if self.body.is_none() && self.form.is_empty() {
            self.body.clone_from(&shared.body);
        }
        self
    }
}
