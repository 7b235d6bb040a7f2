//! The edits, and the table that is made of them.

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use super::Row;
use crate::workspace;

/// Where the table is, from the root of the workspace.
const PAGE: &str = "codegen/docs/semver.md";

/// A document, and what may become of it.
#[derive(Deserialize)]
pub(super) struct Edits {
    pub(super) base: String,
    pub(super) edits: Vec<Edit>,
}

/// One edit.
#[derive(Deserialize)]
pub(super) struct Edit {
    pub(super) from: String,
    pub(super) to: String,
    /// A second replacement that belongs to it.
    #[serde(default)]
    also: Vec<Replacement>,
    pub(super) bump: Bump,
    /// Why cargo-semver-checks sees less.
    pub(super) unseen: Option<String>,
}

#[derive(Deserialize)]
struct Replacement {
    from: String,
    to: String,
}

/// Which part of a version has to grow.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub(super) enum Bump {
    Patch,
    Minor,
    Major,
}

impl Bump {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Edits {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The document as it is after the edit.
    pub(super) fn edited(&self, edit: &Edit) -> Result<String, String> {
        if !self.base.contains(&edit.from) {
            return Err(format!("the document has nothing of this: {:?}", edit.from));
        }
        let text = self.base.replace(&edit.from, &edit.to);
        Ok(edit.also.iter().fold(text, |text, more| text.replace(&more.from, &more.to)))
    }
}

impl Edit {
    pub(super) fn contains(&self, text: &str) -> bool {
        self.from.contains(text) || self.to.contains(text)
    }
}

/// Writes the page anew below its heading and introduction.
pub(super) fn record(rows: &[Row<'_>], version: &str) -> Result<(), String> {
    let path = workspace::root().join(PAGE);
    let page = std::fs::read_to_string(&path).map_err(|error| format!("{PAGE}: {error}"))?;
    let mark = "<!-- semver: begin -->\n";
    let (head, _) = page.split_once(mark).ok_or_else(|| format!("{PAGE} has no {mark}"))?;
    let mut table = format!("{head}{mark}\n");
    // Writing to a text does not fail.
    _ = writeln!(table, "| edit | `specwright diff` | cargo-semver-checks {version} | |");
    _ = writeln!(table, "|---|---|---|---|");
    for Row { edit, ours, theirs } in rows {
        let why = edit.unseen.as_deref().unwrap_or_default();
        let (from, to) = (cell(&edit.from), cell(&edit.to));
        let (ours, theirs) = (ours.name(), theirs.name());
        _ = writeln!(table, "| {from} → {to} | {ours} | {theirs} | {why} |");
    }
    std::fs::write(&path, table).map_err(|error| format!("{PAGE}: {error}"))
}

fn cell(text: &str) -> String {
    match text.trim() {
        "" => "nothing".to_owned(),
        text => format!("`{}`", text.replace('\n', "⏎").replace('|', "\\|")),
    }
}
