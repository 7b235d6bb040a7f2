//! Counts, and what went wrong.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::judge::{Exception, Verdict};

/// How many failures are shown in full.
const SHOWN: usize = 40;

/// What a proof found.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many comparisons found both sides equal.
    pub equal: usize,
    /// How many found them the same but for exceptions, by exception.
    pub excused: BTreeMap<Exception, usize>,
    /// What was left out, with the reason.
    pub skipped: Vec<String>,
    /// What failed.
    pub failures: Vec<Failure>,
}

/// A failure, with all that is needed to see it again.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The schema or operation.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What was given.
    pub given: Value,
    /// What came of it.
    pub became: Value,
    /// How often it was seen; the values are those of the first time.
    pub times: usize,
}

impl Tally {
    /// Counts a verdict on what was `given` and what it `became`.
    pub fn count(&mut self, verdict: Verdict, pointer: &str, given: &Value, became: &Value) {
        match verdict {
            Verdict::Equal => self.equal += 1,
            Verdict::Same(exceptions) => {
                for exception in exceptions {
                    *self.excused.entry(exception).or_insert(0) += 1;
                }
            }
            Verdict::Different(at, left, right) => {
                let message =
                    format!("at `{}` {} became {}", any_item(&at), kind(left), kind(right));
                self.fail(pointer, message, given, became);
            }
        }
    }

    /// Notes what was left out, once.
    pub fn skip(&mut self, pointer: &str, why: &str) {
        let line = format!("#{pointer}: {why}");
        if !self.skipped.contains(&line) {
            self.skipped.push(line);
        }
    }

    /// Counts a failure; the same one at the same place is told once.
    pub fn fail(&mut self, pointer: &str, message: String, given: &Value, became: &Value) {
        let known =
            |failure: &&mut Failure| failure.pointer == pointer && failure.message == message;
        if let Some(known) = self.failures.iter_mut().find(known) {
            known.times += 1;
            return;
        }
        self.failures.push(Failure {
            times: 1,
            pointer: pointer.to_owned(),
            message,
            given: given.clone(),
            became: became.clone(),
        });
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  equal: {}", self.equal)?;
        for (exception, count) in &self.excused {
            writeln!(f, "  the same: {count} ({})", exception.as_str())?;
        }
        for skipped in &self.skipped {
            writeln!(f, "  left out: {skipped}")?;
        }
        writeln!(f, "  failures: {}", self.failures.len())?;
        for failure in self.failures.iter().take(SHOWN) {
            let Failure { pointer, message, given, became, times } = failure;
            writeln!(f, "    #{pointer}: {message} ({times} times)")?;
            writeln!(f, "      given  {}", short(given))?;
            writeln!(f, "      became {}", short(became))?;
        }
        match self.failures.len().checked_sub(SHOWN) {
            None | Some(0) => Ok(()),
            Some(more) => writeln!(f, "    and {more} more"),
        }
    }
}

/// A place whatever the item of a list, so that failures of one cause are one.
fn any_item(at: &str) -> String {
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let parts = at.split('/').map(|part| if number(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn kind(value: Option<Value>) -> &'static str {
    match value {
        None => "nothing",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a truth",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(_)) => "a text",
        Some(Value::Array(_)) => "a list",
        Some(Value::Object(_)) => "an object",
    }
}

/// A value on one line that a person can read.
fn short(value: &Value) -> String {
    const LONGEST: usize = 600;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
