//! Checked types: which component schemas become types of their own that hold values against the
//! document, and what of the document can be checked.
//!
//! In: the [`ir`](crate::ir) and the user's choice. Out: [`CheckedTypes`], rules by schema. A text
//! or number that nobody chose stays a `String` or an `i32`, its rules documented (ADR 0020).

mod pattern;

use std::collections::BTreeMap;

use crate::config::Which;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::entries::Written;
use crate::ir::{
    Api, Constraint, IntegerFormat, Kind, NumberFormat, Origin, Schema, SchemaId, StringFormat,
};
use crate::selectors::Places;

/// Longer patterns and texts are not tried.
const LONGEST: usize = 1_000;

/// What is wrong with a pattern of a document, as the object of `has`.
pub(crate) fn mistake(pattern: &str) -> Option<&'static str> {
    if pattern.len() > LONGEST { None } else { pattern::mistake(pattern) }
}

/// Whether a text matches a pattern of a document; nothing where that cannot be tried.
pub(crate) fn matches(pattern: &str, text: &str) -> Option<bool> {
    if pattern.len() > LONGEST || text.len() > LONGEST {
        return None;
    }
    let pattern = pattern::translate(pattern).ok()?;
    Some(regex_lite::Regex::new(&pattern).ok()?.is_match(text))
}

/// Schemas that become checked types, each with its rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct CheckedTypes(BTreeMap<SchemaId, Vec<Rule>>);

/// One rule, under the name that the runtime's derive knows it by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    /// `min_length`, for one.
    pub(crate) name: &'static str,
    /// What it demands.
    pub(crate) limit: Limit,
}

/// What a rule demands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Limit {
    /// A whole number, as digits.
    Integer(String),
    /// Any number.
    Float(f64),
    /// A regular expression in the syntax of the runtime.
    Pattern(String),
}

impl CheckedTypes {
    /// The rules of a schema that is a checked type.
    pub(crate) fn rules(&self, id: SchemaId) -> Option<&[Rule]> {
        self.0.get(&id).map(Vec::as_slice)
    }

    /// Whether any of them has a pattern.
    pub(crate) fn have_patterns(&self) -> bool {
        let pattern = |rule: &Rule| matches!(rule.limit, Limit::Pattern(_));
        self.0.values().flatten().any(pattern)
    }
}

/// Follows the user's choice. A chosen schema that has nothing to check is an error; a rule that
/// cannot be checked is a warning.
pub(crate) fn choose(
    api: &Api,
    choice: &Which,
    written: Written<'_>,
) -> (CheckedTypes, Diagnostics) {
    let mut types = CheckedTypes::default();
    let mut diagnostics = Diagnostics::default();
    let is_component = |id: SchemaId| matches!(api.schema(id).origin, Origin::Component(_));
    let components = Places::of(api, written, "component schema", is_component);
    match choice {
        Which::Flag(false) => {}
        Which::Flag(true) => {
            for id in (0..api.schemas.len()).map(SchemaId).filter(|id| is_component(*id)) {
                let rules = rules(api.schema(id), &mut diagnostics);
                if !rules.is_empty() {
                    types.0.insert(id, rules);
                }
            }
        }
        Which::Listed(pointers) => {
            for pointer in pointers {
                let found = match components.at("checked", pointer) {
                    Ok(found) => found,
                    Err(error) => {
                        diagnostics.push(error);
                        continue;
                    }
                };
                for id in found {
                    let rules = rules(api.schema(*id), &mut diagnostics);
                    if rules.is_empty() {
                        diagnostics.push(nothing_to_check(pointer));
                    } else {
                        types.0.insert(*id, rules);
                    }
                }
            }
        }
    }
    (types, diagnostics)
}

fn nothing_to_check(pointer: &str) -> Diagnostic {
    let message = format!("`checked` names `{pointer}`, which has nothing that can be checked");
    Diagnostic::error(Code::Config, message)
        .about("checked", Some(pointer))
        .stale()
        .help("a text needs a length or a pattern, a number a bound; others are not checked")
}

/// What can be checked of a schema.
fn rules(schema: &Schema, diagnostics: &mut Diagnostics) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for constraint in &schema.docs.constraints {
        let found = rule(constraint, &schema.kind).and_then(|found| match found {
            Some(rule) if rules.iter().any(|known| known.name == rule.name) => {
                Err(format!("`{}` is there twice, of which the first is checked", rule.name))
            }
            found => Ok(found),
        });
        match found {
            Ok(found) => rules.extend(found),
            Err(why) => diagnostics.push(
                Diagnostic::warning(Code::Ignored, format!("a rule is not checked: {why}"))
                    .at(&schema.at)
                    .help("it is documented; check it yourself where it matters"),
            ),
        }
    }
    rules
}

/// The rule that a constraint is for values of this kind, if it is one.
fn rule(constraint: &Constraint, kind: &Kind) -> Result<Option<Rule>, String> {
    match kind {
        Kind::String(StringFormat::Plain) => text_rule(constraint),
        Kind::Integer(format) => {
            let Some((name, text)) = bound(constraint) else { return Ok(None) };
            integer_rule(name, text, *format)
        }
        Kind::Number(NumberFormat::Float | NumberFormat::Double) => {
            let Some((name, text)) = bound(constraint) else { return Ok(None) };
            let limit: f64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
            if name == "multiple_of" && limit <= 0.0 {
                return Err("`multipleOf` is more than zero".to_owned());
            }
            Ok(Some(Rule { name, limit: Limit::Float(limit) }))
        }
        Kind::String(
            StringFormat::DateTime
            | StringFormat::Date
            | StringFormat::Uuid
            | StringFormat::Ipv4
            | StringFormat::Base64
            | StringFormat::Secret,
        )
        | Kind::Number(NumberFormat::Decimal)
        | Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Object(_)
        | Kind::Union(_)
        | Kind::Foreign(_) => Ok(None),
    }
}

fn text_rule(constraint: &Constraint) -> Result<Option<Rule>, String> {
    let (name, limit) = if let Constraint::MinLength(least) = constraint {
        ("min_length", Limit::Integer(least.to_string()))
    } else if let Constraint::MaxLength(most) = constraint {
        ("max_length", Limit::Integer(most.to_string()))
    } else if let Constraint::Pattern(source) = constraint {
        let translated = pattern::translate(source)
            .map_err(|why| format!("the pattern `{source}` has {why}"))?;
        ("pattern", Limit::Pattern(translated))
    } else {
        return Ok(None);
    };
    Ok(Some(Rule { name, limit }))
}

fn bound(constraint: &Constraint) -> Option<(&'static str, &str)> {
    if let Constraint::Minimum(text, exclusive) = constraint {
        Some((if *exclusive { "exclusive_minimum" } else { "minimum" }, text))
    } else if let Constraint::Maximum(text, exclusive) = constraint {
        Some((if *exclusive { "exclusive_maximum" } else { "maximum" }, text))
    } else if let Constraint::MultipleOf(text) = constraint {
        Some(("multiple_of", text))
    } else {
        None
    }
}

fn integer_rule(
    name: &'static str,
    text: &str,
    format: IntegerFormat,
) -> Result<Option<Rule>, String> {
    let limit: i128 = text.parse().map_err(|_| format!("`{text}` is no whole number"))?;
    if name == "multiple_of" && limit <= 0 {
        return Err("`multipleOf` is more than zero".to_owned());
    }
    if !format.range().contains(&limit) {
        return Err(format!("`{text}` is beyond what the format holds"));
    }
    Ok(Some(Rule { name, limit: Limit::Integer(limit.to_string()) }))
}

#[cfg(test)]
mod tests {
    use super::{Limit, rule};
    use crate::ir::{Constraint, IntegerFormat, Kind, NumberFormat, StringFormat};

    #[test]
    fn constraints_and_kinds() {
        let byte = Kind::Integer(IntegerFormat::UInt8);
        let number = Kind::Number(NumberFormat::Double);
        let text = Kind::String(StringFormat::Plain);
        let name = |constraint: Constraint, kind: &Kind| match rule(&constraint, kind) {
            Ok(found) => found.map_or("", |rule| rule.name),
            Err(_) => "refused",
        };
        let least = |text: &str| Constraint::Minimum(text.to_owned(), false);
        assert_eq!(name(least("1"), &byte), "minimum");
        assert_eq!(name(least("-1"), &byte), "refused");
        assert_eq!(name(least("1.5"), &byte), "refused");
        assert_eq!(name(least("1.5"), &number), "minimum");
        assert_eq!(name(least("1"), &text), "");
        assert_eq!(name(Constraint::Maximum("9".to_owned(), true), &byte), "exclusive_maximum");
        assert_eq!(name(Constraint::MultipleOf("0".to_owned()), &byte), "refused");
        assert_eq!(name(Constraint::MinLength(1), &byte), "");
        assert_eq!(name(Constraint::MinLength(1), &text), "min_length");
        assert_eq!(name(Constraint::MinLength(1), &Kind::String(StringFormat::Uuid)), "");
        assert_eq!(name(Constraint::Pattern("(?!a)".to_owned()), &text), "refused");
    }

    #[test]
    fn patterns_are_translated() {
        let text = Kind::String(StringFormat::Plain);
        let found = rule(&Constraint::Pattern(r"^a\/b$".to_owned()), &text).unwrap().unwrap();
        assert_eq!(found.limit, Limit::Pattern("^a/b$".to_owned()));
    }
}
