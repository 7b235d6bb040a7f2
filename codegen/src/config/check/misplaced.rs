//! Keys of a client at another place: below the header of one of its tables, which TOML takes for part of
//! that table, or a table of the client outside of any.
//!
//! ```toml
//! [client.rename]
//! "/components/schemas/widget_v2" = "Widget"
//! tags = ["orders"]                           # an entry of `rename`, to TOML
//! ```

use toml_edit::{Item, TableLike};

use super::CLIENT;
use crate::config::TypePath;
use crate::config::keys::{KEYS, Key, Takes};

/// A key of the client among the entries of another.
pub(super) struct Misplaced {
    pub(super) key: &'static Key,
}

/// All of them that stand in a table.
pub(super) fn of(key: &Key, item: &Item) -> Vec<Misplaced> {
    let entries = item.as_table_like().filter(|_| key.takes.is_table());
    let entries = entries.into_iter().flat_map(|table| table.iter());
    let keys = entries.filter_map(|(name, value)| key_of_table(key, name, value));
    keys.map(|key| Misplaced { key }).collect()
}

/// The key of a client that an entry of `table` is. An entry of most tables is a JSON pointer and begins
/// with a slash (RFC 6901, section 3); a format may have any name, and is one if it has a type.
pub(super) fn key_of_table(table: &Key, name: &str, value: &Item) -> Option<&'static Key> {
    let key = KEYS.iter().find(|key| key.name == name)?;
    let is_format = table.takes == Takes::Types
        && table.name == "formats"
        && value.as_str().is_some_and(|text| text.parse::<TypePath>().is_ok());
    (!is_format).then_some(key)
}

/// The first table of a client that has a header of its own: keys of the client stand above it.
pub(super) fn first_table(client: &dyn TableLike) -> Option<&str> {
    let headers = client.iter().filter(|(_, item)| is_header(item));
    let placed = headers.filter_map(|(name, item)| Some((item.span()?.start, name)));
    placed.min().map(|(_, name)| name)
}

/// Whether this is written below a header rather than behind a key.
pub(super) fn is_header(item: &Item) -> bool {
    item.as_table().is_some_and(|table| !table.is_dotted()) || item.is_array_of_tables()
}

/// Where a key that stands in the table `of` belongs.
pub(super) fn way_out(of: &Key, item: &Item, first: Option<&str>) -> String {
    let place = match first.filter(|_| is_header(item)) {
        Some(first) => {
            format!("move it above `[{CLIENT}.{first}]`, where the keys of the client stand")
        }
        None => format!("move it out of `{}`, beside it", of.name),
    };
    match of.name {
        "formats" => place,
        name => format!("{place}; an entry of `{name}` is a JSON pointer, and begins with `/`"),
    }
}

/// What is said of a table of a client that has a header of its own.
pub(super) fn header_outside(name: &str) -> String {
    format!("write `[{CLIENT}.{name}]`, below the `[[{CLIENT}]]` that it is of")
}

/// What is said of a table that is begun as a list of them.
pub(super) fn one_bracket(key: &Key) -> String {
    format!("write `[{CLIENT}.{}]`, in one bracket: a client has one of it", key.name)
}
