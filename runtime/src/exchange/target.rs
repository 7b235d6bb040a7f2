//! Where a call goes, before its own query.

use url::Url;

use crate::call::path;
use crate::client::{BaseUrl, Shared};
use crate::codegen::Operation;

/// A server, a URL on it, and what of the query is known already.
pub(super) struct Target {
    pub(super) server: BaseUrl,
    /// The URL up to the query.
    pub(super) front: String,
    /// Whether no parser of URLs touches its path.
    pub(super) is_plain: bool,
    pub(super) query: Vec<String>,
}

impl Target {
    /// By the operation, or by the caller where the document does not know it.
    ///
    /// # Errors
    /// Says what is missing or refused, without the URL, which may hold a key.
    pub(super) fn new(
        client: &Shared,
        operation: &Operation,
        url: Option<&str>,
        values: &[(&str, path::Value)],
    ) -> Result<Self, String> {
        match (operation.is_unlocated(), url) {
            (false, None) => {
                let server = client.server(operation)?;
                let expanded = path::expand(server.prefix(), operation.path(), values)?;
                let path::Expanded { url: front, is_plain, query } = expanded;
                Ok(Self { server, front, is_plain, query })
            }
            (true, Some(url)) => Self::of_caller(url, client.allow_http),
            (true, None) => {
                Err("the document does not know the URL of this operation: say it with \
                                 `CallOptions::url`"
                    .to_owned())
            }
            (false, Some(_)) => Err("`CallOptions::url` is for operations whose URL the document \
                                     does not know, and this is none"
                .to_owned()),
        }
    }

    /// The URL as it is. Its parts meet the rules of a base URL, its query is the caller's own.
    fn of_caller(text: &str, allow_http: bool) -> Result<Self, String> {
        let text = text.split('#').next().unwrap_or_default();
        let (front, query) = match text.split_once('?') {
            Some((front, query)) => (front, vec![query.to_owned()]),
            None => (text, Vec::new()),
        };
        BaseUrl::parse(front, allow_http).map_err(|error| in_words(&error))?;
        let url = Url::parse(front).map_err(|error| error.to_string())?;
        let server = BaseUrl::parse(&url[..url::Position::BeforePath], allow_http)
            .map_err(|error| in_words(&error))?;
        let front = format!("{}{}", server.prefix(), url.path());
        Ok(Self { server, front, is_plain: false, query })
    }
}

/// The check speaks of base URLs.
fn in_words(error: &crate::error::BuildError) -> String {
    error.to_string().replace("the base URL", "the URL of the call")
}
