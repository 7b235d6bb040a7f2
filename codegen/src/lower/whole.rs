//! Rules about numbers: what bounds say of a whole number, and which of them no number keeps.
//!
//! ```yaml
//! size: {type: integer, minimum: 1.5}
//! ```
//! is at least 2. Bounds between which there is no whole number stay as they are written, to be told. A
//! bound that says no more than the type does is left out; documents round those to
//! what a double can hold, `18446744073709552000` for the largest `uint64`.

use std::cmp::Ordering;

use crate::ir::{Constraint, IntegerEnum, IntegerFormat, Kind, compare};

/// Brings the bounds of a whole number to whole numbers, and leaves out those that its type says.
pub(super) fn whole_bounds(kind: &Kind, rules: &mut Vec<Constraint>) {
    let format = match kind {
        Kind::Integer(format) => *format,
        Kind::IntegerEnum(IntegerEnum { unsigned: true, .. }) => IntegerFormat::UInt64,
        Kind::IntegerEnum(_) => IntegerFormat::Int64,
        _ => return,
    };
    if let (Some(least), Some(most)) = bounds(rules)
        && let (Some(first), Some(last)) = (least.whole(1), most.whole(-1))
        && first > last
    {
        return;
    }
    for rule in rules.iter_mut() {
        match rule {
            Constraint::Minimum(text, exclusive) => {
                if let Some(least) = rounded(text, f64::ceil) {
                    (*text, *exclusive) = (least, false);
                }
            }
            Constraint::Maximum(text, exclusive) => {
                if let Some(most) = rounded(text, f64::floor) {
                    (*text, *exclusive) = (most, false);
                }
            }
            _ => {}
        }
    }
    let (start, end) = ends(format);
    let of_64_bits = i128::from(i64::MIN)..=i128::from(i64::MAX);
    let is_usual = |text: &str| text.parse().is_ok_and(|bound: i128| of_64_bits.contains(&bound));
    rules.retain(|rule| match rule {
        Constraint::Minimum(text, _) => {
            is_usual(text) || compare(text, &start) == Some(Ordering::Greater)
        }
        Constraint::Maximum(text, _) => {
            is_usual(text) || compare(text, &end) == Some(Ordering::Less)
        }
        _ => true,
    });
}

/// A number with a fraction, as the whole one that bounds the same whole numbers.
fn rounded(text: &str, round: fn(f64) -> f64) -> Option<String> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.fract() != 0.0)?;
    // Minus zero is zero.
    Some(format!("{:.0}", round(number) + 0.0))
}

fn ends(format: IntegerFormat) -> (String, String) {
    let range = format.range();
    (range.start().to_string(), range.end().to_string())
}

/// The type of a whole number whose bounds go beyond its format: what the document allows has to be read. It
/// is the format's own where no type holds them.
///
/// A format is a hint, and bounds are rules (OpenAPI 3.1, section 4.4.2; JSON Schema Validation, sections
/// 6.2 and 7).
pub(crate) fn widened(format: IntegerFormat, rules: &[Constraint]) -> IntegerFormat {
    if beyond(format, rules).is_none() {
        return format;
    }
    let is_positive = |rule: &Constraint| match rule {
        Constraint::Minimum(text, is_excluded) => {
            let least = if *is_excluded { "-1" } else { "0" };
            compare(text, least).is_some_and(Ordering::is_ge)
        }
        _ => false,
    };
    let is_signed = !rules.iter().any(is_positive) && *format.range().start() < 0;
    let holds = |wide: &IntegerFormat| {
        let is_enough = *wide == IntegerFormat::Int64 || !is_signed;
        is_enough && beyond(*wide, rules).is_none()
    };
    let wide = [IntegerFormat::Int64, IntegerFormat::UInt64].into_iter().find(holds);
    // The larger half of what there may be, where none holds all of it.
    wide.unwrap_or(if is_signed { IntegerFormat::Int64 } else { IntegerFormat::UInt64 })
}

/// The first bound that a format does not reach, and its keyword. A bound that is the end of the format as a
/// double is written is that: `18446744073709552000`, but not `18446744073709551616`.
pub(super) fn beyond(format: IntegerFormat, rules: &[Constraint]) -> Option<(&'static str, &str)> {
    let (start, end) = format.range().into_inner();
    let is = |text: &str, end: i128, order| compare(text, &end.to_string()) == Some(order);
    // As a double is written, by its first digits: the number next to the end has the same double, and is
    // another one.
    let is_end =
        |text: &str, end: i128| compare(text, &(end as f64).to_string()) == Some(Ordering::Equal);
    // The number next to one that is excluded is what counts; next to a fraction it is the rounded one.
    let counts = |text: &str, is_excluded: bool, round| match rounded(text, round) {
        Some(whole) => (whole, 0),
        None => (text.to_owned(), i128::from(is_excluded)),
    };
    rules.iter().find_map(|rule| match rule {
        Constraint::Minimum(said, is_excluded) => {
            let (text, next) = counts(said, *is_excluded, f64::ceil);
            let is_below = is(&text, start - next, Ordering::Less) && !is_end(&text, start);
            let is_above = is(&text, end - next, Ordering::Greater);
            (is_below || is_above).then_some(("minimum", said.as_str()))
        }
        Constraint::Maximum(said, is_excluded) => {
            let (text, next) = counts(said, *is_excluded, f64::floor);
            let is_above = is(&text, end + next, Ordering::Greater) && !is_end(&text, end);
            let is_below = is(&text, start + next, Ordering::Less);
            (is_below || is_above).then_some(("maximum", said.as_str()))
        }
        _ => None,
    })
}

/// One end of what a number may be.
struct Bound {
    text: String,
    is_excluded: bool,
    /// Where it is said.
    by: &'static str,
}

impl Bound {
    /// The nearest whole number that it allows, in the direction of `step`.
    fn whole(&self, step: i128) -> Option<i128> {
        let round = if step > 0 { f64::ceil } else { f64::floor };
        if let Some(whole) = rounded(&self.text, round) {
            return whole.parse().ok();
        }
        let number: i128 = self.text.parse().ok()?;
        if self.is_excluded { number.checked_add(step) } else { Some(number) }
    }
}

/// Bounds between which there is no number of this kind, or no multiple of the step that is asked
/// for.
pub(super) fn no_number(rules: &[Constraint], kind: &Kind) -> Option<String> {
    let (least, most) = bounds(rules);
    let (least, most) = (least?, most?);
    let is_empty = match compare(&least.text, &most.text)? {
        Ordering::Less => false,
        Ordering::Equal => least.is_excluded || most.is_excluded,
        Ordering::Greater => true,
    };
    if is_empty && compare(&least.text, &most.text) == Some(Ordering::Equal) {
        return Some(format!("both bounds are {}, and one of them is excluded", least.text));
    }
    if is_empty {
        return Some(format!("{} is {}, and {} is {}", least.by, least.text, most.by, most.text));
    }
    let step = rules.iter().find_map(|rule| match rule {
        Constraint::MultipleOf(step) => step.parse::<i128>().ok().filter(|step| *step > 0),
        _ => None,
    });
    // A step of a whole number makes whole numbers of all.
    let step = step.or(matches!(kind, Kind::Integer(_)).then_some(1))?;
    let (first, last) = (least.whole(1)?, most.whole(-1)?);
    let next = match first.rem_euclid(step) {
        0 => first,
        rest => first.checked_add(step - rest)?,
    };
    (next > last).then(|| match step {
        1 => format!("there is no whole number between {} and {}", least.text, most.text),
        _ => format!("there is no multiple of {step} between {} and {}", least.text, most.text),
    })
}

/// The bounds that the rules say.
fn bounds(rules: &[Constraint]) -> (Option<Bound>, Option<Bound>) {
    let (mut least, mut most) = (None, None);
    for rule in rules {
        if let Constraint::Minimum(text, is_excluded) = rule {
            let (text, is_excluded) = (text.clone(), *is_excluded);
            least = Some(Bound { text, is_excluded, by: "`minimum`" });
        } else if let Constraint::Maximum(text, is_excluded) = rule {
            let (text, is_excluded) = (text.clone(), *is_excluded);
            most = Some(Bound { text, is_excluded, by: "`maximum`" });
        }
    }
    (least, most)
}

/// A step of which there are no multiples (JSON Schema Validation, section 6.2.1).
pub(super) fn no_step(rules: &[Constraint]) -> Option<String> {
    rules.iter().find_map(|rule| match rule {
        Constraint::MultipleOf(step) if step.parse().is_ok_and(|step: f64| step <= 0.0) => {
            Some(format!("`multipleOf` is a number above 0, and here it is {step}"))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::NumberFormat;

    fn least(text: &str, exclusive: bool) -> Constraint {
        Constraint::Minimum(text.to_owned(), exclusive)
    }

    fn most(text: &str, exclusive: bool) -> Constraint {
        Constraint::Maximum(text.to_owned(), exclusive)
    }

    fn step(text: &str) -> Constraint {
        Constraint::MultipleOf(text.to_owned())
    }

    #[test]
    fn bounds_of_whole_numbers_are_whole() {
        let int = Kind::Integer(IntegerFormat::Int64);
        let long = Kind::Integer(IntegerFormat::UInt64);
        let number = Kind::Number(NumberFormat::Double);
        for (kind, before, after) in [
            (&int, least("1.5", false), Some(least("2", false))),
            (&int, least("1.5", true), Some(least("2", false))),
            (&int, most("9.5", true), Some(most("9", false))),
            (&int, least("-0.5", false), Some(least("0", false))),
            (&int, most("-0.5", false), Some(most("-1", false))),
            (&int, least("1", true), Some(least("1", true))),
            (&number, least("1.5", true), Some(least("1.5", true))),
            // What the type says already.
            (&int, most("9223372036854776000", false), None),
            (&long, most("18446744073709552000", false), None),
            (&int, least("-1e300", false), None),
            // What it does not.
            (&long, least("9300000000000000000", false), {
                Some(least("9300000000000000000", false))
            }),
            (&int, least("18446744073709552000", false), {
                Some(least("18446744073709552000", false))
            }),
        ] {
            let mut rules = vec![before.clone()];
            whole_bounds(kind, &mut rules);
            assert_eq!(rules.pop(), after, "{before:?} {kind:?}");
        }
    }

    #[test]
    fn bounds_without_a_whole_number_stay_as_written() {
        let int = Kind::Integer(IntegerFormat::Int32);
        for (low, high, is_left) in
            [("1.5", "1.7", true), ("5.5", "1.2", true), ("1.5", "2.7", false)]
        {
            let written = [least(low, true), most(high, false)];
            let mut rules = written.to_vec();
            whole_bounds(&int, &mut rules);
            let rounded = [least("2", false), most("2", false)];
            assert_eq!(rules, if is_left { written } else { rounded }, "{low} {high}");
        }
    }

    #[test]
    fn a_type_is_as_wide_as_its_bounds() {
        let all = "9223372036854775807";
        let one_more = "9223372036854775808";
        let most_of_all = "18446744073709551615";
        for (format, rules, expected) in [
            (IntegerFormat::Int32, vec![most("4294967295", false)], IntegerFormat::Int64),
            (IntegerFormat::Int64, vec![least(all, false)], IntegerFormat::Int64),
            (IntegerFormat::Int64, vec![least(all, true)], IntegerFormat::UInt64),
            (IntegerFormat::Int64, vec![least(one_more, false)], IntegerFormat::UInt64),
            // As a double has it.
            (IntegerFormat::Int64, vec![most("9223372036854776000", false)], IntegerFormat::Int64),
            (IntegerFormat::Int64, vec![least("0", false), most(most_of_all, false)], {
                IntegerFormat::UInt64
            }),
            (IntegerFormat::Int64, vec![least("-1", true), most(most_of_all, false)], {
                IntegerFormat::UInt64
            }),
            (IntegerFormat::Int64, vec![least("0", false), most("1e30", false)], {
                IntegerFormat::UInt64
            }),
            // No type has both.
            (IntegerFormat::Int64, vec![least("-1", false), most(most_of_all, false)], {
                IntegerFormat::Int64
            }),
            (IntegerFormat::UInt64, vec![least("-5", false)], IntegerFormat::Int64),
            // The number next to the end is none of the type, though a double is the same for both.
            (IntegerFormat::Int64, vec![least("0", false), most(one_more, false)], {
                IntegerFormat::UInt64
            }),
            (IntegerFormat::Int64, vec![least("0", false), most(one_more, true)], {
                IntegerFormat::Int64
            }),
            (IntegerFormat::UInt8, vec![most("255.5", false)], IntegerFormat::UInt8),
            (IntegerFormat::UInt8, vec![most("256.5", false)], IntegerFormat::Int64),
        ] {
            assert_eq!(widened(format, &rules), expected, "{format:?} {rules:?}");
        }
    }

    #[test]
    fn the_number_next_to_the_end_is_beyond() {
        for (format, rule, expected) in [
            (IntegerFormat::UInt64, most("18446744073709551616", false), true),
            (IntegerFormat::UInt64, most("18446744073709551616", true), false),
            (IntegerFormat::UInt64, most("18446744073709551615", false), false),
            (IntegerFormat::UInt64, most("18446744073709552000", false), false),
            (IntegerFormat::UInt64, most("1.8446744073709552e19", false), false),
            (IntegerFormat::Int64, most("9223372036854775808", false), true),
            (IntegerFormat::Int64, most("9223372036854776000", false), false),
            (IntegerFormat::Int64, least("-9223372036854775809", false), true),
            (IntegerFormat::Int64, least("-9223372036854775809", true), false),
            (IntegerFormat::Int64, least("-9223372036854776000", false), false),
        ] {
            let found = beyond(format, std::slice::from_ref(&rule)).is_some();
            assert_eq!(found, expected, "{format:?} {rule:?}");
        }
    }

    #[test]
    fn other_rules_stay() {
        let mut rules = vec![most("18446744073709552000", false), Constraint::UniqueItems];
        whole_bounds(&Kind::Number(NumberFormat::Double), &mut rules);
        assert_eq!(rules.len(), 2);
        whole_bounds(&Kind::Integer(IntegerFormat::UInt64), &mut rules);
        assert_eq!(rules, [Constraint::UniqueItems]);
    }

    #[test]
    fn bounds_without_a_number() {
        let int = Kind::Integer(IntegerFormat::Int64);
        let number = Kind::Number(NumberFormat::Double);
        for (kind, rules, expected) in [
            // That no type of Rust has such a number is another matter.
            (&int, vec![least("30000000000000000000", false)], None),
            (&int, vec![least("2", false), most("1", false)], {
                Some("`minimum` is 2, and `maximum` is 1")
            }),
            (&int, vec![least("1", true), most("2", true)], {
                Some("there is no whole number between 1 and 2")
            }),
            (&int, vec![least("1.5", false), most("1.7", false)], {
                Some("there is no whole number between 1.5 and 1.7")
            }),
            (&int, vec![least("-1.7", true), most("-1.2", false)], {
                Some("there is no whole number between -1.7 and -1.2")
            }),
            (&int, vec![least("1.5", true), most("2", false)], None),
            (&number, vec![least("1.5", false), most("1.7", false)], None),
            (&number, vec![least("1.5", false), most("6.5", false), step("7")], {
                Some("there is no multiple of 7 between 1.5 and 6.5")
            }),
            (&number, vec![least("1", true), most("2", true)], None),
            (&int, vec![least("1", false), most("6", false), step("7")], {
                Some("there is no multiple of 7 between 1 and 6")
            }),
            (&number, vec![least("1", false), most("6", false), step("7")], {
                Some("there is no multiple of 7 between 1 and 6")
            }),
            (&int, vec![least("1", false), most("7", false), step("7")], None),
            (&int, vec![least("1", false), most("7", true), step("7")], {
                Some("there is no multiple of 7 between 1 and 7")
            }),
            (&int, vec![least("-6", false), most("6", false), step("7")], None),
            (&int, vec![step("7")], None),
        ] {
            assert_eq!(no_number(&rules, kind).as_deref(), expected, "{rules:?} {kind:?}");
        }
    }

    #[test]
    fn steps_are_above_zero() {
        for (text, is_one) in [("0", false), ("-2", false), ("-0.5", false), ("0.5", true)] {
            assert_eq!(no_step(&[step(text)]).is_none(), is_one, "{text}");
        }
    }
}
