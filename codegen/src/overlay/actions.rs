//! What an overlay says (Overlay Specification 1.0.0, sections 4.4.1 and 4.4.3).

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;

/// The longest target that is read: nobody writes more, and what reads it calls itself.
const LONGEST: usize = 2_000;
const DOCUMENT: [&str; 4] = ["overlay", "info", "extends", "actions"];
const INFO: [&str; 2] = ["title", "version"];
const ACTION: [&str; 4] = ["target", "description", "update", "remove"];

/// One change.
pub(super) struct Action<'o> {
    /// Where it is written.
    pub(super) at: Pointer,
    pub(super) target: JsonPath,
    pub(super) change: Change<'o>,
}

/// What happens to what the target means.
pub(super) enum Change<'o> {
    Remove,
    Update(&'o Value),
}

/// The actions of an overlay that can be read, and what is wrong with it.
pub(super) fn read(root: &Value) -> (Vec<Action<'_>>, Diagnostics) {
    let mut found = Diagnostics::default();
    let at = Pointer::root();
    tell_of_others(root, &DOCUMENT, &at, &mut found);
    if let Some(info) = root.get("info") {
        tell_of_others(info, &INFO, &at.push("info"), &mut found);
    }
    match root.get("overlay").and_then(Value::as_str) {
        Some(version) if ["1.0", "1.1"].iter().any(|known| is_of(version, known)) => {}
        Some(version) => {
            let message = format!("overlays of version `{version}` are not read");
            let help = "write `overlay: 1.0.0` if it is one of 1.0";
            found.push(refuse(message, &at.push("overlay"), help));
        }
        None => {
            found.push(refuse(
                "this is no overlay",
                &at,
                "an overlay begins with `overlay: 1.0.0`",
            ));
        }
    }
    let at = at.push("actions");
    let mut actions = Vec::new();
    match root.get("actions") {
        Some(Value::Array(list)) => {
            for (index, action) in list.iter().enumerate() {
                match read_action(action, at.index(index), &mut found) {
                    Ok(action) => actions.push(action),
                    Err(problem) => found.push(problem),
                }
            }
        }
        Some(_) | None => {
            let help = "write `actions`, each with a `target` and an `update`";
            found.push(refuse("an overlay has a list of actions", &at, help));
        }
    }
    (actions, found)
}

/// `1.0.3` is of `1.0`.
fn is_of(version: &str, known: &str) -> bool {
    version.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn read_action<'o>(
    action: &'o Value,
    at: Pointer,
    found: &mut Diagnostics,
) -> Result<Action<'o>, Diagnostic> {
    if action.get("copy").is_some() {
        let help = "write what is to be copied under `update`";
        return Err(refuse("`copy` of Overlay 1.1 is not read", &at.push("copy"), help));
    }
    tell_of_others(action, &ACTION, &at, found);
    let Some(path) = action.get("target").and_then(Value::as_str) else {
        let help = "`target` is a path such as `$.paths['/things'].get`";
        return Err(refuse("an action has a target", &at, help));
    };
    let target = at.push("target");
    if path.len() > LONGEST {
        let message = format!("a target has at most {LONGEST} characters");
        return Err(refuse(message, &target, "name the places with several actions"));
    }
    let parsed = JsonPath::parse(path).map_err(|error| {
        let message = format!("`{path}` is no JSONPath: {error}");
        refuse(message, &target, "RFC 9535 has the grammar; keys with a slash stand in `['…']`")
    })?;
    let remove = match action.get("remove") {
        None => false,
        Some(Value::Bool(remove)) => *remove,
        Some(_) => {
            let help = "write `remove: true`";
            return Err(refuse("`remove` is true or false", &at.push("remove"), help));
        }
    };
    // "This field has no impact if the remove field of this action object is true."
    let change = match (remove, action.get("update")) {
        (true, _) => Change::Remove,
        (false, Some(update)) => Change::Update(update),
        (false, None) => {
            let help = "add `update`, or `remove: true`";
            return Err(refuse("the action does nothing", &at, help));
        }
    };
    Ok(Action { at, target: parsed, change })
}

fn tell_of_others(value: &Value, known: &[&str], at: &Pointer, found: &mut Diagnostics) {
    let keys = value.as_object().into_iter().flat_map(|map| map.keys());
    for key in keys.filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")) {
        let help =
            did_you_mean(key, known.iter().copied()).unwrap_or_else(|| "take it out".to_owned());
        let message = format!("`{key}` is no key of an overlay at this place: it is left out");
        let warning = Diagnostic::warning(Code::UnknownKey, message);
        found.push(warning.at(&at.push(key)).help(help));
    }
}

pub(super) fn refuse(
    message: impl Into<String>,
    at: &Pointer,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::error(Code::Overlay, message).at(at).help(help)
}
