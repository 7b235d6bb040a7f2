//! The bombs, and how much memory each may take.

use specwright_runtime::ErrorKind::{self, Auth, Decode, MediaType, TooLarge, Transport};

use crate::api::{CAP, ERROR_CAP, LARGEST, Login, Wanted};

/// An answer is kept in a buffer that is doubled when it is full. While it is, the old one and the
/// new one are both there: three times what has been read, of which the cap is one.
const fn growing(cap: usize) -> usize {
    2 * cap + READING
}

/// What HTTP/1 is read into (hyper: 408 KiB at most, doubled in the same way), and all that a call
/// and its connection take besides.
const READING: usize = 3 * 408 * 1024 + 128 * 1024;

/// The answer, and a text of it as long as it is, in a buffer that is doubled in the same way.
const TEXTS: usize = growing(CAP) + 3 * CAP;

/// A list of as many elements as there is room for under the cap, two bytes each, in a buffer that
/// is doubled in the same way.
const LISTS: usize = growing(CAP) + 3 * LARGEST * (CAP / 2);

const ENDLESS: usize = usize::MAX;

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) head: &'static [u8],
    pub(crate) again: &'static [u8],
    pub(crate) times: usize,
    pub(crate) end: &'static [u8],
    pub(crate) login: Login,
    pub(crate) wanted: Wanted,
    pub(crate) ends: Option<ErrorKind>,
    /// How many bytes the client was allowed to read.
    pub(crate) cap: usize,
    pub(crate) bound: usize,
}

fn row(name: &'static str, head: &'static str, again: &'static [u8], times: usize) -> Row {
    Row {
        name,
        head: head.as_bytes(),
        again,
        times,
        end: b"",
        login: Login::None,
        wanted: Wanted::Thing,
        ends: Some(TooLarge),
        cap: CAP,
        bound: growing(CAP),
    }
}

/// An answer under the cap that is harmless until it is decoded.
fn decoded(name: &'static str, again: &'static [u8], wanted: Wanted) -> Row {
    let times = (CAP - 2) / again.len() - 1;
    Row { wanted, bound: TEXTS, ..row(name, OPEN, again, times) }
}

const BLOCK: &[u8] = &[b'x'; 4096];
const CHUNK: &[u8] = b"10\r\nxxxxxxxxxxxxxxxx\r\n";
const OPEN: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const LENGTH: &str = "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\n";
const FAILED: &str = "HTTP/1.1 500 X\r\nConnection: close\r\n\r\n";
const BUSY: &str = "HTTP/1.1 429 X\r\nConnection: close\r\n\r\n";
const ASKS: &str = "HTTP/1.1 401 X\r\nConnection: close\r\n\
                    WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n\r\n";
const CHALLENGE: &str = "HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm=\"";
const GZIP: &str = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n";

pub(crate) fn rows() -> Vec<Row> {
    let error = |row: Row| Row { cap: ERROR_CAP, bound: growing(ERROR_CAP), ..row };
    let head = |row: Row| Row { cap: 0, bound: READING, ends: Some(Transport), ..row };
    let login = |login, row: Row| Row { login, ..row };
    let failed = |row: Row| Row { ends: Some(Auth), ..row };
    vec![
        row("a body without end", OPEN, BLOCK, ENDLESS),
        row("chunks without end", CHUNKED, CHUNK, ENDLESS),
        row("a length of exabytes", LENGTH, BLOCK, ENDLESS),
        row("a length of exabytes and nothing else", LENGTH, b"", 0)
            .ends_with(ErrorKind::Truncated),
        head(row("a header without end", "HTTP/1.1 200 OK\r\nX: ", BLOCK, ENDLESS)),
        head(row("headers without end", "HTTP/1.1 200 OK\r\n", b"X-Y: z\r\n", ENDLESS)),
        head(row("5,000 headers", "HTTP/1.1 200 OK\r\n", b"X-Y: z\r\n", 5000).finished(b"\r\n")),
        // A million zeros are a thousand bytes of gzip; they stay what they are.
        row("gzip that nobody undoes", GZIP, &[0; 1024], 1).ends_with(MediaType),
        Row { wanted: Wanted::Inflated, ..row("gzip that the user undoes", GZIP, BLOCK, 64) },
        error(row("an error without end", FAILED, BLOCK, ENDLESS)),
        failed(error(login(Login::Token, row("a token without end", OPEN, BLOCK, ENDLESS)))),
        failed(error(login(
            Login::Token,
            row("a refused token without end", BUSY, BLOCK, ENDLESS),
        ))),
        error(login(
            Login::Digest,
            row("a challenge with a body without end", ASKS, BLOCK, ENDLESS),
        )),
        head(login(Login::Digest, row("a challenge without end", CHALLENGE, BLOCK, ENDLESS))),
        decoded("a text as long as the cap", b"x", Wanted::Values)
            .between("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\"", b"\""),
        decoded("lists in lists", b"[", Wanted::Values).ends_with(Decode),
        decoded("nulls, as options", b"null,", Wanted::Texts).list(),
        decoded("digits, as numbers", b"1,", Wanted::Numbers).list(),
        decoded("digits, as any value", b"1,", Wanted::Values).list(),
        decoded("a number of a million digits", b"1", Wanted::Values).ends_with(Decode),
    ]
}

impl Row {
    fn ends_with(self, kind: ErrorKind) -> Self {
        Self { ends: Some(kind), ..self }
    }

    fn finished(self, end: &'static [u8]) -> Self {
        Self { end, ..self }
    }

    /// A success, between these.
    fn between(self, head: &'static str, end: &'static [u8]) -> Self {
        Self { head: head.as_bytes(), end, ends: None, ..self }
    }

    /// A success that is a list; the last element stands behind the last comma.
    fn list(self) -> Self {
        let end = if self.again.starts_with(b"null") { &b"null]"[..] } else { b"1]" };
        let row = self.between("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[", end);
        Row { bound: LISTS, ..row }
    }
}
