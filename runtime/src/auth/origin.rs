//! Where credentials may go: origins (RFC 6454) of requests, base URLs and token URLs.

use http::Uri;
use url::{Host, Url};

use super::{AuthContext, AuthError};

/// Scheme, host and port. Hosts are compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Origin {
    pub(super) fn of_uri(uri: &Uri) -> Option<Self> {
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let port = uri.port_u16().or(match scheme.as_str() {
            "https" => Some(443),
            "http" => Some(80),
            _ => None,
        });
        Some(Self { host: uri.host()?.to_ascii_lowercase(), port, scheme })
    }

    pub(super) fn of_url(url: &Url) -> Option<Self> {
        Some(Self {
            scheme: url.scheme().to_owned(),
            host: url.host_str()?.to_ascii_lowercase(),
            port: url.port_or_known_default(),
        })
    }
}

/// The origin of `uri`, if it is the one the client was built for, or that of the operation's own server.
///
/// Every scheme asks this before it adds a secret, so that no mistake elsewhere can send one to a
/// stranger.
pub(super) fn own(context: AuthContext<'_>, uri: &Uri) -> Result<Origin, AuthError> {
    match (Origin::of_uri(uri), Origin::of_url(context.server)) {
        (Some(target), Some(own)) if target == own => Ok(own),
        _ => Err(AuthError::configuration(
            "the request goes to another origin than the server of the call, \
             where these credentials are not sent",
        )),
    }
}

/// Whether `url` stays on this machine, where nobody listens on the wire: 127.0.0.0/8, `::1`,
/// `localhost`.
///
/// Names below `localhost` do not count. RFC 6761, section 6.3, wants them on this machine too, but
/// not every resolver keeps to it, and one that asks the network may be told anything.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_and_case_do_not_matter_where_they_mean_the_same() {
        let same = [
            ("https://API.example.com/a?b", "https://api.example.com:443"),
            ("http://[::1]:80/", "http://[::1]/x"),
        ];
        for (uri, url) in same {
            let uri: Uri = uri.parse().unwrap();
            assert_eq!(Origin::of_uri(&uri), Origin::of_url(&Url::parse(url).unwrap()), "{uri}");
        }
    }

    #[test]
    fn scheme_host_and_port_all_count() {
        let uri: Uri = "https://api.example.com/".parse().unwrap();
        for url in
            ["http://api.example.com/", "https://api.example.com:8443/", "https://example.com/"]
        {
            assert_ne!(Origin::of_uri(&uri), Origin::of_url(&Url::parse(url).unwrap()), "{url}");
        }
    }

    #[test]
    fn loopback() {
        for (url, expected) in [
            ("http://localhost:1/", true),
            ("http://a.localhost/", false),
            ("http://127.9.9.9/", true),
            ("http://[::1]/", true),
            ("http://localhost.example.com/", false),
            ("http://10.0.0.1/", false),
            ("http://127.0.0.1.example.com/", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
