//! The client: what all calls share, and how it is put together.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::auth::{AuthContext, Credential};
use crate::call::Call;
use crate::codegen::Operation;
use crate::transport::Transport;

mod base_url;
mod builder;

pub(crate) use self::base_url::BaseUrl;
pub use self::builder::ClientBuilder;

/// What a generated client wraps: everything its calls share, behind one `Arc`.
#[derive(Clone)]
pub struct Core {
    shared: Arc<Shared>,
}

/// The settings of a client, complete.
pub(crate) struct Shared {
    pub(crate) base: BaseUrl,
    pub(crate) declared_server: Option<&'static str>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
}

/// How long a call may take and how much it may read. `None` is no limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) call: Option<Duration>,
    pub(crate) response_bytes: u64,
    pub(crate) error_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Some(Duration::from_secs(10)),
            attempt: Some(Duration::from_secs(60)),
            call: Some(Duration::from_secs(300)),
            response_bytes: 8 * 1024 * 1024,
            error_bytes: 256 * 1024,
        }
    }
}

impl Core {
    pub(crate) fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Starts a call of `operation`.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl Shared {
    /// What a login scheme may use.
    pub(crate) fn auth_context(&self) -> AuthContext<'_> {
        AuthContext {
            transport: &*self.transport,
            base_url: self.base.url(),
            declared_server: self.declared_server,
        }
    }
}

impl fmt::Debug for Core {
    /// The base URL holds no password: the builder refuses one. Headers may hold anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<_> = self.shared.credentials.iter().map(|c| c.scheme).collect();
        f.debug_struct("Core")
            .field("base_url", &self.shared.base.prefix())
            .field("schemes", &schemes)
            .finish_non_exhaustive()
    }
}
