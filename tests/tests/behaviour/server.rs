//! A server that is only as clever as its script: it keeps every request as it came, byte for
//! byte, and answers with the bytes it was told to.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// `POST /path?query HTTP/1.1`.
    pub(crate) line: String,
    /// The header lines in their order, without the line breaks.
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// Path and query.
    pub(crate) fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }

    /// The value of the only header of that name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&String| {
            line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name))
        };
        let mut found = self.headers.iter().filter(named);
        let value = found.next()?.split_once(':').unwrap().1.trim();
        assert!(found.next().is_none(), "{name} was sent twice: {self:?}");
        Some(value)
    }

    pub(crate) fn is_token_request(&self) -> bool {
        self.target().ends_with("/oauth/token")
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// What the server does once it has read a request.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    bytes: Vec<u8>,
    drips: bool,
    then: Then,
}

#[derive(Clone, Copy, Debug)]
enum Then {
    Listen,
    Close,
    Stall,
}

impl Reply {
    /// A complete answer.
    pub(crate) fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} X\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {}\r\n\r\n", body.len());
        Self::raw([head.as_bytes(), body].concat())
    }

    /// These bytes, whatever they mean.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), drips: false, then: Then::Listen }
    }

    /// No answer at all: the connection ends.
    pub(crate) fn hang_up() -> Self {
        Self::raw([]).then_close()
    }

    /// No answer at all: the connection stays.
    pub(crate) fn silence() -> Self {
        Self::raw([]).then_stall()
    }

    /// An answer that goes out byte by byte.
    pub(crate) fn drip(self) -> Self {
        Self { drips: true, ..self }
    }

    pub(crate) fn then_close(self) -> Self {
        Self { then: Then::Close, ..self }
    }

    pub(crate) fn then_stall(self) -> Self {
        Self { then: Then::Stall, ..self }
    }
}

type Script = dyn Fn(usize, &Seen) -> Reply + Send + Sync;

/// A port on which nobody listens. It is taken as long as this value lives, so that no server of
/// another test comes to stand there; a connection to it is refused.
pub(crate) struct Nowhere(TcpSocket);

impl Nowhere {
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Self(socket)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }
}

/// A server on loopback. It ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    script: Box<Script>,
    seen: Mutex<Vec<Seen>>,
}

impl Server {
    /// Answers with what `script` makes of a request's number, from 0, and contents.
    pub(crate) async fn run(
        script: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared { script: Box::new(script), seen: Mutex::default() });
        let server = Self { url, shared: Arc::clone(&shared) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        server
    }

    /// Answers every request alike.
    pub(crate) async fn always(reply: Reply) -> Self {
        Self::run(move |_, _| reply.clone()).await
    }

    /// Answers the first request with the first reply and so on. One request more gets a 599,
    /// which no test expects.
    pub(crate) async fn script(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::run(move |number, _| {
            replies.get(number).cloned().unwrap_or_else(|| Reply::new(599, &[], "unscripted"))
        })
        .await
    }

    /// `127.0.0.1:1234`, as in `Host`.
    pub(crate) fn authority(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// All requests so far, in the order in which they were complete.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// The only request so far.
    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:#?}");
        seen.remove(0)
    }

    /// The requests that are no token requests.
    pub(crate) fn calls(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| !seen.is_token_request()).collect()
    }

    pub(crate) fn token_requests(&self) -> usize {
        self.seen().iter().filter(|seen| seen.is_token_request()).count()
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer).await {
        let number = {
            let mut seen = shared.seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        let reply = (shared.script)(number, &request);
        let piece = if reply.drips { 1 } else { reply.bytes.len().max(1) };
        for bytes in reply.bytes.chunks(piece) {
            if stream.write_all(bytes).await.is_err() {
                return;
            }
            if reply.drips {
                tokio::task::yield_now().await;
            }
        }
        match reply.then {
            Then::Listen => {}
            Then::Close => return,
            Then::Stall => std::future::pending().await,
        }
    }
}

/// The next request; `None` when the client has closed the connection. What comes after the
/// announced end of the body is the next request's.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    let end = loop {
        match buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            Some(at) => break at,
            None => more(stream, buffer).await?,
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    buffer.drain(..end + 4);
    let mut lines = head.split("\r\n").map(str::to_owned);
    let line = lines.next().unwrap();
    let mut seen = Seen { line, headers: lines.collect(), body: Vec::new() };
    if seen.header("transfer-encoding") == Some("chunked") {
        seen.body = chunks(stream, buffer).await?;
        return Some(seen);
    }
    let length = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
    seen.body = exactly(length, stream, buffer).await?;
    Some(seen)
}

/// The next bytes, as many as these.
async fn exactly(length: usize, stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    while buffer.len() < length {
        more(stream, buffer).await?;
    }
    Some(buffer.drain(..length).collect())
}

/// A body in chunks, each behind its length (RFC 9112, section 7.1).
async fn chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            match buffer.windows(2).position(|window| window == b"\r\n") {
                Some(at) => break at,
                None => more(stream, buffer).await?,
            }
        };
        let size: Vec<u8> = buffer.drain(..end + 2).take(end).collect();
        let size = usize::from_str_radix(std::str::from_utf8(&size).unwrap(), 16).unwrap();
        let mut chunk = exactly(size + 2, stream, buffer).await?;
        chunk.truncate(size);
        if chunk.is_empty() {
            return Some(body);
        }
        body.extend(chunk);
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(buffer).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}
