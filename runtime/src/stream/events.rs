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
    ///
    /// An event of which only a name or an id has arrived is one that broke off as well; a comment, or
    /// the time before the next try, is none.
    pub(super) fn rest(&mut self) -> Option<Bytes> {
        let mut line = self.buffer.split();
        self.begin(&mut line);
        // Perhaps half the name of a field.
        let names: [&[u8]; 3] = [b"data", b"event", b"id"];
        let is_cut = !line.is_empty() && names.iter().any(|name| name.starts_with(&line));
        self.field(&line);
        let is_begun = is_cut || self.name.is_some() || self.id.is_some() || !self.data.is_empty();
        self.id = None;
        let event = self.dispatch();
        is_begun.then(|| event.map(|event| event.data).unwrap_or_default())
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
        self.begin(&mut line);
        Some(line)
    }

    /// The first line may have a mark in front that is no part of it.
    fn begin(&mut self, line: &mut BytesMut) {
        if !std::mem::replace(&mut self.started, true) && line.starts_with(BOM) {
            line.advance(BOM.len());
        }
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
            b"id" if !value.contains(&0) => self.id = Some(text()),
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
        // Now, not before: whoever goes on after an event that broke off wants it again.
        if let Some(id) = &id {
            self.last_id = Some(id.clone()).filter(|id| !id.is_empty());
        }
        if data.is_empty() {
            return None;
        }
        data.truncate(data.len() - 1);
        Some(Frame { data: data.freeze(), name, id, retry })
    }
}

#[cfg(test)]
mod tests;
