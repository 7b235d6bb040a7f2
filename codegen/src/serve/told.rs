//! What is wrong with a value, in words, and the keyword of the document that says so.
//!
//! A checker knows places of the schema that it was given, which is written anew; where its parts come
//! from stands in them under [`AT`].

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::choice::{NAME, TAG};
use super::schema::Fault;
use crate::pointer::Pointer;

/// Where in the document a written schema comes from.
pub(super) const AT: &str = "x-at";
/// Choices may be made of choices.
const DEEPEST: usize = 16;

/// What an error says: of a choice, what is wrong with the alternative that was meant.
pub(super) fn faults(root: &Value, written: &Value, error: &ValidationError<'_>) -> Vec<Fault> {
    Told { root, written }.faults(error, 0)
}

struct Told<'d> {
    root: &'d Value,
    written: &'d Value,
}

impl Told<'_> {
    fn faults(&self, error: &ValidationError<'_>, depth: usize) -> Vec<Fault> {
        let plain = |message: &str| {
            let at = error.instance_path().as_str().to_owned();
            vec![Fault { at, message: message.to_owned(), rule: self.rule(error) }]
        };
        let (ValidationErrorKind::AnyOf { context }
        | ValidationErrorKind::OneOfNotValid { context }) = error.kind()
        else {
            return plain(&in_words(error));
        };
        let way = error.schema_path().as_str();
        let open = context.iter().enumerate().filter(|(index, _)| !self.is_null(way, *index));
        let nearest = open.min_by_key(|(_, errors)| {
            let wrong = errors.iter().filter(|error| self.is_tag(error)).count();
            (wrong, errors.len())
        });
        let Some((index, errors)) = nearest.filter(|_| depth < DEEPEST) else {
            return plain(&shortened(&error.to_string()));
        };
        if errors.iter().any(|error| self.is_tag(error)) {
            let mut found = plain(&self.no_alternative(way, context.len()));
            for rule in found.iter_mut().filter_map(|fault| fault.rule.as_mut()) {
                let discriminator = rule.push("discriminator");
                if discriminator.lookup(self.root).is_some() {
                    *rule = discriminator;
                }
            }
            return found;
        }
        let mut found: Vec<Fault> =
            errors.iter().flat_map(|error| self.faults(error, depth + 1)).collect();
        if let Some(name) = self.name(way, index) {
            for fault in &mut found {
                fault.message = format!("{}, for `{name}`", fault.message);
            }
        }
        found
    }

    /// What is said where the discriminator names no alternative.
    fn no_alternative(&self, way: &str, count: usize) -> String {
        let tags = (0..count).filter_map(|index| self.alternative(way, index)?.get(TAG));
        let (mut property, mut known) = ("", Vec::new());
        for tag in tags {
            let all = tag.as_object().into_iter().flatten();
            for (name, values) in all {
                property = name;
                known.extend(values.as_array().into_iter().flatten().filter_map(Value::as_str));
            }
        }
        format!("`{property}` has to name an alternative: {}", list(&known, ", "))
    }

    /// Whether the error is that another alternative is named.
    fn is_tag(&self, error: &ValidationError<'_>) -> bool {
        // The alternative is its tag and its schema, in this order.
        let way = error.schema_path().as_str();
        let Some(end) = way.rfind("/allOf/0/") else { return false };
        let way = way[..end].trim_start_matches('/');
        self.written.pointer(&format!("/{way}")).is_some_and(|it| it.get(TAG).is_some())
    }

    fn alternative(&self, way: &str, index: usize) -> Option<&Value> {
        self.written.pointer(&format!("{way}/{index}"))
    }

    fn is_null(&self, way: &str, index: usize) -> bool {
        let kind = self.alternative(way, index).and_then(|part| part.get("type"));
        kind.and_then(Value::as_str) == Some("null")
    }

    /// What the document calls an alternative.
    fn name(&self, way: &str, index: usize) -> Option<String> {
        let part = self.alternative(way, index)?;
        if let Some(name) = part.get(NAME).and_then(Value::as_str) {
            return Some(name.to_owned());
        }
        let at = self.written.pointer(part.get("$ref")?.as_str()?.strip_prefix('#')?)?;
        Some(at.get(AT)?.as_str()?.rsplit('/').next()?.to_owned())
    }

    /// The keyword in the document, or the schema that it belongs to.
    fn rule(&self, error: &ValidationError<'_>) -> Option<Pointer> {
        let way = error.schema_path().as_str();
        let (mut here, mut known, mut left) = (self.written, None, Vec::new());
        for step in way.split('/').skip(1) {
            if let Some(at) = here.get(AT).and_then(Value::as_str) {
                known = Some(at);
                left.clear();
            }
            left.push(step);
            let Some(next) = here.pointer(&format!("/{step}")) else { break };
            here = next;
        }
        if let Some(at) = here.get(AT).and_then(Value::as_str) {
            known = Some(at);
            left.clear();
        }
        let schema = Pointer::parse(known?)?;
        let unescaped = left.iter().map(|step| step.replace("~1", "/").replace("~0", "~"));
        let keyword = unescaped.fold(schema.clone(), |at, step| at.push(&step));
        Some(if keyword.lookup(self.root).is_some() { keyword } else { schema })
    }
}

/// What the checker says; of the values that are allowed all, of which it gives the first three.
fn in_words(error: &ValidationError<'_>) -> String {
    let allowed = match error.kind() {
        ValidationErrorKind::Enum { options } => options.as_array().filter(|all| all.len() > 1),
        _ => None,
    };
    let Some(allowed) = allowed else { return shortened(&error.to_string()) };
    let allowed: Vec<String> = allowed.iter().map(|one| shortened(&one.to_string())).collect();
    let value = shortened(&error.instance().to_string());
    format!("{value} is not one of {}", list(&allowed, " or "))
}

/// What is allowed, as far as [`LIST`] goes; `last` is before the last of it.
fn list<T: AsRef<str>>(allowed: &[T], last: &str) -> String {
    let mut text = String::new();
    for (index, one) in allowed.iter().enumerate() {
        let left = allowed.len() - index;
        if text.len() > LIST {
            text.push_str(&format!(" and {left} more, which the document lists"));
            break;
        }
        text.push_str(match (index, left) {
            (0, _) => "",
            (_, 1) => last,
            _ => ", ",
        });
        text.push_str(one.as_ref());
    }
    text
}

/// How long a list of what is allowed may be, in bytes, before the rest is left to the document.
const LIST: usize = 4_000;

/// A message repeats the value, which may be megabytes.
fn shortened(message: &str) -> String {
    const LONGEST: usize = 300;
    let mut short: String = message.chars().take(LONGEST).collect();
    if short.len() < message.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_values_that_are_allowed_are_said() {
        let said = |count: usize| {
            let names: Vec<String> = (0..count).map(|number| format!("n{number}")).collect();
            let schema = json!({"enum": names});
            let value = json!("x");
            let error = jsonschema::validate(&schema, &value).unwrap_err();
            in_words(&error)
        };
        assert_eq!(said(1), r#""x" is not one of "n0""#);
        assert_eq!(said(5), r#""x" is not one of "n0", "n1", "n2", "n3" or "n4""#);
        let many = said(10_000);
        assert!(many.ends_with(" more, which the document lists"), "{many}");
        assert!(many.len() < LIST + 100, "{}", many.len());
    }
}
