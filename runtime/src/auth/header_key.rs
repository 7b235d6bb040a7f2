//! A fixed key in a header, a query parameter or a cookie.

use std::borrow::Cow;
use std::fmt;
use std::future::ready;

use http::header::COOKIE;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

use super::{AuthContext, AuthError, AuthRequest, Credentials, Readiness, origin, sensitive};
use crate::transport::BoxFuture;

/// An OpenAPI security scheme of type `apiKey`: a value that travels under a name of its own.
///
/// A name or a value that cannot be sent is refused when a call is sent, with
/// [`AuthErrorKind::Configuration`](super::AuthErrorKind::Configuration).
#[derive(Clone)]
pub struct HeaderKey {
    place: Place,
    name: Cow<'static, str>,
    value: SecretString,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Header,
    Query,
    Cookie,
}

/// RFC 3986, section 2.3: everything but the unreserved characters is encoded.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl HeaderKey {
    /// A key in the header `name`.
    #[must_use]
    pub fn new(name: impl Into<Cow<'static, str>>, value: String) -> Self {
        Self { place: Place::Header, name: name.into(), value: value.into() }
    }

    /// A key in the query parameter `name`.
    #[must_use]
    pub fn query(name: impl Into<Cow<'static, str>>, value: String) -> Self {
        Self { place: Place::Query, name: name.into(), value: value.into() }
    }

    /// A key in the cookie `name`.
    #[must_use]
    pub fn cookie(name: impl Into<Cow<'static, str>>, value: String) -> Self {
        Self { place: Place::Cookie, name: name.into(), value: value.into() }
    }

    fn apply(&self, context: AuthContext<'_>, request: AuthRequest<'_>) -> Result<(), AuthError> {
        origin::own(context, request.uri)?;
        match self.place {
            Place::Header => self.apply_header(request.headers),
            Place::Query => self.apply_query(request.uri),
            Place::Cookie => self.apply_cookie(request.headers),
        }
    }

    fn apply_header(&self, headers: &mut HeaderMap) -> Result<(), AuthError> {
        let name = HeaderName::from_bytes(self.name.as_bytes())
            .map_err(|_| AuthError::configuration("the key's header has an impossible name"))?;
        let value = sensitive::header_value("the key", self.value.expose_secret())?;
        headers.insert(name, value);
        Ok(())
    }

    /// A request that is authorized again, for another attempt, carries the key once.
    fn apply_query(&self, uri: &mut Uri) -> Result<(), AuthError> {
        let pair = format!(
            "{}={}",
            utf8_percent_encode(&self.name, QUERY),
            utf8_percent_encode(self.value.expose_secret(), QUERY)
        );
        let target = match uri.query() {
            Some(query) if query.split('&').any(|old| old == pair) => return Ok(()),
            None | Some("") => format!("{}?{pair}", uri.path()),
            Some(query) => format!("{}?{query}&{pair}", uri.path()),
        };
        *uri = with_target(uri, target)?;
        Ok(())
    }

    /// RFC 6265, section 4.1.1, keeps values to visible ASCII without `"`, `,`, `;` and `\`.
    fn apply_cookie(&self, headers: &mut HeaderMap) -> Result<(), AuthError> {
        let value = self.value.expose_secret();
        let fits = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
        if HeaderName::from_bytes(self.name.as_bytes()).is_err() || !value.bytes().all(fits) {
            return Err(AuthError::configuration(
                "the key has characters that no cookie can carry",
            ));
        }
        let pair = format!("{}={value}", self.name);
        let others = headers.get_all(COOKIE).iter().filter_map(|old| old.to_str().ok());
        let mut cookies: Vec<&str> =
            others.flat_map(|old| old.split("; ")).filter(|old| *old != pair).collect();
        cookies.push(&pair);
        let joined = sensitive::header_value("the key", &cookies.join("; "))?;
        headers.insert(COOKIE, joined);
        Ok(())
    }
}

fn with_target(uri: &Uri, target: String) -> Result<Uri, AuthError> {
    let refused = || AuthError::configuration("the key makes the request's URI too long");
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target).map_err(|_| refused())?);
    Uri::from_parts(parts).map_err(|_| refused())
}

impl Credentials for HeaderKey {
    fn takes_challenges(&self) -> bool {
        false
    }

    fn authorize<'a>(
        &'a self,
        context: AuthContext<'a>,
        request: AuthRequest<'a>,
    ) -> BoxFuture<'a, Result<Readiness, AuthError>> {
        Box::pin(ready(self.apply(context, request).map(|()| Readiness::Send)))
    }
}

impl fmt::Debug for HeaderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeaderKey")
            .field("place", &self.place)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
