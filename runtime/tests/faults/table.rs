//! The scenarios: for each fault how the call ends, and how many requests may arrive.
//!
//! A row is: what the server does, how the call ends, the status it tells, how many requests arrive. The
//! longest time it may take follows from that: as many attempts' limits as requests, if they run out.

use specwright_runtime::ErrorKind::{
    self, Decode, EmptyBody, MediaType, Redirect, Service, Timeout, TooLarge, Transport, Truncated,
    UnexpectedStatus,
};

use crate::faults::{
    answer, broken, cut, drips, floods, good, head, many_headers, send, stalls, then, whole,
};
use crate::server::{Script, Step};

/// What is expected of a call.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) scripts: Vec<Script>,
    /// `None` is a success.
    pub(crate) ends: Option<ErrorKind>,
    pub(crate) status: Option<u16>,
    /// So many requests arrive, no more and no fewer.
    pub(crate) arrivals: usize,
    /// The limit of an attempt runs out, so it had better be short.
    pub(crate) slow: bool,
}

impl Row {
    fn slow(self) -> Self {
        Self { slow: true, ..self }
    }
}

fn row(
    name: &'static str,
    scripts: impl IntoIterator<Item = Script>,
    ends: impl Into<Option<ErrorKind>>,
    status: impl Into<Option<u16>>,
    arrivals: usize,
) -> Row {
    let scripts = scripts.into_iter().collect();
    Row { name, scripts, ends: ends.into(), status: status.into(), arrivals, slow: false }
}

/// One request, whatever the method.
fn once(
    name: &'static str,
    script: Script,
    ends: impl Into<Option<ErrorKind>>,
    status: impl Into<Option<u16>>,
) -> Row {
    row(name, [script], ends, status, 1)
}

const HTML: &str = "Content-Type: text/html";
const JSON: &str = "Content-Type: application/json";
const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";
const LENGTH: &str = "Content-Length: 10\r\n";

/// Faults after which nobody knows what the server did. A POST is lost; a GET is repeated.
pub(crate) fn lost() -> Vec<(&'static str, Script)> {
    vec![
        ("closes at once", vec![Step::Close]),
        ("closes after the head of the request", vec![Step::Head, Step::Close]),
        ("resets after the head of the request", vec![Step::Head, Step::Reset]),
        ("closes instead of an answer", then([Step::Close])),
        ("resets instead of an answer", then([Step::Reset])),
        ("closes in the status line", cut("HTTP/1.1 20")),
        ("resets in the status line", broken("HTTP/1.1 20")),
        ("closes in a header", cut("HTTP/1.1 200 OK\r\nContent-Ty")),
        ("closes behind a header", cut("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")),
        ("resets in a header", broken("HTTP/1.1 200 OK\r\nContent-Ty")),
        ("speaks another protocol", cut("SSH-2.0-OpenSSH_9.9\r\n\r\n")),
        ("speaks TLS", cut(&b"\x15\x03\x01\x00\x02\x02\x28"[..])),
        ("sends zeros", cut(vec![0; 256])),
        ("sends a page without a head", cut("<html>hello</html>\r\n\r\n")),
        ("has no status", cut("HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n")),
        ("has another version", cut("HTTP/7.3 200 OK\r\nContent-Length: 0\r\n\r\n")),
        ("has a header without a colon", cut("HTTP/1.1 200 OK\r\nnothing\r\n\r\n")),
        ("has a negative length", cut(head("Content-Length: -1\r\n"))),
        ("has a length that is none", cut(head("Content-Length: many\r\n"))),
        ("has two lengths", cut(head("Content-Length: 10\r\nContent-Length: 11\r\n"))),
        ("has 5,000 headers", cut(head(&many_headers(5000)))),
        ("has a header of a megabyte", cut(head(&format!("X: {}\r\n", "y".repeat(1 << 20))))),
        ("has headers without end", floods("HTTP/1.1 200 OK\r\n", "X-Y: z\r\n".repeat(512))),
        ("has a header without end", floods("HTTP/1.1 200 OK\r\nX: ", "z".repeat(4096))),
    ]
}

/// Faults that take too long. A POST is lost; a GET is repeated.
pub(crate) fn slow() -> Vec<(&'static str, Script, Option<u16>)> {
    vec![
        ("never reads", vec![Step::Stall], None),
        ("falls silent after the head of the request", vec![Step::Head, Step::Stall], None),
        ("never answers", stalls(""), None),
        ("falls silent in the status line", stalls("HTTP/1.1 20"), None),
        ("falls silent in a header", stalls("HTTP/1.1 200 OK\r\nContent-Ty"), None),
        ("falls silent before the body", stalls(head(LENGTH)), Some(200)),
        ("falls silent in the body", stalls(head(LENGTH) + "{"), Some(200)),
        ("falls silent in a chunk", stalls(head(CHUNKED) + "a\r\n{"), Some(200)),
        ("falls silent behind a chunk", stalls(head(CHUNKED) + "1\r\n{\r\n"), Some(200)),
        (
            "falls silent in an error",
            stalls("HTTP/1.1 404 X\r\nContent-Length: 3\r\n\r\na"),
            Some(404),
        ),
        ("drips the status line", drips("", "HTTP/1.1 200 OK"), None),
        ("drips the body", drips(&head(LENGTH), r#"{"id":"1"}"#), Some(200)),
        ("says for ever that it goes on", floods("", "HTTP/1.1 100 Continue\r\n\r\n"), None),
    ]
}

/// Answers that are broken behind their head, and complete ones that are wrong: the end of a call,
/// whatever its method.
pub(crate) fn answered() -> Vec<Row> {
    let endless = "x".repeat(4096);
    let chunk = format!("1000\r\n{endless}\r\n");
    vec![
        once("closes before the body", cut(head(LENGTH)), Truncated, 200),
        once("closes in the body", cut(head(LENGTH) + r#"{"id""#), Truncated, 200),
        once("resets in the body", broken(head(LENGTH) + r#"{"id""#), Truncated, 200),
        once("closes in a chunk", cut(head(CHUNKED) + "a\r\n{"), Truncated, 200),
        once("closes before the last chunk", cut(head(CHUNKED) + "1\r\n{\r\n"), Truncated, 200),
        once(
            "has a chunk of no size",
            cut(head(CHUNKED) + "zz\r\n{}\r\n0\r\n\r\n"),
            Truncated,
            200,
        ),
        once(
            "has a chunk of too great a size",
            cut(head(CHUNKED) + "fffffffffffffffff\r\n"),
            Truncated,
            200,
        ),
        once(
            "breaks off an error",
            cut("HTTP/1.1 404 X\r\nContent-Length: 9\r\n\r\na"),
            Truncated,
            404,
        ),
        once(
            "breaks off a 503",
            cut("HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\na"),
            Truncated,
            503,
        ),
        once("has chunks without end", floods(&head(CHUNKED), chunk), TooLarge, 200),
        once("has a body without end", floods(&head(""), endless.clone()), TooLarge, 200),
        once(
            "announces exabytes",
            floods(&head("Content-Length: 9000000000000000000\r\n"), endless.clone()),
            TooLarge,
            200,
        ),
        once("has an error without end", floods("HTTP/1.1 500 X\r\n\r\n", endless), TooLarge, 500),
        once("is empty", answer(200, &[JSON], ""), EmptyBody, 200),
        once("ends before it begins", cut(head("")), EmptyBody, 200),
        once("is a page", answer(200, &[HTML], "<html>"), MediaType, 200),
        once("is a page called JSON", answer(200, &[JSON], "<html>"), Decode, 200),
        once("is half of it", answer(200, &[JSON], r#"{"id":"#), Decode, 200),
        once("ends early without a length", cut(head("") + r#"{"id":"#), Decode, 200),
        once("is another object", answer(200, &[JSON], r#"{"error":1}"#), Decode, 200),
        once(
            "is compressed",
            answer(200, &[JSON, "Content-Encoding: gzip"], "\u{1f}\u{8b}"),
            MediaType,
            200,
        ),
        once("is a 204", then([send("HTTP/1.1 204 X\r\n\r\n")]), UnexpectedStatus, 204),
        once("is a 202", answer(202, &[JSON], r#"{"id":"1"}"#), UnexpectedStatus, 202),
        once("is a 206", answer(206, &[JSON], r#"{"id":"1"}"#), UnexpectedStatus, 206),
        once("is elsewhere", answer(302, &["Location: http://127.0.0.1:9/"], ""), Redirect, 302),
        once("is elsewhere with its body", answer(307, &["Location: /b"], ""), Redirect, 307),
        once("is a 400", answer(400, &[], "no"), UnexpectedStatus, 400),
        once("is a 401", answer(401, &[], "no"), UnexpectedStatus, 401),
        once("is a 404", answer(404, &[], "no"), Service, 404),
        once("is a 409", answer(409, &[], "no"), UnexpectedStatus, 409),
        once("is a 500", answer(500, &[HTML], "<html>"), UnexpectedStatus, 500),
        once("is a 599", answer(599, &[], ""), UnexpectedStatus, 599),
        once("asks for an hour", answer(429, &["Retry-After: 3600"], ""), Service, 429),
        once(
            "asks for ever",
            answer(429, &["Retry-After: 99999999999999999999"], ""),
            Service,
            429,
        ),
        row(
            "asks for a moment, three times",
            [answer(429, &["Retry-After: 0"], "")],
            Service,
            429,
            3,
        ),
        row(
            "is busy with a date that is over",
            [answer(429, &["Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"], ""), good()],
            None,
            200,
            2,
        ),
        row("is busy once", [answer(429, &["Connection: close"], ""), good()], None, 200, 2),
        row(
            "is busy, then somewhere else",
            [answer(429, &["Connection: close"], ""), answer(302, &[], "")],
            Redirect,
            302,
            2,
        ),
        once(
            "says twice that it goes on",
            then([
                send("HTTP/1.1 100 C\r\n\r\n".repeat(2)),
                send(whole(200, &[JSON], r#"{"id":"1"}"#)),
            ]),
            None,
            200,
        ),
        once(
            "has 90 headers",
            then([send(head(&(many_headers(90) + LENGTH)) + r#"{"id":"1"}"#)]),
            None,
            200,
        ),
        once("drips a little", drips(&(head(LENGTH) + r#"{"id":"1"#), r#""}"#), None, 200),
        once(
            "says more than it announced",
            answer(200, &[JSON, "Connection: close"], r#"{"id":"1"}"#)
                .into_iter()
                .chain([send("more"), Step::Close])
                .collect(),
            None,
            200,
        ),
        once("ends with its connection", cut(head("") + r#"{"id":"1"}"#), None, 200),
    ]
}

/// A POST: what was lost stays lost.
pub(crate) fn posts() -> Vec<Row> {
    let mut rows = answered();
    rows.extend(lost().into_iter().map(|(name, script)| row(name, [script], Transport, None, 1)));
    let slow = slow().into_iter();
    rows.extend(slow.map(|(name, script, status)| row(name, [script], Timeout, status, 1).slow()));
    for (name, status) in
        [("is a 502", 502), ("is a 503", 503), ("is a 504", 504), ("is a 408", 408)]
    {
        let script = answer(status, &["Retry-After: 0"], "");
        rows.push(row(name, [script], UnexpectedStatus, status, 1));
    }
    let busy = || answer(429, &["Connection: close"], "");
    rows.push(row("is busy, then lost", [busy(), then([Step::Close])], Transport, None, 2));
    rows.push(row("is busy, then silent", [busy(), stalls("")], Timeout, None, 2).slow());
    rows
}

/// A GET: what was lost is looked for again, three times at most.
pub(crate) fn gets() -> Vec<Row> {
    let mut rows = answered();
    for (name, script) in lost() {
        rows.push(row(name, [script.clone(), good()], None, 200, 2));
        rows.push(row(name, [script], Transport, None, 3));
    }
    for (name, script, _) in slow() {
        rows.push(row(name, [script, good()], None, 200, 2).slow());
    }
    rows.push(row("never answers at all", [stalls("")], Timeout, None, 3).slow());
    for (name, status) in
        [("is a 502", 502), ("is a 503", 503), ("is a 504", 504), ("is a 408", 408)]
    {
        let script = answer(status, &["Connection: close"], "");
        rows.push(row(name, [script.clone(), good()], None, 200, 2));
        rows.push(row(name, [script], UnexpectedStatus, status, 3));
    }
    rows
}
