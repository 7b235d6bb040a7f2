//! What is left of a document when what is broken is taken away.
//!
//! A stage that finds errors hands nothing on, so that what a later stage would have found stays
//! unsaid. A document with faults of three sorts would take three runs to mend. Here the operations
//! and components that the errors are about are taken out, with whatever refers to them, and the
//! front half is run again for what it has to say about the rest.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::pointer::Pointer;
use crate::select::{METHODS, Selection};
use crate::source::Source;
use crate::{Options, understand};

/// Each stage that can refuse a document hides those behind it once: `select`, `normalise`, `lower`.
const ROUNDS: usize = 3;

/// The problems that the first errors hide. They are not located, like those.
pub(crate) fn problems(source: &Source, options: &Options, first: &Diagnostics) -> Diagnostics {
    let mut hidden = Diagnostics::new();
    // What the choice leaves out need not be sound, and what it leaves is what is looked at.
    let Ok(mut root) = crate::select::narrow(source, &options.selection) else { return hidden };
    let versions = options.selection.versions.clone();
    let options = Options {
        selection: Selection { versions, ..Selection::default() },
        operation_name: options.operation_name.clone(),
        ..Options::default()
    };
    let mut errors = pointers(first);
    for _ in 0..ROUNDS {
        if !take_away(&mut root, &errors) {
            break;
        }
        let rest = source.with_root(root.clone());
        let mut found = Diagnostics::new();
        let is_all = understand(&rest, &options, &mut found).is_ok();
        errors = pointers(&found);
        hidden.extend(found.into_iter().filter(is_about_the_document));
        if is_all {
            break;
        }
    }
    // A circle is told where it is met first, and the next who meets it has nothing to add.
    let told: BTreeSet<_> = first.iter().map(|one| (one.code, &one.message)).collect();
    let is_error = |one: &Diagnostic| one.severity == Severity::Error;
    hidden.retain(|one| !is_error(one) || !told.contains(&(one.code, &one.message)));
    hidden
}

/// Errors without a place are about the whole or the choice, and the whole is not what was looked at.
/// A warning may be about what was taken away, where it speaks of another part than its own.
fn is_about_the_document(diagnostic: &Diagnostic) -> bool {
    let Some(pointer) = &diagnostic.pointer else { return false };
    let is_of_part = Unit::of(pointer).is_some() || is_security_scheme(pointer);
    match diagnostic.severity {
        Severity::Error => is_of_part,
        Severity::Warning | Severity::Note => is_of_part && !is_about_others(diagnostic, pointer),
    }
}

/// Whether a warning is about what another part is, or is not. References are all followed before
/// anything stops a run.
fn is_about_others(diagnostic: &Diagnostic, pointer: &Pointer) -> bool {
    matches!(
        diagnostic.code,
        Code::UnresolvedReference
            | Code::UnsupportedReference
            | Code::ReferenceCycle
            | Code::SeveralVersions
            | Code::RepeatedOperationId
            | Code::NameCollision
            | Code::Waiter
            | Code::Pagination
    ) || pointer.tokens().any(|token| token == "links")
}

fn is_security_scheme(pointer: &Pointer) -> bool {
    let mut tokens = pointer.tokens();
    tokens.next().as_deref() == Some("components")
        && tokens.next().as_deref() == Some("securitySchemes")
}

fn pointers(diagnostics: &Diagnostics) -> BTreeSet<Pointer> {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    errors.filter_map(|one| one.pointer.clone()).collect()
}

/// The smallest part of a document that can be taken out without a trace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Operation { path: String, method: String },
    PathItem { path: String },
    Component { section: String, name: String },
    Webhook { name: String },
}

impl Unit {
    /// What a place is part of. A security scheme is part of everything that names it.
    fn of(pointer: &Pointer) -> Option<Self> {
        let mut tokens = pointer.tokens();
        match tokens.next()?.as_str() {
            "paths" => {
                let path = tokens.next()?;
                match tokens.next() {
                    Some(method) if METHODS.contains(&method.as_str()) => {
                        Some(Self::Operation { path, method })
                    }
                    _ => Some(Self::PathItem { path }),
                }
            }
            "components" => {
                let (section, name) = (tokens.next()?, tokens.next()?);
                (section != "securitySchemes").then_some(Self::Component { section, name })
            }
            "webhooks" => tokens.next().map(|name| Self::Webhook { name }),
            _ => None,
        }
    }

    /// Whether the other goes with it.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::PathItem { path }, Self::Operation { path: other, .. }) => path == other,
            _ => self == other,
        }
    }

    /// Takes it out; false if it is not there.
    fn take_from(&self, root: &mut Value) -> bool {
        let taken = match self {
            Self::Operation { path, method } => root
                .get_mut("paths")
                .and_then(|paths| paths.get_mut(path))
                .and_then(Value::as_object_mut)
                .and_then(|item| item.shift_remove(method)),
            Self::PathItem { path } => remove(root, &["paths"], path),
            Self::Component { section, name } => remove(root, &["components", section], name),
            Self::Webhook { name } => remove(root, &["webhooks"], name),
        };
        taken.is_some()
    }
}

fn remove(root: &mut Value, way: &[&str], name: &str) -> Option<Value> {
    let holder = way.iter().try_fold(root, |at, key| at.get_mut(*key))?;
    holder.as_object_mut()?.shift_remove(name)
}

/// Takes out what the errors are about, and whatever refers to that; false if nothing was.
fn take_away(root: &mut Value, errors: &BTreeSet<Pointer>) -> bool {
    let mut open: Vec<Unit> = errors.iter().filter_map(Unit::of).collect();
    let mut gone = BTreeSet::new();
    let users = users(root);
    while let Some(unit) = open.pop() {
        if gone.insert(unit.clone()) {
            let of_unit = users.iter().filter(|(_, used)| unit.covers(used));
            open.extend(of_unit.map(|(user, _)| user.clone()));
        }
    }
    gone.iter().filter(|unit| unit.take_from(root)).count() > 0
}

/// Which unit refers to which.
fn users(root: &Value) -> BTreeSet<(Unit, Unit)> {
    let mut users = BTreeSet::new();
    let mut open: Vec<(Pointer, &Value)> = vec![(Pointer::root(), root)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                open.extend(members.iter().map(|(key, value)| (at.push(key), value)));
            }
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(n, value)| (at.index(n), value)));
            }
            // A `$ref`, or a member of a mapping. Any other text that looks like one does no harm:
            // something more is left out.
            Value::String(text) if text.starts_with("#/") => {
                let used = Pointer::from_reference(text).as_ref().and_then(Unit::of);
                users.extend(Unit::of(&at).zip(used));
            }
            _ => {}
        }
    }
    users
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_refers_to_what_is_gone_goes_too() {
        let mut root = json!({
            "paths": {
                "/a": {"get": {"x": {"$ref": "#/components/schemas/A"}}, "put": {}},
                "/b": {"get": {"x": {"$ref": "#/components/schemas/B"}}},
                "/c": {"$ref": "#/paths/~1b"},
            },
            "components": {"schemas": {
                "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
                "B": {"type": 5},
                "C": {},
            }},
        });
        let error = Pointer::parse("/components/schemas/B/type").unwrap();
        assert!(take_away(&mut root, &BTreeSet::from([error.clone()])));
        let left = json!({
            "paths": {"/a": {"put": {}}, "/b": {}, "/c": {"$ref": "#/paths/~1b"}},
            "components": {"schemas": {"C": {}}},
        });
        assert_eq!(root, left);
        assert!(!take_away(&mut root, &BTreeSet::from([error])));
        let mut root = json!({"paths": {
            "/a": {"get": {"x": {"$ref": "#/paths/~1b/get/responses"}}},
            "/b": {"parameters": 5, "get": {}},
        }});
        let error = Pointer::parse("/paths/~1b/parameters").unwrap();
        assert!(take_away(&mut root, &BTreeSet::from([error])));
        assert_eq!(root, json!({"paths": {"/a": {}}}));
    }
}
