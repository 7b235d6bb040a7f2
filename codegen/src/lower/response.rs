//! Bodies and answers.

use openapiv3::{Operation as Raw, RequestBody, Response, StatusCode};
use serde_json::Value;

use super::schema::Site;
use super::{Lowerer, resolve};
use crate::diagnostics::Code;
use crate::ir::{Body, Docs, Outcome, Payload, Status};
use crate::pointer::Pointer;

/// The answers of one operation, sorted.
pub(super) struct Outcomes {
    pub(super) successes: Vec<Outcome>,
    pub(super) errors: Vec<Outcome>,
    pub(super) nonempty: bool,
}

impl<'d> Lowerer<'d> {
    pub(super) fn body(&mut self, raw: &'d Raw, site: &Pointer, id: &str) -> Option<Body> {
        let map = self.document.components.as_ref().map(|all| &all.request_bodies);
        let declared = raw.request_body.as_ref()?;
        let (body, at): (&RequestBody, Pointer) =
            resolve(declared, site.push("requestBody"), "requestBodies", map)?;
        let here = Site { at: at.clone(), path: vec![id.to_owned(), "request".to_owned()] };
        let payload = self.payload(&body.content, &here);
        if !matches!(payload, Payload::Json { .. } | Payload::Empty) {
            self.error(
                Code::UnsupportedBody,
                "only JSON request bodies can be sent yet",
                &at.push("content"),
                "choose the other operations with `--operation` until then",
            );
        }
        if payload == Payload::Empty {
            return None;
        }
        let docs = Docs { description: body.description.clone(), ..Docs::default() };
        Some(Body { required: body.required, payload, docs })
    }

    pub(super) fn outcomes(&mut self, raw: &'d Raw, site: &Pointer, id: &str) -> Outcomes {
        let map = self.document.components.as_ref().map(|all| &all.responses);
        let place = site.push("responses");
        let mut all = Outcomes { successes: Vec::new(), errors: Vec::new(), nonempty: false };
        for (code, response) in &raw.responses.responses {
            let (status, key) = match code {
                StatusCode::Code(code) => (Status::Exact(*code), code.to_string()),
                StatusCode::Range(digit) => (Status::Range(*digit), format!("{digit}XX")),
            };
            if let Some((response, at)) = resolve(response, place.push(&key), "responses", map) {
                self.sort_in(&mut all, response, at, status, id);
            }
        }
        let default = raw
            .responses
            .default
            .as_ref()
            .and_then(|response| resolve(response, place.push("default"), "responses", map));
        if let Some((response, at)) = default {
            self.sort_in(&mut all, response, at, Status::Default, id);
        }
        self.one_success(&mut all.successes);
        all.errors.sort_by_key(|outcome| outcome.status);
        all
    }

    fn sort_in(
        &mut self,
        all: &mut Outcomes,
        response: &'d Response,
        at: Pointer,
        status: Status,
        id: &str,
    ) {
        let success = matches!(status, Status::Exact(200..=299) | Status::Range(2));
        let role = if success { "response".to_owned() } else { format!("{} body", label(status)) };
        let here = Site { at: at.clone(), path: vec![id.to_owned(), role] };
        let payload = self.payload(&response.content, &here);
        let outcome = Outcome { at, status, payload, description: response.description.clone() };
        if success {
            all.nonempty |=
                response.extensions.get("x-specwright-nonempty") == Some(&Value::Bool(true));
            all.successes.push(outcome);
        } else {
            all.errors.push(outcome);
        }
    }

    /// All successes of an operation have one type for now.
    fn one_success(&mut self, successes: &mut [Outcome]) {
        let Some((first, others)) = successes.split_first() else { return };
        for other in others.iter() {
            if same_payload(&first.payload, &other.payload) {
                continue;
            }
            self.diagnostics.push(
                crate::diagnostics::Diagnostic::error(
                    Code::UnsupportedBody,
                    "successes of different types are not supported yet",
                )
                .at(&other.at)
                .help("choose the other operations with `--operation` until then"),
            );
        }
    }
}

fn same_payload(left: &Payload, right: &Payload) -> bool {
    match (left, right) {
        (Payload::Json { schema: left, .. }, Payload::Json { schema: right, .. }) => left == right,
        (left, right) => std::mem::discriminant(left) == std::mem::discriminant(right),
    }
}

/// A status as it stands in names: `404`, `4xx`, `default`.
fn label(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "default".to_owned(),
    }
}
