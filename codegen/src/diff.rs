//! What a change of the document changes for those who use the client.
//!
//! Two generated clients are compared by what their users can name, and by what goes over the wire
//! where the compiler would not notice. The rules are those of Cargo's book, chapter "SemVer
//! Compatibility", as far as generated code can break them.

mod calls;
mod derives;
mod logins;
mod owner;
mod sides;
mod surface;
mod wire;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;

use self::owner::{follows, of_method, of_methods};
pub use self::sides::{Sides, sides};
use self::surface::{Entry, Kind, Surface};
use crate::Generated;
use crate::diagnostics::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Everything that is different, breaking changes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The changes, by impact and then by path.
    pub changes: Vec<Change>,
}

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it means for code that uses the client.
    pub impact: Impact,
    /// What it is about: `types::Widget::name`.
    pub path: String,
    /// What is different, in words.
    pub what: String,
    /// Where it is in the document, if that is known: the new one, or the old one of what is gone.
    pub pointer: Option<Pointer>,
}

/// What a change means for code that uses the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// It may not compile any more.
    Breaking,
    /// It compiles, and sends or reads something else.
    Silent,
    /// It compiles and does the same.
    Compatible,
    /// Nothing of the client is different, and the server may refuse what it took.
    Behaviour,
}

impl Impact {
    /// The name, as JSON has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Silent => "silent",
            Self::Compatible => "compatible",
            Self::Behaviour => "behaviour",
        }
    }
}

/// Which part of the client's version has to grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bump {
    /// `1.2.3` becomes `2.0.0`, `0.2.3` becomes `0.3.0`.
    Major,
    /// `1.2.3` becomes `1.3.0`, `0.2.3` becomes `0.2.4`.
    Minor,
    /// `1.2.3` becomes `1.2.4`: documentation at most.
    Patch,
}

impl Bump {
    /// The name, as `cargo semver-checks` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
        }
    }
}

impl Difference {
    /// Which part of the version has to grow.
    pub fn bump(&self) -> Bump {
        match self.changes.first().map(|change| change.impact) {
            Some(Impact::Breaking) => Bump::Major,
            Some(Impact::Silent | Impact::Compatible) => Bump::Minor,
            Some(Impact::Behaviour) | None => Bump::Patch,
        }
    }

    /// The changes of one impact.
    pub fn of(&self, impact: Impact) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.impact == impact)
    }
}

/// Compares what came of two documents; both as modules, so that each is one file.
///
/// # Errors
///
/// What was generated is no Rust: a bug.
pub fn compare(old: &Generated, new: &Generated) -> Result<Difference, Diagnostic> {
    let (before, after) = (surface(old)?, surface(new)?);
    let places = (Places::of(old, &before), Places::of(new, &after));
    let lost = of_methods(&before, &after);
    let gained = of_methods(&after, &before);
    let mut changes = Vec::new();
    for (path, entry) in &before.entries {
        match after.entries.get(path) {
            Some(now) => {
                if !follows(path, &before, &after) {
                    changed(path, entry, now, &mut changes);
                }
                changes.extend(ruled(path, entry, now, &after));
            }
            None if lost.contains(path) || is_told_of_owner(path, &before, &after) => {}
            None => changes.extend(gone(path, entry, &places)),
        }
    }
    for (path, entry) in
        after.entries.iter().filter(|(path, _)| !before.entries.contains_key(*path))
    {
        if !gained.contains(path) && !is_told_of_owner(path, &after, &before) {
            changes.extend(added(path, entry, &before, &places));
        }
    }
    features(old, new, &mut changes);
    for change in &mut changes {
        // What a call sends is the business of the method that makes it.
        if before.entries.get(&change.path).is_some_and(|entry| entry.kind == Kind::Call) {
            change.path = caller(&change.path, &after);
        }
        change.pointer = change.pointer.take().or_else(|| places.1.find(&change.path));
    }
    // What no longer compiles is looked at anyway.
    let broken: BTreeSet<String> = changes
        .iter()
        .filter(|change| change.impact == Impact::Breaking)
        .map(|change| change.path.clone())
        .collect();
    let is_aside = |one: &Change| matches!(one.impact, Impact::Silent | Impact::Behaviour);
    changes.retain(|one| !is_aside(one) || !broken.contains(&one.path));
    changes.sort_by(|a, b| (a.impact, &a.path, &a.what).cmp(&(b.impact, &b.path, &b.what)));
    Ok(Difference { changes })
}

fn surface(generated: &Generated) -> Result<Surface, Diagnostic> {
    let code: String = generated.files.iter().map(|file| file.text.as_str()).collect();
    Surface::of(&code)
        .map_err(|error| Diagnostic::error(Code::Internal, format!("cannot be read: {error}")))
}

/// Where types, methods and what belongs to their calls come from.
struct Places {
    by_path: BTreeMap<String, Pointer>,
    by_pointer: BTreeMap<Pointer, String>,
    /// Calls, and the errors that only one of them has.
    calls: BTreeMap<String, Pointer>,
}

impl Places {
    fn of(generated: &Generated, surface: &Surface) -> Self {
        let types = generated.census.types.iter();
        let types = types.map(|entry| (format!("types::{}", entry.name), entry.pointer.clone()));
        let operations = generated.census.operations.iter().filter_map(|entry| {
            let owner = match &entry.group {
                None => "Client".to_owned(),
                Some(accessor) => surface.given_by(&format!("Client::{accessor}"))?,
            };
            Some((format!("{owner}::{}", entry.method), entry.pointer.clone()))
        });
        let operations: Vec<(String, Pointer)> = operations.collect();
        let calls = operations.iter().flat_map(|(method, at)| {
            of_method(method, surface).into_iter().map(move |path| (path, at))
        });
        let mut by_call: BTreeMap<String, BTreeSet<&Pointer>> = BTreeMap::new();
        for (path, at) in calls {
            by_call.entry(path).or_default().insert(at);
        }
        let only = |(path, places): (String, BTreeSet<&Pointer>)| {
            let first = places.first().filter(|_| places.len() == 1)?;
            Some((path, (*first).clone()))
        };
        let calls = by_call.into_iter().filter_map(only).collect();
        let by_path: BTreeMap<String, Pointer> = types.chain(operations).collect();
        let by_pointer = by_path.iter().map(|(path, at)| (at.clone(), path.clone())).collect();
        Self { by_path, by_pointer, calls }
    }

    /// The place of a type or a method, or of what it is a part of.
    fn find(&self, path: &str) -> Option<Pointer> {
        let mut path = path.rsplit(" for ").next()?;
        loop {
            if let Some(at) = self.by_path.get(path).or_else(|| self.calls.get(path)) {
                return Some(at.clone());
            }
            path = path.rsplit_once("::")?.0;
        }
    }
}

/// What has to be said of the whole need not be said of its parts.
fn is_told_of_owner(path: &str, here: &Surface, there: &Surface) -> bool {
    let is_missing = |owner: &str| match (here.entries.get(owner), there.entries.get(owner)) {
        (Some(here), Some(there)) => here.kind != there.kind,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let owner = path.rsplit(" for ").next().unwrap_or(path);
    // A conversion is told with the type that it is of.
    if owner != path && is_missing(owner) {
        return true;
    }
    // A setter is told with its field.
    let setter = owner.rsplit_once("::").and_then(|(owner, name)| {
        let field = name.strip_prefix("with_")?;
        Some([format!("{owner}::{field}"), format!("{owner}::r#{field}")])
    });
    if setter.is_some_and(|fields| fields.iter().any(|field| is_missing(field))) {
        return true;
    }
    let mut rest = owner;
    while let Some((owner, _)) = rest.rsplit_once("::") {
        if is_missing(owner) {
            return true;
        }
        rest = owner;
    }
    false
}

fn gone(path: &str, entry: &Entry, (old, new): &(Places, Places)) -> Option<Change> {
    // That a call is gone is told by its method.
    if entry.kind == Kind::Call {
        return None;
    }
    let pointer = old.find(path);
    let renamed = old.by_path.get(path).and_then(|at| new.by_pointer.get(at));
    let what = match renamed {
        Some(name) => format!("the {} is called `{name}` now", noun(entry.kind)),
        None => format!("the {} is gone", noun(entry.kind)),
    };
    Some(Change { impact: Impact::Breaking, path: path.to_owned(), what, pointer })
}

fn added(
    path: &str,
    entry: &Entry,
    before: &Surface,
    (old, new): &(Places, Places),
) -> Option<Change> {
    // Who hears that something is called otherwise knows of it.
    let was = new.by_path.get(path).and_then(|at| old.by_pointer.get(at));
    if was.is_some_and(|was| !new.by_path.contains_key(was)) {
        return None;
    }
    let owner = path.rsplit_once("::").and_then(|(owner, _)| before.entries.get(owner));
    let is_foreseen = owner.is_none_or(|owner| owner.is_open);
    let impact = match entry.kind {
        Kind::Call => return None,
        Kind::Field | Kind::Variant if !is_foreseen => Impact::Breaking,
        _ => Impact::Compatible,
    };
    let what = format!("a new {}", noun(entry.kind));
    Some(Change { impact, path: path.to_owned(), what, pointer: None })
}

fn changed(path: &str, old: &Entry, new: &Entry, changes: &mut Vec<Change>) {
    let mut tell = |impact, what: String| {
        changes.push(Change { impact, path: path.to_owned(), what, pointer: None });
    };
    if old.kind != new.kind {
        return tell(Impact::Breaking, format!("the {} becomes {}", sort(old), a_sort(new)));
    }
    if old.signature != new.signature {
        let what = match old.kind {
            Kind::Method | Kind::Function => {
                format!("`fn{}` becomes `fn{}`", old.signature, new.signature)
            }
            _ => format!("`{}` becomes `{}`", old.signature, new.signature),
        };
        tell(Impact::Breaking, what);
    } else {
        old.wire.differing(&new.wire).into_iter().for_each(|what| tell(Impact::Silent, what));
    }
    let lost: BTreeSet<_> = old.traits.difference(&new.traits).collect();
    if !lost.is_empty() {
        tell(Impact::Breaking, format!("no longer implements {}", list(&lost)));
    }
    let gained: BTreeSet<_> = new.traits.difference(&old.traits).collect();
    if !gained.is_empty() {
        tell(Impact::Compatible, format!("implements {} now", list(&gained)));
    }
    if new.is_open && !old.is_open {
        tell(Impact::Breaking, "may have more members one day: `#[non_exhaustive]`".to_owned());
    }
    if old.is_open && !new.is_open {
        tell(Impact::Compatible, "has all of its members: no `#[non_exhaustive]`".to_owned());
    }
    if new.is_deprecated && !old.is_deprecated {
        tell(Impact::Compatible, "is deprecated now".to_owned());
    }
    if old.is_deprecated && !new.is_deprecated {
        tell(Impact::Compatible, "is not deprecated any more".to_owned());
    }
}

/// Other rules for what is sent: the compiler knows nothing of them, and the server does.
fn ruled(path: &str, old: &Entry, new: &Entry, after: &Surface) -> Option<Change> {
    let is_sent = match new.kind {
        Kind::Field => {
            let owner = path.rsplit_once("::").and_then(|(owner, _)| after.entries.get(owner));
            owner.is_some_and(|owner| owner.traits.contains("Encode"))
        }
        Kind::Method => !path.starts_with("types::"),
        Kind::Struct | Kind::Alias => true,
        Kind::Enum
        | Kind::Variant
        | Kind::Function
        | Kind::Constant
        | Kind::Module
        | Kind::Conversion
        | Kind::Call => false,
    };
    if !is_sent || old.rules == new.rules {
        return None;
    }
    let only = |these: &[String], those: &[String]| {
        let only: Vec<&str> =
            these.iter().filter(|rule| !those.contains(rule)).map(String::as_str).collect();
        if only.is_empty() { "no rule".to_owned() } else { only.join("; ") }
    };
    let (before, now) = (only(&old.rules, &new.rules), only(&new.rules, &old.rules));
    let what = format!("what the server takes was told with: {before}; now: {now}");
    Some(Change { impact: Impact::Behaviour, path: path.to_owned(), what, pointer: None })
}

/// The method that makes a call, by the name of what it is made of; the client where it is about all
/// calls.
fn caller(path: &str, surface: &Surface) -> String {
    let name = match path.strip_suffix("::new") {
        Some(call) => call.rsplit("::").next().unwrap_or(call).to_snake_case(),
        None => path.rsplit("::").next().unwrap_or(path).to_ascii_lowercase(),
    };
    let is_its = |path: &&String| {
        path.rsplit_once("::").is_some_and(|(owner, method)| {
            method.trim_start_matches("r#") == name && !owner.starts_with("operations::")
        })
    };
    let methods = surface.entries.iter().filter(|(_, entry)| entry.kind == Kind::Method);
    let method = methods.map(|(path, _)| path).find(is_its);
    method.cloned().unwrap_or_else(|| "Client".to_owned())
}

fn list(names: &BTreeSet<&String>) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Without a feature that is gone, a manifest that asks for it does not resolve.
fn features(old: &Generated, new: &Generated, changes: &mut Vec<Change>) {
    let mut tell = |impact, name: &str, what: &str| {
        let path = format!("feature `{name}`");
        changes.push(Change { impact, path, what: what.to_owned(), pointer: None });
    };
    for name in old.features.iter().filter(|name| !new.features.contains(name)) {
        tell(Impact::Breaking, name, "the feature is gone");
    }
    for name in new.features.iter().filter(|name| !old.features.contains(name)) {
        tell(Impact::Compatible, name, "a new feature");
    }
}

/// What something is, with what an alias stands for.
fn sort(entry: &Entry) -> String {
    match entry.kind {
        Kind::Alias => format!("alias of `{}`", entry.signature),
        kind => noun(kind).to_owned(),
    }
}

fn a_sort(entry: &Entry) -> String {
    let sort = sort(entry);
    let article = if sort.starts_with(['a', 'e']) { "an" } else { "a" };
    format!("{article} {sort}")
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Struct => "struct",
        Kind::Enum => "enum",
        Kind::Field => "field",
        Kind::Variant => "variant",
        Kind::Method => "method",
        Kind::Function => "function",
        Kind::Constant => "constant",
        Kind::Alias => "alias",
        Kind::Module => "module",
        Kind::Conversion => "conversion",
        Kind::Call => "call",
    }
}

#[cfg(test)]
mod tests;
