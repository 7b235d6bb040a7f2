//! Server-sent events out of bytes (WHATWG HTML, section 9.2.6, "Interpreting an event stream").

use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};

use super::Frame;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The state between two chunks.
#[derive(Default)]
pub(super) struct Parser {
    buffer: BytesMut,
    /// This much of the buffer has been searched for the end of a line.
    searched: usize,
    started: bool,
    /// The last line ended in CR: a LF that follows belongs to it.
    after_cr: bool,
    /// The event that is being put together. Each line of data ends in LF until it is done.
    data: BytesMut,
    name: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
    pub(super) last_id: Option<String>,
    pub(super) reconnect: Option<Duration>,
}

impl Parser {
    pub(super) fn push(&mut self, chunk: &Bytes) {
        self.buffer.extend_from_slice(chunk);
    }

    /// The next event that is complete.
    pub(super) fn next(&mut self) -> Option<Frame> {
        while let Some(line) = self.line() {
            if !line.is_empty() {
                self.field(&line);
            } else if let Some(event) = self.dispatch() {
                return Some(event);
            }
        }
        None
    }

    /// How many bytes an event that is not complete has so far.
    pub(super) fn held(&self) -> usize {
        self.buffer.len() + self.data.len()
    }

    /// What is there of an event when the body is over: a line without an end, or an event without
    /// the empty line that sends it off.
    pub(super) fn rest(&mut self) -> Option<Bytes> {
        let line = self.buffer.split();
        self.field(&line);
        self.dispatch().map(|event| event.data)
    }

    /// The next line, which ends in CR, LF or both.
    fn line(&mut self) -> Option<BytesMut> {
        if self.after_cr && !self.buffer.is_empty() {
            self.after_cr = false;
            if self.buffer[0] == b'\n' {
                self.buffer.advance(1);
            }
        }
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let Some(found) = self.buffer[self.searched..].iter().position(ends) else {
            self.searched = self.buffer.len();
            return None;
        };
        let mut line = self.buffer.split_to(self.searched + found);
        self.searched = 0;
        self.after_cr = self.buffer.get_u8() == b'\r';
        if !std::mem::replace(&mut self.started, true) && line.starts_with(BOM) {
            line.advance(BOM.len());
        }
        Some(line)
    }

    /// A field and its value, or a comment, which begins with a colon and so has no field.
    fn field(&mut self, line: &[u8]) {
        let colon = line.iter().position(|byte| *byte == b':');
        let (field, value) = match colon {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match field {
            b"data" => {
                self.data.extend_from_slice(text().as_bytes());
                self.data.extend_from_slice(b"\n");
            }
            b"event" => self.name = Some(text()).filter(|name| !name.is_empty()),
            b"id" if !value.contains(&0) => {
                self.id = Some(text());
                self.last_id = self.id.clone().filter(|id| !id.is_empty());
            }
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                self.retry = text().parse().ok().or(self.retry);
                self.reconnect = self.retry.map(Duration::from_millis).or(self.reconnect);
            }
            _ => {}
        }
    }

    /// Ends an event. One without data is none.
    fn dispatch(&mut self) -> Option<Frame> {
        let mut data = self.data.split();
        let (name, id, retry) = (self.name.take(), self.id.take(), self.retry.take());
        if data.is_empty() {
            return None;
        }
        data.truncate(data.len() - 1);
        Some(Frame { data: data.freeze(), name, id, retry })
    }
}

#[cfg(test)]
mod tests;
