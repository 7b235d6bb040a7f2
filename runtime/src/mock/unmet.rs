//! What a test is told where the calls were not those it had written down.

use std::fmt;

use super::rule::Rule;
use super::{Sent, State};

/// Why a mock is not content: calls that did not come, and calls that nobody expected.
///
/// It shows the arguments of both; they are a test's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    text: String,
}

impl Unmet {
    pub(super) fn of(state: &State) -> Result<(), Self> {
        let missing = state.rules.iter().filter(|rule| rule.missing() > 0).map(missing);
        let all: Vec<String> = missing.chain(state.unexpected.iter().cloned()).collect();
        if all.is_empty() { Ok(()) } else { Err(Self { text: all.join("\n") }) }
    }
}

fn missing(rule: &Rule) -> String {
    let (missing, came) = (rule.missing(), rule.sent.len());
    let times = |count: usize| match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    let came = match came {
        0 => "never came".to_owned(),
        came => format!("came only {}, and was expected {}", times(came), times(came + missing)),
    };
    format!("{} {came}; expected at {}", rule.wanted, rule.at)
}

/// What is told of a request that no expectation was for.
pub(super) fn unexpected(sent: &Sent, rules: &[Rule], in_order: bool) -> String {
    let mut told = format!("{} was not expected", sent.title());
    let related = rules.iter().filter(|rule| rule.wanted.is_of(sent));
    let nearest = related
        .map(|rule| (rule.wanted.differences(sent), rule))
        .min_by_key(|(differences, rule)| (differences.len(), !rule.has_answer()));
    match nearest {
        Some((differences, rule)) => {
            told += &format!("; the nearest is {}, expected at {}", rule.wanted, rule.at);
            if differences.is_empty() {
                told += if rule.has_answer() && in_order {
                    ", whose turn it is not"
                } else {
                    ", which has no answer left"
                };
            }
            told.extend(differences.iter().map(|difference| format!("\n  {difference}")));
        }
        None => told += &others(rules),
    }
    told
}

fn others(rules: &[Rule]) -> String {
    let open = rules.iter().filter(|rule| rule.has_answer());
    let open: Vec<String> = open.map(|rule| rule.wanted.to_string()).collect();
    match open.as_slice() {
        [] => "; nothing else was either".to_owned(),
        open => format!("; expected was {}", open.join(", ")),
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Unmet {}
