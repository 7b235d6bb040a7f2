//! What is left of a configuration that is refused, to look for more that is wrong with it.
//!
//! A value of the wrong kind says nothing of the names in the other entries. They are looked up in the
//! document all the same, so that one run tells of both.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::check::{self, Wrong};
use super::{ClientConfig, Config};
use crate::nearest::nearest;

/// Without one of these, another document would be looked at. How much of it may be read changes nothing
/// in it.
const OF_DOCUMENT: [&str; 3] = ["spec", "allow-refs", "overlays"];

impl Config {
    /// The clients of a configuration without what makes no sense in them, each with its position.
    /// Left out are clients of which it is not known what document they read.
    pub fn remains(text: &str, path: &Path) -> Vec<(usize, ClientConfig)> {
        let wrong = check::look(text, path).wrong;
        let clients = tables(text).into_iter().enumerate().filter_map(|(index, table)| {
            let own: Vec<&Wrong> = wrong.iter().filter(|one| one.client == index).collect();
            let mut client = without(table, &own)?;
            client.stand_in(path);
            Some((index, client))
        });
        clients.collect()
    }
}

/// The tables of the clients, written either way; none where the text is no TOML.
pub(super) fn tables(text: &str) -> Vec<Table> {
    let Ok(document) = text.parse::<DocumentMut>() else { return Vec::new() };
    match document.get("client") {
        Some(Item::ArrayOfTables(tables)) => tables.iter().cloned().collect(),
        Some(Item::Value(list)) => {
            let list = list.as_array().into_iter().flatten();
            list.filter_map(|one| Some(one.as_inline_table()?.clone().into_table())).collect()
        }
        Some(Item::None | Item::Table(_)) | None => Vec::new(),
    }
}

fn without(mut table: Table, wrong: &[&Wrong]) -> Option<ClientConfig> {
    for Wrong { key, entry, .. } in wrong {
        let is_of_document = |name: &str| !nearest(name, OF_DOCUMENT.into_iter(), 1).is_empty();
        // An entry of that name is such a key, in the table of another.
        if is_of_document(key) || entry.as_deref().is_some_and(is_of_document) {
            return None;
        }
        match (entry, table.get_mut(key).and_then(Item::as_table_like_mut)) {
            (Some(entry), Some(entries)) => drop(TableLike::remove(entries, entry)),
            (_, _) => drop(table.remove(key)),
        }
    }
    // Where it goes is of no account here.
    if !table.contains_key("out") {
        table.insert("out", toml_edit::value(""));
    }
    toml_edit::de::from_document(DocumentMut::from(table)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let text = "\
[[client]]
spec = 'a.yaml'
out = 1
strict = 'yes'
nothing = true
rename = { '/a' = 1, '/b' = 'B' }
tags = ['a', 2]

[[client]]
spec = 'b.yaml'
out = 'b'
overlay = ['o.yaml']

[[client]]
out = 'c'

[[client]]
spec = 'd.yaml'
output = 'd'
max-file-mib = '5'

[[client]]
spec = 'e.yaml'
out = 'e'
[client.rename]
overlays = ['o.yaml']
";
        let remains = Config::remains(text, Path::new("in/specwright.toml"));
        let specs: Vec<(usize, &Path)> =
            remains.iter().map(|(index, one)| (*index, one.spec.as_path())).collect();
        // What the second and the last would read without their overlays, and the third at all, is not
        // known.
        assert_eq!(specs, [(0, Path::new("in/a.yaml")), (3, Path::new("in/d.yaml"))]);
        let (_, first) = &remains[0];
        assert_eq!(first.rename.keys().collect::<Vec<_>>(), ["/b"]);
        assert!(first.tags.is_empty() && !first.strict);
    }
}
