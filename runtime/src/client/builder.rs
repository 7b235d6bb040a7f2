//! The builder of a generated client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{BaseUrl, Core, Limits, Shared};
use crate::auth::{Credential, TokenStore};
use crate::codegen::Api;
use crate::codegen::v1::Service;
use crate::error::BuildError;
use crate::retry::RetryPolicy;
use crate::retry::budget::Budget;
use crate::transport::{Middleware, Transport};

/// Puts a client of type `C` together.
///
/// Nothing is checked before [`build`](Self::build), and nothing is sent by it.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

/// As many repeats a full budget holds.
const BUDGET: u32 = 100;

/// The builder without its type parameter.
struct Settings {
    api: &'static Api,
    base_url: Option<String>,
    servers: Vec<(String, String)>,
    variables: Vec<(String, String)>,
    allow_http: bool,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    http_client: Option<::reqwest::ClientBuilder>,
    credentials: Vec<Credential>,
    token_store: Option<Arc<dyn TokenStore>>,
    app: Option<String>,
    headers: Vec<(String, String)>,
    limits: Limits,
    retry: RetryPolicy,
    budget: Option<u32>,
    middleware: Vec<Arc<dyn Middleware>>,
}

impl<C: Service> ClientBuilder<C> {
    pub(crate) fn new(api: &'static Api) -> Self {
        let settings = Settings {
            api,
            base_url: None,
            servers: Vec::new(),
            variables: Vec::new(),
            allow_http: false,
            transport: None,
            #[cfg(feature = "reqwest")]
            http_client: None,
            credentials: Vec::new(),
            token_store: None,
            app: None,
            headers: Vec::new(),
            limits: Limits::default(),
            retry: RetryPolicy::new(),
            budget: Some(BUDGET),
            middleware: Vec::new(),
        };
        Self { settings, client: PhantomData }
    }

    /// Adds a way of logging in. With several, each call takes the first alternative of its
    /// operation that they can serve; the order here does not matter.
    pub fn credentials(mut self, credentials: impl Into<Credential>) -> Self {
        self.settings.credentials.push(credentials.into());
        self
    }

    /// Where tokens are kept between runs of the program, for credentials that fetch them: a
    /// [`FileTokenStore`](crate::auth::FileTokenStore), or one of your own. Without a store every
    /// run fetches a token.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        self.settings.token_store = Some(Arc::new(store));
        self
    }

    /// The server to call instead of the one the document declares. Its path is kept, and an
    /// operation's path is appended to it.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = Some(url.into());
        self
    }

    /// The value of a variable in the document's server URL, instead of its default.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.variables.push((name.into(), value.into()));
        self
    }

    /// The server to call instead of `declared`, which the document gives to single operations.
    pub fn server(mut self, declared: impl Into<String>, actual: impl Into<String>) -> Self {
        self.settings.servers.push((declared.into(), actual.into()));
        self
    }

    /// Allows plain http to other machines: credentials and data can be read on the way.
    pub fn allow_http(mut self) -> Self {
        self.settings.allow_http = true;
        self
    }

    /// Sends through `transport` instead of reqwest. Connecting is then its own business,
    /// [`connect_timeout`](Self::connect_timeout) included.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Sends through a reqwest client with these settings. Redirects and decompression are
    /// switched off on it whatever it says, and so are proxies if the server is on loopback. What
    /// goes to loopback beside that, such as a request for a token, goes without a proxy too, and
    /// then with reqwest's own settings in place of these.
    #[cfg(feature = "reqwest")]
    pub fn http_client(mut self, builder: ::reqwest::ClientBuilder) -> Self {
        self.settings.http_client = Some(builder);
        self
    }

    /// The application's own name, and perhaps its version, for the front of `User-Agent`:
    /// `my-app/1.2`.
    pub fn user_agent(mut self, app: impl Into<String>) -> Self {
        self.settings.app = Some(app.into());
        self
    }

    /// A header every call sends, unless the call itself sets it.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.headers.push((name.into(), value.into()));
        self
    }

    /// How long connecting may take: 10 seconds if not set, no limit if `None`.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.limits.connect = limit.into();
        self
    }

    /// How long one attempt may take, from sending it to the last byte of its answer: 60 seconds
    /// if not set, no limit if `None`.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.limits.attempt = limit.into();
        self
    }

    /// How long a call may take as a whole, with logging in, all attempts and the waits between
    /// them: 5 minutes if not set, no limit if `None`.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.limits.call = limit.into();
        self
    }

    /// How long a stream of values or a download may be silent: 5 minutes if not set, no limit if
    /// `None`. Neither has another limit of time once its head is there.
    ///
    /// A server may take nothing of a body that is sent for as long, whatever the limits of call and
    /// attempt are. Seen is what the transport takes, not what arrives: it and the system hold some
    /// hundred KiB, so a limit shorter than that takes on the slowest line ends what still moves. Where
    /// the body itself is slow, or all of it is on its way, nothing is ended.
    pub fn idle_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.limits.idle = limit.into();
        self
    }

    /// When a call is sent again: [`RetryPolicy::new`] if not set.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// How many repeats all calls of this client and its clones have together: 100 if not set, any
    /// number if `None`. Each repeat takes one away, ten successes give one back.
    pub fn retry_budget(mut self, repeats: impl Into<Option<u32>>) -> Self {
        self.settings.budget = repeats.into();
        self
    }

    /// Adds a hook around every attempt. The first one added is the outermost.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.settings.middleware.push(Arc::new(middleware));
        self
    }

    /// How many bytes the body of a success may have, or a single value of a stream: 8 MiB if not
    /// set.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.settings.limits.response_bytes = bytes;
        self
    }

    /// How many bytes the body of any other answer may have: 256 KiB if not set.
    pub fn max_error_bytes(mut self, bytes: u64) -> Self {
        self.settings.limits.error_bytes = bytes;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// The base URL is missing or unfit, a header is none, or the HTTP client cannot be set up.
    pub fn build(self) -> Result<C, BuildError> {
        self.settings.build().map(C::from_core)
    }
}

impl Settings {
    fn build(self) -> Result<Core, BuildError> {
        let variables = self.api.values(&self.variables).map_err(BuildError::new)?;
        let declared_server = self.api.declared_server(&variables);
        let chosen = self.base_url.is_some();
        let text = self.base_url.as_deref().or(declared_server.as_deref());
        let text = text.ok_or_else(|| BuildError::new(self.api.missing(&variables)))?;
        let allow_http = self.allow_http;
        let base = BaseUrl::parse(text, allow_http)?;
        let mut servers = Vec::with_capacity(self.servers.len());
        for (declared, actual) in &self.servers {
            servers.push((declared.clone(), BaseUrl::parse(actual, allow_http)?));
        }
        let user_agent = user_agent(self.app.as_deref(), self.api)?;
        let headers = header_map(&self.headers)?;
        let credentials = self.credentials.clone();
        let token_store = self.token_store.clone();
        let (limits, budget) = (self.limits, Budget::new(self.budget));
        let (retry, middleware) = (self.retry.clone(), self.middleware.clone());
        let is_watched = !middleware.is_empty() || self.transport.is_some();
        let error_code = self.api.code_pointer();
        let transport = self.into_transport(&base)?;
        Ok(Core::new(Shared {
            base,
            declared_server,
            error_code,
            chosen,
            servers,
            variables,
            allow_http,
            transport,
            credentials,
            token_store,
            user_agent,
            headers,
            limits,
            retry,
            budget,
            middleware,
            is_watched,
        }))
    }

    #[cfg(feature = "reqwest")]
    fn into_transport(self, base: &BaseUrl) -> Result<Arc<dyn Transport>, BuildError> {
        use crate::transport::ReqwestTransport;
        match (self.transport, self.http_client) {
            (Some(_), Some(_)) => {
                Err(BuildError::new("both `transport` and `http_client` were called"))
            }
            (Some(transport), None) => Ok(transport),
            (None, chosen) => {
                let builder = chosen.unwrap_or_default();
                let connect = self.limits.connect;
                Ok(Arc::new(ReqwestTransport::for_server(builder, connect, base.is_loopback())?))
            }
        }
    }

    #[cfg(not(feature = "reqwest"))]
    fn into_transport(self, _: &BaseUrl) -> Result<Arc<dyn Transport>, BuildError> {
        self.transport.ok_or_else(|| {
            BuildError::new(
                "no transport: call `transport`, or enable feature `reqwest` of specwright-runtime",
            )
        })
    }
}

/// `app crate/version specwright-runtime/version`.
fn user_agent(app: Option<&str>, api: &Api) -> Result<HeaderValue, BuildError> {
    let own = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let ours = format!("{} {own}", api.product());
    let whole = match app {
        Some(app) if !app.trim().is_empty() => format!("{} {ours}", app.trim()),
        _ => ours,
    };
    HeaderValue::from_str(&whole)
        .map_err(|_| BuildError::new("the user agent holds a character that no header may hold"))
}

fn header_map(pairs: &[(String, String)]) -> Result<HeaderMap, BuildError> {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| BuildError::new("a header's name is none"))?;
        let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
            BuildError::new(format!("the value of header `{name}` holds a control character"))
        })?;
        // The caller may well use it for a key.
        value.set_sensitive(true);
        map.append(name, value);
    }
    Ok(map)
}

impl<C> fmt::Debug for ClientBuilder<C> {
    /// Shows neither the base URL, which is not yet checked for a password, nor any header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<_> = self.settings.credentials.iter().map(|c| c.scheme).collect();
        f.debug_struct("ClientBuilder")
            .field("api", &self.settings.api)
            .field("schemes", &schemes)
            .field("limits", &self.settings.limits)
            .field("retry", &self.settings.retry)
            .finish_non_exhaustive()
    }
}
