//! The client made by the build script, used as one would.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::sync::{Arc, Mutex};

use specwright_buildrs_test::Millimetres;
use specwright_buildrs_test::garden::operations::{ListPlants, PlantError};
use specwright_buildrs_test::garden::types::{Kind, Plant, Seed};
use specwright_buildrs_test::garden::{Client, Error, Gardener};
use specwright_runtime::http::{Request, Response};
use specwright_runtime::serde_json::{self, json};
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ResponseBody, Transport, TransportError,
};

/// Gives one answer to everything, and remembers what was asked.
#[derive(Clone, Debug)]
struct Stub {
    status: u16,
    body: &'static str,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    fn new(status: u16, body: &'static str) -> Self {
        Self { status, body, seen: Arc::default() }
    }

    fn client(&self) -> Client {
        let builder = Client::builder().credentials(Gardener::new("secret"));
        builder.transport(self.clone()).build().expect("nothing is wrong with it")
    }
}

impl Transport for Stub {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let line = format!("{} {}", request.method(), request.uri());
        self.seen.lock().expect("nobody panicked").push(line);
        let answer = Response::builder()
            .status(self.status)
            .header("content-type", "application/json")
            .body(ResponseBody::from_bytes(self.body));
        Box::pin(async move { Ok(answer.expect("it is a response")) })
    }
}

#[test]
fn values_have_their_wire_form() {
    let seed = Seed::new(Kind::Herb).with_type("basil");
    assert_eq!(serde_json::to_value(&seed).ok(), Some(json!({"kind": "herb", "type": "basil"})));
    let plant: Plant =
        serde_json::from_value(json!({"id": "p1", "kind": "fern", "heightCm": 12.5}))
            .expect("this is a plant");
    let fern = Kind::UnknownValue("fern".to_owned());
    assert_eq!(plant, Plant::new("p1", fern).with_height_cm(Millimetres(125.0)));
}

#[test]
fn a_call_is_a_value() {
    let call: ListPlants = Stub::new(200, "[]").client().list_plants("b1");
    let narrowed = call.clone().kind([Kind::Herb]);
    drop((call, narrowed));
}

#[tokio::test]
async fn a_call_gives_what_the_document_promises() -> Result<(), Error> {
    let stub = Stub::new(200, r#"[{"id": "p1", "kind": "tree"}]"#);
    let call = stub.client().list_plants("b 1").kind([Kind::Herb, Kind::Tree]);
    assert_eq!(call.send().await?, [Plant::new("p1", Kind::Tree)]);
    let line = "GET https://garden.example.com/api/beds/b%201/plants?kind=herb&kind=tree";
    assert_eq!(*stub.seen.lock().expect("nobody panicked"), [line]);
    Ok(())
}

#[tokio::test]
async fn an_error_is_the_documented_one() {
    let client = Stub::new(404, r#"{"detail": "no bed"}"#).client();
    let error = client.plant("b1", Seed::new(Kind::Tree)).send().await.expect_err("404");
    let Some(PlantError::NotFound(problem)) = error.as_service() else { panic!("{error}") };
    assert_eq!(problem.get().map(|problem| problem.detail.as_str()), Some("no bed"));
}
