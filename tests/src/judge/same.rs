//! Whether two JSON values say the same, and by which exception if they are not equal.

use std::str::FromStr as _;

use jiff::Timestamp;
use serde_json::Value;

/// Why two values that differ say the same.
///
/// This is the whole list: any other difference is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exception {
    /// `7` and `7.0`: JSON has one kind of number (RFC 8259, section 6), and an integer is written
    /// without a fraction.
    SameNumber,
    /// The same instant with another offset or another number of digits: a timestamp is an instant,
    /// and is written in UTC.
    SameInstant,
    /// Null in an answer, left out when it is written again: of an optional property that may be
    /// null, null and absent are one `None` where it is only received (ADR 0004).
    NullLeftOut,
}

impl Exception {
    /// The exception in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameNumber => "the same number with and without a fraction",
            Self::SameInstant => "the same instant in another spelling",
            Self::NullLeftOut => "null of an answer left out",
        }
    }
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Equal.
    Equal,
    /// The same, by these exceptions.
    Same(Vec<Exception>),
    /// Different at this place: what was there, and what came of it.
    Different(String, Option<Value>, Option<Value>),
}

/// Compares what was `given` with what it `became`. Null may be lost where the value is `received`.
pub fn same(given: &Value, became: &Value, received: bool) -> Verdict {
    let mut comparison = Comparison { received, exceptions: Vec::new() };
    match comparison.values(given, became, "") {
        Err(different) => *different,
        Ok(()) if comparison.exceptions.is_empty() => Verdict::Equal,
        Ok(()) => {
            comparison.exceptions.sort_unstable();
            comparison.exceptions.dedup();
            Verdict::Same(comparison.exceptions)
        }
    }
}

struct Comparison {
    received: bool,
    exceptions: Vec<Exception>,
}

impl Comparison {
    fn values(&mut self, given: &Value, became: &Value, at: &str) -> Result<(), Box<Verdict>> {
        match (given, became) {
            (Value::Object(left), Value::Object(right)) => {
                for (name, value) in left {
                    let at = format!("{at}/{name}");
                    match right.get(name) {
                        Some(other) => self.values(value, other, &at)?,
                        None if value.is_null() && self.received => {
                            self.exceptions.push(Exception::NullLeftOut);
                        }
                        None => return Err(different(&at, Some(value), None)),
                    }
                }
                match right.iter().find(|(name, _)| !left.contains_key(*name)) {
                    Some((name, value)) => {
                        Err(different(&format!("{at}/{name}"), None, Some(value)))
                    }
                    None => Ok(()),
                }
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                let pairs = left.iter().zip(right).enumerate();
                pairs.into_iter().try_for_each(|(index, (left, right))| {
                    self.values(left, right, &format!("{at}/{index}"))
                })
            }
            _ if given == became => Ok(()),
            _ => {
                let excused = excuse(given, became);
                self.exceptions.extend(excused);
                match excused {
                    Some(_) => Ok(()),
                    None => Err(different(at, Some(given), Some(became))),
                }
            }
        }
    }
}

fn excuse(given: &Value, became: &Value) -> Option<Exception> {
    match (given, became) {
        (Value::Number(left), Value::Number(right)) => {
            // Two integers are equal or not; only where one is a float is there a second spelling.
            let float = left.is_f64() || right.is_f64();
            (float && left.as_f64() == right.as_f64()).then_some(Exception::SameNumber)
        }
        (Value::String(left), Value::String(right)) => {
            let instants = Timestamp::from_str(left).ok().zip(Timestamp::from_str(right).ok());
            instants.is_some_and(|(left, right)| left == right).then_some(Exception::SameInstant)
        }
        _ => None,
    }
}

fn different(at: &str, given: Option<&Value>, became: Option<&Value>) -> Box<Verdict> {
    Box::new(Verdict::Different(at.to_owned(), given.cloned(), became.cloned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Exception, Verdict, same};

    #[test]
    fn exceptions_and_nothing_else() {
        let check = |given, became, received| same(&given, &became, received);
        assert_eq!(check(json!({"a": [1, null]}), json!({"a": [1, null]}), false), Verdict::Equal);
        let number = Verdict::Same(vec![Exception::SameNumber]);
        assert_eq!(check(json!([7, 7.0]), json!([7.0, 7]), false), number);
        let instant = Verdict::Same(vec![Exception::SameInstant]);
        let (here, there) = ("2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00Z");
        assert_eq!(check(json!(here), json!(there), false), instant);
        let null = Verdict::Same(vec![Exception::NullLeftOut]);
        assert_eq!(check(json!({"a": null}), json!({}), true), null);
        for (given, became) in [
            (json!({"a": null}), json!({})),
            (json!({"a": 1}), json!({})),
            (json!({}), json!({"a": null})),
            (json!([1]), json!([1, 2])),
            (json!(1), json!("1")),
            (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_994_i64)),
            (json!(here), json!("2024-01-01T02:00:00Z")),
        ] {
            assert!(matches!(check(given, became, false), Verdict::Different(..)));
        }
    }
}
