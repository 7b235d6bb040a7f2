//! Settings for some calls only, and the hook around attempts.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderValue, Request, Response};
use specwright_runtime::codegen::v1::{Method, Operation};
use specwright_runtime::transport::{
    Attempt, BoxFuture, Middleware, Next, RequestBody, ResponseBody, TransportError,
};
use specwright_runtime::{CallOptions, ErrorKind, NoError, RetryPolicy};
use tokio::time::Instant;

use crate::api::{client, open};
use crate::mock::{Mock, Reply};

static GET: Operation = Operation::new(Method::GET, "get", "/things/{id}").accept("a/b");

#[tokio::test(start_paused = true)]
async fn time_limits() {
    let second = Duration::from_secs;
    let (client, _) = client([Reply::Hang, Reply::Hang, Reply::Hang]);
    for (options, expected) in [
        (CallOptions::new().timeout(second(3)), 3),
        (CallOptions::new().attempt_timeout(second(4)), 4),
        (CallOptions::new().attempt_timeout(None).timeout(second(5)), 5),
    ] {
        let start = Instant::now();
        let other = client.with_options(options);
        let error = other.take_snapshot("g", "c").send().await.unwrap_err();
        assert_eq!((error.kind(), start.elapsed().as_secs()), (ErrorKind::Timeout, expected));
    }
}

#[tokio::test]
async fn caps() {
    let replies = || [Reply::json(200, r#"{"id":"a"}"#), Reply::plain(500, "a text")];
    let (client, _) = client(replies().into_iter().chain(replies()));
    let small = CallOptions::new().max_response_bytes(5).max_error_bytes(5);
    for (client, large) in [(client.with_options(small), true), (client, false)] {
        let first = client.take_snapshot("g", "c").send().await;
        assert_eq!(first.is_err_and(|error| error.kind() == ErrorKind::TooLarge), large);
        let second = client.take_snapshot("g", "c").send().await.unwrap_err();
        assert_eq!(second.kind() == ErrorKind::TooLarge, large);
    }
}

#[tokio::test]
async fn headers_win_over_the_clients_and_lose_to_parameters() {
    let mock = Mock::new([Reply::plain(204, ""), Reply::plain(204, "")]);
    let builder = open(&mock);
    let client = builder.header("x-a", "client").header("x-b", "client").build().unwrap();
    let options = CallOptions::new().header("X-A", "options").header("Accept", "c/d");
    let other = client.with_options(options).with_options(CallOptions::new().header("x-c", "c"));
    let call = other.call(&GET).path("id", "1").header("x-c", "parameter");
    call.send_empty::<NoError>().await.unwrap();
    client.call(&GET).path("id", "1").send_empty::<NoError>().await.unwrap();

    let seen = mock.seen();
    let values = |index: usize| {
        ["x-a", "x-b", "x-c", "accept"].map(|name| seen[index].header(name).unwrap_or_default())
    };
    assert_eq!(values(0), ["options", "client", "parameter", "c/d"]);
    assert_eq!(values(1), ["client", "client", "", "a/b"]);
}

#[tokio::test]
async fn headers_that_cannot_be_sent_stop_the_call() {
    let (client, mock) = client([]);
    for (name, value, reason) in [
        ("a b", "x", "an extra header's name is none"),
        ("x-a", "canary\n", "header `x-a` holds a control character"),
        ("Content-Length", "3", "header `content-length` is the transport's own"),
    ] {
        let other = client.with_options(CallOptions::new().header(name, value));
        let error = other.take_snapshot("g", "c").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().ends_with(reason), "{error}");
    }
    assert!(mock.seen().is_empty());
}

#[test]
fn nothing_shows_a_headers_value() {
    let options = CallOptions::new().header("x-key", "canary");
    let client = client([]).0.with_options(options.clone());
    for text in [format!("{options:?}"), format!("{client:?}")] {
        assert!(text.contains("x-key") && !text.contains("canary"), "{text}");
    }
}

/// Writes down what passes and adds a header.
#[derive(Clone, Debug)]
struct Notes {
    name: &'static str,
    log: Arc<Mutex<Vec<String>>>,
}

impl Middleware for Notes {
    fn handle<'a>(
        &'a self,
        mut request: Request<RequestBody>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        let about = *request.extensions().get::<Attempt>().unwrap();
        request.headers_mut().append("x-by", HeaderValue::from_static(self.name));
        Box::pin(async move {
            let Attempt { operation, path_template, number, .. } = about;
            let note = format!("{} {operation} {path_template} {number}", self.name);
            self.log.lock().unwrap().push(note);
            let result = next.run(request).await;
            let end = result.as_ref().map_or(0, |response| response.status().as_u16());
            self.log.lock().unwrap().push(format!("{} {end}", self.name));
            result
        })
    }
}

#[tokio::test(start_paused = true)]
async fn middleware_sees_every_attempt() {
    let log = Arc::default();
    let notes = |name| Notes { name, log: Arc::clone(&log) };
    let mock = Mock::new([Reply::plain(503, ""), Reply::plain(204, "")]);
    let builder = open(&mock);
    let client = builder.middleware(notes("outer")).middleware(notes("inner")).build().unwrap();
    client.call(&GET).path("id", "canary").send_empty::<NoError>().await.unwrap();

    let expected = [
        "outer get /things/{id} 1",
        "inner get /things/{id} 1",
        "inner 503",
        "outer 503",
        "outer get /things/{id} 2",
        "inner get /things/{id} 2",
        "inner 204",
        "outer 204",
    ];
    assert_eq!(*log.lock().unwrap(), expected);
    let by: Vec<_> = mock.seen()[0].headers.get_all("x-by").iter().cloned().collect();
    assert_eq!(by, ["outer", "inner"]);
}

/// Calls every failure one to connect.
#[derive(Debug)]
struct Liar;

impl Middleware for Liar {
    fn handle<'a>(
        &'a self,
        request: Request<RequestBody>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move { next.run(request).await.map_err(TransportError::connect) })
    }
}

#[tokio::test(start_paused = true)]
async fn middleware_cannot_make_a_call_be_sent_twice() {
    let mock = Mock::new([Reply::Fail(TransportError::exchange("reset"))]);
    let builder = open(&mock).middleware(Liar);
    let client = builder.retry(RetryPolicy::new().max_attempts(5)).build().unwrap();
    let error = client.take_snapshot("g", "c").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert!(error.may_have_reached_server() && !error.is_connect());
    mock.only();
}
