//! What generated code says about one operation: a `static` record, built by `const` setters so
//! that a newer runtime can know more than older output says.

use http::{Method, StatusCode};

use super::Paging;

/// One operation of the document.
#[derive(Debug)]
pub struct Operation {
    method: Method,
    id: &'static str,
    path: &'static str,
    accept: Option<&'static str>,
    content_type: Option<&'static str>,
    success: &'static [u16],
    security: &'static [&'static [&'static str]],
    envelope: Option<EnvelopeFields>,
    nonempty: bool,
    server: Option<&'static str>,
    unlocated: bool,
    paging: Option<Paging>,
}

/// The names an enveloped operation uses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EnvelopeFields {
    /// The query parameter that asks for the envelope.
    pub(crate) parameter: &'static str,
    /// The envelope's property that holds the status.
    pub(crate) status: &'static str,
    /// The envelope's property that holds the answer itself.
    pub(crate) content: &'static str,
}

impl Operation {
    /// An operation with its id and its path template, as the document has them.
    #[must_use]
    pub const fn new(method: Method, id: &'static str, path: &'static str) -> Self {
        Self {
            method,
            id,
            path,
            accept: None,
            content_type: None,
            success: &[],
            security: &[],
            envelope: None,
            nonempty: false,
            server: None,
            unlocated: false,
            paging: None,
        }
    }

    /// The media type of the answer, sent as `Accept`.
    #[must_use]
    pub const fn accept(mut self, media_type: &'static str) -> Self {
        self.accept = Some(media_type);
        self
    }

    /// The media type of the body, sent as `Content-Type` when there is a body.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// The statuses that are successes; 2 means the range 2XX. Without any, every 2xx is one.
    #[must_use]
    pub const fn success(mut self, statuses: &'static [u16]) -> Self {
        self.success = statuses;
        self
    }

    /// The security requirements: alternatives, each a set of schemes needed together.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// The operation can wrap its answer (`x-specwright-envelope`).
    #[must_use]
    pub const fn envelope(
        mut self,
        parameter: &'static str,
        status: &'static str,
        content: &'static str,
    ) -> Self {
        self.envelope = Some(EnvelopeFields { parameter, status, content });
        self
    }

    /// The answer has at least one property (`x-specwright-nonempty`).
    #[must_use]
    pub const fn nonempty(mut self) -> Self {
        self.nonempty = true;
        self
    }

    /// The server of this operation alone, as written in the document.
    #[must_use]
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// The path in the document is none: only the caller knows the URL of a call.
    #[must_use]
    pub const fn unlocated(mut self) -> Self {
        self.unlocated = true;
        self
    }

    /// Its answers come in pages.
    #[must_use]
    pub const fn pages(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    pub(crate) fn paging(&self) -> Option<&Paging> {
        self.paging.as_ref()
    }

    pub(crate) fn is_unlocated(&self) -> bool {
        self.unlocated
    }

    pub(crate) fn own_server(&self) -> Option<&'static str> {
        self.server
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) fn id(&self) -> &'static str {
        self.id
    }

    pub(crate) fn path(&self) -> &'static str {
        self.path
    }

    pub(crate) fn accepted(&self) -> Option<&'static str> {
        self.accept
    }

    pub(crate) fn sent_type(&self) -> Option<&'static str> {
        self.content_type
    }

    pub(crate) fn alternatives(&self) -> &'static [&'static [&'static str]] {
        self.security
    }

    pub(crate) fn envelope_fields(&self) -> Option<EnvelopeFields> {
        self.envelope
    }

    pub(crate) fn is_nonempty(&self) -> bool {
        self.nonempty
    }

    /// The first status that the document makes the operation's answer.
    #[cfg(feature = "test-util")]
    pub(crate) fn first_success(&self) -> u16 {
        match self.success.first() {
            Some(&range @ 1..=5) => range * 100,
            Some(&status) => status,
            None => 200,
        }
    }

    /// Whether the document makes `status` the operation's answer.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        let code = status.as_u16();
        if self.success.is_empty() {
            return status.is_success();
        }
        self.success.iter().any(|&listed| listed == code || listed == code / 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_by_status_range_or_default() {
        static LISTED: Operation = Operation::new(Method::GET, "a", "/").success(&[200, 303]);
        static RANGE: Operation = Operation::new(Method::GET, "a", "/").success(&[2]);
        static SILENT: Operation = Operation::new(Method::GET, "a", "/");
        let yes = |op: &Operation| -> Vec<u16> {
            let all = (200..=599).filter(|s| op.is_success(StatusCode::from_u16(*s).unwrap()));
            all.collect()
        };
        assert_eq!(yes(&LISTED), [200, 303]);
        assert_eq!(yes(&RANGE), (200..300).collect::<Vec<_>>());
        assert_eq!(yes(&SILENT), (200..300).collect::<Vec<_>>());
    }
}
