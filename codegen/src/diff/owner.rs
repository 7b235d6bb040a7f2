//! What is told with something else: each change once.

use std::collections::BTreeSet;

use super::surface::{Kind, Surface};

/// Where calls and their errors are.
const CALLS: &str = "operations::";

/// The calls of methods that only `here` has, and their errors. Whoever hears that the method is gone, or
/// new, knows of them.
pub(super) fn of_methods(here: &Surface, there: &Surface) -> BTreeSet<String> {
    let methods = here.entries.iter().filter(|(path, entry)| {
        entry.kind == Kind::Method
            && !path.starts_with(CALLS)
            && !path.starts_with("types::")
            && !there.entries.contains_key(*path)
    });
    let all = methods.flat_map(|(path, _)| of_method(path, here));
    all.collect()
}

/// The call that a method gives, and its errors.
pub(super) fn of_method(path: &str, here: &Surface) -> BTreeSet<String> {
    let method = here.entries.get(path).filter(|entry| entry.kind == Kind::Method);
    let calls: BTreeSet<String> =
        method.into_iter().flat_map(|entry| mentioned(&entry.signature)).collect();
    // Within their module, items name each other without a path.
    let beside = |signature: &str| -> Vec<String> {
        let words = signature.split(|c: char| !is_word(c)).map(|word| format!("{CALLS}{word}"));
        words.filter(|path| here.entries.contains_key(path)).collect()
    };
    let below = |call: &String| {
        let start = format!("{call}::");
        let members = here.entries.range(start.clone()..);
        let members = members.take_while(move |(path, _)| path.starts_with(&start));
        members.flat_map(|(_, entry)| beside(&entry.signature)).collect::<Vec<_>>()
    };
    let errors: BTreeSet<String> = calls.iter().flat_map(below).collect();
    calls.into_iter().chain(errors).collect()
}

/// The items among the calls that a signature names.
fn mentioned(signature: &str) -> Vec<String> {
    let found = signature.match_indices(CALLS).map(|(at, _)| {
        let rest = &signature[at + CALLS.len()..];
        let name = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        format!("{CALLS}{name}")
    });
    found.collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether what is different of a method follows from what is different of another entry: of a setter
/// from its field, of the second way to send a call from the first.
pub(super) fn follows(path: &str, before: &Surface, after: &Surface) -> bool {
    let Some((owner, name)) = path.rsplit_once("::") else { return false };
    let leaders = match name.strip_prefix("with_") {
        Some(field) => vec![format!("{owner}::{field}"), format!("{owner}::r#{field}")],
        None if name == "send_with_metadata" => vec![format!("{owner}::send")],
        None => return false,
    };
    leaders.iter().any(|leader| match (before.entries.get(leader), after.entries.get(leader)) {
        (Some(old), Some(new)) => {
            old.kind == new.kind && (old.signature != new.signature || old.wire != new.wire)
        }
        (_, _) => false,
    })
}
