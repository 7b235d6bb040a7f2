//! Entries of the configuration that lead to nothing, in a document that is refused.
//!
//! Of a sound document the stages tell by themselves which entries name nothing of their sort. One that
//! is refused never comes so far, but where an entry names a place that the document does not have,
//! no correction of the document will make sense of it.

use serde_json::Value;

use crate::Options;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::entries::pointers;
use crate::pointer::Pointer;
use crate::selectors::nowhere;
use crate::source::Source;

/// One error for each such entry that was not told of.
pub(crate) fn entries(source: &Source, options: &Options, told: &Diagnostics) -> Diagnostics {
    let is_told = |key: &str, pointer: &str| {
        let settings = told.iter().filter_map(|one| one.setting.as_deref());
        settings.into_iter().any(|one| one.key == key && one.entry.as_deref() == Some(pointer))
    };
    let all = pointers(options).into_iter();
    let stale = all.filter(|(key, at)| !may_be_there(source, at) && !is_told(key, at));
    stale.map(|(key, at)| stale_entry(source, key, at)).collect()
}

fn stale_entry(source: &Source, key: &'static str, pointer: &str) -> Diagnostic {
    let sections = source.root.get("components").and_then(Value::as_object);
    let sections = sections.into_iter().flatten().filter_map(|(section, all)| {
        let at = Pointer::root().push("components").push(section);
        Some(all.as_object()?.keys().map(move |name| at.push(name)))
    });
    let known: Vec<String> =
        sections.flatten().map(|at| source.origins().of(&at).to_string()).collect();
    nowhere(key, pointer, "part of the document", known.iter(), source.as_written())
}

/// Whether something stands at a place of the document, or would if a reference on the way there were
/// followed.
fn may_be_there(source: &Source, pointer: &str) -> bool {
    let Some(pointer) = Pointer::parse(pointer) else { return false };
    let found = |at: &Pointer| {
        source.origins().destination(at, &source.root).and_then(|at| at.lookup(&source.root))
    };
    let is_reference = |at: &Pointer| found(at).is_some_and(|value| value.get("$ref").is_some());
    let mut next = Some(pointer.clone());
    let mut on_the_way = std::iter::from_fn(|| {
        next = next.take()?.parent();
        next.clone()
    });
    found(&pointer).is_some() || on_the_way.any(|at| is_reference(&at))
}
