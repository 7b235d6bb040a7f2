//! What to say of a key that no object of its kind has.

use crate::diagnostics::{Code, Diagnostic};
use crate::nearest::{is_slip, nearest};
use crate::plain::beginning;
use crate::shape::{Dialect, Object, PREFIX, Shape, ours};

/// Where so many objects have a key, naming them helps nobody.
const FEW: usize = 3;

/// The warning for a key that an object of `dialect` does not have.
pub(super) fn warning(dialect: Dialect, object: Object, key: &str) -> Diagnostic {
    let (shown, what) = (beginning(key), object.name());
    let misplaced =
        |message, help: &str| Diagnostic::warning(Code::MisplacedKey, message).help(help);
    let unknown = |message, help: &str| Diagnostic::warning(Code::UnknownKey, message).help(help);
    let is_none = format!("`{shown}` is no key of {what}");
    if object == Object::Paths {
        return unknown(format!("the path `{shown}` has to begin with `/`"), "mend the path");
    }
    if object == Object::Responses {
        let message = format!("`{shown}` is no status");
        return unknown(message, "a status is one like `404` or `4XX`, or `default`");
    }
    if key == "$ref" {
        return misplaced(format!("{what} cannot be a reference"), "write it out here");
    }
    if let Some(version) = dialect.elsewhere(object, key) {
        let message = format!("{is_none} in {}, but in {version}", dialect.name());
        let help = "say it as this version does, or give the document the version it is written in";
        return misplaced(message, help);
    }
    let near = nearest(key, keys(dialect, object), 1).first().copied();
    let neighbours = neighbours(dialect, object, key);
    match near {
        Some(near) if neighbours.is_empty() || is_slip(key, near) => {
            return unknown(is_none, &format!("did you mean `{near}`?"));
        }
        Some(_) | None => {}
    }
    if !neighbours.is_empty() {
        return misplaced(format!("{is_none}, but of {}", list(&neighbours)), "move it there");
    }
    let holders: Vec<Object> =
        Object::ALL.into_iter().filter(|other| has(dialect, *other, key)).collect();
    match holders.len() {
        1..=FEW => misplaced(format!("{is_none}, but of {}", list(&holders)), "move it there"),
        _ => unknown(is_none, "nothing reads it: remove it, or begin it with `x-`"),
    }
}

/// The objects next to this one that have the key: those it holds, or else those that hold it.
fn neighbours(dialect: Dialect, object: Object, key: &str) -> Vec<Object> {
    let knows = |other: &Object| *other != object && has(dialect, *other, key);
    let below: Vec<Object> = children(dialect, object).filter(knows).collect();
    let mut found = below;
    if found.is_empty() {
        // An extension of ours means nothing but the one place it is for.
        let is_ours = key.starts_with(PREFIX);
        let holds =
            |other: &Object| is_ours || children(dialect, *other).any(|child| child == object);
        found = Object::ALL.into_iter().filter(knows).filter(holds).collect();
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(FEW);
    found
}

fn children(dialect: Dialect, object: Object) -> impl Iterator<Item = Object> {
    dialect.fields(object).filter_map(|field| match field.shape {
        Shape::One(child) | Shape::List(child) | Shape::Map(child) => Some(child),
        _ => None,
    })
}

fn has(dialect: Dialect, object: Object, key: &str) -> bool {
    keys(dialect, object).any(|known| known == key)
}

/// The keys of an object, and extensions of ours.
fn keys(dialect: Dialect, object: Object) -> impl Iterator<Item = &'static str> {
    dialect.fields(object).map(|field| field.key).chain(ours(object).map(|(key, _)| key))
}

fn list(objects: &[Object]) -> String {
    let names: Vec<&str> = objects.iter().map(|object| object.name()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    }
}
