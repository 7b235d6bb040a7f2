//! The tree as openapiv3's types, each value moved to where it belongs.
//!
//! openapiv3 derives its reading, with a `flatten` or an untagged choice in nearly every object: serde
//! then copies what is below into a form of its own, once for each level, which costs as much as reading
//! the text did. The shape of each object is known, so it is read key by key here. What comes out is what
//! openapiv3 makes of the same tree, which the tests compare.
//!
//! The checks before have refused what is not OpenAPI, so that an [`Unfit`] is what they should have
//! caught.

mod calls;
mod schemas;

use std::mem;
use std::sync::{Mutex, PoisonError};

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Operation, Paths, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::parallel;
use crate::pointer::Pointer;

/// Something that is not what its place wants.
#[derive(Clone, Debug)]
pub(super) struct Unfit {
    /// Keys and indexes on the way to it, the last first.
    way: Vec<String>,
    pub(super) message: String,
}

type Read<T> = Result<T, Unfit>;

impl Unfit {
    fn new(message: impl Into<String>) -> Self {
        Self { way: Vec::new(), message: message.into() }
    }

    fn missing(key: &str) -> Self {
        Self::new(format!("there is no `{key}`"))
    }

    /// Where it is in the tree that was read, which is at `root`.
    pub(super) fn below(&self, root: &Pointer) -> Pointer {
        root.below(self.way.iter().rev().map(String::as_str))
    }
}

/// Adds where something was read to what is wrong with it.
trait At {
    fn at(self, token: &str) -> Self;
}

impl<T> At for Read<T> {
    fn at(self, token: &str) -> Self {
        self.map_err(|mut unfit| {
            unfit.way.push(token.to_owned());
            unfit
        })
    }
}

/// The whole document, which is used up.
pub(super) fn document(root: Value) -> Read<OpenAPI> {
    with_stack(root, open_api)
}

/// An operation, which is used up.
pub(super) fn operation(value: Value) -> Read<Operation> {
    with_stack(value, calls::operation)
}

/// Reads where there is stack enough. Without optimisation each level takes some tens of kilobytes, and the
/// thread of a caller may have little to spare; with it there is no need of another thread, whose memory would
/// be new.
fn with_stack<T: Send>(value: Value, read: fn(Value) -> Read<T>) -> Read<T> {
    if !cfg!(debug_assertions) {
        return read(value);
    }
    let value = Mutex::new(value);
    let work = || read(mem::take(&mut *value.lock().unwrap_or_else(PoisonError::into_inner)));
    parallel::beside(work, || ()).0
}

fn open_api(root: Value) -> Read<OpenAPI> {
    let mut made = OpenAPI::default();
    let (mut version, mut info, mut paths) = (None, None, None);
    fields(root, |key, value| {
        match key.as_str() {
            "openapi" => version = Some(text(value)?),
            "info" => info = Some(leaf(value)?),
            "servers" => made.servers = leaf(value)?,
            "paths" => paths = Some(self::paths(value)?),
            "components" => made.components = some(value, components)?,
            "security" => made.security = leaf(value)?,
            "tags" => made.tags = leaf(value)?,
            "externalDocs" => made.external_docs = leaf(value)?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    made.openapi = version.ok_or_else(|| Unfit::missing("openapi"))?;
    made.info = info.ok_or_else(|| Unfit::missing("info"))?;
    made.paths = paths.ok_or_else(|| Unfit::missing("paths"))?;
    Ok(made)
}

fn paths(value: Value) -> Read<Paths> {
    let mut made = Paths::default();
    fields(value, |key, value| {
        if key.starts_with('/') {
            let item = referable(value, calls::path_item)?;
            made.paths.insert(mem::take(key), item);
        } else {
            extend(&mut made.extensions, key, value);
        }
        Ok(())
    })?;
    Ok(made)
}

fn components(value: Value) -> Read<Components> {
    let mut made = Components::default();
    fields(value, |key, value| {
        match key.as_str() {
            "schemas" => made.schemas = referables(value, schemas::schema)?,
            "responses" => made.responses = referables(value, calls::response)?,
            "parameters" => made.parameters = referables(value, calls::parameter)?,
            "examples" => made.examples = referables(value, calls::example)?,
            "requestBodies" => made.request_bodies = referables(value, calls::request_body)?,
            "headers" => made.headers = referables(value, calls::header)?,
            "securitySchemes" => made.security_schemes = leaf(value)?,
            "links" => made.links = leaf(value)?,
            "callbacks" => made.callbacks = leaf(value)?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    Ok(made)
}

/// Takes an object apart. `take` may keep the key of what it has read.
fn fields(value: Value, mut take: impl FnMut(&mut String, Value) -> Read<()>) -> Read<()> {
    for (mut key, value) in object(value)? {
        take(&mut key, value).at(&key)?;
    }
    Ok(())
}

fn object(value: Value) -> Read<Map<String, Value>> {
    match value {
        Value::Object(map) => Ok(map),
        other => Err(unlike("a mapping", &other)),
    }
}

fn unlike(wanted: &str, value: &Value) -> Unfit {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    };
    Unfit::new(format!("this should be {wanted}, and is {found}"))
}

fn text(value: Value) -> Read<String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(unlike("a text", &other)),
    }
}

fn flag(value: Value) -> Read<bool> {
    value.as_bool().ok_or_else(|| unlike("a boolean", &value))
}

/// What may be null for what is not there, as openapiv3 has it.
fn some<T>(value: Value, read: impl FnOnce(Value) -> Read<T>) -> Read<Option<T>> {
    if value.is_null() { Ok(None) } else { read(value).map(Some) }
}

fn any(value: Value) -> Read<Value> {
    Ok(value)
}

fn list<T>(value: Value, read: impl Fn(Value) -> Read<T>) -> Read<Vec<T>> {
    match value {
        Value::Array(all) => {
            let read = |(index, value): (usize, Value)| read(value).at(&index.to_string());
            all.into_iter().enumerate().map(read).collect()
        }
        other => Err(unlike("a list", &other)),
    }
}

fn map<T>(value: Value, read: impl Fn(Value) -> Read<T>) -> Read<IndexMap<String, T>> {
    let all = object(value)?.into_iter();
    all.map(|(key, value)| match read(value) {
        Ok(value) => Ok((key, value)),
        Err(unfit) => Err(unfit).at(&key),
    })
    .collect()
}

/// What may be a Reference Object (OpenAPI 3.0.4 section 4.7.23): then it is nothing else.
fn referable<T>(value: Value, read: impl FnOnce(Value) -> Read<T>) -> Read<ReferenceOr<T>> {
    match value {
        Value::Object(mut map) if map.get("$ref").is_some_and(Value::is_string) => {
            let reference = map.swap_remove("$ref").map(text).transpose()?.unwrap_or_default();
            Ok(ReferenceOr::Reference { reference })
        }
        value => read(value).map(ReferenceOr::Item),
    }
}

fn referables<T>(
    value: Value,
    read: impl Fn(Value) -> Read<T>,
) -> Read<IndexMap<String, ReferenceOr<T>>> {
    map(value, |value| referable(value, &read))
}

/// A small object, or one that is seldom: openapiv3 reads it itself.
fn leaf<T: DeserializeOwned>(value: Value) -> Read<T> {
    serde_json::from_value(value).map_err(|error| Unfit::new(error.to_string()))
}

/// A key that no object knows: an extension, or nothing.
fn extend(extensions: &mut IndexMap<String, Value>, key: &mut String, value: Value) {
    if key.starts_with("x-") {
        extensions.insert(mem::take(key), value);
    }
}

#[cfg(test)]
mod tests;
