//! As much of HTTP/1.1 as one well-behaved client needs.

use std::io;

use specwright_runtime::serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// More than any request of the example.
const MAX_BODY: usize = 64 * 1024;

/// A request with its body read to the end.
pub(super) struct Request {
    pub(super) method: String,
    /// Path and query, as sent.
    pub(super) target: String,
    pub(super) body: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The header's value, or nothing.
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

/// An answer, and what to say about it in print.
pub(super) struct Answer {
    status: u16,
    note: &'static str,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Answer {
    /// `note` says what the answer holds, in a few words.
    pub(super) fn json(status: u16, content_type: &str, body: &Value, note: &'static str) -> Self {
        Self {
            status,
            note,
            headers: vec![("Content-Type", content_type.to_owned())],
            body: body.to_string(),
        }
    }

    /// An `ApiError`, as Atlas sends it.
    pub(super) fn error(status: u16, code: &str, detail: &str) -> Self {
        let body = json!({
            "error": status,
            "errorCode": code,
            "detail": detail,
            "reason": reason(status),
            "parameters": [],
        });
        Self::json(status, "application/json", &body, "an ApiError")
    }

    pub(super) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }

    pub(super) fn noted(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    /// `200 OK: a snapshot`.
    pub(super) fn in_print(&self) -> String {
        format!("{} {}: {}", self.status, reason(self.status), self.note)
    }
}

/// The next request on a connection; `None` once the client has closed it.
pub(super) async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Request>> {
    let start = line(stream).await?;
    let mut words = start.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let mut request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        body: String::new(),
        headers: Vec::new(),
    };
    loop {
        let header = line(stream).await?;
        let Some((name, value)) = header.split_once(':') else { break };
        request.headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let length: usize = request.header("content-length").parse().unwrap_or(0);
    let mut body = vec![0; length.min(MAX_BODY)];
    stream.read_exact(&mut body).await?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    Ok(Some(request))
}

async fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    Ok(line.trim_end().to_owned())
}

pub(super) async fn write(stream: &mut BufReader<TcpStream>, answer: &Answer) -> io::Result<()> {
    let Answer { status, headers, body, note: _ } = answer;
    let mut text = format!("HTTP/1.1 {status} {}\r\n", reason(*status));
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(text.as_bytes()).await?;
    stream.flush().await
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        406 => "Not Acceptable",
        415 => "Unsupported Media Type",
        _ => "",
    }
}
