//! The request as it is before any login.

use bytes::Bytes;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, InvalidHeaderValue,
    PROXY_AUTHORIZATION, USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};

use super::target::Target;
use crate::body::Body;
use crate::call::Parts;
use crate::client::{BaseUrl, Shared};
use crate::codegen::Operation;
use crate::error::{Details, ErrorKind};
use crate::transport::RequestBody;

/// A request that can be sent as often as it takes.
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) server: BaseUrl,
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
    pub(super) fn new(parts: Parts, client: &Shared) -> Result<Self, Box<Details>> {
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
        let types = [(ACCEPT, accepted), (CONTENT_TYPE, content_type)];
        let mut headers = headers(client, parts.headers, types)
            .map_err(|name| refused(format!("the operation's `{name}` is no header value")))?;
        add_cookies(&mut headers, &parts.cookies);
        Ok(Self {
            operation,
            uri,
            headers,
            server,
            body,
            #[cfg(feature = "test-util")]
            asked,
        })
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
    let Target { server, path, query } = Target::new(client, parts.operation, url, &parts.path)?;
    if let Some(followed) = &parts.followed {
        let uri = Uri::try_from(followed.url().as_str());
        return Ok((server, uri.map_err(|_| "the link to the next page makes no URI".to_owned())?));
    }
    let own = parts.query.iter().map(|(_, encoded)| encoded);
    let query: Vec<&String> = query.iter().chain(own).collect();
    let uri = assemble(server.prefix(), &path, &query)?;
    Ok((server, uri))
}

/// The absolute URI. It must survive the parser of an HTTP library unchanged, or a value would
/// arrive as something else than it is.
fn assemble(prefix: &str, path: &str, query: &[&String]) -> Result<Uri, String> {
    let length: usize = query.iter().map(|encoded| encoded.len() + 1).sum();
    let mut text = String::with_capacity(prefix.len() + path.len() + length);
    text.push_str(prefix);
    text.push_str(path);
    for (index, encoded) in query.iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(encoded);
    }
    let unchanged = (is_plain(path) && query.iter().all(|encoded| is_plain_query(encoded)))
        || url::Url::parse(&text).is_ok_and(|url| url.as_str() == text);
    match Uri::try_from(text) {
        Ok(uri) if unchanged => Ok(uri),
        _ => Err("the call's arguments do not make a URI".to_owned()),
    }
}

/// Whether a path is of letters, digits and what no parser touches, as nearly all are: parsing a URL
/// costs a tenth of a call. A dot at the start of a segment may be `.` or `..`.
fn is_plain(path: &str) -> bool {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'/');
    let mut before = 0;
    path.starts_with('/')
        && path.bytes().all(|byte| {
            let at_start = std::mem::replace(&mut before, byte) == b'/';
            kept(byte) || byte == b'.' && !at_start
        })
}

/// The same of a part of a query, in which dots and escapes are left as they are.
fn is_plain_query(encoded: &str) -> bool {
    encoded.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'=' | b'%')
    })
}

/// The value of a header that the program itself holds, which need not be copied.
fn fixed(text: &'static str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()))
}

/// Client-wide headers, then what the operation says, then what the call says: later ones win.
fn headers(
    client: &Shared,
    own: HeaderMap,
    types: [(HeaderName, Option<Result<HeaderValue, InvalidHeaderValue>>); 2],
) -> Result<HeaderMap, HeaderName> {
    let mut headers = client.headers.clone();
    headers.insert(USER_AGENT, client.user_agent.clone());
    for (name, value) in types {
        if let Some(value) = value {
            headers.insert(name.clone(), value.map_err(|_| name)?);
        }
    }
    for name in own.keys() {
        headers.remove(name);
    }
    headers.extend(own);
    Ok(headers)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// All texts of up to so many of these.
    fn texts(longest: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..longest {
            let more = |text: &String| {
                "aZ0-_~/.%=2e&?#\\ ü".chars().map(|c| format!("{text}{c}")).collect()
            };
            last = last.iter().flat_map::<Vec<String>, _>(more).collect();
            all.extend_from_slice(&last);
        }
        all
    }

    #[test]
    fn what_is_not_parsed_would_be_left_as_it_is() {
        let mut plain = 0;
        for prefix in ["https://api.example", "http://127.0.0.1:8080/v1"] {
            for text in texts(4) {
                let path = format!("/{text}");
                for (is_plain, url) in [
                    (is_plain(&path), format!("{prefix}{path}")),
                    (is_plain(&text), format!("{prefix}{text}")),
                    (is_plain_query(&text), format!("{prefix}/a?{text}&b=c")),
                ] {
                    if is_plain {
                        plain += 1;
                        assert_eq!(url::Url::parse(&url).unwrap().as_str(), url);
                    }
                }
            }
        }
        assert!(plain > 10_000);
    }

    #[test]
    fn what_is_not_plain() {
        for path in ["", "a", "/a/./b", "/a/../b", "/..", "/.well-known", "/a%2fb", "/a b", "/a?b"]
        {
            assert!(!is_plain(path), "{path}");
        }
        assert!(is_plain("/api/atlas/v2/groups/32b6/clusters/Cluster.0/backup"));
    }
}
