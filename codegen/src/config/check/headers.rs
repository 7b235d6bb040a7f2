//! Headers of tables that TOML refuses: the text is looked at line by line, as no document came of it.

use super::CLIENT;
use crate::config::keys::KEYS;
use crate::nearest::nearest;

/// Where a header of a client stands in one bracket.
pub(super) fn single_table(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if header(line).strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) == Some(CLIENT) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// What TOML has found a second time.
pub(super) struct Twice {
    pub(super) message: String,
    pub(super) help: String,
}

/// The table or the key that stands twice. If it is one of a client, another client begins there most
/// likely, and its header is missing or misspelt.
pub(super) fn twice(text: &str, error: &toml_edit::TomlError) -> Option<Twice> {
    if !error.message().starts_with("duplicate key") {
        return None;
    }
    let span = error.span()?;
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = header(text.get(start..)?.lines().next()?);
    let named = if line.starts_with('[') { line } else { text.get(span)?.trim() };
    let is_of_client =
        line.starts_with('[') || KEYS.iter().any(|key| key.name == named.trim_matches(['"', '\'']));
    if !is_of_client {
        return Some(Twice {
            message: format!("`{named}` stands twice in one table"),
            help: "remove one of the two".to_owned(),
        });
    }
    let begun = text.lines().map(header).filter_map(|line| {
        let name = line.strip_prefix("[[")?.strip_suffix("]]")?;
        (name != CLIENT && !nearest(name, std::iter::once(CLIENT), 1).is_empty()).then_some(line)
    });
    let help = match begun.into_iter().next() {
        Some(line) => format!("`{line}` begins none: did you mean `[[{CLIENT}]]`?"),
        None => format!(
            "a client begins with `[[{CLIENT}]]`, in front of all that is said of it: is one missing \
             above?"
        ),
    };
    Some(Twice { message: format!("`{named}` stands twice in one client"), help })
}

/// A line without its comment: the header of a table, if it is one.
fn header(line: &str) -> &str {
    line.split('#').next().unwrap_or_default().trim()
}

/// Tables of a client in front of the header of that, which TOML takes for the client itself. Where the
/// first of them stands, what is wrong with it, and the way out; `refused` is where TOML stopped.
pub(super) fn above_client(text: &str, refused: usize) -> Option<(usize, String, String)> {
    let is_begin = |line: &str| {
        line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) == Some(CLIENT)
    };
    let begun = text.get(..refused)?.rfind('\n').map_or(0, |at| at + 1);
    let at_client = header(text.get(begun..)?.lines().next()?);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let named = header(line);
        if is_begin(named) {
            return None;
        }
        let table = named.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if table
            .and_then(|name| name.strip_prefix(CLIENT))
            .is_some_and(|rest| rest.starts_with('.'))
        {
            let message = format!("`{named}` stands above the client that it is of");
            let help = format!(
                "move it below: a client begins with `[[{CLIENT}]]`, and its tables follow its keys"
            );
            return is_begin(at_client).then_some((start, message, help));
        }
        start += line.len();
    }
    None
}
