//! The features in the manifest of a generated crate.
//!
//! Ours are those that `all` lists: that key is ours, and what it listed and lists no more has gone
//! with its tag. `default` is written once and the user's from then on, as is whatever they put into
//! a feature of ours or beside it.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

/// The feature that has all of ours.
const ALL: &str = "all";
const DEFAULT: &str = "default";
const TABLE: &str = "features";

/// Puts our features right.
///
/// # Errors
///
/// The words to refuse the manifest with, if `features` is no table or `all` no list.
pub(super) fn merge(document: &mut DocumentMut, features: &[String]) -> Result<(), String> {
    if features.is_empty() && document.get(TABLE).is_none() {
        return Ok(());
    }
    let table = document
        .entry(TABLE)
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
        .ok_or("`features` is not a table")?;
    let before = match table.get(ALL) {
        None => Vec::new(),
        Some(all) => listed(all).ok_or("the feature `all` is not a list of texts")?,
    };
    if features.is_empty() && before.is_empty() {
        return Ok(());
    }
    for gone in before.iter().filter(|name| !features.contains(name)) {
        // One that the user has put something into is theirs by now.
        if table.get(gone).and_then(Item::as_array).is_some_and(Array::is_empty) {
            table.remove(gone);
        }
    }
    if features.is_empty() {
        table.remove(ALL);
        forget_all(table);
    } else {
        if before.is_empty() && table.get(DEFAULT).is_none() {
            table.insert(DEFAULT, list(&[ALL.to_owned()]));
        }
        if before != features {
            table.insert(ALL, list(features));
        }
        for name in
            features.iter().filter(|name| !table.contains_key(name)).cloned().collect::<Vec<_>>()
        {
            table.insert(&name, list(&[]));
        }
    }
    if table.is_empty() {
        document.remove(TABLE);
    }
    Ok(())
}

/// Takes `all` out of the features that are on by default.
fn forget_all(table: &mut dyn TableLike) {
    let Some(default) = table.get_mut(DEFAULT).and_then(Item::as_array_mut) else { return };
    default.retain(|value| value.as_str() != Some(ALL));
    if let Some(first) = default.get_mut(0).filter(|first| is_blank(first)) {
        first.decor_mut().set_prefix("");
    }
    if default.is_empty() {
        table.remove(DEFAULT);
    }
}

/// Whether only a space stands in front of it, as behind a comma.
fn is_blank(value: &Value) -> bool {
    value.decor().prefix().and_then(|prefix| prefix.as_str()) == Some(" ")
}

fn listed(item: &Item) -> Option<Vec<String>> {
    item.as_array()?.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// A list; of more than a few each on a line of its own.
fn list(names: &[String]) -> Item {
    let mut array = Array::new();
    for name in names {
        array.push(name);
    }
    if names.len() > 3 {
        for value in array.iter_mut() {
            value.decor_mut().set_prefix("\n    ");
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    Item::Value(Value::Array(array))
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::merge;

    fn merged(text: &str, features: &[&str]) -> String {
        let features: Vec<String> = features.iter().map(|name| (*name).to_owned()).collect();
        let mut document: DocumentMut = text.parse().unwrap();
        merge(&mut document, &features).unwrap();
        let once = document.to_string();
        merge(&mut document, &features).unwrap();
        assert_eq!(document.to_string(), once, "a second time nothing changes");
        once
    }

    const OURS: &str = "[features]\ndefault = [\"all\"]\nall = [\"a\", \"b\"]\na = []\nb = []\n";

    #[test]
    fn they_are_made_once() {
        assert_eq!(merged("", &["a", "b"]), OURS);
        assert_eq!(merged(OURS, &["a", "b"]), OURS);
        assert_eq!(merged("[package]\nname = \"x\"\n", &[]), "[package]\nname = \"x\"\n");
    }

    #[test]
    fn a_tag_comes_and_a_tag_goes() {
        let text = merged(OURS, &["b", "c"]);
        assert_eq!(text, "[features]\ndefault = [\"all\"]\nall = [\"b\", \"c\"]\nb = []\nc = []\n");
        assert_eq!(merged(&text, &[]), "");
    }

    #[test]
    fn what_the_user_wrote_stays() {
        let mine = "[features]\n# All I need.\ndefault = [\"a\"]\nall = [\"a\", \"b\", \"c\"]\n\
                    a = [\"dep:x\"] # mine\nb = []\nc = [\"a\"]\nmine = [\"a\", \"c\"]\n";
        let text = merged(mine, &["a", "d"]);
        assert_eq!(
            text,
            "[features]\n# All I need.\ndefault = [\"a\"]\nall = [\"a\", \"d\"]\n\
             a = [\"dep:x\"] # mine\nc = [\"a\"]\nmine = [\"a\", \"c\"]\nd = []\n"
        );
        let own = "[features]\ndefault = [\"mine\"]\nmine = []\n";
        assert_eq!(merged(own, &[]), own);
        assert!(
            merged(own, &["a", "b"]).starts_with("[features]\ndefault = [\"mine\"]\nmine = []\n")
        );
        let all = "[features]\ndefault = [\"all\", \"mine\"]\nall = [\"a\"]\na = []\nmine = []\n";
        assert_eq!(merged(all, &[]), "[features]\ndefault = [\"mine\"]\nmine = []\n");
    }

    #[test]
    fn many_have_a_line_each() {
        let text = merged("", &["a", "b", "c", "d"]);
        assert!(
            text.contains("all = [\n    \"a\",\n    \"b\",\n    \"c\",\n    \"d\",\n]\n"),
            "{text}"
        );
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let refused = |text: &str| {
            let mut document: DocumentMut = text.parse().unwrap();
            merge(&mut document, &["a".to_owned()]).is_err()
        };
        assert!(refused("features = 1"));
        assert!(refused("[features]\nall = 1\n"));
    }
}
