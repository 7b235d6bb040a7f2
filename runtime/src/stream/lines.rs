//! JSON that follows JSON, out of bytes: one value a line, or each behind a record separator.

use bytes::{Bytes, BytesMut};

use super::Frame;

/// What stands in front of a value of `application/json-seq` (RFC 7464, section 2.2).
const RECORD_SEPARATOR: u8 = 0x1e;

/// The state between two chunks.
#[derive(Default)]
pub(super) struct Parser {
    buffer: BytesMut,
    /// This much of the buffer has been searched for the end of a value.
    searched: usize,
    /// Whether a value may have several lines, and where in it the search has come to.
    sequence: Option<Nesting>,
}

/// How deep in a value a byte stands.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Parser {
    pub(super) fn lines() -> Self {
        Self::default()
    }

    pub(super) fn sequence() -> Self {
        Self { sequence: Some(Nesting::default()), ..Self::default() }
    }

    pub(super) fn push(&mut self, chunk: &Bytes) {
        self.buffer.extend_from_slice(chunk);
    }

    /// The next value that is complete. Lines that are empty say nothing.
    pub(super) fn next(&mut self) -> Option<Frame> {
        loop {
            let end = self.end()?;
            let value = self.buffer.split_to(end + 1);
            self.searched = 0;
            if let Some(frame) = frame(value) {
                return Some(frame);
            }
        }
    }

    pub(super) fn held(&self) -> usize {
        self.buffer.len()
    }

    /// The last value, which needs nothing behind it where it is clear that it is whole. In a sequence
    /// a number, `true`, `false` or `null` without anything behind may be the beginning of another
    /// (RFC 7464, section 2.4): that is the error.
    pub(super) fn rest(&mut self) -> Option<Result<Frame, Bytes>> {
        let rest = self.buffer.split();
        let is_open = self.sequence.is_some()
            && rest.last().is_some_and(|last| last.is_ascii_alphanumeric() || *last == b'.');
        let frame = frame(rest)?;
        Some(if is_open { Err(frame.data) } else { Ok(frame) })
    }

    /// Where the value at the front of the buffer is over.
    fn end(&mut self) -> Option<usize> {
        let from = self.searched;
        self.searched = self.buffer.len();
        let unread = self.buffer[from..].iter();
        let found = match &mut self.sequence {
            None => unread.copied().position(|byte| byte == b'\n'),
            Some(nesting) => unread.copied().position(|byte| nesting.ends(byte)),
        };
        found.map(|found| from + found)
    }
}

impl Nesting {
    /// Whether a value ends here: with a line that closes it, or where the next one begins, since
    /// a separator may stand nowhere in JSON.
    fn ends(&mut self, byte: u8) -> bool {
        match byte {
            RECORD_SEPARATOR => {
                *self = Self::default();
                return true;
            }
            b'\n' => return self.depth == 0 && !self.in_string,
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.depth += 1,
            b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}

/// A value without what surrounds it.
fn frame(value: BytesMut) -> Option<Frame> {
    let around = |byte: &u8| byte.is_ascii_whitespace() || *byte == RECORD_SEPARATOR;
    let value = value.freeze();
    let start = value.iter().position(|byte| !around(byte))?;
    let end = value.iter().rposition(|byte| !around(byte))?;
    Some(Frame { data: value.slice(start..=end), ..Frame::default() })
}

#[cfg(test)]
mod tests;
