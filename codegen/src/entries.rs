//! Entries of the configuration that name a place of the document, by name where the place is in a list.
//!
//! In: the options, and the document as it is written, with its overlays. Out: [`Entries`], which knows
//! for each such entry the JSON pointer that it means. A pointer counts the elements of a list, and the
//! next version of a document may count otherwise: `/parameters/0` is another parameter once one was put
//! in front of it. So an element may be named by what it is, `/parameters/query=limit`, and who counts
//! is told of the name. Where a pointer leaves the document, the advice says at which step.

mod element;
mod follow;
mod written;

use std::collections::BTreeMap;

use serde_json::Value;

use self::follow::{Advice, Position, follow};
pub(crate) use self::written::Written;
use crate::Options;
use crate::config::Which;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};

/// What the entries of the options mean in one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entries {
    /// The pointers of entries that name an element of a list, by the text of the entry.
    meant: BTreeMap<String, String>,
    /// The other way round.
    written: BTreeMap<String, String>,
    /// What to say of an entry that leads out of the document.
    advice: BTreeMap<String, Advice>,
}

/// Every place of the document that the user names, with its key.
pub(crate) fn pointers(options: &Options) -> Vec<(&'static str, &str)> {
    let keys: [(&'static str, Vec<&String>); 8] = [
        ("rename", options.rename.keys().collect()),
        ("checked", options.checked.listed().iter().collect()),
        ("closed", options.closed.listed().iter().collect()),
        ("open", options.open.iter().collect()),
        ("type-derives", options.type_derives.keys().collect()),
        ("types", options.types.keys().collect()),
        ("drop-parameters", options.drop_parameters.iter().collect()),
        ("fixed-parameters", options.fixed_parameters.keys().collect()),
    ];
    keys.into_iter()
        .flat_map(|(key, all)| all.into_iter().map(move |at| (key, at.as_str())))
        .collect()
}

impl Entries {
    /// Finds what the entries mean, and tells of those that count the elements of a list, or mean the
    /// same as another.
    pub(crate) fn of(options: &Options, root: &Value) -> (Self, Diagnostics) {
        let mut entries = Self::default();
        let mut found = Diagnostics::default();
        let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
        for (key, entry) in pointers(options) {
            let meant = match follow(root, entry) {
                Ok(way) => {
                    let meant = way.pointer.to_string();
                    found.extend(positional(key, entry, &way.position));
                    if meant != entry {
                        entries.meant.insert(entry.to_owned(), meant.clone());
                        entries.written.insert(meant.clone(), entry.to_owned());
                    }
                    meant
                }
                Err(advice) => {
                    if let Some(advice) = advice {
                        entries.advice.insert(entry.to_owned(), advice);
                    }
                    continue;
                }
            };
            if let Some(first) = seen.insert((key, meant), entry) {
                found.push(twice(key, first, entry));
            }
        }
        (entries, found)
    }

    /// The options with pointers that lead into the document.
    pub(crate) fn applied(&self, options: &Options) -> Options {
        let mut options = options.clone();
        if self.meant.is_empty() {
            return options;
        }
        let meant = |entry: String| self.meant.get(&entry).cloned().unwrap_or(entry);
        fn table<T>(
            all: BTreeMap<String, T>,
            meant: impl Fn(String) -> String,
        ) -> BTreeMap<String, T> {
            all.into_iter().map(|(entry, value)| (meant(entry), value)).collect()
        }
        let list = |all: Vec<String>| -> Vec<String> { all.into_iter().map(meant).collect() };
        let which = |which: Which| match which {
            Which::Flag(flag) => Which::Flag(flag),
            Which::Listed(all) => Which::Listed(list(all)),
        };
        options.rename = table(options.rename, meant);
        options.checked = which(options.checked);
        options.closed = which(options.closed);
        options.open = list(options.open);
        options.type_derives = table(options.type_derives, meant);
        options.types = table(options.types, meant);
        options.drop_parameters = list(options.drop_parameters);
        options.fixed_parameters = table(options.fixed_parameters, meant);
        options
    }

    /// Problems of entries in the words of who wrote them, with the advice for those that lead nowhere.
    pub(crate) fn told(&self, mut found: Diagnostics) -> Diagnostics {
        for one in found.iter_mut() {
            let Some(setting) = &mut one.setting else { continue };
            let Some(entry) = &mut setting.entry else { continue };
            if let Some(written) = self.written.get(entry) {
                let (meant, said) = (format!("`{entry}`"), format!("`{written}`"));
                one.message = one.message.replace(&meant, &said);
                one.help = one.help.take().map(|help| help.replace(&meant, &said));
                entry.clone_from(written);
            }
            // One that leads somewhere has a place in the document.
            let leads_nowhere = one.is_stale && one.pointer.is_none();
            if let Some(advice) = self.advice.get(entry).filter(|_| leads_nowhere) {
                let has_better =
                    one.help.as_ref().is_some_and(|help| help.starts_with("did you mean"));
                if advice.is_sure || !has_better {
                    one.help = Some(advice.text.clone());
                }
            }
        }
        found
    }
}

/// What is said of an entry that counts.
fn positional(key: &'static str, entry: &str, position: &Position) -> Option<Diagnostic> {
    let message = format!(
        "`{key}` names `{entry}` by its position in a list, which may be that of something else in \
         another version of the document"
    );
    let help = match position {
        Position::None => return None,
        Position::Named(named) => format!("write `{named}`, which stays what it is"),
        Position::Nameless(list) => {
            format!(
                "nothing names it; with a `title` of its own, by an overlay, it is `{list}/title=…`"
            )
        }
    };
    let note = Diagnostic::new(Code::Config, Severity::Note, message);
    Some(note.about(key, Some(entry)).help(help))
}

fn twice(key: &'static str, first: &str, entry: &str) -> Diagnostic {
    let message = format!("`{key}` names the same place twice: `{first}` and `{entry}`");
    Diagnostic::error(Code::Config, message)
        .about(key, Some(entry))
        .help("remove one of the two entries")
}

#[cfg(test)]
mod tests;
