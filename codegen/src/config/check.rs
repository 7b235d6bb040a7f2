//! What is wrong with a configuration, all of it at once and in the words of its reader.
//!
//! In: the text as TOML. Out: an error for each key that is not known, is missing, or takes something
//! else. A text without any is what [`Config`](super::Config) is read from; serde would stop at the
//! first, and speak of fields and types.

mod headers;
mod misplaced;

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, TableLike, Value};

use self::headers::{Twice, above_client, single_table, twice};
use self::misplaced::{Misplaced, first_table, key_of_table};
use super::keys::{KEYS, Key, Takes};
use super::{DerivePath, NoPath, TypePath};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use crate::nearest::{did_you_mean, nearest};
use crate::source::position;

/// What is said where nothing better is known.
pub(super) const README: &str = "the README lists every key of specwright.toml";

/// Where something stands, in bytes, if TOML knows it.
type Place = Option<Range<usize>>;

/// What holds the clients.
const CLIENT: &str = "client";

/// What a manifest of cargo and other generators call a key that looks nothing like it.
const ELSEWHERE: [(&str, &str); 4] =
    [("name", "crate-name"), ("package", "crate-name"), ("output", "out"), ("input", "spec")];

/// What groups operations, as a configuration has it.
const GROUPS: [&str; 2] = ["tag", "nothing"];

/// Everything that is wrong with a configuration, in the order of its lines.
pub(super) fn problems(text: &str, path: &Path) -> Diagnostics {
    look(text, path).all()
}

/// What a look at a configuration has found.
#[derive(Default)]
pub(super) struct Found {
    /// Each problem, with the position of the client that it is about if it is about one.
    pub(super) problems: Vec<(Option<usize>, Diagnostic)>,
    /// Where in the clients they are.
    pub(super) wrong: Vec<Wrong>,
}

impl Found {
    /// The problems, in the order of their lines.
    pub(super) fn all(self) -> Diagnostics {
        let mut all: Diagnostics = self.problems.into_iter().map(|(_, problem)| problem).collect();
        all.sort();
        all
    }
}

/// What of a client makes no sense: its position, the key, and the entry if it is one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) client: usize,
    pub(super) key: String,
    pub(super) entry: Option<String>,
}

/// [`problems`], each with its client, and where in the clients they are.
pub(super) fn look(text: &str, path: &Path) -> Found {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            // A table beside the list of clients is a key given twice to TOML, at whichever comes last.
            let start = error.span().map_or(0, |span| span.start);
            let single = single_table(text)
                .map(|start| (start, format!("`{CLIENT}` is a list of tables"), one_client()));
            let early = || above_client(text, start);
            let again =
                || twice(text, &error).map(|Twice { message, help }| (start, message, help));
            let known = single.or_else(early).or_else(again);
            let (start, message, help) = match known {
                Some(known) => known,
                None => (
                    start,
                    error.message().trim_end().to_owned(),
                    "the configuration is TOML, as https://toml.io describes it".to_owned(),
                ),
            };
            let error = Diagnostic::error(Code::Config, message);
            let error = error.located(position::location(path, text, start)).help(help);
            return Found { problems: vec![(None, error)], wrong: Vec::new() };
        }
    };
    let mut check = Check { text, path, found: Found::default(), at: None, clients: 0 };
    check.whole(document.as_table());
    check.found
}

struct Check<'t> {
    text: &'t str,
    path: &'t Path,
    found: Found,
    /// Where in the clients is looked right now.
    at: Option<Wrong>,
    /// How many clients there were.
    clients: usize,
}

impl Check<'_> {
    fn tell(&mut self, at: Place, message: String, help: String) {
        let place = match at {
            Some(at) => position::location(self.path, self.text, at.start),
            None => Location { file: self.path.to_owned(), line: 1, column: 1 },
        };
        let error = Diagnostic::error(Code::Config, message).located(place);
        let client = self.at.as_ref().map(|at| at.client);
        self.found.problems.push((client, error.help(help)));
        self.found.wrong.extend(self.at.clone());
    }

    fn whole(&mut self, document: &dyn TableLike) {
        let is_near = |name: &str| !nearest(name, std::iter::once(CLIENT), 1).is_empty();
        let place = |name: &str| document.get_key_value(name).and_then(|(key, _)| key.span());
        let is_list = document.get(CLIENT).is_some_and(|all| !all.is_table());
        let misspelt = document.iter().filter(|(name, _)| *name != CLIENT && is_near(name)).count();
        let mut outside: Vec<&str> = Vec::new();
        for (name, item) in document.iter() {
            let at = place(name);
            let message = format!("`{name}` stands outside of a client");
            if name == CLIENT {
                // `[client.rename]` below a header that is misspelt belongs to that.
                if is_list || misspelt == 0 {
                    self.clients(item, at);
                }
            } else if is_near(name) {
                // A client under a misspelt name is no client that is missing as well.
                let help = match item.is_table() && is_list {
                    true => format!("did you mean `[{CLIENT}.…]`, a table of the client above?"),
                    false => format!("did you mean `[[{CLIENT}]]`?"),
                };
                self.tell(at, message, help);
                if item.is_array_of_tables() {
                    self.clients(item, place(name));
                }
            } else if let Some(key) = KEYS.iter().find(|key| key.name == name) {
                if misplaced::is_header(item) && key.takes.is_table() {
                    self.tell(at, message, misplaced::header_outside(name));
                } else {
                    outside.push(name);
                }
            } else {
                let help = format!("there is nothing but `[[{CLIENT}]]` tables; {README}");
                self.tell(at, message, help);
            }
        }
        if let [first, more @ ..] = outside.as_slice() {
            let named: Vec<String> = outside.iter().map(|name| format!("`{name}`")).collect();
            let verb = if more.is_empty() { "stands" } else { "stand" };
            let message = format!("{} {verb} outside of a client", named.join(", "));
            let help = format!("a client begins with `[[{CLIENT}]]`, and its keys follow");
            self.tell(place(first), message, help);
        }
        if document.get(CLIENT).is_none() && self.found.problems.is_empty() {
            self.none(None);
        }
    }

    fn none(&mut self, at: Place) {
        let message = "the configuration has no client".to_owned();
        let help = "add a `[[client]]` table, or let `specwright init --spec FILE` write one";
        self.tell(at, message, help.to_owned());
    }

    fn clients(&mut self, item: &Item, at: Place) {
        match item {
            Item::ArrayOfTables(tables) => {
                tables.iter().for_each(|table| self.client(table, table.span()));
            }
            Item::Value(Value::Array(list)) if list.is_empty() => self.none(at),
            Item::Value(Value::Array(list)) => {
                for value in list {
                    match value.as_inline_table() {
                        Some(table) => self.client(table, value.span()),
                        None => {
                            let what = what(&Item::Value(value.clone()));
                            let message = format!("a client is a table, and this is {what}");
                            self.tell(value.span(), message, one_client());
                        }
                    }
                }
            }
            Item::None | Item::Value(_) | Item::Table(_) => {
                let message = format!("`{CLIENT}` is a list of tables, and this is {}", what(item));
                self.tell(at.clone(), message, one_client());
                if let Some(table) = item.as_table_like() {
                    self.client(table, at);
                }
            }
        }
    }

    fn client(&mut self, table: &dyn TableLike, at: Place) {
        let client = self.clients;
        self.clients += 1;
        let first_table = first_table(table);
        // Keys that are there, under another name or at another place: that one is told of.
        let mut meant: Vec<&str> = Vec::new();
        for (name, item) in table.iter() {
            self.at = Some(Wrong { client, key: name.to_owned(), entry: None });
            let place = table.get_key_value(name).and_then(|(key, _)| key.span());
            match KEYS.iter().find(|key| key.name == name) {
                Some(key) => {
                    let misplaced = misplaced::of(key, item);
                    meant.extend(misplaced.iter().map(|one| one.key.name));
                    self.misplaced(key, item, misplaced, first_table);
                    self.value(key, item, place);
                }
                None => {
                    let called = ELSEWHERE.iter().find(|(other, _)| *other == name);
                    let near = nearest(name, KEYS.iter().map(|key| key.name), 1);
                    let near = called.map(|(_, key)| *key).or(near.first().copied());
                    meant.extend(near);
                    let help = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => README.to_owned(),
                    };
                    self.tell(place, format!("`{name}` is no key of a client"), help);
                }
            }
        }
        let is_there = |key: &Key| table.contains_key(key.name) || meant.contains(&key.name);
        for key in KEYS.iter().filter(|key| key.is_required && !is_there(key)) {
            self.at = Some(Wrong { client, key: key.name.to_owned(), entry: None });
            let message = format!("the client has no `{}`", key.name);
            self.tell(at.clone(), message, format!("add it: `{}`", key.line()));
        }
        self.at = None;
    }

    /// Tells of keys of the client that stand in the table of another.
    fn misplaced(&mut self, of: &Key, item: &Item, all: Vec<Misplaced>, first: Option<&str>) {
        let entries = item.as_table_like();
        for Misplaced { key } in all {
            let at = entries.and_then(|table| table.get_key_value(key.name)?.0.span());
            let message =
                format!("`{}` is a key of the client, and stands in `{}`", key.name, of.name);
            let help = misplaced::way_out(of, item, first);
            self.within(key.name, |this| this.tell(at, message, help));
        }
    }

    /// Looks at an entry of a key that has several.
    fn within(&mut self, entry: &str, look: impl FnOnce(&mut Self)) {
        let key = self.at.clone();
        if let Some(at) = &mut self.at {
            at.entry = Some(entry.to_owned());
        }
        look(self);
        self.at = key;
    }

    /// Whether a key has what it takes.
    fn value(&mut self, key: &Key, item: &Item, at: Place) {
        let fits = match key.takes {
            Takes::Text => item.is_str(),
            Takes::Flag => item.is_bool(),
            Takes::Count => item.as_integer().is_some_and(|number| u32::try_from(number).is_ok()),
            Takes::Grouping => item.as_str().is_some_and(|group| GROUPS.contains(&group)),
            Takes::Texts => return self.list(key, item, at, &|_| Ok(())),
            Takes::Which if item.is_bool() => true,
            Takes::Which => return self.list(key, item, at, &|_| Ok(())),
            Takes::Derives => return self.list(key, item, at, &derive),
            Takes::Names => {
                return self.table(key, item, at, &|check, value, at| {
                    check.text(key, value, at, &|_| Ok(()));
                });
            }
            Takes::Types => {
                return self.table(key, item, at, &|check, value, at| {
                    check.text(key, value, at, &|text| text.parse::<TypePath>().map(drop));
                });
            }
            Takes::TypeDerives => {
                return self.table(key, item, at, &|check, value, at| {
                    check.list(key, value, at, &derive);
                });
            }
            Takes::Values => {
                return self.table(key, item, at, &|check, value, at| {
                    let fits =
                        value.is_str() || value.is_bool() || value.is_integer() || value.is_float();
                    if !fits {
                        check.entry(key, "a text, a number or a boolean", value, at);
                    }
                });
            }
        };
        if !fits {
            self.wrong(key, item, at);
        }
    }

    fn wrong(&mut self, key: &Key, item: &Item, at: Place) {
        if item.is_array_of_tables() && key.takes.is_table() {
            let message =
                format!("`{}` is {}, and this is {}", key.name, key.takes.words(), what(item));
            return self.tell(item.span().or(at), message, misplaced::one_bracket(key));
        }
        let group = item.as_str().filter(|_| key.takes == Takes::Grouping);
        let this = group.map_or_else(|| what(item).to_owned(), |group| format!("`{group:?}`"));
        let message = format!("`{}` is {}, and this is {this}", key.name, key.takes.words());
        let near = group.and_then(|group| did_you_mean(group, GROUPS.into_iter()));
        let help = near.unwrap_or_else(|| format!("write it like `{}`", key.line()));
        self.tell(item.span().or(at), message, help);
    }

    fn entry(&mut self, key: &Key, wanted: &str, item: &Item, at: Place) {
        let message = format!("an entry of `{}` is {wanted}, and this is {}", key.name, what(item));
        self.tell(item.span().or(at), message, format!("write it like `{}`", key.line()));
    }

    fn list(
        &mut self,
        key: &Key,
        item: &Item,
        at: Place,
        check: &dyn Fn(&str) -> Result<(), NoPath>,
    ) {
        let Some(list) = item.as_array() else {
            return match key.takes {
                Takes::TypeDerives => self.entry(key, "a list of paths of Rust", item, at),
                _ => self.wrong(key, item, at),
            };
        };
        for value in list {
            self.text(key, &Item::Value(value.clone()), value.span(), check);
        }
    }

    fn text(
        &mut self,
        key: &Key,
        item: &Item,
        at: Place,
        check: &dyn Fn(&str) -> Result<(), NoPath>,
    ) {
        match item.as_str().map(check) {
            None => self.entry(key, "a text", item, at),
            Some(Ok(())) => {}
            Some(Err(error)) => {
                let help = format!("write it like `{}`", key.line());
                self.tell(item.span().or(at), error.to_string(), help);
            }
        }
    }

    fn table(
        &mut self,
        key: &Key,
        item: &Item,
        at: Place,
        check: &dyn Fn(&mut Self, &Item, Place),
    ) {
        let Some(table) = item.as_table_like() else { return self.wrong(key, item, at) };
        for (name, value) in table.iter() {
            if key_of_table(key, name, value).is_some() {
                continue;
            }
            let at = table.get_key_value(name).and_then(|(key, _)| key.span());
            self.within(name, |this| check(this, value, at));
        }
    }
}

fn derive(text: &str) -> Result<(), NoPath> {
    text.parse::<DerivePath>().map(drop)
}

fn one_client() -> String {
    format!("write `[[{CLIENT}]]`, in two brackets: each begins a client")
}

/// What stands there, in words.
fn what(item: &Item) -> &'static str {
    match item {
        Item::None => "nothing",
        Item::Table(_) | Item::Value(Value::InlineTable(_)) => "a table",
        Item::ArrayOfTables(_) => "a list of tables",
        Item::Value(Value::String(_)) => "a text",
        Item::Value(Value::Integer(_)) => "a number",
        Item::Value(Value::Float(_)) => "a number with a fraction",
        Item::Value(Value::Boolean(_)) => "a boolean",
        Item::Value(Value::Datetime(_)) => "a date",
        Item::Value(Value::Array(_)) => "a list",
    }
}

#[cfg(test)]
mod tests;
