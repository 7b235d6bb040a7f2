//! Components that 3.0 has no section for, written out wherever something refers to them.
//!
//! Path items are components since 3.1 (section 4.8.7), media types since 3.2 (section 4.7).

use serde_json::{Map, Value};

use super::walk;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::Object;

/// What may be a reference, and the section of its components.
const SECTIONS: [(Object, &str); 2] =
    [(Object::PathItem, "/components/pathItems"), (Object::MediaType, MEDIA_TYPES)];

const MEDIA_TYPES: &str = "/components/mediaTypes";

/// Puts a copy of the component in the place of each reference. What stands beside the reference
/// wins.
pub(super) fn rewrite(root: &mut Value) -> Diagnostics {
    for (object, section) in SECTIONS {
        let Some(Value::Object(known)) = root.pointer(section).cloned() else { continue };
        walk::each_mut(root, Object::Document, &mut |value, found| {
            if let (true, Value::Object(map)) = (found == object, value) {
                write_out(map, section, &known);
            }
        });
    }
    unresolved(root)
}

/// Whether a reference leads to a media type of the components. One that still does after all were
/// written out never reached a value.
fn leads_to_component(reference: &str, root: &Value) -> bool {
    let target = Pointer::from_reference(reference);
    let of_section =
        target.filter(|at| at.parent().is_some_and(|section| section.as_str() == MEDIA_TYPES));
    of_section.is_some_and(|at| at.lookup(root).is_some())
}

fn write_out(map: &mut Map<String, Value>, section: &str, known: &Map<String, Value>) {
    // A component may be a reference to another; one that goes in a circle ends here as well.
    for _ in 0..known.len() {
        let Some(target) = component(map, section, known).cloned() else { return };
        let beside = std::mem::replace(map, target);
        map.extend(beside.into_iter().filter(|(key, _)| key != "$ref"));
    }
}

/// The component that an object is a reference to.
fn component<'k>(
    map: &Map<String, Value>,
    section: &str,
    known: &'k Map<String, Value>,
) -> Option<&'k Map<String, Value>> {
    let target = map.get("$ref")?.as_str().and_then(Pointer::from_reference)?;
    let section = target.parent().filter(|at| at.as_str() == section);
    known.get(&section.and_then(|_| target.last())?)?.as_object()
}

/// Media types that still are references: 3.0 does not know that they may be, and nobody behind
/// this would look.
fn unresolved(root: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        let reference = value.get("$ref").and_then(Value::as_str);
        if let (Object::MediaType, Some(reference)) = (object, reference) {
            let (code, message) = match leads_to_component(reference, root) {
                true => {
                    let what = "goes in a circle and never reaches a media type";
                    (Code::ReferenceCycle, format!("the reference `{reference}` {what}"))
                }
                false => {
                    let what = "is no media type among the components";
                    (Code::UnresolvedReference, format!("`{reference}` {what}"))
                }
            };
            let error = Diagnostic::error(code, message).at(&at.push("$ref"));
            diagnostics.push(error.help("write it under `components.mediaTypes`, or in place"));
        }
    });
    diagnostics
}
