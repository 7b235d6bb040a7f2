//! What an overlay says (Overlay Specification 1.0.0 and 1.1.0, sections 4.4.1 to 4.4.3).

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;

/// The longest target that is read: nobody writes more, and what reads it calls itself.
const LONGEST: usize = 2_000;
const DOCUMENT: [&str; 4] = ["overlay", "info", "extends", "actions"];
const INFO: [&str; 3] = ["title", "version", "description"];
const ACTION: [&str; 5] = ["target", "description", "update", "copy", "remove"];

/// One change.
pub(super) struct Action<'o> {
    /// Where it is written.
    pub(super) at: Pointer,
    pub(super) target: JsonPath,
    pub(super) change: Change<'o>,
    pub(super) rules: Rules,
}

/// What happens to what the target means.
pub(super) enum Change<'o> {
    Remove,
    Update(&'o Value),
    /// The one value of the document that this path means.
    Copy(JsonPath),
}

/// How a value meets what is there: the versions differ in lists, and in texts and numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// "The value of this field MUST be an entry to append to each selected array", a list too, and
    /// a target is a mapping or a list.
    V1_0,
    /// A list is put behind a list entry by entry, and a text or number takes the place of another.
    V1_1,
}

/// The actions of an overlay that can be read, and what is wrong with it.
pub(super) fn read(root: &Value) -> (Vec<Action<'_>>, Diagnostics) {
    let mut found = Diagnostics::default();
    let at = Pointer::root();
    tell_of_others(root, &DOCUMENT, &at, &mut found);
    if let Some(info) = root.get("info") {
        tell_of_others(info, &INFO, &at.push("info"), &mut found);
    }
    let mut rules = Rules::V1_0;
    match root.get("overlay").and_then(Value::as_str) {
        Some(version) if is_of(version, "1.0") => {}
        Some(version) if is_of(version, "1.1") => rules = Rules::V1_1,
        Some(version) => {
            let message = format!("overlays of version `{version}` are not read");
            let help = "write `overlay: 1.1.0` if it is one of 1.1";
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
                match read_action(action, at.index(index), rules, &mut found) {
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
    rules: Rules,
    found: &mut Diagnostics,
) -> Result<Action<'o>, Diagnostic> {
    tell_of_others(action, &ACTION, &at, found);
    let Some(path) = action.get("target").and_then(Value::as_str) else {
        let help = "`target` is a path such as `$.paths['/things'].get`";
        return Err(refuse("an action has a target", &at, help));
    };
    let target = read_path(path, &at.push("target"))?;
    let remove = match action.get("remove") {
        None => false,
        Some(Value::Bool(remove)) => *remove,
        Some(_) => {
            let help = "write `remove: true`";
            return Err(refuse("`remove` is true or false", &at.push("remove"), help));
        }
    };
    if remove {
        tell_of_no_impact(action, &at, found);
    }
    let change = match (remove, action.get("update"), action.get("copy")) {
        (true, _, _) => Change::Remove,
        (false, Some(update), None) => Change::Update(update),
        (false, None, Some(copy)) => return read_copy(copy, at, target, rules, found),
        // Either "has no impact if" the other "contains a value".
        (false, Some(_), Some(_)) => {
            let help = "make two actions of it, in the order that is meant";
            return Err(refuse("`update` and `copy` cancel each other out", &at, help));
        }
        (false, None, None) => {
            let help = "add `update` or `copy`, or `remove: true`";
            return Err(refuse("the action does nothing", &at, help));
        }
    };
    Ok(Action { at, target, change, rules })
}

/// Changes beside `remove: true`: neither "has impact if the remove field of this action object is true"
/// (Overlay Specification 1.1.0, Action Object).
fn tell_of_no_impact(action: &Value, at: &Pointer, found: &mut Diagnostics) {
    for key in ["update", "copy"].into_iter().filter(|key| action.get(key).is_some()) {
        let message =
            format!("`{key}` beside `remove: true` changes nothing: the target is removed");
        let warning = Diagnostic::warning(Code::Ignored, message);
        found.push(warning.at(&at.push(key)).help("take one of the two out"));
    }
}

/// An action that copies. It is one of 1.1, and means the same where the overlay says that it is of 1.0.
fn read_copy<'o>(
    copy: &Value,
    at: Pointer,
    target: JsonPath,
    rules: Rules,
    found: &mut Diagnostics,
) -> Result<Action<'o>, Diagnostic> {
    let key = at.push("copy");
    let Some(path) = copy.as_str() else {
        let help = "`copy` is a path such as `$.components.schemas.Widget`";
        return Err(refuse("`copy` is the path to what is copied", &key, help));
    };
    if rules == Rules::V1_0 {
        let message = "`copy` is of version 1.1 of overlays, and this is one of 1.0: it is copied";
        let warning = Diagnostic::warning(Code::MisplacedKey, message);
        found.push(warning.at(&key).help("write `overlay: 1.1.0`"));
    }
    let change = Change::Copy(read_path(path, &key)?);
    Ok(Action { at, target, change, rules: Rules::V1_1 })
}

fn read_path(path: &str, at: &Pointer) -> Result<JsonPath, Diagnostic> {
    if path.len() > LONGEST {
        let message = format!("a path has at most {LONGEST} characters");
        return Err(refuse(message, at, "name the places with several actions"));
    }
    JsonPath::parse(path).map_err(|error| {
        let message = format!("`{path}` is no JSONPath: {error}");
        refuse(message, at, "RFC 9535 has the grammar; keys with a slash stand in `['…']`")
    })
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
