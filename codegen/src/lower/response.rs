//! Answers.

use openapiv3::{Operation as Raw, Response, StatusCode};
use serde_json::Value;

use super::schema::Site;
use super::{Lowerer, resolve};
use crate::diagnostics::Code;
use crate::ir::{Docs, Outcome, Payload, Representation, Status};
use crate::pointer::Pointer;

/// The answers of one operation, sorted.
#[derive(Default)]
pub(super) struct Outcomes {
    pub(super) successes: Vec<Outcome>,
    pub(super) representations: Vec<Representation>,
    pub(super) errors: Vec<Outcome>,
    pub(super) nonempty: bool,
}

/// What a success may be, besides what it usually is.
struct Other {
    status: Status,
    at: Pointer,
    payload: Payload,
}

impl<'d> Lowerer<'d> {
    pub(super) fn outcomes(&mut self, raw: &'d Raw, site: &Pointer, id: &str) -> Outcomes {
        let map = self.document.components.as_ref().map(|all| &all.responses);
        let place = site.push("responses");
        let mut all = Outcomes::default();
        let mut others = Vec::new();
        for (code, response) in &raw.responses.responses {
            let (status, key) = match code {
                StatusCode::Code(code) => (Status::Exact(*code), code.to_string()),
                StatusCode::Range(digit) => (Status::Range(*digit), format!("{digit}XX")),
            };
            if let Some((response, at)) = resolve(response, place.push(&key), "responses", map) {
                self.sort_in(&mut all, &mut others, response, at, status, id);
            }
        }
        let default = raw
            .responses
            .default
            .as_ref()
            .and_then(|response| resolve(response, place.push("default"), "responses", map));
        if let Some((response, at)) = default {
            self.sort_in(&mut all, &mut others, response, at, Status::Default, id);
        }
        redirects_as_answers(&mut all);
        all.successes.sort_by_key(|outcome| outcome.status);
        all.errors.sort_by_key(|outcome| outcome.status);
        all.representations = representations(&all.successes, others);
        all
    }

    fn sort_in(
        &mut self,
        all: &mut Outcomes,
        others: &mut Vec<Other>,
        response: &'d Response,
        at: Pointer,
        status: Status,
        id: &str,
    ) {
        let success = matches!(status, Status::Exact(200..=299) | Status::Range(2));
        let role = if success { "response".to_owned() } else { format!("{} body", label(status)) };
        let here = Site { at: at.clone(), path: vec![id.to_owned(), role] };
        if status == Status::Exact(101) {
            self.warn(
                Code::Ignored,
                "the upgraded connection behind a 101 is not offered",
                &at,
                "speak to the server directly for it",
            );
            return;
        }
        let payload = if success {
            let mut each = self.representations(&response.content, &here).into_iter();
            let usual = each.next().map_or(Payload::Empty, |usual| usual.payload);
            others.extend(each.map(|other| Other { status, at: other.at, payload: other.payload }));
            usual
        } else {
            self.usual(&response.content, &here)
        };
        let description = response.description.clone();
        let outcome = Outcome { at, status, payload, description, headers: self.headers(response) };
        if success {
            all.nonempty |=
                response.extensions.get("x-specwright-nonempty") == Some(&Value::Bool(true));
            all.successes.push(outcome);
        } else {
            all.errors.push(outcome);
        }
    }

    /// Documented headers of an answer, with their prose.
    fn headers(&self, response: &'d Response) -> Vec<(String, Docs)> {
        let map = self.document.components.as_ref().map(|all| &all.headers);
        let each = response.headers.iter().filter_map(|(name, header)| {
            let (header, _) = resolve(header, Pointer::root(), "headers", map)?;
            let description = header.description.clone();
            let deprecated = header.deprecated.unwrap_or_default();
            Some((name.clone(), Docs { description, deprecated, ..Docs::default() }))
        });
        each.collect()
    }
}

/// For each further media type all successes, as they are when it is asked for.
fn representations(successes: &[Outcome], others: Vec<Other>) -> Vec<Representation> {
    let mut all: Vec<Representation> = Vec::new();
    for Other { status, at, payload } in others {
        let Some(media_type) = payload.media_type().map(str::to_owned) else { continue };
        let known = all.iter().position(|one| one.media_type == media_type);
        let index = known.unwrap_or_else(|| {
            all.push(Representation { at, media_type, successes: successes.to_vec() });
            all.len() - 1
        });
        let same = |outcome: &&mut Outcome| outcome.status == status;
        if let Some(outcome) = all[index].successes.iter_mut().find(same) {
            outcome.payload = payload;
        }
    }
    all
}

/// Without a documented 2xx, a documented redirect is what the operation is for. 304 is not: it
/// says that there is no answer.
fn redirects_as_answers(all: &mut Outcomes) {
    if !all.successes.is_empty() {
        return;
    }
    let redirect = |outcome: &Outcome| matches!(outcome.status, Status::Exact(300..=303 | 305..=399) | Status::Range(3));
    let (redirects, errors) = std::mem::take(&mut all.errors).into_iter().partition(redirect);
    all.successes = redirects;
    all.errors = errors;
}

/// A status as it stands in names: `404`, `4xx`, `default`.
fn label(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "default".to_owned(),
    }
}
