//! Waiters → the methods that wait, of the call that is asked, of the client and of the call that
//! begins it. An overlay says what they are; it is applied here as far as this needs it.

use serde_yaml::Value;

use super::{Document, Operation, entries, items, text};
use crate::case::{pascal, snake};
use crate::surface::Surface;

/// Merges the updates of an overlay into the operations that its targets name.
pub(super) fn apply(document: &mut Value, overlay: &str, surface: &mut Surface) {
    let overlay: Value = serde_yaml::from_str(overlay).unwrap_or_default();
    for action in items(overlay.get("actions")) {
        let target = text(action, "target").unwrap_or_default();
        let place = target.strip_prefix("$.paths['").and_then(|rest| rest.split_once("']."));
        let operation = place
            .and_then(|(path, method)| document.get_mut("paths")?.get_mut(path)?.get_mut(method));
        match (operation, action.get("update")) {
            (Some(operation), Some(update)) => merge(operation, update),
            _ => surface.problem(format!("this test does not know the target {target}")),
        }
    }
}

fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Mapping(target), Value::Mapping(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(existing) => merge(existing, value),
                    None => {
                        target.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (target, update) => *target = update.clone(),
    }
}

/// The methods of one declaration.
pub(super) fn describe(document: &Document, operation: &Operation<'_>, surface: &mut Surface) {
    let ours = operation.value.get("x-specwright-waiter");
    let theirs = operation.value.get("x-xgen-atlascli").and_then(|all| all.get("watcher"));
    let Some(declared) = ours.or(theirs) else { return };
    let find = |way: &[&str]| {
        let follow =
            |from: &Value| way.iter().try_fold(from.clone(), |at, key| at.get(key).cloned());
        ours.and_then(follow).or_else(|| theirs.and_then(follow))
    };
    let own = |value: Option<Value>| value.and_then(|value| Some(value.as_str()?.to_owned()));
    let list = |way: &[&str]| -> Vec<String> {
        let value = find(way);
        items(value.as_ref()).filter_map(|one| Some(one.as_str()?.to_owned())).collect()
    };
    let (Some(name), Some(asked), Some(path)) = (
        own(find(&["name"])),
        own(find(&["get", "operation-id"])),
        own(find(&["expect", "match", "path"])),
    ) else {
        surface.problem(format!("this test does not know the waiter {declared:?}"));
        return;
    };
    let Some(other) = document.operations().into_iter().find(|other| id(other) == asked) else {
        surface.problem(format!("no operation {asked}"));
        return;
    };
    let failed = list(&["expect", "match", "failure"]);
    let field = snake(path.trim_start_matches("$."));
    let state = super::operation::answer(document, &other, surface);
    let value = |wire: &String| format!("{state}{}::{}", pascal(&field), pascal(wire));
    let means = list(&["expect", "match", "values"]).into_iter().map(|wire| {
        let end = if failed.contains(&wire) { "Failed" } else { "Reached" };
        format!("{} is {end}", value(&wire))
    });
    let means = means.chain(["anything else is Pending".to_owned()]).collect::<Vec<_>>().join(", ");
    let method = format!("wait_until_{}", snake(&name));
    let call = format!("operations::{}", pascal(&asked));
    let waiter = format!("specwright_runtime::Waiter<{state}>");
    surface.add(
        format!("{call}::{method}"),
        format!("(self) -> {waiter} by wait_json where answer.{field}: {means}"),
    );
    let names: Vec<String> = other
        .path
        .split('{')
        .skip(1)
        .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
        .collect();
    let arguments = names.iter().map(|name| format!("{}: impl AsRef<str>", snake(name)));
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let passed = names.iter().map(|name| snake(name)).collect::<Vec<_>>().join(", ");
    surface.add(
        format!("client::Client::{method}"),
        format!("(self, {arguments}) -> {waiter} passes [{passed}] to {call} for {method}"),
    );
    let given = names.iter().map(|name| {
        let source = own(find(&["get", "params", name])).unwrap_or_default();
        match source.split_once(':') {
            Some(("input", name)) => format!("before.given({name:?})"),
            Some(("body", path)) => format!("answer.{}", snake(path.trim_start_matches("$."))),
            _ => format!("nothing for {name}"),
        }
    });
    let given = given.collect::<Vec<_>>().join(", ");
    let answer = super::operation::answer(document, operation, surface);
    surface.add(
        format!("operations::{}::and_wait", pascal(id(operation))),
        format!(
            "(self) -> specwright_runtime::Started<{answer}, {state}> passes [{given}] to {call} for \
             {method}"
        ),
    );
}

fn id<'a>(operation: &Operation<'a>) -> &'a str {
    text(operation.value, "operationId").unwrap_or_default()
}

/// The keys that this module reads.
pub(super) const KEYS: [&str; 2] = ["x-specwright-waiter", "x-xgen-atlascli"];

/// Whether a declaration has other keys than those that are read.
pub(super) fn report_unknown(operation: &Operation<'_>, surface: &mut Surface) {
    let all = entries(operation.value.get("x-xgen-atlascli")).map(|(key, _)| key);
    for key in all.filter(|key| *key != "watcher") {
        surface.problem(format!("this test does not know the key {key} of x-xgen-atlascli"));
    }
}
