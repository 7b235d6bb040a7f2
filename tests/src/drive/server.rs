//! The other end of the wire: a server that hands each request to whoever asks, and sends what it
//! is told to.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Sender, channel};

use super::talk::Event;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Header names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Seen {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.headers.iter().find(named).map(|(_, value)| value.as_str())
    }
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The type of the body, if there is one.
    pub media_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Starts a server on loopback and gives its URL; it ends with the program.
pub(super) fn start(events: Sender<Event>) -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that hangs up has its own report of it.
            let _ = serve(stream, &events);
        }
    });
    Ok(format!("http://{address}"))
}

/// One request a connection.
fn serve(mut stream: TcpStream, events: &Sender<Event>) -> Option<()> {
    let seen = read(&mut stream)?;
    let (sender, replies) = channel();
    events.send(Event::Request(seen, sender)).ok()?;
    let reply = replies.recv().ok()?;
    let mut head = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", reply.status);
    if let Some(media_type) = &reply.media_type {
        head.push_str(&format!("Content-Type: {media_type}\r\n"));
    }
    if reply.status != 204 && reply.status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
    }
    head.push_str("\r\n");
    stream.write_all(&[head.as_bytes(), &reply.body].concat()).ok()
}

fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        match bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            Some(end) => break end,
            None => more(stream, &mut bytes)?,
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let mut seen = Seen { method, target, headers: headers.collect(), body: Vec::new() };
    let length = seen.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    while bytes.len() < end + 4 + length {
        more(stream, &mut bytes)?;
    }
    seen.body = bytes[end + 4..end + 4 + length].to_vec();
    Some(seen)
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 8192];
    match stream.read(&mut chunk) {
        Ok(0) | Err(_) => None,
        Ok(read) => {
            bytes.extend_from_slice(&chunk[..read]);
            Some(())
        }
    }
}
