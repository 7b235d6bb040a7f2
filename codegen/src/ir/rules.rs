//! Rules of several schemas of one value, of which all hold.
//!
//! ```yaml
//! allOf: [{maxLength: 64, pattern: '^a'}, {maxLength: 44, pattern: 'z$'}]
//! ```
//! is at most 44 characters, and matches both patterns.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::{Constraint, Kind};

/// What all these rules demand together, in an order of its own: of two bounds the closer one.
pub(crate) fn all_hold(rules: impl IntoIterator<Item = Constraint>) -> Vec<Constraint> {
    let mut all: Vec<Constraint> = Vec::new();
    let mut first: BTreeMap<u8, usize> = BTreeMap::new();
    // Rules that are not one with the first of their kind, patterns mostly, are told once each.
    let mut others: BTreeSet<String> = BTreeSet::new();
    for rule in rules {
        let Some(&index) = first.get(&rule.rank()) else {
            first.insert(rule.rank(), all.len());
            all.push(rule);
            continue;
        };
        match all[index].with(&rule) {
            Some(both) => all[index] = both,
            None if others.insert(format!("{rule:?}")) => all.push(rule),
            None => {}
        }
    }
    all.sort_by_key(Constraint::rank);
    all
}

/// What is demanded of a value for which one of these lists holds: the rules that are in all of them,
/// and what is left of each as one of several. A list of no rules stays: it says that others need not
/// hold.
pub(crate) fn one_holds(lists: Vec<Vec<Constraint>>) -> Vec<Constraint> {
    let key = |rule: &Constraint| format!("{rule:?}");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for list in &lists {
        let keys: BTreeSet<String> = list.iter().map(key).collect();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let all = lists.len();
    let is_common = |rule: &Constraint| counts.get(&key(rule)) == Some(&all);
    let first = lists.first().into_iter().flatten();
    let mut rules = all_hold(first.filter(|rule| is_common(rule)).cloned());
    let mut known: BTreeSet<String> = BTreeSet::new();
    let rest = lists.into_iter().map(|mut list| {
        list.retain(|rule| !is_common(rule));
        list
    });
    let rest: Vec<Vec<Constraint>> =
        rest.filter(|list| known.insert(format!("{list:?}"))).collect();
    if rest.len() > 1 {
        rules.push(Constraint::EitherOf(rest));
    }
    rules
}

impl Constraint {
    /// One rule that demands what both demand, where there is one.
    fn with(&self, other: &Self) -> Option<Self> {
        if self == other {
            return Some(self.clone());
        }
        match (self, other) {
            (Self::Minimum(one, a), Self::Minimum(two, b)) => Some(match compare(one, two)? {
                Ordering::Equal => Self::Minimum(one.clone(), *a || *b),
                Ordering::Less => other.clone(),
                Ordering::Greater => self.clone(),
            }),
            (Self::Maximum(one, a), Self::Maximum(two, b)) => Some(match compare(one, two)? {
                Ordering::Equal => Self::Maximum(one.clone(), *a || *b),
                Ordering::Less => self.clone(),
                Ordering::Greater => other.clone(),
            }),
            (Self::MultipleOf(one), Self::MultipleOf(two)) => {
                Some(Self::MultipleOf(common_multiple(one, two)?.to_string()))
            }
            (Self::MinLength(one), Self::MinLength(two)) => Some(Self::MinLength(*one.max(two))),
            (Self::MaxLength(one), Self::MaxLength(two)) => Some(Self::MaxLength(*one.min(two))),
            (Self::MinItems(one), Self::MinItems(two)) => Some(Self::MinItems(*one.max(two))),
            (Self::MaxItems(one), Self::MaxItems(two)) => Some(Self::MaxItems(*one.min(two))),
            (Self::MinProperties(one), Self::MinProperties(two)) => {
                Some(Self::MinProperties(*one.max(two)))
            }
            (Self::MaxProperties(one), Self::MaxProperties(two)) => {
                Some(Self::MaxProperties(*one.min(two)))
            }
            (Self::OneOf(one), Self::OneOf(two)) => {
                let two: BTreeSet<&String> = two.iter().collect();
                let both = one.iter().filter(|value| two.contains(value));
                let both: Vec<String> = both.cloned().collect();
                (!both.is_empty()).then_some(Self::OneOf(both))
            }
            _ => None,
        }
    }

    /// Whether values of this kind can break the rule: what is for texts says nothing of numbers (JSON
    /// Schema validation, section 6).
    pub(crate) fn concerns(&self, kind: &Kind) -> bool {
        let fits =
            |is: fn(&Kind) -> bool| is(kind) || matches!(kind, Kind::Any(_) | Kind::Union(_));
        match self {
            Self::MinLength(_) | Self::MaxLength(_) | Self::Pattern(_) | Self::Content(_) => {
                fits(|kind| matches!(kind, Kind::String(_) | Kind::Enum(_)))
            }
            Self::Minimum(..) | Self::Maximum(..) | Self::MultipleOf(_) => fits(|kind| {
                matches!(kind, Kind::Integer(_) | Kind::Number(_) | Kind::IntegerEnum(_))
            }),
            Self::MinItems(_) | Self::MaxItems(_) | Self::UniqueItems => {
                fits(|kind| matches!(kind, Kind::Array(_) | Kind::Tuple(_)))
            }
            Self::MinProperties(_) | Self::MaxProperties(_) | Self::RequiresOneOf(_) => {
                fits(|kind| matches!(kind, Kind::Object(_) | Kind::Map(_)))
            }
            Self::OneOf(_) | Self::Not | Self::Never | Self::Format(_) | Self::EitherOf(_) => true,
        }
    }

    /// Rules of one kind are told together, the kinds in this order.
    fn rank(&self) -> u8 {
        match self {
            Self::Minimum(..) => 0,
            Self::Maximum(..) => 1,
            Self::MultipleOf(_) => 2,
            Self::MinLength(_) => 3,
            Self::MaxLength(_) => 4,
            Self::Pattern(_) => 5,
            Self::MinItems(_) => 6,
            Self::MaxItems(_) => 7,
            Self::UniqueItems => 8,
            Self::Not | Self::Never => 9,
            Self::MinProperties(_) => 10,
            Self::MaxProperties(_) => 11,
            Self::OneOf(_) => 12,
            Self::RequiresOneOf(_) => 13,
            Self::Format(_) => 14,
            Self::Content(_) => 15,
            Self::EitherOf(_) => 16,
        }
    }
}

/// The order of two numbers as they are written.
pub(crate) fn compare(one: &str, two: &str) -> Option<Ordering> {
    match (one.parse::<i128>(), two.parse::<i128>()) {
        (Ok(one), Ok(two)) => Some(one.cmp(&two)),
        _ => one.parse::<f64>().ok()?.partial_cmp(&two.parse().ok()?),
    }
}

/// What is a multiple of both, where both are whole.
fn common_multiple(one: &str, two: &str) -> Option<i128> {
    let (one, two): (i128, i128) = (one.parse().ok()?, two.parse().ok()?);
    if one <= 0 || two <= 0 {
        return None;
    }
    let (mut divisor, mut rest) = (one, two);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (one / divisor).checked_mul(two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_alternatives() {
        use Constraint::*;
        let most = MaxLength;
        for (lists, expected) in [
            (vec![], vec![]),
            (vec![vec![most(3)]], vec![most(3)]),
            (vec![vec![most(3)], vec![most(3)]], vec![most(3)]),
            (vec![vec![most(3)], vec![most(4)], vec![most(3)]], {
                vec![EitherOf(vec![vec![most(3)], vec![most(4)]])]
            }),
            (vec![vec![MinLength(1), most(3)], vec![MinLength(1)]], {
                vec![MinLength(1), EitherOf(vec![vec![most(3)], vec![]])]
            }),
        ] {
            assert_eq!(one_holds(lists.clone()), expected, "{lists:?}");
        }
    }

    #[test]
    fn all_rules_hold() {
        use Constraint::*;
        let least = |text: &str, exclusive| Minimum(text.to_owned(), exclusive);
        let most = |text: &str, exclusive| Maximum(text.to_owned(), exclusive);
        let step = |text: &str| MultipleOf(text.to_owned());
        let pattern = |text: &str| Pattern(text.to_owned());
        let one_of = |texts: &[&str]| OneOf(texts.iter().map(|text| (*text).to_owned()).collect());
        for (rules, expected) in [
            (vec![MaxLength(64), MaxLength(44)], vec![MaxLength(44)]),
            (vec![MinLength(1), MinLength(3), MinLength(2)], vec![MinLength(3)]),
            (vec![MaxItems(2), UniqueItems, MinItems(2), UniqueItems, MaxItems(3)], {
                vec![MinItems(2), MaxItems(2), UniqueItems]
            }),
            (vec![MinProperties(1), MaxProperties(9), MinProperties(2), MaxProperties(8)], {
                vec![MinProperties(2), MaxProperties(8)]
            }),
            (vec![least("1", false), least("1.5", false)], vec![least("1.5", false)]),
            (vec![least("10", false), least("9", true)], vec![least("10", false)]),
            (vec![least("1", false), least("1", true)], vec![least("1", true)]),
            (vec![most("10", false), most("9", true)], vec![most("9", true)]),
            (vec![most("1e3", false), most("1000", true)], vec![most("1e3", true)]),
            (vec![step("4"), step("6")], vec![step("12")]),
            (vec![step("0.1"), step("0.25"), step("0.1")], vec![step("0.1"), step("0.25")]),
            (vec![pattern("b"), pattern("a"), pattern("b"), pattern("a"), MinLength(1)], {
                vec![MinLength(1), pattern("b"), pattern("a")]
            }),
            (vec![one_of(&["1", "2"]), one_of(&["2", "3"])], vec![one_of(&["2"])]),
            (vec![one_of(&["1"]), one_of(&["2"])], vec![one_of(&["1"]), one_of(&["2"])]),
        ] {
            assert_eq!(all_hold(rules.clone()), expected, "{rules:?}");
        }
    }
}
