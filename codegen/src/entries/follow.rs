//! The way of an entry into the document, step by step.

use serde_json::Value;

use super::element::List;
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// An entry that leads somewhere.
#[derive(Debug)]
pub(super) struct Way {
    /// Where, as RFC 6901 has it.
    pub(super) pointer: Pointer,
    /// Whether the entry counts on the way.
    pub(super) position: Position,
    /// The same place with names for positions, as far as there are any.
    named: Pointer,
}

/// What an entry says of an element of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Nothing, or its name.
    None,
    /// How many are in front of it, and it could be named: the entry as it should be.
    Named(String),
    /// The same, and it has no name. What is in the list.
    Nameless(String),
}

/// What is said of an entry that leads out of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    pub(super) text: String,
    /// Whether it says more than what looks most like the entry as a whole.
    pub(super) is_sure: bool,
}

/// So many names are listed of what there is.
const LISTED: usize = 8;

/// Where an entry leads; else the advice, if there is any.
pub(super) fn follow(root: &Value, entry: &str) -> Result<Way, Option<Advice>> {
    let pointer = Pointer::parse(entry).ok_or_else(|| no_pointer(root, entry))?;
    let tokens: Vec<String> = pointer.tokens().collect();
    walk(root, &tokens).map_err(|lost| lost.advice(root, &tokens))
}

/// A step that cannot be made.
struct Lost<'v> {
    at: &'v Value,
    /// The way so far.
    named: Pointer,
    /// The list that it would be in, if that is one of those.
    list: Option<List>,
    step: usize,
}

fn walk<'v>(root: &'v Value, tokens: &[String]) -> Result<Way, Lost<'v>> {
    let (mut at, mut pointer, mut named) = (root, Pointer::root(), Pointer::root());
    let mut nameless = None;
    let mut counts = false;
    for (step, token) in tokens.iter().enumerate() {
        let key = step.checked_sub(1).map_or("", |before| tokens[before].as_str());
        let list = List::under(key).filter(|_| at.is_array());
        let lost = || Lost { at, named: named.clone(), list, step };
        let (next, here, name) = match at {
            Value::Object(members) => {
                (members.get(token).ok_or_else(lost)?, token.clone(), token.clone())
            }
            Value::Array(all) => {
                let index = match position(token) {
                    Some(index) => index,
                    None => match list.map(|list| list.named(root, all, token)).as_deref() {
                        Some([index]) => *index,
                        _ => return Err(lost()),
                    },
                };
                let next = all.get(index).ok_or_else(lost)?;
                let mut name = token.clone();
                if let (Some(list), Some(_)) = (list, position(token)) {
                    counts = true;
                    match list.name(root, all, index) {
                        Some(own) => name = own,
                        None => nameless = nameless.or_else(|| Some(named.to_string())),
                    }
                }
                (next, index.to_string(), name)
            }
            _ => return Err(lost()),
        };
        (pointer, named, at) = (pointer.push(&here), named.push(&name), next);
    }
    let position = match nameless {
        _ if !counts => Position::None,
        Some(list) => Position::Nameless(list),
        None => Position::Named(named.to_string()),
    };
    Ok(Way { pointer, position, named })
}

/// A position in a list, as RFC 6901 section 4 writes it.
fn position(token: &str) -> Option<usize> {
    let is_digits = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = is_digits && (token == "0" || !token.starts_with('0'));
    token.parse().ok().filter(|_| is_one)
}

/// What is meant by an entry that is no pointer: a reference, an operation, a schema.
fn no_pointer(root: &Value, entry: &str) -> Option<Advice> {
    let schemas = [["components", "schemas"].as_slice(), &["definitions"]].into_iter().map(|way| {
        let tokens = way.iter().chain([&entry]).map(|token| (*token).to_owned());
        tokens.collect::<Vec<String>>()
    });
    let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = items.flat_map(|(path, item)| {
        let all = item.as_object().into_iter().flatten();
        let own = all.filter(|(_, one)| one.get("operationId").is_some_and(|id| id == entry));
        own.map(move |(method, _)| ["paths", path, method].map(str::to_owned).to_vec())
    });
    let reference = entry.strip_prefix('#').and_then(Pointer::parse);
    let reference = reference.map(|pointer| pointer.tokens().collect());
    let mut meant = reference.into_iter().chain(operations).chain(schemas);
    meant.find_map(|tokens| question(root, &tokens))
}

/// "Did you mean" the place that these tokens lead to, if they lead to one.
fn question(root: &Value, tokens: &[String]) -> Option<Advice> {
    let way = walk(root, tokens).ok()?;
    Some(Advice { text: format!("did you mean `{}`?", way.named), is_sure: true })
}

/// A path whose slashes were left as they are, which a pointer takes for steps.
fn unescaped(root: &Value, tokens: &[String]) -> Option<Advice> {
    let rest = tokens.strip_prefix(&["paths".to_owned()])?;
    let paths = root.get("paths")?.as_object()?;
    let mut ways = (2..=rest.len()).flat_map(|length| {
        let (path, below) = rest.split_at(length);
        let path = path.join("/");
        [path.clone(), format!("/{path}")].map(|path| (path, below))
    });
    let (path, below) = ways.find(|(path, _)| paths.contains_key(path))?;
    let tokens = [&["paths".to_owned(), path], below].concat();
    let Advice { text, is_sure } = question(root, &tokens)?;
    Some(Advice { text: format!("{text} A slash within a name is `~1`"), is_sure })
}

impl Lost<'_> {
    fn advice(self, root: &Value, tokens: &[String]) -> Option<Advice> {
        let token = &tokens[self.step];
        let place = self.named.to_string();
        let known = match (self.at, self.list) {
            // What is behind a reference is written elsewhere.
            (Value::Object(members), _) if members.contains_key("$ref") => return None,
            (Value::Object(members), _) => members.keys().cloned().collect(),
            (Value::Array(all), Some(list)) => list.names(root, all),
            (Value::Array(all), None) => (0..all.len()).map(|index| index.to_string()).collect(),
            _ => return None,
        };
        let names: Vec<&str> = known.iter().map(String::as_str).collect();
        if let Value::Array(all) = self.at {
            let several = self.list.map_or(0, |list| list.named(root, all, token).len());
            if several > 1 {
                let text =
                    format!("{several} in `{place}` are `{token}`: name one by its position");
                return Some(Advice { text, is_sure: true });
            }
            if position(token).is_some() {
                return Some(Advice { text: counted(&place, &names), is_sure: true });
            }
        }
        let whole = unescaped(root, tokens).or_else(|| self.property(root, tokens));
        if let Some(advice) = whole.or_else(|| self.part(root, tokens)) {
            return Some(advice);
        }
        // The name alone, without what tells where it stands.
        let alone =
            names.iter().find(|name| name.split_once('=').is_some_and(|(_, own)| own == token));
        let near =
            alone.copied().or_else(|| nearest(token, names.iter().copied(), 1).first().copied());
        if let Some(near) = near {
            let mut mended = tokens.to_vec();
            near.clone_into(&mut mended[self.step]);
            return question(root, &mended).or_else(|| {
                let text = format!("`{place}` has no `{token}`: did you mean `{near}`?");
                Some(Advice { text, is_sure: true })
            });
        }
        let of_paths = tokens.first().is_some_and(|first| first == "paths");
        let text = match self.step {
            0 => return None,
            1 if of_paths => {
                format!("there is no path `{token}`; `specwright list` shows what there is")
            }
            _ if self.at.is_array() => counted(&place, &names),
            _ if names.is_empty() => format!("`{place}` is empty"),
            _ if names.len() <= LISTED => format!("`{place}` has {}", listed(&names)),
            _ => return None,
        };
        let is_sure = (of_paths && self.step <= 2) || self.at.is_array();
        Some(Advice { text, is_sure })
    }

    /// A property without the key that they are in.
    fn property(&self, root: &Value, tokens: &[String]) -> Option<Advice> {
        self.at.get("properties")?.get(&tokens[self.step])?;
        let mut mended = tokens.to_vec();
        mended.insert(self.step, "properties".to_owned());
        question(root, &mended)
    }

    /// A property of a schema that one of its `allOf` declares.
    fn part(&self, root: &Value, tokens: &[String]) -> Option<Advice> {
        let is_properties = |at: &usize| tokens.get(*at).is_some_and(|key| key == "properties");
        let at = [Some(self.step), self.step.checked_sub(1)]
            .into_iter()
            .flatten()
            .find(is_properties)?;
        let (owner, rest) = tokens.split_at(at);
        inherited(root, owner.to_vec(), rest, PARTS).and_then(|found| question(root, &found))
    }
}

/// Parts of parts are looked at as far down as this: references may go in a circle.
const PARTS: usize = 4;

/// The place of what is below one of the parts of a schema, or below what a part refers to.
fn inherited(
    root: &Value,
    owner: Vec<String>,
    rest: &[String],
    depth: usize,
) -> Option<Vec<String>> {
    let depth = depth.checked_sub(1)?;
    let place = walk(root, &owner).ok()?.pointer;
    let parts = place.lookup(root)?.get("allOf")?.as_array()?;
    let places = parts.iter().enumerate().map(|(index, part)| {
        let reference = part.get("$ref").and_then(Value::as_str);
        match reference.and_then(Pointer::from_reference) {
            Some(named) => named.tokens().collect(),
            None => [&owner[..], &["allOf".to_owned(), index.to_string()]].concat(),
        }
    });
    let places: Vec<Vec<String>> = places.collect();
    let own = places.iter().map(|place| [place, rest].concat());
    let found = own.into_iter().find(|tokens| walk(root, tokens).is_ok());
    found.or_else(|| places.into_iter().find_map(|place| inherited(root, place, rest, depth)))
}

fn counted(place: &str, names: &[&str]) -> String {
    match names.len() {
        0 => format!("`{place}` is empty"),
        1 => format!("there is one in `{place}`: {}", listed(names)),
        number => format!("there are {number} in `{place}`: {}", listed(names)),
    }
}

fn listed(names: &[&str]) -> String {
    let mut all: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > LISTED {
        all.push("…".to_owned());
    }
    all.join(", ")
}
