//! Answers: which are successes, which are errors, and what each carries.

use openapiv3::{Operation as Raw, Response, StatusCode};
use serde_json::Value;

use super::schema::Site;
use super::{Lowerer, resolve};
use crate::diagnostics::Code;
use crate::ir::{Opaque, Outcome, Payload, Representation, Status};
use crate::pointer::Pointer;

/// The answers of one operation, sorted.
#[derive(Default)]
pub(super) struct Outcomes {
    pub(super) successes: Vec<Outcome>,
    pub(super) representations: Vec<Representation>,
    pub(super) errors: Vec<Outcome>,
    pub(super) nonempty: bool,
    /// When the first of the successes goes out of service.
    pub(super) sunset: Option<String>,
}

/// What a success may be, besides what it usually is.
struct Other {
    status: Status,
    at: Pointer,
    payload: Payload,
}

/// The operation whose answers are sorted, and how far that has come.
struct Sorting<'a> {
    id: &'a str,
    method: &'a str,
    all: Outcomes,
    others: Vec<Other>,
    /// An upgrade of the connection, and where it is written.
    upgrade: Option<(Outcome, Pointer)>,
}

impl<'d> Lowerer<'d> {
    pub(super) fn outcomes(
        &mut self,
        method: &str,
        raw: &'d Raw,
        site: &Pointer,
        id: &str,
    ) -> Outcomes {
        let map = self.document.components.as_ref().map(|all| &all.responses);
        let place = site.push("responses");
        let (all, others) = (Outcomes::default(), Vec::new());
        let mut sorting = Sorting { id, method, all, others, upgrade: None };
        let mut each = Vec::new();
        for (code, response) in &raw.responses.responses {
            let (status, key) = match code {
                StatusCode::Code(code) => (Status::Exact(*code), format!("{code:03}")),
                StatusCode::Range(digit) => (Status::Range(*digit), format!("{digit}XX")),
            };
            each.push((status, key, response));
        }
        let default = raw.responses.default.iter();
        each.extend(default.map(|response| (Status::Default, "default".to_owned(), response)));
        for (status, key, response) in each {
            let at = place.push(&key);
            if !self.can_be_final(status, &key, &at) {
                continue;
            }
            if let Some((response, referred)) = resolve(response, at.clone(), "responses", map) {
                let description = self.described(&at, Some(&response.description));
                self.sort_in(&mut sorting, (response, description), referred, status);
            }
        }
        self.answers_without_success(&mut sorting);
        let Sorting { mut all, others, .. } = sorting;
        all.successes.sort_by_key(|outcome| outcome.status);
        all.errors.sort_by_key(|outcome| outcome.status);
        all.representations = representations(&all.successes, others);
        all
    }

    /// The document's `x-specwright-error-code`: where the bodies of its errors name the failure.
    pub(super) fn error_code(&mut self) -> Option<String> {
        let value = self.document.extensions.get("x-specwright-error-code")?;
        let pointer = value.as_str().filter(|text| text.starts_with('/'));
        if pointer.is_none() {
            self.warn(
                Code::Ignored,
                "`x-specwright-error-code` is no JSON pointer",
                &Pointer::root().push("x-specwright-error-code"),
                "write where the code stands in the body of an error, such as `/errorCode`",
            );
        }
        pointer.map(str::to_owned)
    }

    /// Whether a call can end with this status: one of three digits from 1 to 5 in front (RFC 9110,
    /// section 15), and no interim one (section 15.2). 101 is the last of its protocol.
    fn can_be_final(&mut self, status: Status, key: &str, at: &Pointer) -> bool {
        let why = match status {
            Status::Default | Status::Range(2..=5) | Status::Exact(101 | 200..=599) => return true,
            Status::Exact(100..=199) | Status::Range(1) => "another answer always follows it",
            Status::Exact(_) | Status::Range(_) => "HTTP has no such status",
        };
        let message = format!("the answer under `{key}` is left out: {why}");
        self.warn(Code::Ignored, message, at, "remove it, or correct the status");
        false
    }

    fn sort_in(
        &mut self,
        sorting: &mut Sorting<'_>,
        (response, description): (&'d Response, Option<String>),
        at: Pointer,
        status: Status,
    ) {
        let success = matches!(status, Status::Exact(200..=299) | Status::Range(2));
        let role = if success { "response".to_owned() } else { format!("{} body", label(status)) };
        let here = Site { at: at.clone(), path: vec![sorting.id.to_owned(), role] };
        let headers = self.headers(response, &here);
        let mut outcome = Outcome {
            at: at.clone(),
            status,
            payload: Payload::Empty,
            accept: None,
            description: description.unwrap_or_default(),
            headers,
        };
        if status == Status::Exact(101) {
            outcome.payload =
                Payload::Bytes { media_type: "*/*".to_owned(), raw: Opaque::default() };
            sorting.upgrade = Some((outcome, at));
            return;
        }
        let silent = sorting.method == "head" || has_no_content(status);
        if silent && sorting.method != "head" {
            self.report_content(response, &at);
        }
        if !success {
            if !silent {
                outcome.payload = self.usual(&response.content, &here);
            }
            sorting.all.errors.push(outcome);
            return;
        }
        let mut each = self.representations(&response.content, &here).into_iter();
        if let Some(usual) = each.next() {
            let media = response.content.get(&usual.media_type);
            let sunset = media.and_then(|media| sunset(&media.extensions));
            sorting.all.sunset = sooner(sorting.all.sunset.take(), sunset);
            outcome.accept = Some(usual.media_type);
            if !silent {
                outcome.payload = usual.payload;
                let other = |other: super::media::Representation| Other {
                    status,
                    at: other.at,
                    payload: other.payload,
                };
                sorting.others.extend(each.map(other));
            }
        }
        self.unfit_sunsets(&response.content, &at);
        let nonempty = "x-specwright-nonempty";
        self.unfit(&response.extensions, nonempty, Value::is_boolean, "`true` or `false`", &at);
        sorting.all.nonempty |=
            response.extensions.get("x-specwright-nonempty") == Some(&Value::Bool(true));
        sorting.all.successes.push(outcome);
    }

    /// A body under a status that never has one; what it describes cannot arrive.
    fn report_content(&mut self, response: &Response, at: &Pointer) {
        let described = response.content.iter().find(|(_, media)| media.schema.is_some());
        if let Some((name, _)) = described {
            self.warn(
                Code::Ignored,
                "an answer with this status has no content, whatever is described",
                &at.push("content").push(name),
                "remove the schema, or answer with another status",
            );
        }
    }

    /// Without a documented 2xx, a documented redirect is what the operation is for, or an upgrade.
    /// 304 is not: it says that there is no answer.
    fn answers_without_success(&mut self, sorting: &mut Sorting<'_>) {
        let all = &mut sorting.all;
        let wanted = all.successes.is_empty();
        if wanted {
            let redirect = |outcome: &Outcome| {
                matches!(
                    outcome.status,
                    Status::Exact(300..=303 | 305..=399) | Status::Range(3)
                )
            };
            let errors = std::mem::take(&mut all.errors);
            (all.successes, all.errors) = errors.into_iter().partition(redirect);
        }
        let Some((upgrade, at)) = sorting.upgrade.take() else { return };
        self.warn(
            Code::Ignored,
            "the upgraded connection behind a 101 is not offered",
            &at,
            "what the server sends in place of an upgrade is answered; for the connection itself, \
             speak to the server directly",
        );
        if wanted {
            all.successes.push(upgrade);
        }
    }
}

/// Whether an answer with this status never has a body (RFC 9110, sections 15.3.5, 15.3.6 and
/// 15.4.5).
fn has_no_content(status: Status) -> bool {
    matches!(status, Status::Exact(204 | 205 | 304))
}

/// `x-sunset`: the day from which something is out of service.
pub(super) fn sunset(extensions: &indexmap::IndexMap<String, Value>) -> Option<String> {
    extensions.get("x-sunset").and_then(Value::as_str).map(str::to_owned)
}

impl Lowerer<'_> {
    /// Tells of the days of media types that are none.
    pub(super) fn unfit_sunsets(
        &mut self,
        content: &indexmap::IndexMap<String, openapiv3::MediaType>,
        at: &Pointer,
    ) {
        for (name, media) in content {
            let at = at.push("content").push(name);
            self.unfit(&media.extensions, "x-sunset", Value::is_string, "a text", &at);
        }
    }
}

/// The earlier of two days; days in ISO 8601 compare as texts.
pub(super) fn sooner(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// For each further media type all successes, as they are when it is asked for; for a stream those
/// that are one, since there is no telling by status what has only begun.
fn representations(successes: &[Outcome], others: Vec<Other>) -> Vec<Representation> {
    let mut all: Vec<Representation> = Vec::new();
    for Other { status, at, payload } in others {
        let Some(media_type) = payload.media_type().map(str::to_owned) else { continue };
        let is_stream = matches!(payload, Payload::Stream { .. });
        let known = all.iter().position(|one| one.media_type == media_type);
        let index = known.unwrap_or_else(|| {
            let successes = if is_stream { Vec::new() } else { successes.to_vec() };
            all.push(Representation { at, media_type, successes });
            all.len() - 1
        });
        let of_this = &mut all[index].successes;
        if is_stream {
            of_this.extend(successes.iter().find(|outcome| outcome.status == status).cloned());
        }
        if let Some(outcome) = of_this.iter_mut().find(|outcome| outcome.status == status) {
            outcome.accept = payload.media_type().map(str::to_owned);
            outcome.payload = payload;
        }
    }
    all
}

/// A status as it stands in names: `404`, `4xx`, `default`.
fn label(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "default".to_owned(),
    }
}
