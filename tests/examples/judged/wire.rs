//! A client of two operations, and a transport that takes notes.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use specwright_runtime::auth::{Credential, TokenStore};
use specwright_runtime::codegen::v1::{self, Call, Core, Method, Operation, Service};
use specwright_runtime::http::{Request, Response};
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ReqwestTransport, ResponseBody, Transport, TransportError,
};
use specwright_runtime::{BuildError, ClientBuilder};

static API: v1::Api = v1::Api::new("judged", "1");

static READ: Operation =
    Operation::new(Method::GET, "read", "/{name}").security(&[&["login"]]).success(&[200]);

static WRITE: Operation = Operation::new(Method::POST, "write", "/{name}")
    .content_type("application/json")
    .security(&[&["login"]])
    .success(&[200]);

/// Calls whatever lies below a base URL.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    core: Core,
}

impl Service for Client {
    fn from_core(core: Core) -> Self {
        Self { core }
    }
}

impl Client {
    pub(crate) fn new(
        base: &str,
        credential: impl Into<Credential>,
        transport: &Noting,
    ) -> Result<Self, BuildError> {
        Self::builder(base, credential, transport).build()
    }

    pub(crate) fn with_store(
        base: &str,
        credential: impl Into<Credential>,
        transport: &Noting,
        store: impl TokenStore,
    ) -> Result<Self, BuildError> {
        Self::builder(base, credential, transport).token_store(store).build()
    }

    fn builder(
        base: &str,
        credential: impl Into<Credential>,
        transport: &Noting,
    ) -> ClientBuilder<Self> {
        let builder = v1::builder(&API).base_url(base);
        builder.credentials(credential).transport(transport.clone())
    }

    pub(crate) fn read(&self, name: &str) -> Call {
        self.core.call(&READ).path("name", name)
    }

    pub(crate) fn write(&self, name: &str, body: &serde_json::Value) -> Call {
        self.core.call(&WRITE).path("name", name).json(body)
    }
}

/// One request and the status it was answered with.
#[derive(Clone, Debug)]
pub(crate) struct Trip {
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) authorization: String,
}

/// reqwest, and what went through it.
#[derive(Clone)]
pub(crate) struct Noting {
    inner: ReqwestTransport,
    trips: Arc<Mutex<Vec<Trip>>>,
}

impl Noting {
    pub(crate) fn new() -> Result<Self, BuildError> {
        Self::over(reqwest::Client::builder())
    }

    pub(crate) fn over(builder: reqwest::ClientBuilder) -> Result<Self, BuildError> {
        let inner = ReqwestTransport::new(builder.no_proxy())?;
        Ok(Self { inner, trips: Arc::default() })
    }

    /// What went through since the last time this was asked.
    pub(crate) fn take(&self) -> Vec<Trip> {
        std::mem::take(&mut self.trips.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The statuses of all trips since the last time.
    pub(crate) fn statuses(&self) -> Vec<u16> {
        self.take().iter().map(|trip| trip.status).collect()
    }
}

impl fmt::Debug for Noting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Noting")
    }
}

impl Transport for Noting {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let path = request.uri().path().to_owned();
        let authorization = request.headers().get("authorization");
        let authorization =
            authorization.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Box::pin(async move {
            let answer = self.inner.send(request).await?;
            let trip = Trip { path, status: answer.status().as_u16(), authorization };
            self.trips.lock().unwrap_or_else(PoisonError::into_inner).push(trip);
            Ok(answer)
        })
    }
}
