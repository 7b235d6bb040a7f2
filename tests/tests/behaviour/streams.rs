//! Answers of many values, each as soon as it is there.

use std::time::Duration;

use specwright_runtime::{CallOptions, ErrorKind};

use crate::clients::event_stream::operations::CreateChatError;
use crate::clients::event_stream::types::Question;
use crate::clients::{self, event_stream, json_lines};
use crate::server::{Reply, Server};

/// An answer whose body has no announced end.
fn open_ended(content_type: &str, body: impl AsRef<[u8]>) -> Reply {
    let head = format!("HTTP/1.1 200 X\r\nContent-Type: {content_type}\r\n\r\n");
    Reply::raw([head.as_bytes(), body.as_ref()].concat())
}

async fn events(reply: Reply) -> (Server, event_stream::Client) {
    let server = Server::always(reply).await;
    let client = clients::of(event_stream::Client::builder(), &server);
    (server, client)
}

async fn lines(reply: Reply) -> (Server, json_lines::Client) {
    let server = Server::always(reply).await;
    let client = clients::of(json_lines::Client::builder(), &server);
    (server, client)
}

#[tokio::test]
async fn one_operation_gives_the_whole_or_its_parts() {
    let parts = "data: {\"delta\":\"Hé\"}\r\n\r\n: still here\n\ndata: {\"delta\":\ndata: \"llo\"}\n\n\
                 data: [DONE]\n\ndata: {\"delta\":\"never\"}\n\n";
    let reply = open_ended("text/event-stream; charset=utf-8", parts).drip().then_close();
    let (server, client) = events(reply).await;
    let mut stream =
        client.create_chat(Question::new("?").with_stream(true)).stream().await.unwrap();
    assert_eq!(stream.try_next().await.unwrap().unwrap().delta, "Hé");
    assert_eq!(stream.try_next().await.unwrap().unwrap().delta, "llo");
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert_eq!(server.only().header("accept"), Some("text/event-stream"));
    assert_eq!(server.only().text(), r#"{"text":"?","stream":true}"#);

    let json = Reply::new(200, &[("Content-Type", "application/json")], r#"{"text":"Hello"}"#);
    let (server, client) = events(json).await;
    assert_eq!(client.create_chat(Question::new("?")).send().await.unwrap().text, "Hello");
    assert_eq!(server.only().header("accept"), Some("application/json"));
}

#[tokio::test]
async fn an_event_is_there_before_the_answer_ends() {
    let reply = open_ended("text/event-stream", "data: {\"delta\":\"a\"}\n\ndata").then_stall();
    let (_server, client) = events(reply).await;
    let mut stream = client.create_chat(Question::new("?")).stream().await.unwrap();
    assert_eq!(stream.try_next().await.unwrap().unwrap().delta, "a");
}

#[tokio::test]
async fn events_as_a_whole() {
    let body = "id: 7\nevent: progress\nretry: 1500\ndata: {\"percent\": 50}\n\ndata: {\"percent\":100}\n\n";
    let (_server, client) = events(open_ended("text/event-stream", body).then_close()).await;
    let answer = client.watch_job("1").send_with_metadata().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let mut stream = answer.into_inner();
    let first = stream.try_next().await.unwrap().unwrap();
    assert_eq!((first.event.as_deref(), first.id.as_deref()), (Some("progress"), Some("7")));
    assert_eq!((first.retry, first.data.map(|data| data.percent)), (Some(1500), Some(50)));
    let second = stream.try_next().await.unwrap().unwrap();
    assert_eq!((second.event, second.id, second.retry), (None, None, None));
    assert_eq!(stream.last_event_id(), Some("7"));
    assert_eq!(stream.retry(), Some(Duration::from_millis(1500)));
    assert_eq!(stream.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn nothing_more_will_happen() {
    let (_server, client) = events(Reply::new(204, &[], "")).await;
    assert_eq!(client.watch_job("1").send().await.unwrap().try_next().await.unwrap(), None);
}

#[tokio::test]
async fn texts_and_events_as_they_are() {
    let body = "event: tick\ndata: 1\ndata: \"2\n\n";
    let reply = || open_ended("text/event-stream", body).then_close();
    let (_server, client) = events(reply()).await;
    let mut texts = client.follow_log().stream("all").stream_events().await.unwrap();
    assert_eq!(texts.try_next().await.unwrap().as_deref(), Some("1\n\"2"));
    let mut ticks = client.list_ticks().send().await.unwrap();
    let tick = ticks.try_next().await.unwrap().unwrap();
    assert_eq!((tick.name(), tick.data(), tick.id()), ("tick", "1\n\"2", None));
    assert!(!format!("{tick:?}").contains('2'), "data is not for logs: {tick:?}");
    // A type of its own, and the events of a stream that has one.
    let mut chats = client.create_chat(Question::new("?")).stream().await.unwrap().events();
    assert_eq!(chats.try_next().await.unwrap().unwrap().data(), "1\n\"2");
}

#[tokio::test]
async fn data_that_is_something_else_is_kept_and_passed() {
    let body = "data: [DONE\n\ndata: {\"delta\":\"canary\",\"x\":}\n\ndata: {\"delta\":\"b\"}\n\n";
    let (_server, client) = events(open_ended("text/event-stream", body).then_close()).await;
    let mut stream = client.create_chat(Question::new("?")).stream().await.unwrap();
    let error = stream.try_next().await.unwrap_err();
    assert_eq!((error.kind(), &error.bytes().unwrap()[..]), (ErrorKind::Decode, &b"[DONE"[..]));
    assert_eq!((error.operation(), error.attempts()), ("createChat", 1));
    let error = stream.try_next().await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    assert_eq!(stream.try_next().await.unwrap().unwrap().delta, "b");
    assert_eq!(stream.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn an_answer_that_breaks_off() {
    let head = "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nContent-Length: 900\r\n\r\n";
    let reply = Reply::raw(format!("{head}data: {{\"delta\":\"a\"}}\n\ndata: x")).then_close();
    let (server, client) = events(reply).await;
    let mut stream = client.create_chat(Question::new("?")).stream().await.unwrap();
    assert!(stream.try_next().await.unwrap().is_some());
    let error = stream.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_reached_server()), (ErrorKind::Truncated, true));
    assert_eq!(stream.try_next().await.unwrap(), None, "a broken stream is over");
    assert_eq!(server.seen().len(), 1, "nothing is sent again");
}

#[tokio::test]
async fn an_event_without_its_empty_line() {
    let (_server, client) = events(open_ended("text/event-stream", "data: x\n").then_close()).await;
    let mut stream = client.create_chat(Question::new("?")).stream().await.unwrap();
    let error = stream.try_next().await.unwrap_err();
    assert_eq!((error.kind(), &error.bytes().unwrap()[..]), (ErrorKind::Truncated, &b"x"[..]));
    assert_eq!(stream.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn silence_has_a_limit_and_so_has_each_event() {
    let reply = open_ended("text/event-stream", "data: {\"delta\":\"a\"}\n\n").then_stall();
    let (_server, client) = events(reply).await;
    let brief = client.with_options(CallOptions::new().idle_timeout(Duration::from_millis(20)));
    let mut stream = brief.create_chat(Question::new("?")).stream().await.unwrap();
    assert!(stream.try_next().await.unwrap().is_some());
    let error = stream.try_next().await.unwrap_err();
    assert!(error.is_timeout() && error.kind() == ErrorKind::Timeout, "{error:?}");

    let small = "data: {\"delta\":\"a\"}\n\n".repeat(100);
    let large = format!("{small}data: {}\n\n", "x".repeat(100));
    let (_server, client) = events(open_ended("text/event-stream", large).then_close()).await;
    let small = client.with_options(CallOptions::new().max_response_bytes(50));
    let mut stream = small.create_chat(Question::new("?")).stream().await.unwrap();
    for _ in 0..100 {
        assert!(stream.try_next().await.unwrap().is_some());
    }
    assert_eq!(stream.try_next().await.unwrap_err().kind(), ErrorKind::TooLarge);
    assert_eq!(stream.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn what_is_no_stream() {
    let json = Reply::new(200, &[("Content-Type", "application/json")], r#"{"text":"Hello"}"#);
    let (_server, client) = events(json).await;
    let error = client.create_chat(Question::new("?")).stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MediaType);
    assert!(error.to_string().contains("application/json"), "{error}");
}

#[tokio::test]
async fn a_stream_is_asked_for_again_until_it_begins_and_refused_with_a_type() {
    let busy = Reply::new(429, &[("Retry-After", "0")], r#"{"detail":"busy"}"#);
    let begun = open_ended("text/event-stream", "data: {\"delta\":\"a\"}\n\n").then_close();
    let server = Server::script([busy.clone(), begun]).await;
    let client: event_stream::Client = clients::of(event_stream::Client::builder(), &server);
    let answer = client.create_chat(Question::new("?")).stream_with_metadata().await.unwrap();
    assert_eq!(answer.attempts(), 2);
    let server = Server::always(busy).await;
    let client: event_stream::Client = clients::of(event_stream::Client::builder(), &server);
    let error = client.create_chat(Question::new("?")).stream().await.unwrap_err();
    let Some(CreateChatError::TooManyRequests(problem)) = error.as_service() else {
        panic!("{error}")
    };
    assert_eq!(problem.get().unwrap().detail.as_deref(), Some("busy"));
}

#[tokio::test]
async fn lines_of_json() {
    let body = "{\"id\":\"a\"}\n\n{\"id\":7}\n{\"id\":\"é\"}";
    let reply = open_ended("application/x-ndjson", body).drip().then_close();
    let (server, client) = lines(reply).await;
    let mut stream = client.export_widgets().send().await.unwrap();
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, "a");
    let error = stream.try_next().await.unwrap_err();
    assert_eq!(
        (error.kind(), &error.bytes().unwrap()[..]),
        (ErrorKind::Decode, &b"{\"id\":7}"[..])
    );
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, "é");
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert_eq!(server.only().header("accept"), Some("application/x-ndjson"));
}

#[tokio::test]
async fn a_watch_is_a_media_type_of_its_own() {
    let body = "{\"type\":\"ADDED\",\"object\":{\"id\":\"a\"}}\n";
    // This server calls its stream JSON, as its model does.
    let (server, client) = lines(open_ended("application/json", body).then_close()).await;
    let mut changes = client.list_widgets().watch(true).stream().await.unwrap();
    let change = changes.try_next().await.unwrap().unwrap();
    assert_eq!((&*change.r#type, &*change.object.id), ("ADDED", "a"));
    assert_eq!(server.only().header("accept"), Some("application/json;stream=watch"));
    let mut values = client.list_widgets().stream().await.unwrap().of::<serde_json::Value>();
    assert_eq!(values.try_next().await.unwrap().unwrap()["object"]["id"], "a");
}

#[tokio::test]
async fn a_sequence_of_records() {
    let body = "\x1e{\"id\":\n\"a\"}\n\x1e{\"id\":\"b\"}\n";
    let (_server, client) =
        lines(open_ended("application/json-seq", body).drip().then_close()).await;
    let mut stream = client.list_places().send().await.unwrap();
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, "a");
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, "b");
    assert_eq!(stream.try_next().await.unwrap(), None);
}
