//! The request as it is before any login.

use bytes::Bytes;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, InvalidHeaderValue,
    PROXY_AUTHORIZATION, USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};

use super::target::Target;
use crate::body::Body;
use crate::call::{Parts, plain};
use crate::client::{BaseUrl, Shared};
use crate::codegen::Operation;
use crate::error::{Details, ErrorKind};
use crate::transport::RequestBody;

/// A request that can be sent as often as it takes.
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) uri: Uri,
    pub(super) server: BaseUrl,
    /// Media types and their headers, as the operation has them.
    types: [(HeaderName, Option<HeaderValue>); 2],
    /// The call's own headers.
    own: HeaderMap,
    cookies: Vec<(&'static str, String)>,
    body: Option<Body>,
    /// For the mock, which knows the request by it.
    #[cfg(feature = "test-util")]
    asked: std::sync::Arc<crate::mock::Asked>,
}

impl Prepared {
    /// Puts URI, headers and body together.
    ///
    /// # Errors
    /// An argument was refused, here or by a setter before.
    pub(super) fn new(parts: Box<Parts>, client: &Shared) -> Result<Self, Box<Details>> {
        let operation = parts.operation;
        let refused =
            |reason: String| Details::new(ErrorKind::Build, Some(operation)).because(reason);
        if let Some(reason) = parts.refused {
            return Err(refused(reason));
        }
        let (server, uri) = locate(&parts, client).map_err(refused)?;
        #[cfg(feature = "test-util")]
        let asked = crate::mock::Asked::new(&parts, uri.clone()).into();
        let body = match parts.form {
            Some(form) => Some(form.into_body().map_err(refused)?),
            None => parts.body,
        };
        if body.as_ref().is_some_and(|body| !body.is_there()) {
            return Err(refused("the body is a stream that was sent before".to_owned()));
        }
        let own = body.as_ref().and_then(Body::media_type);
        let usual = parts.content_type.or(operation.sent_type()).filter(|_| body.is_some());
        let content_type = match own {
            Some(text) => Some(HeaderValue::from_str(text)),
            None => usual.map(fixed),
        };
        let accepted = parts.accept.or(operation.accepted()).map(fixed);
        let valid = |name: HeaderName, value: Option<Result<HeaderValue, InvalidHeaderValue>>| {
            let no_value = || format!("the operation's `{name}` is no header value");
            let value = value.transpose().map_err(|_| refused(no_value()))?;
            Ok::<_, Box<Details>>((name, value))
        };
        Ok(Self {
            operation,
            uri,
            server,
            types: [valid(ACCEPT, accepted)?, valid(CONTENT_TYPE, content_type)?],
            own: parts.headers,
            cookies: parts.cookies,
            body,
            #[cfg(feature = "test-util")]
            asked,
        })
    }

    /// The headers before any login: those of the client, then what the operation says, then what the
    /// call says. Later ones win.
    pub(super) fn headers(&self, client: &Shared) -> HeaderMap {
        let mut headers = client.headers.clone();
        headers.insert(USER_AGENT, client.user_agent.clone());
        for (name, value) in &self.types {
            if let Some(value) = value {
                headers.insert(name, value.clone());
            }
        }
        for name in self.own.keys() {
            headers.remove(name);
        }
        headers.extend(self.own.clone());
        add_cookies(&mut headers, &self.cookies);
        headers
    }

    /// Whether the body is still there: a stream goes out once.
    pub(super) fn can_be_sent(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_there)
    }

    /// The request with the headers a login has added; a probe goes out without the body, and
    /// without the header that describes it.
    pub(super) fn request(
        &self,
        uri: Uri,
        headers: HeaderMap,
        probe: bool,
    ) -> Request<RequestBody> {
        let body = match &self.body {
            Some(body) if !probe => body.take().unwrap_or(RequestBody::Empty),
            _ => RequestBody::Empty,
        };
        // What has its bytes at hand knows how many they are (RFC 9112, section 6.2).
        let length = match (&body, &self.body) {
            (RequestBody::Stream(_), Some(body)) => body.length(),
            _ => None,
        };
        let mut request = Request::new(body);
        *request.method_mut() = self.operation.method().clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        let headers = request.headers_mut();
        if let Some(length) = length {
            headers.insert(CONTENT_LENGTH, length.into());
        }
        if probe {
            headers.remove(CONTENT_TYPE);
        }
        // `Debug` of a header map shows every value that is not marked.
        for name in [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION] {
            if let Some(value) = headers.get_mut(name) {
                value.set_sensitive(true);
            }
        }
        #[cfg(feature = "test-util")]
        request.extensions_mut().insert(std::sync::Arc::clone(&self.asked));
        request
    }
}

/// The server of a call, and its URI as it is before any login.
///
/// # Errors
/// Says what is missing or refused, without a URL, which may hold a key.
pub(super) fn locate(parts: &Parts, client: &Shared) -> Result<(BaseUrl, Uri), String> {
    let url = parts.options.as_deref().and_then(|options| options.url.as_deref());
    let target = Target::new(client, parts.operation, url, &parts.path)?;
    let Target { server, front, is_plain, query } = target;
    if let Some(followed) = &parts.followed {
        let uri = Uri::try_from(followed.url().as_str());
        return Ok((server, uri.map_err(|_| "the link to the next page makes no URI".to_owned())?));
    }
    let own = parts.query.iter().map(|(_, encoded)| encoded.as_str());
    let query = query.iter().map(String::as_str).chain(own);
    let uri = assemble(front, is_plain, query)?;
    Ok((server, uri))
}

/// The absolute URI, of a URL and its query. It must survive the parser of an HTTP library unchanged, or
/// a value would arrive as something else than it is.
fn assemble<'q>(
    mut text: String,
    mut is_plain: bool,
    query: impl Iterator<Item = &'q str> + Clone,
) -> Result<Uri, String> {
    text.reserve(query.clone().map(|encoded| encoded.len() + 1).sum());
    for (index, encoded) in query.enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(encoded);
        is_plain &= plain::query(encoded);
    }
    let unchanged = is_plain || url::Url::parse(&text).is_ok_and(|url| url.as_str() == text);
    match Uri::try_from(text) {
        Ok(uri) if unchanged => Ok(uri),
        _ => Err("the call's arguments do not make a URI".to_owned()),
    }
}

/// The value of a header that the program itself holds, which need not be copied.
fn fixed(text: &'static str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()))
}

/// All cookies of the call in one header (RFC 6265, section 5.4).
fn add_cookies(headers: &mut HeaderMap, cookies: &[(&'static str, String)]) {
    if cookies.is_empty() {
        return;
    }
    let own = cookies.iter().map(|(_, encoded)| encoded.as_str());
    let before = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let all: Vec<&str> = before.into_iter().chain(own).collect();
    // Encoded cookies hold visible ASCII only.
    if let Ok(mut value) = HeaderValue::from_str(&all.join("; ")) {
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
}
