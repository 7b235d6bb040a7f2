//! Rules that no value keeps, and rules that a default breaks.
//!
//! ```yaml
//! size: {type: integer, minimum: 50, maximum: 20}
//! ```
//! has no value. It stays an integer with both rules in its documentation, and is told: one of the
//! two is wrong, and only the owner of the document knows which. Rules of several schemas of one
//! value (`allOf`, a reference with rules beside it) are looked at together.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Lowerer;
use super::defaults::problem;
use super::settle::key;
use super::whole::{no_number, no_step};
use crate::checked::mistake;
use crate::diagnostics::Code;
use crate::ir::{Constraint, Kind, SchemaId, all_hold, compare};
use crate::pointer::Pointer;

/// How many second names are followed for their rules: each schema of a long chain asks anew.
const NAMES: usize = 64;

impl Lowerer<'_> {
    /// Tells of every schema whose rules contradict each other; of one that only repeats what another
    /// says, nothing.
    pub(super) fn tell_of_contradictions(&mut self) {
        let mut told: BTreeSet<(Pointer, String)> = BTreeSet::new();
        for id in (0..self.schemas.len()).map(SchemaId) {
            if self.schemas[id.0].docs.constraints.is_empty() {
                continue;
            }
            let kind = self.kind_of(id);
            let Some((why, help)) = complaint(&self.all_rules_of(id), kind) else { continue };
            if let Kind::Alias(target) = self.schemas[id.0].kind
                && complaint(&self.all_rules_of(target), kind).is_some()
            {
                continue;
            }
            let at = self.schemas[id.0].at.clone();
            // What the members of an `allOf` are together stands at the last of them as well.
            let is_below = |why: &String| {
                let mut above = std::iter::successors(at.parent(), Pointer::parent);
                above.any(|above| told.contains(&(above, why.clone())))
            };
            if is_below(&why) {
                continue;
            }
            if told.insert((at.clone(), why.clone())) {
                self.warn(Code::FaultyDocument, why, &at, help);
            }
        }
    }

    /// Tells of patterns that are no regular expressions. They are documented all the same.
    pub(super) fn tell_of_patterns(&mut self) {
        // All that people write; each costs time to read.
        const MOST: usize = 5_000;
        let mut patterns: BTreeMap<String, Pointer> = BTreeMap::new();
        for schema in &self.schemas {
            for rule in &schema.docs.constraints {
                if let Constraint::Pattern(pattern) = rule {
                    patterns.entry(pattern.clone()).or_insert_with(|| schema.at.clone());
                }
            }
        }
        for (pattern, at) in patterns.into_iter().take(MOST) {
            if let Some(why) = mistake(&pattern) {
                self.warn(
                    Code::FaultyDocument,
                    format!("`pattern` is no regular expression: it has {why}"),
                    &at.push("pattern"),
                    "correct it (ECMA-262); it is documented, and nothing is held against it",
                );
            }
        }
    }

    /// The rules of a value, those of what it is a second name of included.
    pub(super) fn all_rules_of(&self, id: SchemaId) -> Vec<Constraint> {
        let names = self.second_names(id).take(NAMES);
        all_hold(names.flat_map(|id| self.schemas[id.0].docs.constraints.iter().cloned()))
    }
}

/// What is wrong with the rules of a value of this kind, where that can be seen, and what to do.
fn complaint(rules: &[Constraint], kind: &Kind) -> Option<(String, &'static str)> {
    if let Some(why) = no_step(rules) {
        return Some((why, "write a number above 0; the rule is documented, and changes no type"));
    }
    if let Some(why) = contradiction(rules, kind) {
        let help =
            "one of the rules is wrong; all of them are documented, and none changes the type";
        return Some((format!("no value keeps the rules of this schema: {why}"), help));
    }
    let listed = rules.iter().find_map(|rule| match rule {
        Constraint::OneOf(values) => Some(values),
        _ => None,
    });
    listed?.iter().find_map(|text| {
        let value: Value = serde_json::from_str(text).ok()?;
        let why = unlike(&value, kind)?;
        let help = "the type counts, and the value is documented only; take it out, or let `type` \
                    say what it is";
        Some((format!("`enum` lists {text}, which is {why} as its type says"), help))
    })
}

/// How a listed value is not of the type. Null is one of the values wherever it is listed.
fn unlike(value: &Value, kind: &Kind) -> Option<&'static str> {
    if value.is_null() { None } else { problem(value, kind) }
}

/// Why no value of this kind keeps all the rules, where that can be seen.
fn contradiction(rules: &[Constraint], kind: &Kind) -> Option<String> {
    use Constraint as Rule;
    let find = |pick: fn(&Constraint) -> Option<usize>| rules.iter().find_map(pick);
    let counts = [
        (
            find(|rule| if let Rule::MinLength(least) = rule { Some(*least) } else { None }),
            find(|rule| if let Rule::MaxLength(most) = rule { Some(*most) } else { None }),
            ["minLength", "maxLength"],
        ),
        (
            find(|rule| if let Rule::MinItems(least) = rule { Some(*least) } else { None }),
            find(|rule| if let Rule::MaxItems(most) = rule { Some(*most) } else { None }),
            ["minItems", "maxItems"],
        ),
        (
            find(|rule| if let Rule::MinProperties(least) = rule { Some(*least) } else { None }),
            find(|rule| if let Rule::MaxProperties(most) = rule { Some(*most) } else { None }),
            ["minProperties", "maxProperties"],
        ),
    ];
    for (least, most, [lower, upper]) in counts {
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            return Some(format!("`{lower}` is {least}, and `{upper}` is {most}"));
        }
    }
    no_number(rules, kind).or_else(|| lists(rules, kind)).or_else(|| too_many_required(rules, kind))
}

/// Lists of values that have none in common, and a list none of whose values keeps the other rules.
fn lists(rules: &[Constraint], kind: &Kind) -> Option<String> {
    let mut all = rules.iter().filter_map(|rule| match rule {
        Constraint::OneOf(values) => Some(values),
        _ => None,
    });
    let listed: Vec<Value> = match (all.next(), kind) {
        // What is in both of two lists has become one list.
        (Some(_), _) if all.next().is_some() => {
            return Some("two lists of values have none in common".to_owned());
        }
        (Some(values), _) => {
            values.iter().filter_map(|value| serde_json::from_str(value).ok()).collect()
        }
        (None, Kind::Enum(values)) => {
            values.iter().map(|value| Value::from(value.wire.as_str())).collect()
        }
        (None, Kind::IntegerEnum(numbers)) => {
            let each = numbers.values.iter();
            each.filter_map(|value| serde_json::from_str(&value.wire).ok()).collect()
        }
        (None, _) => return None,
    };
    let broken = listed.iter().map(|value| {
        rules.iter().find_map(|rule| broken(value, rule)).or_else(|| unlike(value, kind))
    });
    let broken: Option<Vec<&str>> = broken.collect();
    let first = *broken?.first()?;
    Some(format!("each of the listed values is excluded, the first because it is {first}"))
}

/// More properties than the object may have.
fn too_many_required(rules: &[Constraint], kind: &Kind) -> Option<String> {
    let Kind::Object(object) = kind else { return None };
    let needed = object.properties.iter().filter(|property| property.required).count();
    rules.iter().find_map(|rule| match rule {
        Constraint::MaxProperties(most) if needed > *most => {
            Some(format!("`maxProperties` is {most}, and {needed} are required"))
        }
        _ => None,
    })
}

/// How a value breaks a rule, if it does. Patterns are not tried: they are expressions of another
/// language.
pub(super) fn broken(value: &Value, rule: &Constraint) -> Option<&'static str> {
    let compared = |bound: &str| match value {
        Value::Number(number) => compare(&number.to_string(), bound),
        _ => None,
    };
    let characters = || value.as_str().map(|text| text.chars().count());
    let items = || value.as_array().map(Vec::len);
    let properties = || value.as_object().map(serde_json::Map::len);
    let (is_broken, how) = match rule {
        Constraint::Minimum(bound, exclusive) => (
            compared(bound).is_some_and(|order| {
                order == Ordering::Less || (*exclusive && order == Ordering::Equal)
            }),
            "below `minimum`",
        ),
        Constraint::Maximum(bound, exclusive) => (
            compared(bound).is_some_and(|order| {
                order == Ordering::Greater || (*exclusive && order == Ordering::Equal)
            }),
            "above `maximum`",
        ),
        Constraint::MultipleOf(step) => {
            let step = step.parse::<i64>().ok().filter(|step| *step > 0);
            let whole = value.as_i64();
            let rest = step.zip(whole).map(|(step, whole)| whole % step);
            (rest.is_some_and(|rest| rest != 0), "no multiple of `multipleOf`")
        }
        Constraint::MinLength(least) => {
            (characters().is_some_and(|count| count < *least), "shorter than `minLength`")
        }
        Constraint::MaxLength(most) => {
            (characters().is_some_and(|count| count > *most), "longer than `maxLength`")
        }
        Constraint::MinItems(least) => {
            (items().is_some_and(|count| count < *least), "of fewer items than `minItems`")
        }
        Constraint::MaxItems(most) => {
            (items().is_some_and(|count| count > *most), "of more items than `maxItems`")
        }
        Constraint::MinProperties(least) => (
            properties().is_some_and(|count| count < *least),
            "of fewer properties than `minProperties`",
        ),
        Constraint::MaxProperties(most) => (
            properties().is_some_and(|count| count > *most),
            "of more properties than `maxProperties`",
        ),
        Constraint::OneOf(values) => {
            let listed = values.iter().any(|known| is_equal(value, known));
            (!listed, "none of the listed values")
        }
        Constraint::UniqueItems => (repeats(value), "a list that has an item twice"),
        Constraint::Pattern(_)
        | Constraint::RequiresOneOf(_)
        | Constraint::Not
        | Constraint::Never
        | Constraint::Format(_)
        | Constraint::Content(_)
        | Constraint::EitherOf(_) => return None,
    };
    is_broken.then_some(how)
}

/// Whether a list has an item twice.
fn repeats(value: &Value) -> bool {
    let items = value.as_array().into_iter().flatten();
    let mut known: BTreeSet<String> = BTreeSet::new();
    !items.map(key).all(|item| known.insert(item))
}

/// Whether a value is the one that is listed as JSON: `1.0` is 1.
fn is_equal(value: &Value, listed: &str) -> bool {
    match value {
        Value::Number(number) => compare(&number.to_string(), listed) == Some(Ordering::Equal),
        value => serde_json::from_str::<Value>(listed).is_ok_and(|listed| listed == *value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ir::{
        EnumValue, IntegerFormat, NumberFormat, Object, Property, StringFormat, Untyped,
    };

    fn least(text: &str, exclusive: bool) -> Constraint {
        Constraint::Minimum(text.to_owned(), exclusive)
    }

    fn most(text: &str, exclusive: bool) -> Constraint {
        Constraint::Maximum(text.to_owned(), exclusive)
    }

    fn one_of(texts: &[&str]) -> Constraint {
        Constraint::OneOf(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn rules_that_no_value_keeps() {
        use Constraint::*;
        let text = Kind::String(StringFormat::Plain);
        let number = Kind::Number(NumberFormat::Double);
        let integer = Kind::Integer(IntegerFormat::Int64);
        let word = EnumValue {
            wire: "abc".to_owned(),
            index: 0,
            at: None,
            name: None,
            description: None,
            deprecated: false,
        };
        let words = Kind::Enum(vec![word]);
        let property = Property {
            wire: "a".to_owned(),
            at: Pointer::root(),
            schema: SchemaId(0),
            required: true,
        };
        let object = Kind::Object(Object { properties: vec![property], additional: None });
        let at_length = "each of the listed values is excluded, the first because it is longer \
                         than `maxLength`";
        for (kind, rules, expected) in [
            (&integer, vec![least("50", false), most("20", false)], {
                Some("`minimum` is 50, and `maximum` is 20")
            }),
            (&integer, vec![least("20", false), most("20", false)], None),
            (&number, vec![least("5", true), most("5.0", false)], {
                Some("both bounds are 5, and one of them is excluded")
            }),
            (&text, vec![MinLength(9), MaxLength(3)], {
                Some("`minLength` is 9, and `maxLength` is 3")
            }),
            (&text, vec![MinLength(3), MaxLength(3)], None),
            (&text, vec![MinItems(2), MaxItems(1)], Some("`minItems` is 2, and `maxItems` is 1")),
            (&Kind::Boolean, vec![one_of(&["true"]), one_of(&["false"])], {
                Some("two lists of values have none in common")
            }),
            (&Kind::Boolean, vec![one_of(&["true"])], None),
            (&words, vec![MaxLength(2)], Some(at_length)),
            (&words, vec![MaxLength(3)], None),
            (&number, vec![one_of(&["1.5", "7"]), least("5", false)], None),
            (&object, vec![MaxProperties(0)], { Some("`maxProperties` is 0, and 1 are required") }),
            (&object, vec![MaxProperties(1)], None),
            (&Kind::Boolean, vec![one_of(&["1", "\"a\""])], {
                Some(
                    "each of the listed values is excluded, the first because it is neither true nor false",
                )
            }),
            (&Kind::Boolean, vec![one_of(&["1", "null"])], None),
        ] {
            assert_eq!(contradiction(&rules, kind).as_deref(), expected, "{rules:?}");
        }
    }

    #[test]
    fn values_that_are_not_of_the_type() {
        let number = Kind::Number(NumberFormat::Double);
        let object = Kind::Any(Untyped::AnyObject);
        for (kind, rule, expected) in [
            (&number, one_of(&["1.5", "\"a\""]), {
                Some("`enum` lists \"a\", which is no number as its type says")
            }),
            (&number, one_of(&["1.5", "null"]), None),
            (&Kind::Boolean, one_of(&["true", "1"]), {
                Some("`enum` lists 1, which is neither true nor false as its type says")
            }),
            (&object, one_of(&["{}", "[1]"]), {
                Some("`enum` lists [1], which is no object as its type says")
            }),
            (&Kind::Any(Untyped::DocumentSays), one_of(&["{}", "[1]"]), None),
            (&number, Constraint::MultipleOf("0".to_owned()), {
                Some("`multipleOf` is a number above 0, and here it is 0")
            }),
        ] {
            let told = complaint(std::slice::from_ref(&rule), kind).map(|(message, _)| message);
            assert_eq!(told.as_deref(), expected, "{rule:?}");
        }
    }

    #[test]
    fn values_that_break_rules() {
        use Constraint::*;
        for (value, rule, expected) in [
            (json!(3), least("5", false), Some("below `minimum`")),
            (json!(5), least("5", false), None),
            (json!(5), least("5", true), Some("below `minimum`")),
            (json!(5.5), most("5", false), Some("above `maximum`")),
            (json!("x"), most("5", false), None),
            (json!(7), MultipleOf("2".to_owned()), Some("no multiple of `multipleOf`")),
            (json!("äöü"), MaxLength(3), None),
            (json!("abcd"), MaxLength(3), Some("longer than `maxLength`")),
            (json!([1, 2]), MaxItems(1), Some("of more items than `maxItems`")),
            (json!({}), MinProperties(1), Some("of fewer properties than `minProperties`")),
            (json!(1.0), one_of(&["1"]), None),
            (json!(true), one_of(&["false"]), Some("none of the listed values")),
            (json!([1, 2, 1.0]), UniqueItems, Some("a list that has an item twice")),
            (json!([1, "1"]), UniqueItems, None),
            (json!("b"), Pattern("^a$".to_owned()), None),
        ] {
            assert_eq!(broken(&value, &rule), expected, "{value} {rule:?}");
        }
    }
}
