//! The spans of a call: one for itself, one for each attempt, under the names of OpenTelemetry and
//! without any value of the call.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, reason = "this is all tests")]

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use specwright_runtime::codegen::v1;
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ResponseBody, Transport, TransportError,
};
use specwright_runtime::{CallOptions, ClientBuilder, NoError, RetryPolicy};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

type Fields = BTreeMap<&'static str, String>;

/// Keeps every span with its parent, and every event.
#[derive(Clone, Default)]
struct Notes {
    spans: Arc<Mutex<Vec<Fields>>>,
    events: Arc<Mutex<Vec<Fields>>>,
    entered: Arc<Mutex<Vec<u64>>>,
}

struct Writer<'a>(&'a mut Fields);

impl Visit for Writer<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("specwright_runtime")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        fields.insert("name", attributes.metadata().name().to_owned());
        let parent = self.entered.lock().unwrap().last().map(ToString::to_string);
        fields.insert("parent", parent.unwrap_or_default());
        attributes.record(&mut Writer(&mut fields));
        let mut spans = self.spans.lock().unwrap();
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Writer(&mut self.spans.lock().unwrap()[index]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Writer(&mut fields));
        self.events.lock().unwrap().push(fields);
    }

    fn enter(&self, span: &Id) {
        self.entered.lock().unwrap().push(span.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.entered.lock().unwrap().pop();
    }
}

/// Breaks off, then is busy, then answers.
#[derive(Debug, Default)]
struct Third(Mutex<u16>);

impl Transport for Third {
    fn send(
        &self,
        _: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        let result = match *count {
            1 => Err(TransportError::exchange("canary")),
            2 => Ok(503),
            _ => Ok(204),
        };
        let answer = |status| {
            Response::builder().status(status).body(ResponseBody::from_bytes("canary")).unwrap()
        };
        Box::pin(std::future::ready(result.map(answer)))
    }
}

struct Client(v1::Core);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self(core)
    }
}

static API: v1::Api = v1::Api::new("a", "1");
static GET: v1::Operation = v1::Operation::new(v1::Method::GET, "look", "/things/{id}");

#[tokio::test]
async fn a_call_and_each_attempt_have_a_span() {
    let notes = Notes::default();
    let _guard = tracing::subscriber::set_default(notes.clone());
    let at_once = RetryPolicy::new().backoff(Duration::ZERO, Duration::ZERO);
    let builder: ClientBuilder<Client> = v1::builder(&API).base_url("https://api.example/v1");
    let client = builder.transport(Third::default()).retry(at_once).build().unwrap();
    let options = CallOptions::new().header("x-key", "canary");
    let call = client.0.with_options(options).call(&GET);
    let call = call.path("id", "canary").query("q", "canary");
    call.send_empty::<NoError>().await.unwrap();

    let spans = notes.spans.lock().unwrap();
    let events = notes.events.lock().unwrap();
    let table = |name: &str| -> Vec<Option<&str>> {
        spans.iter().map(|span| span.get(name).map(String::as_str)).collect()
    };
    assert_eq!(table("name"), ["call", "attempt", "attempt", "attempt"].map(Some));
    assert_eq!(table("parent"), ["", "1", "1", "1"].map(Some));
    let named = "GET /things/{id}";
    assert_eq!(table("otel.name"), ["look", named, named, named].map(Some));
    assert_eq!(table("http.request.method"), ["GET"; 4].map(Some));
    assert_eq!(table("url.template"), ["/things/{id}"; 4].map(Some));
    let server = Some("api.example");
    assert_eq!(table("server.address"), [None, server, server, server]);
    assert_eq!(table("server.port"), [None, Some("443"), Some("443"), Some("443")]);
    let counts = [None, Some("0"), Some("1"), Some("2")];
    assert_eq!(table("http.request.resend_count"), counts);
    let statuses = [Some("204"), None, Some("503"), Some("204")];
    assert_eq!(table("http.response.status_code"), statuses);
    assert_eq!(table("error.type"), [None, Some("Transport"), Some("503"), None]);
    assert_eq!(table("otel.status_code"), [None, Some("ERROR"), Some("ERROR"), None]);
    assert_eq!(events.len(), 2, "one for each repeat");
    let everything = format!("{spans:?}{events:?}");
    assert!(!everything.contains("canary"), "{everything}");
}
