//! Numbers within their limits.

use serde_json::{Map, Number, Value, json};

/// The least whole number from 1 on that is within the limits and a multiple of what it has to be.
pub(super) fn integer(flat: &Map<String, Value>) -> Value {
    let (least, most) = limits(flat);
    let step = flat.get("multipleOf").and_then(whole).filter(|step| *step > 0).unwrap_or(1);
    let least = least.unwrap_or_else(|| most.unwrap_or(1).min(1));
    let mut number = least.div_euclid(step).saturating_mul(step);
    if number < least {
        number = number.saturating_add(step);
    }
    // Nothing says less than a zero.
    let next = number.saturating_add(step);
    if number == 0 && least == 0 && most.is_none_or(|most| next <= most) {
        number = next;
    }
    written(number).unwrap_or_else(|| json!(0))
}

/// A number within the limits, whole if it can be.
pub(super) fn number(flat: &Map<String, Value>) -> Value {
    let (least, most) = (bound(flat, "minimum"), bound(flat, "maximum"));
    let value = match (least, most) {
        (Some(least), Some(most)) => f64::midpoint(least, most),
        (Some(least), None) => least + 1.0,
        (None, Some(most)) => most - 1.0,
        (None, None) => 1.5,
    };
    let value = match step(flat) {
        Some(step) => {
            let times = (value / step).floor();
            let made = multiple(step, times);
            let is_less = least.is_some_and(|least| made < least);
            if is_less || made == 0.0 && most.is_none_or(|most| step <= most) {
                multiple(step, times + 1.0)
            } else {
                made
            }
        }
        None => value,
    };
    Number::from_f64(value).map_or_else(|| json!(0), Value::Number)
}

/// Numbers around one, as far apart as they have to be.
pub(super) fn others(flat: &Map<String, Value>, number: &Number, count: usize) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(number) = exact(number) {
        let step = flat.get("multipleOf").and_then(whole).filter(|step| *step > 0).unwrap_or(1);
        for times in (1..).take(count) {
            let by = step.saturating_mul(times);
            found.extend(written(number.saturating_add(by)));
            found.extend(written(number.saturating_sub(by)));
        }
    }
    let is_whole = flat.get("type").and_then(Value::as_str) == Some("integer");
    if let Some(number) = number.as_f64().filter(|_| !is_whole) {
        let step = step(flat).unwrap_or(0.5);
        let times = (number / step).round();
        for by in (1_u32..).take(count) {
            for times in [times + f64::from(by), times - f64::from(by)] {
                found.extend(Number::from_f64(multiple(step, times)).map(Value::Number));
            }
        }
    }
    found
}

fn step(flat: &Map<String, Value>) -> Option<f64> {
    bound(flat, "multipleOf").filter(|step| *step > 0.0)
}

/// A multiple with no more decimal places than what it is one of: three times 0.3 is 0.9, and not
/// 0.8999999999999999 (IEEE 754).
fn multiple(step: f64, times: f64) -> f64 {
    let places = step.to_string().split_once('.').map_or(0, |(_, places)| places.len());
    let product = step * times;
    format!("{product:.places$}").parse().unwrap_or(product)
}

/// The limits of a whole number, which an exclusive limit moves by one.
fn limits(flat: &Map<String, Value>) -> (Option<i128>, Option<i128>) {
    let is = |key: &str| flat.get(key) == Some(&Value::Bool(true));
    let limit = |key: &str, round: fn(f64) -> f64| {
        let number = flat.get(key)?.as_number()?;
        let rounded = round(number.as_f64()?);
        // A fraction is no limit that an exclusive one could meet.
        let is_whole = number.as_f64() == Some(rounded);
        Some((exact(number).unwrap_or(rounded as i128), is_whole))
    };
    let least = limit("minimum", f64::ceil).map(|(least, is_whole)| {
        least.saturating_add(i128::from(is_whole && is("exclusiveMinimum")))
    });
    let most = limit("maximum", f64::floor).map(|(most, is_whole)| {
        most.saturating_sub(i128::from(is_whole && is("exclusiveMaximum")))
    });
    (least, most)
}

fn bound(flat: &Map<String, Value>, key: &str) -> Option<f64> {
    flat.get(key)?.as_f64()
}

fn whole(value: &Value) -> Option<i128> {
    exact(value.as_number()?)
}

/// A whole number with all of its digits.
fn exact(number: &Number) -> Option<i128> {
    let exact = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    let rounded = || number.as_f64().filter(|number| number.fract() == 0.0);
    exact.or_else(|| rounded().map(|number| number as i128))
}

/// As far as 64 bits go.
fn written(number: i128) -> Option<Value> {
    let small = i64::try_from(number).map(Value::from).ok();
    small.or_else(|| u64::try_from(number).map(Value::from).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_to_their_limits() {
        let check = |schema: Value, expected: Value| {
            let flat = schema.as_object().unwrap();
            let made = if schema["type"] == "integer" { integer(flat) } else { number(flat) };
            assert_eq!(made, expected, "{schema}");
        };
        let most = u64::MAX;
        check(json!({"type": "integer"}), json!(1));
        check(json!({"type": "integer", "minimum": most}), json!(most));
        check(
            json!({"type": "integer", "minimum": i64::MAX, "exclusiveMinimum": true}),
            json!(1_u64 << 63),
        );
        check(json!({"type": "integer", "maximum": i64::MIN}), json!(i64::MIN));
        check(
            json!({"type": "integer", "minimum": 9_007_199_254_740_993_i64}),
            json!(9_007_199_254_740_993_i64),
        );
        check(json!({"type": "integer", "minimum": 0, "multipleOf": 5}), json!(5));
        check(json!({"type": "integer", "minimum": 0, "maximum": 0}), json!(0));
        check(json!({"type": "integer", "minimum": 1.5, "exclusiveMinimum": true}), json!(2));
        check(json!({"type": "integer", "minimum": -7, "multipleOf": 5}), json!(-5));
        check(json!({"type": "number", "multipleOf": 0.3}), json!(1.5));
        check(
            json!({"type": "number", "multipleOf": 0.1, "minimum": 0.2, "maximum": 0.35}),
            json!(0.2),
        );
        check(
            json!({"type": "number", "multipleOf": 0.3, "minimum": 0.8, "maximum": 1}),
            json!(0.9),
        );
        check(json!({"type": "number", "multipleOf": 100}), json!(100.0));
    }
}
