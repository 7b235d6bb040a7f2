//! Entries of the configuration whose place the document has, and the chosen operations do not reach.
//!
//! No stage behind `select` knows what was left out, so that each says of such an entry that nothing of its
//! sort stands there, which is not true of the document.

use crate::Options;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::entries::pointers;
use crate::pointer::Pointer;
use crate::select;
use crate::source::Source;

/// The same problems, where those of such entries say why. They are as the stages tell them, with the
/// pointers that the entries mean.
pub(crate) fn told(options: &Options, source: &Source, mut found: Diagnostics) -> Diagnostics {
    let selection = &options.selection;
    let entries: Vec<(&str, &str)> = pointers(options);
    let place = |one: &Diagnostic| {
        let setting = one.setting.as_deref().filter(|_| one.is_stale)?;
        let entry = setting.entry.as_deref()?;
        let pointer = Pointer::parse(entry).filter(|_| entries.contains(&(setting.key, entry)))?;
        source.origins().destination(&pointer, &source.root)
    };
    if selection.is_everything() || !found.iter().any(|one| place(one).is_some()) {
        return found;
    }
    let Ok(reached) = select::narrow(source, selection) else { return found };
    let keys = [
        ("operations", &selection.operations),
        ("tags", &selection.tags),
        ("paths", &selection.paths),
    ];
    let keys = keys.iter().filter(|(_, chosen)| !chosen.is_empty());
    let keys: Vec<String> = keys.map(|(key, _)| format!("`{key}`")).collect();
    let keys = keys.join(" and ");
    for one in found.iter_mut() {
        let is_left_out =
            |at: &Pointer| at.lookup(&source.root).is_some() && at.lookup(&reached).is_none();
        if !place(one).is_some_and(|at| is_left_out(&at)) {
            continue;
        }
        let Some(setting) = one.setting.as_deref() else { continue };
        let entry = setting.entry.as_deref().unwrap_or_default();
        one.message =
            format!("`{}` names `{entry}`, which the choice of {keys} does not reach", setting.key);
        let help = "choose an operation that it is of, or remove the entry";
        one.help = Some(help.to_owned());
    }
    found
}
