//! Every operation over HTTP: requests judged and answers made by the document alone.
//!
//! Each operation is called with everything that is optional, with nothing that is, and with arguments
//! left to chance; each call is answered with a body drawn from the document's schema. One more answer
//! is the document's own example, where it has one, and one is a documented error. The server's side
//! checks the request, the other side that the decoded answer, encoded again, is what the server sent.

mod arguments;
mod exchange;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use self::arguments::Given;
use self::exchange::{Exchange, Mode};
use super::Tally;
use super::roundtrip::Plan;
use crate::draw::Drawer;
use crate::drive::{Callable, Driver, OperationUnderTest, Subject};
use crate::judge::{Operation, same};

/// How many calls have arguments left to chance.
const ROUNDS: usize = 3;

/// What came of one document.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many operations the client has.
    pub operations: usize,
    /// How many of them were called.
    pub exercised: usize,
    /// How many requests were judged.
    pub requests: usize,
    /// How many answers were documented errors.
    pub errors: usize,
    /// How many answers were the document's own examples.
    pub examples: usize,
    /// The media types of the client, and those that were seen on the wire.
    pub media_types: Seen,
    /// The styles of the parameters of the client, and those that were sent.
    pub styles: Seen,
    /// What came of it.
    pub tally: Tally,
}

/// What there is, and how much of it was seen.
#[derive(Debug, Default)]
pub struct Seen {
    /// All there is.
    pub all: BTreeSet<String>,
    /// What was seen.
    pub seen: BTreeSet<String>,
}

/// Makes the calls of one document.
///
/// # Errors
///
/// The driver is gone.
pub fn run(subject: &Subject, driver: &mut Driver, plan: Plan) -> Result<Outcome, String> {
    let mut run = Run {
        subject,
        drawer: Drawer::new(&subject.raw, plan.seed),
        driver,
        outcome: Outcome { operations: subject.operations.len(), ..Outcome::default() },
    };
    for operation in &subject.operations {
        run.operation(operation)?;
    }
    Ok(run.outcome)
}

struct Run<'s, 'd> {
    subject: &'s Subject,
    drawer: Drawer<'s>,
    driver: &'d mut Driver,
    outcome: Outcome,
}

impl Run<'_, '_> {
    fn operation(&mut self, under_test: &OperationUnderTest) -> Result<(), String> {
        let pointer = &under_test.pointer;
        let Some(operation) = Operation::at(&self.subject.raw, pointer) else {
            let message = "the report names no operation of the document".to_owned();
            self.outcome.tally.fail(pointer, message, &Value::Null, &Value::Null);
            return Ok(());
        };
        let media_types = under_test.sends.iter().chain(&under_test.accepts);
        self.outcome.media_types.all.extend(media_types.cloned());
        let styles = operation.parameters.iter().map(arguments::style);
        self.outcome.styles.all.extend(styles);
        let callables = match &under_test.callables {
            Ok(callables) => callables,
            Err(why) => {
                self.outcome.tally.skip(pointer, why);
                return Ok(());
            }
        };
        if operation.is_only_interim() {
            self.outcome.tally.skip(pointer, "no final answer is documented");
            return Ok(());
        }
        for callable in callables {
            self.callable(under_test, &operation, callable)?;
        }
        self.outcome.exercised += 1;
        Ok(())
    }

    fn callable(
        &mut self,
        under_test: &OperationUnderTest,
        operation: &Operation<'_>,
        callable: &Callable,
    ) -> Result<(), String> {
        for number in 0..ROUNDS {
            self.call(under_test, operation, callable, Mode::Success(number))?;
        }
        if operation.successes().iter().any(|answer| answer.has_example(&self.subject.raw)) {
            self.call(under_test, operation, callable, Mode::Example)?;
            self.outcome.examples += 1;
        }
        for number in 0..operation.errors().len() {
            self.call(under_test, operation, callable, Mode::Error(number))?;
            self.outcome.errors += 1;
        }
        Ok(())
    }

    fn call(
        &mut self,
        under_test: &OperationUnderTest,
        operation: &Operation<'_>,
        callable: &Callable,
        mode: Mode,
    ) -> Result<(), String> {
        let pointer = under_test.pointer.as_str();
        let given = match Given::draw(&self.drawer, under_test, operation, callable, mode.number())
        {
            Ok(given) => given,
            Err(why) => {
                self.outcome.tally.skip(pointer, &why);
                return Ok(());
            }
        };
        self.outcome.styles.seen.extend(given.values.iter().map(|(one, _)| arguments::style(one)));
        let arguments = given.arguments.clone();
        let mut exchange = Exchange::new(&self.drawer, operation, given, mode, pointer);
        let said =
            self.driver.call(callable.number, &arguments, &mut |seen| exchange.serve(&seen))?;
        self.outcome.requests += exchange.requests;
        self.outcome.media_types.seen.extend(exchange.media_types);
        let tally = &mut self.outcome.tally;
        for mismatch in exchange.mismatches {
            tally.fail(pointer, mismatch, &arguments, &said);
        }
        if exchange.requests != 1 {
            tally.fail(pointer, format!("{} requests", exchange.requests), &arguments, &said);
            return Ok(());
        }
        judge(tally, pointer, mode, &exchange.sent, &said);
        Ok(())
    }
}

/// The answer as it came out against what the server sent.
fn judge(tally: &mut Tally, pointer: &str, mode: Mode, sent: &exchange::Sent, said: &Value) {
    let status = json!(sent.status);
    let (came, body) = match mode {
        Mode::Error(_) => {
            let service = &said["service"];
            let variant = service["variant"].as_str();
            if let Some(expected) = sent.variant
                && variant != Some(expected)
            {
                let message = format!("{status} arrived as {variant:?} and not as {expected}");
                tally.fail(pointer, message, &sent.body, said);
                return;
            }
            (&said["status"], &service["body"])
        }
        Mode::Success(_) | Mode::Example => match said.get("status") {
            Some(came) if said.get("failed").is_none() => (came, &said["body"]),
            Some(_) => (&Value::Null, &Value::Null),
            // Without metadata there is no status to compare.
            None => (&status, &said["body"]),
        },
    };
    if *came != status {
        let message = format!("an answer of status {status} is not taken");
        tally.fail(pointer, message, &sent.body, said);
        return;
    }
    // A text and its bytes are the same, whichever of them the client makes of a body.
    if !sent.is_json && bytes_of(&sent.body) == bytes_of(body) {
        tally.equal += 1;
        return;
    }
    tally.count(same(&sent.body, body, true), pointer, &sent.body, body);
}

fn bytes_of(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::String(text) => Some(text.clone().into_bytes()),
        Value::Array(_) => serde_json::from_value(value.clone()).ok(),
        _ => None,
    }
}
