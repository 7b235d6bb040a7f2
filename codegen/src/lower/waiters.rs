//! Waiters: what an operation's answer ends up as, said by `x-specwright-waiter`.
//!
//! ```yaml
//! post:
//!   operationId: takeSnapshot
//!   x-specwright-waiter:
//!     name: snapshotCompleted
//!     get:
//!       operation-id: getSnapshot
//!       params: {clusterName: 'input:clusterName', snapshotId: 'body:$.id'}
//!     expect:
//!       match: {path: $.status, values: [completed, failed], failure: [failed]}
//! ```
//! The words are those of `x-xgen-atlascli.watcher`, which documents of MongoDB have and which is read
//! as well, with two more: `name`, and `failure`, because its `values` do not tell success from
//! failure. Where an operation has both, ours says what the other leaves open.
//!
//! In: the finished `Api`, for everything is followed to the schema of the field. What cannot be
//! followed is no waiter, and a warning says why.

mod declared;

use serde_json::Value;

use self::declared::{Declared, Found};
use super::field;
use super::problem::Problem;
use super::versions::Placed;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, Awaited, FieldPath, Given, Goal, Kind, Operation, Parameter, Place, SchemaId, Start,
    StringFormat, StyleForm, Waiter,
};
use crate::nearest::{did_you_mean, nearest};
use crate::pointer::Pointer;

/// Reads the waiters of all operations into `api`.
pub(super) fn lower(api: &mut Api, placed: &[Placed<'_>]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut waiters: Vec<Waiter> = Vec::new();
    let mut starts = Vec::new();
    for (index, placed) in placed.iter().enumerate() {
        let at = &api.operations[index].at;
        let Some(declared) = Declared::of(&placed.raw.extensions, at, &mut diagnostics) else {
            continue;
        };
        let reader = Reader { api, declared: &declared, index };
        match reader.read(&mut diagnostics) {
            Ok((waiter, values)) => {
                let same =
                    |known: &Waiter| Waiter { at: waiter.at.clone(), ..known.clone() } == waiter;
                let known = waiters.iter().position(same);
                let position = known.unwrap_or(waiters.len());
                if let Some(values) = values {
                    let at = waiter.at.clone();
                    starts.push(Start { at, operation: index, waiter: position, values });
                }
                if known.is_none() {
                    waiters.push(waiter);
                }
            }
            Err(problem) => diagnostics.push(problem.told(Code::Waiter, LOST)),
        }
    }
    api.waiters = waiters;
    api.starts = starts;
    diagnostics
}

/// What is lost where a declaration makes no sense.
const LOST: &str = "the waiter is";

/// One declaration about to become a waiter.
struct Reader<'a> {
    api: &'a Api,
    declared: &'a Declared<'a>,
    /// The operation it stands on.
    index: usize,
}

impl Reader<'_> {
    /// The waiter; and where its operation is another than the one that declares it, what that is
    /// given.
    fn read(&self, diagnostics: &mut Diagnostics) -> Result<(Waiter, Option<Vec<Given>>), Problem> {
        let operation = self.asked()?;
        let name = match self.declared.get(&["name"]) {
            None => None,
            Some(found) => {
                let help = "write a name such as `snapshotCompleted`";
                let problem = || Problem::new("the name of a waiter is a text", &found.at, help);
                Some(found.value.as_str().ok_or_else(problem)?.to_owned())
            }
        };
        let goal = self.goal(operation, diagnostics)?;
        let values = match operation == self.index {
            true => None,
            false => Some(self.values(operation)?),
        };
        Ok((Waiter { at: self.declared.at().clone(), name, operation, goal }, values))
    }

    /// The operation to ask: the one that the declaration stands on, unless it names another.
    fn asked(&self) -> Result<usize, Problem> {
        let found = self.declared.get(&["get", "operation-id"]);
        let (index, at) = match &found {
            None => (self.index, self.declared.at()),
            Some(found) => (self.named(found)?, &found.at),
        };
        let operation = &self.api.operations[index];
        if !["GET", "HEAD"].contains(&operation.method.as_str()) {
            let (id, method) = (&operation.id, &operation.method);
            return Err(Problem::new(
                format!("`{id}` is a {method}, and asking again and again must change nothing"),
                at,
                "name an operation that reads under `get.operation-id`",
            ));
        }
        Ok(index)
    }

    /// The operation of an id; of its versions the one that is named, else the newest.
    fn named(&self, found: &Found<'_>) -> Result<usize, Problem> {
        let id = found.text("an operationId")?;
        let version = self.declared.get(&["get", "version"]).and_then(|found| found.value.as_str());
        let all = || self.api.operations.iter().enumerate().filter(|(_, one)| one.id == id);
        let exact = all().find(|(_, one)| version.is_some() && one.version.as_deref() == version);
        match exact.or_else(|| all().next_back()) {
            Some((index, _)) => Ok(index),
            None => {
                let ids = self.api.operations.iter().map(|one| one.id.as_str());
                let help = did_you_mean(id, ids)
                    .unwrap_or_else(|| "generate that operation too, or name another".to_owned());
                Err(Problem::new(format!("the client has no operation `{id}`"), &found.at, help))
            }
        }
    }

    fn goal(&self, asked: usize, diagnostics: &mut Diagnostics) -> Result<Goal, Problem> {
        let status = self.declared.get(&["expect", "http-code"]);
        match (self.declared.get(&["expect", "match"]), status) {
            (Some(_), None) => self.state(asked, diagnostics),
            (None, Some(found)) => self.status(asked, &found),
            (None, None) => Err(Problem::new(
                "nothing says what ends the wait",
                self.declared.at(),
                "write `expect.match` with `path` and `values`, or `expect.http-code`",
            )),
            (Some(_), Some(found)) => Err(Problem::new(
                "both a value and a status are said to end the wait",
                &found.at,
                "take out `expect.match` or `expect.http-code`",
            )),
        }
    }

    fn status(&self, asked: usize, found: &Found<'_>) -> Result<Goal, Problem> {
        let operation = &self.api.operations[asked];
        self.answer(operation, &found.at)?;
        match found.value.as_u64().and_then(|code| u16::try_from(code).ok()) {
            Some(code @ 300..=599) => Ok(Goal::Status(code)),
            Some(_) | None => Err(Problem::new(
                format!("`http-code` is {}, which is no status of an error", found.value),
                &found.at,
                "a wait ends with a status from 300 to 599; for what a success says use `match`",
            )),
        }
    }

    fn state(&self, asked: usize, diagnostics: &mut Diagnostics) -> Result<Goal, Problem> {
        let path = self.declared.need(&["expect", "match", "path"])?;
        let schema = self.answer(&self.api.operations[asked], &path.at)?;
        let text = path.text("a path such as `$.status`")?;
        let field = field::follow(self.api, schema, text, &path.at)?;
        let values = self.declared.need(&["expect", "match", "values"])?;
        let failure = self.declared.get(&["expect", "match", "failure"]);
        let listed = values.list()?;
        let failed = failure.as_ref().map_or(Ok(Vec::new()), Found::list)?;
        if failure.is_none() && listed.len() > 1 {
            diagnostics.push(
                Diagnostic::warning(
                    Code::Waiter,
                    "each of these values counts as a success, because nothing says which is a failure",
                )
                .at(&values.at)
                .help("list the failures under `x-specwright-waiter.expect.match.failure`"),
            );
        }
        let mut known = |listed: &[(Value, Pointer)]| -> Result<Vec<Awaited>, Problem> {
            let mut known = Vec::new();
            for (value, at) in listed {
                let value = self.value(&field, value, at, diagnostics)?;
                known.extend(value.filter(|value| !known.contains(value)));
            }
            Ok(known)
        };
        let failed = known(&failed)?;
        let mut reached = known(&listed)?;
        reached.retain(|value| !failed.contains(value));
        if reached.is_empty() {
            let help = "list the values that are waited for under `values`";
            return Err(Problem::new("no value that can come is a success", &values.at, help));
        }
        Ok(Goal::State { field, reached, failed })
    }

    /// A value as the field may have it. One that its enum does not list is told of and left out: it
    /// is misspelt, or of another version of the document.
    fn value(
        &self,
        field: &FieldPath,
        value: &Value,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Awaited>, Problem> {
        match (&self.api.resolved(field.leaf).kind, value) {
            (Kind::Enum(listed), Value::String(text)) => {
                if listed.iter().any(|one| one.wire == *text) {
                    return Ok(Some(Awaited::Text(text.clone())));
                }
                let message = format!("`{field}` never is `{text}`: the value is left out");
                let wires = listed.iter().map(|one| one.wire.as_str());
                let help = did_you_mean(text, wires).unwrap_or_else(|| {
                    "list it in the enum of the schema, or take it out".to_owned()
                });
                diagnostics.push(Diagnostic::warning(Code::Waiter, message).at(at).help(help));
                Ok(None)
            }
            (Kind::String(StringFormat::Plain), Value::String(text)) => {
                Ok(Some(Awaited::Text(text.clone())))
            }
            (Kind::Boolean, Value::Bool(flag)) => Ok(Some(Awaited::Flag(*flag))),
            (Kind::Enum(_) | Kind::String(StringFormat::Plain), _) => {
                Err(Problem::new(format!("`{field}` is a text"), at, "write a text here"))
            }
            (Kind::Boolean, _) => {
                let help = "write `true` or `false`";
                Err(Problem::new(format!("`{field}` is a truth value"), at, help))
            }
            _ => Err(Problem::new(
                format!("`{field}` is neither a text nor a truth value"),
                at,
                "a wait ends with a text, be it of an enum or not, or with `true` or `false`",
            )),
        }
    }

    /// The schema of an operation's answer.
    fn answer(&self, operation: &Operation, at: &Pointer) -> Result<SchemaId, Problem> {
        if let Some(schema) = operation.answer(self.api) {
            return Ok(schema);
        }
        let message = format!("the answer of `{}` is not always a JSON value", operation.id);
        let help = "name an operation that answers with one, or write `input:NAME` for a parameter";
        Err(Problem::new(message, at, help))
    }

    /// What the operation to ask is given: a parameter of the operation that begins it, or a field of
    /// that one's answer.
    fn values(&self, asked: usize) -> Result<Vec<Given>, Problem> {
        let asked = &self.api.operations[asked];
        let place = self.declared.place(&["get"]);
        if asked.body.as_ref().is_some_and(|body| body.required) {
            let message = format!("`{}` needs a body", asked.id);
            return Err(Problem::new(message, &place, "name an operation that needs none"));
        }
        let required = || asked.parameters.iter().filter(|parameter| parameter.required);
        for (name, at) in self.declared.names(&["get", "params"]) {
            if !required().any(|parameter| parameter.wire == name) {
                let names = required().map(|parameter| parameter.wire.as_str());
                let help = did_you_mean(&name, names).unwrap_or_else(|| "take it out".to_owned());
                let message = format!("`{}` does not ask for a parameter `{name}`", asked.id);
                return Err(Problem::new(message, &at, help));
            }
        }
        required().map(|parameter| self.given(asked, parameter, &place)).collect()
    }

    fn given(
        &self,
        asked: &Operation,
        parameter: &Parameter,
        place: &Pointer,
    ) -> Result<Given, Problem> {
        let (wire, own) = (&parameter.wire, &self.api.operations[self.index]);
        if !self.is_segment(parameter) {
            let message =
                format!("the parameter `{wire}` of `{}` is no text in the path", asked.id);
            return Err(Problem::new(message, place, "name an operation without such parameters"));
        }
        let Some(found) = self.declared.get(&["get", "params", wire]) else {
            let help = "write `input:NAME` for a parameter, or `body:$.FIELD` for what is answered";
            return Err(Problem::new(format!("nothing says what `{wire}` is"), place, help));
        };
        let text = found.text("`input:NAME` or `body:$.FIELD`")?;
        if let Some(name) = text.strip_prefix("input:") {
            let inputs = || own.parameters.iter().filter(|one| self.is_segment(one));
            if inputs().any(|one| one.wire == name) {
                return Ok(Given::Input(name.to_owned()));
            }
            let help = match nearest(name, inputs().map(|one| one.wire.as_str()), 1).first() {
                Some(known) => format!("did you mean `input:{known}`?"),
                None => "write `body:$.FIELD` for what is answered".to_owned(),
            };
            let message = format!("the path of `{}` has no parameter `{name}`", own.id);
            return Err(Problem::new(message, &found.at, help));
        }
        let Some(path) = text.strip_prefix("body:") else {
            let message = format!("`{text}` is neither a parameter nor a field");
            let help = "write `input:NAME` for a parameter, or `body:$.FIELD` for what is answered";
            return Err(Problem::new(message, &found.at, help));
        };
        let field = field::follow(self.api, self.answer(own, &found.at)?, path, &found.at)?;
        if is_text(&self.api.resolved(field.leaf).kind) {
            Ok(Given::Answer(field))
        } else {
            let message = format!("`{field}` is not a single value");
            Err(Problem::new(message, &found.at, "name a field that a path can hold"))
        }
    }

    /// Whether a parameter is a plain value in the path.
    fn is_segment(&self, parameter: &Parameter) -> bool {
        parameter.place == Place::Path
            && parameter.style.form == StyleForm::Simple
            && !parameter.style.reserved
            && is_text(&self.api.resolved(parameter.schema).kind)
    }
}

/// Whether a value has one spelling, which everybody may see.
fn is_text(kind: &Kind) -> bool {
    match kind {
        Kind::String(StringFormat::Secret | StringFormat::Base64) => false,
        kind => kind.is_single(),
    }
}
