//! Leaves the chosen operations and what they reach.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::operations::{METHODS, Operation, path_item};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::{self, Pointer};
use crate::shape::{Object, Trail, for_each_child, reference};

/// The document with `chosen` as its only operations, and with the components, security schemes
/// and tags they use. Order, servers, info and extensions stay.
pub(super) fn prune(root: &Value, chosen: &[Operation<'_>]) -> Result<Value, Diagnostics> {
    let mut methods: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for operation in chosen {
        methods.entry(operation.path).or_default().push(operation.method);
    }
    let paths = paths(root, &methods);
    let mut reach = Reach::new(root);
    reach.follow(&paths);
    reach.outside(&methods)?;
    let mut pruned = Map::new();
    for (key, value) in root.as_object().into_iter().flatten() {
        let value = match key.as_str() {
            "paths" => paths.clone(),
            "components" => components(value, &reach.components),
            "tags" => tags(value, chosen),
            // A choice is one of operations to call.
            "webhooks" => continue,
            "security" if !reach.root_security => continue,
            _ => value.clone(),
        };
        pruned.insert(key.clone(), value);
    }
    Ok(Value::Object(pruned))
}

/// Writes out the path items that are references within the document: a client has the operations
/// of either path.
pub(super) fn write_out(root: &mut Value) {
    let mut items = Vec::new();
    for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        if let (Some(_), Some(members)) = (item.get("$ref"), path_item(root, item)) {
            items.push((path.clone(), members.clone()));
        }
    }
    for (path, members) in items {
        root["paths"][path] = Value::Object(members);
    }
}

/// Section and name of every component that the operations of a document reach.
pub(super) fn reached(root: &Value) -> BTreeSet<(String, String)> {
    let mut reach = Reach::new(root);
    reach.follow(root.get("paths").unwrap_or(&Value::Null));
    reach.components
}

/// The path items with the chosen operations; one behind a reference is written out, because what
/// it refers to has other operations besides.
fn paths(root: &Value, methods: &BTreeMap<&str, Vec<&str>>) -> Value {
    let all = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let kept = all.filter_map(|(path, item)| {
        let methods = methods.get(path.as_str())?;
        let keep = |key: &str| !METHODS.contains(&key) || methods.contains(&key);
        let members = path_item(root, item)?.iter().filter(|(key, _)| keep(key));
        let item = members.map(|(key, value)| (key.clone(), value.clone())).collect();
        Some((path.clone(), Value::Object(item)))
    });
    Value::Object(kept.collect())
}

fn components(all: &Value, reached: &BTreeSet<(String, String)>) -> Value {
    let mut kept = Map::new();
    for (section, members) in all.as_object().into_iter().flatten() {
        if Object::of_section(section).is_some() {
            let keep = |name: &String| reached.contains(&(section.clone(), name.clone()));
            let members = members.as_object().into_iter().flatten();
            let members: Map<String, Value> = members
                .filter(|(name, _)| keep(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            if !members.is_empty() {
                kept.insert(section.clone(), Value::Object(members));
            }
        } else {
            kept.insert(section.clone(), members.clone());
        }
    }
    Value::Object(kept)
}

fn tags(all: &Value, chosen: &[Operation<'_>]) -> Value {
    let Value::Array(list) = all else { return all.clone() };
    let used: BTreeSet<&str> = chosen.iter().flat_map(|op| op.tags.iter().copied()).collect();
    let is_used = |tag: &&Value| {
        tag.get("name").and_then(Value::as_str).is_none_or(|name| used.contains(name))
    };
    Value::Array(list.iter().filter(is_used).cloned().collect())
}

/// Whether a schema has a discriminator, and leaves it to others to be its alternatives.
fn lists_no_alternatives(schema: &Value) -> bool {
    let lists =
        |key: &str| schema.get(key).and_then(Value::as_array).is_some_and(|l| !l.is_empty());
    let discriminator = schema.get("discriminator").filter(|value| value.is_object());
    discriminator.is_some_and(|known| known.get("mapping").is_none())
        && !lists("oneOf")
        && !lists("anyOf")
}

/// The schemas of the document by the schemas they merge.
fn children(root: &Value) -> BTreeMap<String, Vec<&str>> {
    let mut children: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let reference = member.get("$ref").and_then(Value::as_str);
            let target = reference.and_then(Pointer::from_reference);
            if let Some(parent) = target.and_then(|target| component_name(target.as_str())) {
                children.entry(parent).or_default().push(name);
            }
        }
    }
    children
}

/// The name of the schema that a pointer leads to, if that is a component.
fn component_name(pointer: &str) -> Option<String> {
    pointer::component(pointer, "schemas")
}

/// What is reached so far.
struct Reach<'v> {
    root: &'v Value,
    /// Section and name.
    components: BTreeSet<(String, String)>,
    open: Vec<(Pointer, Object)>,
    /// References to anything but components, with the place of the first.
    others: BTreeMap<Pointer, Pointer>,
    /// Whether an operation leaves its security to the document.
    root_security: bool,
    /// Which schemas merge a schema by `allOf`, by name.
    children: BTreeMap<String, Vec<&'v str>>,
}

impl<'v> Reach<'v> {
    fn new(root: &'v Value) -> Self {
        Self {
            root,
            components: BTreeSet::new(),
            open: Vec::new(),
            others: BTreeMap::new(),
            root_security: false,
            children: children(root),
        }
    }

    /// Follows all references from the path items on.
    fn follow(&mut self, paths: &Value) {
        let start = Pointer::root().push("paths");
        self.visit(paths, Object::Paths, &Trail::Start(&start));
        if self.root_security {
            for requirement in
                self.root.get("security").and_then(Value::as_array).into_iter().flatten()
            {
                self.requirement(requirement);
            }
        }
        while let Some((pointer, object)) = self.open.pop() {
            if let Some(value) = pointer.lookup(self.root) {
                self.visit(value, object, &Trail::Start(&pointer));
            }
        }
    }

    fn visit(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        if let Some(reference) = reference(value, object) {
            self.reference(reference, object, trail);
            return;
        }
        match object {
            Object::Operation => self.root_security |= value.get("security").is_none(),
            Object::SecurityRequirement => self.requirement(value),
            Object::Discriminator => self.mapping(value, trail),
            Object::Schema if lists_no_alternatives(value) => self.merging(&trail.pointer()),
            _ => {}
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    /// The alternatives of a discriminator that lists none are the schemas that merge its own.
    fn merging(&mut self, schema: &Pointer) {
        let mut open = Vec::from_iter(component_name(schema.as_str()));
        while let Some(name) = open.pop() {
            for child in self.children.get(&name).cloned().unwrap_or_default() {
                if !self.components.contains(&("schemas".to_owned(), child.to_owned())) {
                    self.component("schemas", child);
                    open.push(child.to_owned());
                }
            }
        }
    }

    fn reference(&mut self, reference: &str, object: Object, trail: &Trail<'_>) {
        let Some(pointer) = Pointer::from_reference(reference) else { return };
        let tokens: Vec<String> = pointer.tokens().take(3).collect();
        match tokens.as_slice() {
            [components, section, name] if components == "components" => {
                self.component(section, name);
            }
            _ => {
                let place = Trail::Key(trail, "$ref").pointer();
                if self.others.insert(pointer.clone(), place).is_none() {
                    self.open.push((pointer, object));
                }
            }
        }
    }

    fn component(&mut self, section: &str, name: &str) {
        let Some(object) = Object::of_section(section) else { return };
        if self.components.insert((section.to_owned(), name.to_owned())) {
            let pointer = Pointer::root().push("components").push(section).push(name);
            self.open.push((pointer, object));
        }
    }

    fn requirement(&mut self, requirement: &Value) {
        for (scheme, _) in requirement.as_object().into_iter().flatten() {
            self.component("securitySchemes", scheme);
        }
    }

    fn mapping(&mut self, discriminator: &Value, trail: &Trail<'_>) {
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        for target in mapping.into_iter().flatten().filter_map(|(_, target)| target.as_str()) {
            match target.starts_with('#') {
                true => self.reference(target, Object::Schema, trail),
                false => self.component("schemas", target),
            }
        }
    }

    /// A reference into an operation that was not chosen would lead nowhere once that is gone.
    fn outside(&self, methods: &BTreeMap<&str, Vec<&str>>) -> Result<(), Diagnostics> {
        let is_gone = |pointer: &Pointer| {
            let tokens: Vec<String> = pointer.tokens().take(3).collect();
            let [paths, path, method] = tokens.as_slice() else { return false };
            let kept = methods.get(path.as_str());
            let keeps = |methods: &Vec<&str>| {
                !METHODS.contains(&method.as_str()) || methods.contains(&method.as_str())
            };
            paths == "paths" && !kept.is_some_and(keeps)
        };
        let gone = self.others.iter().filter(|(target, _)| is_gone(target));
        let problems: Diagnostics = gone
            .map(|(target, place)| {
                let message = format!("`#{target}` is part of an operation that is not chosen");
                Diagnostic::error(Code::UnsupportedReference, message)
                    .at(place)
                    .help("choose that operation too, or make the target a component")
            })
            .collect();
        problems.into_result().map(|_| ())
    }
}
