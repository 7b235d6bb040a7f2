//! Where the entries of a configuration stand.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Array, Document, Item, TableLike};

use super::Config;
use crate::diagnostics::{Code, Diagnostics, Setting};
use crate::source::position;

impl Config {
    /// Says of files that cannot be read which entry of the `client`th client names them. A problem that
    /// stands within a file stays what it is.
    pub fn name_files(diagnostics: &mut Diagnostics, text: &str, path: &Path, client: usize) {
        let Ok(document) = Document::parse(text) else { return };
        let Some(table) = document.get("client").and_then(|all| nth(all, client)) else { return };
        let folder = path.parent().unwrap_or(Path::new(""));
        for one in diagnostics.iter_mut().filter(|one| one.code == Code::Io) {
            let whole = one.location.as_ref().filter(|at| at.place().is_none());
            let Some(file) = whole.map(|at| at.file.clone()) else { continue };
            if let (Some(named), None) = (naming(table, &file, folder), &one.setting) {
                let place = place(table, &named, folder);
                one.location = place
                    .map(|place| position::location(path, text, place.start))
                    .or(one.location.take());
            }
        }
    }

    /// Gives problems that are about an entry of the `client`th client (from 0) its place in the
    /// configuration. `text` is what [`Config::parse`] has read at `path`. An entry that is not there,
    /// because a flag has said it, leaves a problem as it is.
    pub fn locate(diagnostics: &mut Diagnostics, text: &str, path: &Path, client: usize) {
        let Ok(document) = Document::parse(text) else { return };
        let Some(table) = document.get("client").and_then(|all| nth(all, client)) else { return };
        let folder = path.parent().unwrap_or(Path::new(""));
        for diagnostic in diagnostics.iter_mut() {
            let Some(setting) = &diagnostic.setting else { continue };
            let Some(place) = place(table, setting, folder) else { continue };
            diagnostic.location = Some(position::location(path, text, place.start));
            // That is a place of the document.
            diagnostic.pointer = None;
        }
    }
}

/// What of a client names a file, if it does.
fn naming(table: &dyn TableLike, file: &Path, folder: &Path) -> Option<Setting> {
    let is_it = |item: Option<&str>| item.is_some_and(|text| folder.join(text) == file);
    if is_it(table.get("spec").and_then(Item::as_str)) {
        return Some(Setting { key: "spec", entry: None });
    }
    let overlays = table.get("overlays").and_then(Item::as_array);
    let overlay = overlays?.iter().find(|one| is_it(one.as_str()))?.as_str()?;
    Some(Setting { key: "overlays", entry: Some(overlay.to_owned()) })
}

/// A client of a list of tables, written either way.
fn nth(clients: &Item, index: usize) -> Option<&dyn TableLike> {
    match clients {
        Item::ArrayOfTables(tables) => tables.get(index).map(|table| table as &dyn TableLike),
        Item::Value(list) => {
            let table = list.as_array()?.get(index)?.as_inline_table()?;
            Some(table as &dyn TableLike)
        }
        Item::None | Item::Table(_) => None,
    }
}

fn place(table: &dyn TableLike, setting: &Setting, folder: &Path) -> Option<Range<usize>> {
    let (key, value) = table.get_key_value(setting.key)?;
    let Some(entry) = &setting.entry else { return key.span() };
    if let Some(list) = value.as_array() {
        return element(list, entry, folder);
    }
    value.as_table_like()?.get_key_value(entry)?.0.span()
}

/// The element of a list that is this entry. Of a path the problem may be told as it is read, with the
/// folder of the configuration in front.
fn element(list: &Array, entry: &str, folder: &Path) -> Option<Range<usize>> {
    let found = list.iter().find(|value| {
        value.as_str().is_some_and(|text| text == entry || folder.join(text) == Path::new(entry))
    });
    found?.span()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Diagnostic, Location};

    const TEXT: &str = "\
[[client]]
spec = 'a.yaml'
out = 'a'
formats = { money = 'crate::Money' }

[[client]]
spec = 'b.yaml'
out = 'b'
operation-name = 'x-name'
tags = ['Ünused', 'b', \"a\"]
allow-refs = ['../parts']
[client.rename]
\"/components/schemas/A\" = 'B'
";

    #[test]
    fn a_file_that_is_not_there_is_told_where_it_is_named() {
        let check = |file: &str, code, client, expected: Option<(usize, usize)>| {
            let problem = Diagnostic::error(code, "x").located(Location::whole(file));
            let mut all = Diagnostics::from(problem);
            let text = TEXT.replace("out = 'b'", "out = 'b'\noverlays = ['o.yaml']");
            Config::name_files(&mut all, &text, Path::new("api/specwright.toml"), client);
            let at = all.iter().next().unwrap().location.clone().unwrap();
            assert_eq!(at.place(), expected, "{file}");
        };
        check("api/b.yaml", Code::Io, 1, Some((7, 1)));
        check("api/o.yaml", Code::Io, 1, Some((9, 13)));
        check("api/b.yaml", Code::Syntax, 1, None);
        check("api/b.yaml", Code::Io, 0, None);
        check("api/other.yaml", Code::Io, 1, None);
    }

    #[test]
    fn entries_are_found_where_they_stand() {
        let check = |text: &str, client, key, entry, expected: Option<(usize, usize)>| {
            let problem = Diagnostic::error(Code::Config, "x").about(key, entry);
            let mut all = Diagnostics::from(problem);
            Config::locate(&mut all, text, Path::new("api/specwright.toml"), client);
            let at = all.iter().next().unwrap().location.clone();
            assert_eq!(at.map(|at| (at.line, at.column)), expected, "{key}");
        };
        check(TEXT, 0, "formats", Some("money"), Some((4, 13)));
        check(TEXT, 1, "formats", Some("money"), None);
        check(TEXT, 1, "tags", Some("a"), Some((10, 24)));
        check(TEXT, 1, "tags", Some("c"), None);
        check(TEXT, 1, "operation-name", None, Some((9, 1)));
        check(TEXT, 1, "allow-refs", Some("api/../parts"), Some((11, 15)));
        check(TEXT, 1, "rename", Some("/components/schemas/A"), Some((13, 1)));
        check(TEXT, 2, "tags", Some("a"), None);
        check("client = [{ tags = ['a'] }]", 0, "tags", Some("a"), Some((1, 21)));
        check("client = {", 0, "tags", Some("a"), None);
    }
}
