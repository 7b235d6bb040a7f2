//! A client with one call that must not be made twice, and one that may.

use std::time::Duration;

use specwright_runtime::codegen::v1::{self, Decode, Encode};
use specwright_runtime::transport::ReqwestTransport;
use specwright_runtime::{ClientBuilder, Error, ErrorBody, Response, RetryPolicy};

#[derive(Clone, Debug)]
pub(crate) struct Client {
    core: v1::Core,
}

static API: v1::Api = v1::Api::new("faults", "0.1.0");
static TAKE: v1::Operation = v1::Operation::new(v1::Method::POST, "take", "/things/{id}")
    .accept("application/json")
    .content_type("application/json")
    .success(&[200]);
static LOOK: v1::Operation = v1::Operation::new(v1::Method::GET, "look", "/things/{id}")
    .accept("application/json")
    .success(&[200]);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self { core }
    }
}

pub(crate) type Answer = Result<Response<Thing>, Error<Refusal>>;

impl Client {
    /// A client that repeats whatever can be repeated, at once.
    pub(crate) fn builder(transport: &ReqwestTransport, url: &str) -> ClientBuilder<Self> {
        let at_once = RetryPolicy::new().backoff(Duration::ZERO, Duration::ZERO);
        v1::builder(&API)
            .base_url(url)
            .transport(transport.clone())
            .retry(at_once)
            .max_response_bytes(16 * 1024)
            .max_error_bytes(4 * 1024)
    }

    pub(crate) async fn take(&self, id: &str) -> Answer {
        let body = Order { note: "x".repeat(64) };
        self.core.call(&TAKE).path("id", id).json(&body).send_json_with_metadata().await
    }

    pub(crate) async fn look(&self, id: &str) -> Answer {
        self.core.call(&LOOK).path("id", id).send_json_with_metadata().await
    }
}

/// One for all clients of a test: what it takes to set up would be time of an attempt's otherwise.
/// Every attempt has a connection of its own, so that scripts are not mixed.
pub(crate) fn transport() -> ReqwestTransport {
    let builder = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0);
    ReqwestTransport::new(builder).unwrap()
}

#[derive(Clone, Debug, Encode)]
struct Order {
    note: String,
}

#[derive(Clone, Debug, Decode)]
pub(crate) struct Thing {
    #[allow(dead_code, reason = "that it is there is enough")]
    id: String,
}

#[derive(Clone, Debug, v1::ServiceError)]
pub(crate) enum Refusal {
    #[status(404, text)]
    NotFound(#[allow(dead_code, reason = "only the status counts")] ErrorBody<String>),
    #[status(429, text)]
    TooManyRequests(#[allow(dead_code, reason = "only the status counts")] ErrorBody<String>),
}
