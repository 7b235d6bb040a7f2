//! What a caller may want to be different for some calls.

use std::fmt;
use std::time::Duration;

use http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::client::Limits;
use crate::retry::RetryPolicy;

/// Settings for some calls of a client, in place of the client's own.
///
/// A generated client takes them with `with_options`, which gives a client that shares everything
/// with the first. What is not set here stays as it was.
///
/// ```
/// # use specwright_runtime::{CallOptions, RetryPolicy};
/// # use std::time::Duration;
/// let urgent = CallOptions::new()
///     .timeout(Duration::from_secs(5))
///     .retry(RetryPolicy::never())
///     .header("X-Request-Id", "4711");
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    call: Option<Option<Duration>>,
    attempt: Option<Option<Duration>>,
    idle: Option<Option<Duration>>,
    pub(crate) resumptions: Option<u32>,
    response_bytes: Option<u64>,
    error_bytes: Option<u64>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) headers: HeaderMap,
    pub(crate) url: Option<String>,
    /// What was refused, in words that do not repeat a value.
    pub(crate) refused: Option<String>,
}

impl CallOptions {
    /// Nothing different.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long a call may take as a whole, with logging in, all attempts and the waits between
    /// them; no limit if `None`.
    #[must_use]
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.call = Some(limit.into());
        self
    }

    /// How long one attempt may take, connecting included; no limit if `None`.
    ///
    /// Connecting has no limit of a call's own, because a connection is not a call's own: it comes
    /// from a pool or waits for another call's, and reqwest keeps its limit with the client. This one
    /// bounds it; what the client's
    /// [`connect_timeout`](crate::ClientBuilder::connect_timeout) is for stays: to tell a server that
    /// is not there, where repeating is safe, from one that is slow.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.attempt = Some(limit.into());
        self
    }

    /// How long a stream of values or a download may be silent, and a server take nothing of a body that
    /// is sent, as [`idle_timeout`](crate::ClientBuilder::idle_timeout) has it; no limit if `None`.
    #[must_use]
    pub fn idle_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.idle = Some(limit.into());
        self
    }

    /// How often a [`Download`](crate::Download) that breaks off or falls silent is taken up where it
    /// stopped; never, unless it is said here.
    ///
    /// The rest is asked for by another call, of the same limits and repeats, after a pause by the
    /// [`RetryPolicy`]. What comes is of the same file, or the download fails as it broke off, and says why it
    /// was not taken up: only the answer to a GET is, of status 200 and with a strong `ETag`, which goes along
    /// as `If-Range`, and only by a 206 that has the same one, is of the same media type if it names one, and
    /// begins where the first ended (RFC 9110, sections 13.1.5, 14 and 15.3.7). A call that sends a `Range` of
    /// its own is left as it is.
    #[must_use]
    pub fn resume_downloads(mut self, times: u32) -> Self {
        self.resumptions = Some(times);
        self
    }

    /// How many bytes the body of a success may have, or a single value of a stream.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.response_bytes = Some(bytes);
        self
    }

    /// How many bytes the body of any other answer may have.
    #[must_use]
    pub fn max_error_bytes(mut self, bytes: u64) -> Self {
        self.error_bytes = Some(bytes);
        self
    }

    /// When a call is sent again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// A header to send. It wins over the client's header of that name and over what the operation
    /// would send; a parameter of the call and a login win over it. Text that no header may hold,
    /// and headers that say where a request goes or ends, make the call fail before it is sent.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(reason) => {
                self.refused.get_or_insert(reason);
            }
        }
        self
    }

    /// Where calls go, query and all, for operations whose URL the document does not know, such as
    /// an upload to an address that the server gives out. Any other operation fails with it before
    /// anything is sent. What the operation asks for is sent there, its login included.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// These options, and where they say nothing those of `before`.
    pub(crate) fn or(self, before: &Self) -> Self {
        let mut headers = before.headers.clone();
        headers.extend(self.headers);
        Self {
            call: self.call.or(before.call),
            attempt: self.attempt.or(before.attempt),
            idle: self.idle.or(before.idle),
            resumptions: self.resumptions.or(before.resumptions),
            response_bytes: self.response_bytes.or(before.response_bytes),
            error_bytes: self.error_bytes.or(before.error_bytes),
            retry: self.retry.or_else(|| before.retry.clone()),
            headers,
            url: self.url.or_else(|| before.url.clone()),
            refused: before.refused.clone().or(self.refused),
        }
    }

    pub(crate) fn limits(&self, client: Limits) -> Limits {
        Limits {
            connect: client.connect,
            attempt: self.attempt.unwrap_or(client.attempt),
            call: self.call.unwrap_or(client.call),
            idle: self.idle.unwrap_or(client.idle),
            response_bytes: self.response_bytes.unwrap_or(client.response_bytes),
            error_bytes: self.error_bytes.unwrap_or(client.error_bytes),
        }
    }
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| "an extra header's name is none".to_owned())?;
    if is_framing(&name) {
        return Err(format!("header `{name}` is the transport's own"));
    }
    let mut value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| format!("header `{name}` holds a control character"))?;
    // The caller may well use it for a key.
    value.set_sensitive(true);
    Ok((name, value))
}

/// Headers that say where a request goes or where it ends.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    [HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION].contains(name)
}

impl fmt::Debug for CallOptions {
    /// Names the headers without their values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.call)
            .field("attempt_timeout", &self.attempt)
            .field("idle_timeout", &self.idle)
            .field("resume_downloads", &self.resumptions)
            .field("max_response_bytes", &self.response_bytes)
            .field("max_error_bytes", &self.error_bytes)
            .field("retry", &self.retry)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            // Its query may well be a key.
            .field("url", &self.url.as_ref().map(|_| ".."))
            .finish_non_exhaustive()
    }
}
