//! Which URL a token URL of the document means for a client with its own base URL.

use url::Url;

use super::origin::{Origin, is_loopback};
use super::{AuthContext, AuthError};

/// The URL to ask for a token.
///
/// A token URL on the declared server's origin is part of the API and moves with the base URL: the
/// declared server's path is replaced by the base URL's, as for every operation. Any other token
/// URL names a service of its own and stays.
pub(super) fn resolve(token_url: &str, context: AuthContext<'_>) -> Result<Url, AuthError> {
    let declared = context.declared_server.and_then(|server| Url::parse(server).ok());
    let stated = declared
        .as_ref()
        .unwrap_or(context.base_url)
        .join(token_url)
        .map_err(|_| AuthError::configuration("the token URL is not a URL"))?;
    let mut endpoint = match &declared {
        Some(server) if same_origin(server, &stated) => moved(&stated, server, context.base_url)?,
        _ => stated,
    };
    endpoint.set_fragment(None);
    check(&endpoint, context.base_url)?;
    Ok(endpoint)
}

fn same_origin(a: &Url, b: &Url) -> bool {
    Origin::of_url(a).is_some_and(|origin| Some(origin) == Origin::of_url(b))
}

/// `stated`, under `base_url` instead of under `server`.
fn moved(stated: &Url, server: &Url, base_url: &Url) -> Result<Url, AuthError> {
    let prefix = server.path().trim_end_matches('/');
    let below = stated.path().strip_prefix(prefix).filter(|rest| rest.starts_with('/'));
    let path = match below {
        Some(rest) => format!("{}{rest}", base_url.path().trim_end_matches('/')),
        None => stated.path().to_owned(),
    };
    let mut out = base_url.clone();
    out.set_path(&path);
    out.set_query(stated.query());
    if out.host().is_none() {
        return Err(AuthError::configuration("the base URL has no host"));
    }
    Ok(out)
}

/// The client's own origin was approved when the client was built; a foreign one must be https,
/// because the secret goes there.
fn check(endpoint: &Url, base_url: &Url) -> Result<(), AuthError> {
    if !endpoint.username().is_empty() || endpoint.password().is_some() {
        return Err(AuthError::configuration("the token URL contains a user name or a password"));
    }
    let own = same_origin(endpoint, base_url);
    match endpoint.scheme() {
        "https" => Ok(()),
        "http" if own || is_loopback(endpoint) => Ok(()),
        _ => Err(AuthError::configuration("the token URL is neither https nor on loopback")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::transport::{
        BoxFuture, RequestBody, ResponseBody, Transport, TransportError, TransportPhase,
    };

    #[derive(Debug)]
    struct Nowhere;

    impl Transport for Nowhere {
        fn send(
            &self,
            _: http::Request<RequestBody>,
        ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
            Box::pin(async { Err(TransportError::new(TransportPhase::Connect, "nowhere")) })
        }
    }

    fn resolved(token_url: &str, declared: Option<&str>, base: &str) -> Option<String> {
        let base_url = Url::parse(base).unwrap();
        let nowhere: Arc<dyn Transport> = Arc::new(Nowhere);
        let context = AuthContext {
            transport: &nowhere,
            base_url: &base_url,
            server: &base_url,
            declared_server: declared,
            token_store: None,
        };
        resolve(token_url, context).ok().map(String::from)
    }

    #[test]
    fn table() {
        let api = "https://cloud.example.com";
        let token = "https://cloud.example.com/api/oauth/token";
        for (token_url, declared, base, expected) in [
            (token, Some(api), api, Some(token)),
            // The declared server's own origin moves, with the path below it.
            (token, Some(api), "http://127.0.0.1:80", Some("http://127.0.0.1/api/oauth/token")),
            (token, Some(api), "https://gw/atlas", Some("https://gw/atlas/api/oauth/token")),
            (
                token,
                Some("https://cloud.example.com/api"),
                "https://gw/v",
                Some("https://gw/v/oauth/token"),
            ),
            (
                token,
                Some("https://cloud.example.com/apis"),
                "https://gw/v",
                Some("https://gw/api/oauth/token"),
            ),
            (
                "https://cloud.example.com/t?x=1#f",
                Some(api),
                "https://gw",
                Some("https://gw/t?x=1"),
            ),
            // The same host on another port, or over http, is another origin.
            (
                "https://cloud.example.com:8443/t",
                Some(api),
                "https://gw",
                Some("https://cloud.example.com:8443/t"),
            ),
            ("http://cloud.example.com/t", Some(api), "https://gw", None),
            // A foreign token service stays where it is.
            ("https://id.example.org/t", Some(api), "https://gw", Some("https://id.example.org/t")),
            ("http://id.example.org/t", Some(api), "https://gw", None),
            ("http://localhost:9/t", Some(api), "https://gw", Some("http://localhost:9/t")),
            // An http base URL got past the builder, so its owner allowed it.
            (token, Some(api), "http://intranet", Some("http://intranet/api/oauth/token")),
            (token, None, "https://gw", Some(token)),
            // A relative token URL belongs to the API.
            ("/t", Some(api), "https://gw", Some("https://gw/t")),
            ("/t", None, "https://gw", Some("https://gw/t")),
            ("https://a:b@id.example.org/t", Some(api), "https://gw", None),
            ("https://", Some(api), "https://gw", None),
            ("ftp://id.example.org/t", Some(api), "https://gw", None),
        ] {
            assert_eq!(
                resolved(token_url, declared, base).as_deref(),
                expected,
                "{token_url} {declared:?} {base}"
            );
        }
    }
}
