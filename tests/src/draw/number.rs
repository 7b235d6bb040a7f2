//! Integers and numbers within their bounds.

use serde_json::{Value, json};

use super::instance::Draw;
use super::merge::Merged;

impl Draw<'_> {
    pub(super) fn integer(&mut self, schema: &Merged) -> Value {
        let (low, high) = match schema.text("format") {
            Some("int8") => (i128::from(i8::MIN), i128::from(i8::MAX)),
            Some("int16") => (i128::from(i16::MIN), i128::from(i16::MAX)),
            Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
            Some("uint8") => (0, i128::from(u8::MAX)),
            Some("uint16") => (0, i128::from(u16::MAX)),
            Some("uint" | "uint32") => (0, i128::from(u32::MAX)),
            Some("uint64") => (0, i128::from(u64::MAX)),
            // Beyond 64 bits with a sign only where the document speaks of it.
            _ if schema.get("maximum").is_some_and(is_large) => (0, i128::from(u64::MAX)),
            _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
        };
        let low = bound(schema, "minimum", "exclusiveMinimum", 1).map_or(low, |b| b.max(low));
        let high = bound(schema, "maximum", "exclusiveMaximum", -1).map_or(high, |b| b.min(high));
        let high = high.max(low);
        // Small numbers are what people send; the ends are where types break.
        let value = match self.rng.usize(..5) {
            0 => low,
            1 => high,
            _ => {
                let near = 0.clamp(low, high);
                (near + i128::from(self.rng.i32(-500..500))).clamp(low, high)
            }
        };
        let step = schema.get("multipleOf").and_then(whole).filter(|step| *step > 0).unwrap_or(1);
        let rounded = value.div_euclid(step) * step;
        whole_number(if rounded < low { rounded + step } else { rounded })
    }

    /// Numbers that floats of either width hold exactly, unless the bounds leave no room for them.
    pub(super) fn number(&mut self, schema: &Merged) -> Value {
        let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
        let low = limit("minimum").unwrap_or(-4096.0);
        let high = limit("maximum").unwrap_or(low.max(0.0) + 4096.0).max(low);
        let exact = ((low + self.rng.f64() * (high - low)) * 4.0).round() / 4.0;
        let inside = exact > low && exact < high;
        let value = if inside { exact } else { f64::midpoint(low, high) };
        // A whole number is a number, and most servers send it without a fraction.
        if value.fract() == 0.0 && self.rng.bool() { json!(value as i64) } else { json!(value) }
    }
}

/// A bound as the last value inside it.
fn bound(schema: &Merged, key: &str, exclusive: &str, step: i128) -> Option<i128> {
    let value = whole(schema.get(key)?)?;
    Some(if schema.flag(exclusive) { value + step } else { value })
}

fn is_large(maximum: &Value) -> bool {
    whole(maximum).is_some_and(|maximum| maximum > i128::from(i64::MAX))
}

fn whole(value: &Value) -> Option<i128> {
    let signed = value.as_i64().map(i128::from);
    signed.or_else(|| value.as_u64().map(i128::from)).or_else(|| Some(value.as_f64()? as i128))
}

fn whole_number(value: i128) -> Value {
    match (i64::try_from(value), u64::try_from(value)) {
        (Ok(value), _) => json!(value),
        (_, Ok(value)) => json!(value),
        (Err(_), Err(_)) => json!(0),
    }
}
