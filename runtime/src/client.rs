//! The client: what all calls share, and how it is put together.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::auth::{AuthContext, Credential, TokenStore};
use crate::call::{Call, CallOptions};
use crate::codegen::Operation;
use crate::retry::RetryPolicy;
use crate::retry::budget::Budget;
use crate::transport::{Middleware, Transport};

mod base_url;
mod builder;
pub(crate) mod server;

pub(crate) use self::base_url::BaseUrl;
pub use self::builder::ClientBuilder;

/// What a generated client wraps: everything its calls share, behind one `Arc`.
#[derive(Clone)]
pub struct Core {
    shared: Arc<Shared>,
    options: Option<Arc<CallOptions>>,
}

/// The settings of a client, complete.
pub(crate) struct Shared {
    pub(crate) base: BaseUrl,
    pub(crate) declared_server: Option<String>,
    /// Where in the body of an error its name stands.
    pub(crate) error_code: Option<&'static str>,
    /// Whether the caller chose the base URL.
    pub(crate) chosen: bool,
    /// Servers of single operations, as the document declares them and as the caller has them.
    pub(crate) servers: Vec<(String, BaseUrl)>,
    /// Server variables and their values.
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) allow_http: bool,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) token_store: Option<Arc<dyn TokenStore>>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    /// Whether anybody sees the requests who asks which attempt they are: a middleware, or a transport
    /// that is not ours.
    pub(crate) is_watched: bool,
}

/// How long a call may take and how much it may read. `None` is no limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) call: Option<Duration>,
    /// Between two chunks of a stream.
    pub(crate) idle: Option<Duration>,
    pub(crate) response_bytes: u64,
    pub(crate) error_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Some(Duration::from_secs(10)),
            attempt: Some(Duration::from_secs(60)),
            call: Some(Duration::from_secs(300)),
            idle: Some(Duration::from_secs(300)),
            response_bytes: 8 * 1024 * 1024,
            error_bytes: 256 * 1024,
        }
    }
}

impl Core {
    pub(crate) fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared), options: None }
    }

    /// Starts a call of `operation`.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    /// The same core, for calls with `options`. They add to those it already has.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        let options = match &self.options {
            Some(before) => options.or(before),
            None => options,
        };
        Self { shared: Arc::clone(&self.shared), options: Some(Arc::new(options)) }
    }

    pub(crate) fn options(&self) -> Option<Arc<CallOptions>> {
        self.options.clone()
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl Shared {
    /// What a login scheme may use.
    pub(crate) fn auth_context<'a>(&'a self, server: &'a BaseUrl) -> AuthContext<'a> {
        AuthContext {
            transport: &self.transport,
            base_url: self.base.url(),
            server: server.url(),
            declared_server: self.declared_server.as_deref(),
            token_store: self.token_store.as_ref(),
        }
    }

    /// Where calls of `operation` go.
    ///
    /// A client whose base URL was chosen, for a test or another installation, sends nothing to
    /// a server that only the document names: that one has to be chosen as well.
    ///
    /// # Errors
    /// Says what the builder has to be told.
    pub(crate) fn server(&self, operation: &Operation) -> Result<BaseUrl, String> {
        let Some(declared) = operation.own_server() else { return Ok(self.base.clone()) };
        if let Some((_, chosen)) = self.servers.iter().find(|(known, _)| known == declared) {
            return Ok(chosen.clone());
        }
        let help = format!("say where it is with the builder's `server({declared:?}, …)`");
        if self.chosen {
            return Err(format!("the operation has a server of its own: {help}"));
        }
        let is_sound = server::misplaced(declared, &self.variables).is_none();
        let url = server::fill(declared, &self.variables).filter(|_| is_sound);
        url.filter(|url| url.contains("://"))
            .and_then(|url| BaseUrl::parse(&url, self.allow_http).ok())
            .ok_or_else(|| format!("the operation's own server is no absolute URL: {help}"))
    }
}

impl fmt::Debug for Core {
    /// The base URL holds no password: the builder refuses one. Headers may hold anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<_> = self.shared.credentials.iter().map(|c| c.scheme).collect();
        f.debug_struct("Core")
            .field("base_url", &self.shared.base.prefix())
            .field("schemes", &schemes)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
