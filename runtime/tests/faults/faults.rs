//! What a server can do wrong, as scripts.

use std::time::Duration;

use crate::server::{Script, Step};

const THING: &str = r#"{"id":"1"}"#;

pub(crate) fn send(bytes: impl Into<Vec<u8>>) -> Step {
    Step::Send(bytes.into())
}

/// Reads the request, then does `steps`.
pub(crate) fn then(steps: impl IntoIterator<Item = Step>) -> Script {
    std::iter::once(Step::Request).chain(steps).collect()
}

/// Reads the request, sends `bytes` and hangs up.
pub(crate) fn cut(bytes: impl Into<Vec<u8>>) -> Script {
    then([send(bytes), Step::Close])
}

/// Reads the request, sends `bytes` and breaks the connection.
pub(crate) fn broken(bytes: impl Into<Vec<u8>>) -> Script {
    then([send(bytes), Step::Reset])
}

/// Reads the request, sends `bytes` and falls silent.
pub(crate) fn stalls(bytes: impl Into<Vec<u8>>) -> Script {
    then([send(bytes), Step::Stall])
}

/// Sends without an end, after `bytes`.
pub(crate) fn floods(bytes: &str, again: impl Into<Vec<u8>>) -> Script {
    then([send(bytes), Step::Flood(again.into())])
}

/// Sends `bytes`, each after 60 milliseconds: too slowly for all but a few.
pub(crate) fn drips(bytes: &str, slowly: &str) -> Script {
    then([send(bytes), Step::Drip(slowly.into(), Duration::from_millis(60)), Step::Stall])
}

/// A complete answer.
pub(crate) fn answer(status: u16, headers: &[&str], body: &str) -> Script {
    then([send(whole(status, headers, body))])
}

pub(crate) fn whole(status: u16, headers: &[&str], body: &str) -> String {
    let mut text = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
    for header in headers {
        text += &format!("{header}\r\n");
    }
    text + "\r\n" + body
}

/// What the call wants.
pub(crate) fn good() -> Script {
    answer(200, &["Content-Type: application/json"], THING)
}

/// The head of a 200 with these headers besides.
pub(crate) fn head(headers: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}\r\n")
}

/// So many headers.
pub(crate) fn many_headers(count: usize) -> String {
    (0..count).map(|number| format!("X-{number}: y\r\n")).collect()
}
