//! Other values of the same kind: what a later page has instead of what the first has.

use serde_json::{Value, json};

/// The ways to another value, the plainest first. Which of them leaves a value what its schema says is
/// for the caller to find out.
pub(super) const WAYS: [Way; 4] = [Way::Further, Way::Back, Way::Digits, Way::Letters];

/// A way to another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A number is so much more, a text has it written behind.
    Further,
    /// A number is so much less.
    Back,
    /// The digits of a text count on, its length stays.
    Digits,
    /// The digits and the letters do.
    Letters,
}

/// A number or a text as the `page`th page has it, from 1; each page is `by` further than the one before.
/// Nothing where that is no other value.
pub(super) fn varied(value: &Value, page: u32, by: usize, way: Way) -> Option<Value> {
    let steps = i64::from(page.saturating_sub(1));
    let amount = steps.checked_mul(i64::try_from(by.max(1)).ok()?)?;
    let other = match (value, way) {
        (Value::Number(number), Way::Further | Way::Back) => {
            let amount = if way == Way::Further { amount } else { -amount };
            match number.as_i64() {
                Some(number) => json!(number.checked_add(amount)?),
                None => json!(number.as_f64()? + amount as f64),
            }
        }
        (Value::String(text), Way::Further) if page > 1 => json!(format!("{text}-{page}")),
        (Value::String(text), Way::Digits) => json!(counted(text, amount, |c| c.is_ascii_digit())),
        (Value::String(text), Way::Letters) => {
            json!(counted(text, amount, |c| c.is_ascii_alphanumeric()))
        }
        (
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_),
            _,
        ) => return None,
    };
    (other != *value).then_some(other)
}

/// Adds to a text as to a number of which each letter that counts is a digit among its like.
fn counted(text: &str, amount: i64, counts: impl Fn(char) -> bool) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let mut left = u64::try_from(amount).unwrap_or(0);
    for letter in letters.iter_mut().rev().filter(|letter| counts(**letter)) {
        let (first, base) = match *letter {
            '0'..='9' => ('0', 10),
            'a'..='z' => ('a', 26),
            _ => ('A', 26),
        };
        let sum = u64::from(u32::from(*letter) - u32::from(first)) + left;
        let digit = u32::try_from(sum % base).unwrap_or(0);
        *letter = char::from_u32(u32::from(first) + digit).unwrap_or(*letter);
        left = sum / base;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_leads_to_another_value() {
        let check = |value: Value, page: u32, by: usize, expected: [Value; 4]| {
            let made = WAYS.map(|way| varied(&value, page, by, way).unwrap_or_default());
            assert_eq!(made, expected, "{value}");
        };
        let none = || Value::Null;
        check(json!(7), 3, 10, [json!(27), json!(-13), none(), none()]);
        check(json!(1.5), 2, 1, [json!(2.5), json!(0.5), none(), none()]);
        check(json!(i64::MAX), 2, 1, [none(), json!(i64::MAX - 1), none(), none()]);
        check(json!("a9z"), 2, 2, [json!("a9z-2"), none(), json!("a1z"), json!("b0b")]);
        check(json!("99"), 2, 1, [json!("99-2"), none(), json!("00"), json!("00")]);
        check(json!("Zz"), 2, 1, [json!("Zz-2"), none(), none(), json!("Aa")]);
        check(json!("é"), 2, 1, [json!("é-2"), none(), none(), none()]);
        check(json!("x"), 1, 1, [none(), none(), none(), none()]);
        check(json!(true), 2, 1, [none(), none(), none(), none()]);
    }
}
