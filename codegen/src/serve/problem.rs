//! Refusals, as RFC 9457 writes them.

use http::{Response, StatusCode, header};
use serde_json::{Value, json};

use crate::pointer::Pointer;

/// One thing that is wrong with a request.
#[derive(Clone, Debug)]
pub(super) struct Violation {
    /// The part of the request: `path`, `query`, `header`, `cookie`, `body` or `method`.
    pub(super) part: &'static str,
    /// Where in that part: the name of a parameter, a JSON pointer into the body.
    pub(super) place: String,
    /// What is wrong there.
    pub(super) message: String,
    /// What in the document says so.
    pub(super) rule: Option<Pointer>,
}

impl Violation {
    fn in_words(&self) -> String {
        let place = format!("{} {}", self.part, self.place);
        format!("{}: {}", place.trim_end(), self.message)
    }
}

/// Why a request is refused.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    pub(super) title: &'static str,
    pub(super) violations: Vec<Violation>,
    pub(super) headers: Vec<(String, String)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, title: &'static str) -> Self {
        Self { status, title, violations: Vec::new(), headers: Vec::new() }
    }

    pub(super) fn because(mut self, violation: Violation) -> Self {
        self.violations.push(violation);
        self
    }

    pub(super) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Status, title and the first reason.
    pub(super) fn in_words(&self) -> String {
        let reason = self.reason().map(|reason| format!(": {reason}"));
        format!("{}: {}{}", self.status.as_u16(), self.title, reason.unwrap_or_default())
    }

    /// The first reason, and how many there are besides.
    fn reason(&self) -> Option<String> {
        let (first, others) = self.violations.split_first()?;
        let more = match others.len() {
            0 => String::new(),
            number => format!(" (and {number} more)"),
        };
        Some(first.in_words() + &more)
    }

    /// The answer; `locate` knows the line of the document behind a pointer.
    pub(super) fn into_response(self, locate: impl Fn(&Pointer) -> String) -> Response<Vec<u8>> {
        let entry = |violation: &Violation| {
            let mut entry = json!({
                "in": violation.part,
                "at": violation.place,
                "message": violation.message,
            });
            if let Some(rule) = &violation.rule {
                entry["rule"] = json!(rule.to_reference());
                entry["source"] = json!(locate(rule));
            }
            entry
        };
        let mut body = json!({
            "type": "about:blank",
            "title": self.title,
            "status": self.status.as_u16(),
        });
        if let Some(reason) = self.reason() {
            body["detail"] = json!(reason);
            body["violations"] = self.violations.iter().map(entry).collect::<Value>();
        }
        let mut response = Response::builder()
            .status(self.status)
            .header(header::CONTENT_TYPE, "application/problem+json");
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(body.to_string().into_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reason_is_told_with_the_number_of_others() {
        let violation = |place: &str| Violation {
            part: "query",
            place: place.to_owned(),
            message: "is required and not there".to_owned(),
            rule: None,
        };
        let one = Problem::new(StatusCode::BAD_REQUEST, "No").because(violation("a"));
        assert_eq!(one.in_words(), "400: No: query a: is required and not there");
        let three = one.because(violation("b")).because(violation("c"));
        let words = "query a: is required and not there (and 2 more)";
        assert_eq!(three.in_words(), format!("400: No: {words}"));
        let body = three.into_response(|_| String::new()).into_body();
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["detail"], words);
    }
}
