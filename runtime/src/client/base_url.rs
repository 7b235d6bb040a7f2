//! Where a client's calls go.

use std::sync::Arc;

use url::Url;

use crate::auth::is_loopback;
use crate::error::BuildError;

/// A base URL that was found fit: scheme, host, perhaps a port and a path, nothing else. Every call
/// has one, so that copies share it.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl(Arc<Fit>);

#[derive(Debug)]
struct Fit {
    url: Url,
    prefix: String,
}

impl BaseUrl {
    /// Checks `text`. http is for loopback only, unless the caller insists: credentials and data
    /// would cross the network in clear.
    ///
    /// # Errors
    /// Says what is wrong without repeating `text`, which may hold a password.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, BuildError> {
        // The parser drops tabs and newlines silently; a URL with one is not what was meant.
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return refuse("holds a space or a control character");
        }
        let mut url = Url::parse(text)
            .map_err(|error| BuildError::new(format!("the base URL cannot be read: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return refuse("is neither https nor http");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("holds a user name or password; use `credentials`");
        }
        // What is left of a name when a variable in it has no value: no server is called so.
        if url.host_str().is_some_and(|host| host.starts_with('.') || host.contains("..")) {
            return refuse("has a host with an empty part");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("holds a query or a fragment");
        }
        if url.scheme() == "http" && !allow_http && !is_loopback(&url) {
            return refuse(
                "is not https; only loopback may be http, unless `allow_http` is called",
            );
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        let prefix = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self(Arc::new(Fit { url, prefix })))
    }

    /// The URL. Without a base path its path is `/`, because a URL always has one.
    pub(crate) fn url(&self) -> &Url {
        &self.0.url
    }

    /// The text a path is appended to; no slash at its end.
    pub(crate) fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// Whether the server is on this machine.
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0.url)
    }
}

fn refuse<T>(reason: &str) -> Result<T, BuildError> {
    Err(BuildError::new(format!("the base URL {reason}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_keeps_the_path_and_loses_the_slash() {
        for (text, prefix) in [
            ("https://cloud.example", "https://cloud.example"),
            ("https://cloud.example/", "https://cloud.example"),
            ("HTTPS://Cloud.Example:443//", "https://cloud.example"),
            ("https://cloud.example:8443/a/b/", "https://cloud.example:8443/a/b"),
            ("https://cloud.example/a%20b/ü", "https://cloud.example/a%20b/%C3%BC"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("http://127.8.9.1:1/x", "http://127.8.9.1:1/x"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://LocalHost:1", "http://localhost:1"),
        ] {
            let base = BaseUrl::parse(text, false).unwrap();
            assert_eq!(base.prefix(), prefix);
        }
        assert!(BaseUrl::parse("http://cloud.example", true).is_ok());
    }

    #[test]
    fn unfit_base_urls_are_refused_without_being_shown() {
        for text in [
            "",
            "cloud.canary",
            "/api/canary",
            "ftp://canary",
            "https://",
            "https://user:canary@host",
            "https://canary@host",
            "https://.canary.example",
            "https://canary..example/v1",
            "https://:canary@host",
            "https://host/?canary",
            "https://host/?",
            "https://host/#canary",
            "http://canary.example",
            "http://localhost.canary.example",
            "http://canary.localhost",
            "http://128.0.0.1/canary",
            "https://can\nary",
            " https://canary",
        ] {
            let error = BaseUrl::parse(text, false).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"), "{text}: {error}");
        }
    }
}
