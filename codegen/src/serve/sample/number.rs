//! Numbers within their limits.

use serde_json::{Map, Number, Value, json};

/// The least whole number from 1 on that is within the limits and a multiple of what it has to be.
pub(super) fn integer(flat: &Map<String, Value>) -> Value {
    let (least, most) = limits(flat);
    let step = whole(flat.get("multipleOf")).filter(|step| *step > 0).unwrap_or(1);
    let least = least.map_or(1_i128.min(ceiling(most)), ceil);
    let mut number = least.div_euclid(step) * step;
    if number < least {
        number += step;
    }
    let start = if number == 0 && least == 0 && most.is_none_or(|most| most >= 1.0) {
        step.min(ceiling(most))
    } else {
        number
    };
    i64::try_from(start).map_or_else(|_| json!(0), |number| json!(number))
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
    let step = bound(flat, "multipleOf").filter(|step| *step > 0.0);
    let value = step.map_or(value, |step| (value / step).floor() * step);
    Number::from_f64(value).map_or_else(|| json!(0), Value::Number)
}

/// The limits of a whole number, which an exclusive limit moves by one.
fn limits(flat: &Map<String, Value>) -> (Option<f64>, Option<f64>) {
    let is = |key: &str| flat.get(key) == Some(&Value::Bool(true));
    let least = bound(flat, "minimum")
        .map(|least| if is("exclusiveMinimum") { least.floor() + 1.0 } else { least });
    let most = bound(flat, "maximum")
        .map(|most| if is("exclusiveMaximum") { most.ceil() - 1.0 } else { most });
    (least, most)
}

fn bound(flat: &Map<String, Value>, key: &str) -> Option<f64> {
    flat.get(key)?.as_f64()
}

fn whole(value: Option<&Value>) -> Option<i128> {
    value?.as_f64().filter(|number| number.fract() == 0.0).map(ceil)
}

/// A limit beyond 64 bits is the last number that has them.
fn ceil(number: f64) -> i128 {
    (number.ceil() as i64).into()
}

fn ceiling(most: Option<f64>) -> i128 {
    most.map_or(i128::MAX, |most| ceil(most.floor()))
}
