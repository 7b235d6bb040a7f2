//! A server that follows a script for each connection, down to the byte.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// One thing to do with a connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Reads a request to the end of its head.
    Head,
    /// Reads a request to the end of its body.
    Request,
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes again and again, as long as the other side takes them.
    Flood(Vec<u8>),
    /// Sends these bytes one at a time.
    Drip(Vec<u8>, Duration),
    /// Does nothing, and keeps the connection.
    Stall,
    /// Ends the connection as one does (FIN).
    Close,
    /// Breaks the connection (RST).
    Reset,
}

pub(crate) type Script = Vec<Step>;

/// A server on loopback that ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) url: String,
    arrivals: Arc<AtomicUsize>,
    /// Keeps a port on which nobody listens from everybody else.
    _taken: Option<TcpSocket>,
}

impl Server {
    /// Follows the first script on the first connection and so on, the last one on all others.
    pub(crate) async fn run(scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let arrivals = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&arrivals);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whatever is sent over a connection counts as arrived, read or not.
                let number = seen.fetch_add(1, Ordering::SeqCst);
                let script = scripts[number.min(scripts.len() - 1)].clone();
                tokio::spawn(follow(stream, script, Arc::clone(&seen)));
            }
        });
        Self { url, arrivals, _taken: None }
    }

    /// A port on which nobody listens, as long as this value lives.
    pub(crate) fn nowhere() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        Self { url, arrivals: Arc::default(), _taken: Some(socket) }
    }

    /// How many requests may have come: connections, and what else came over them.
    pub(crate) fn arrivals(&self) -> usize {
        self.arrivals.load(Ordering::SeqCst)
    }
}

async fn follow(mut stream: TcpStream, script: Script, arrivals: Arc<AtomicUsize>) {
    let mut buffer = Vec::new();
    for step in script {
        let going_on = match step {
            Step::Head => head(&mut stream, &mut buffer).await.is_some(),
            Step::Request => request(&mut stream, &mut buffer).await.is_some(),
            Step::Send(bytes) => stream.write_all(&bytes).await.is_ok(),
            Step::Flood(bytes) => {
                while stream.write_all(&bytes).await.is_ok() {}
                false
            }
            Step::Drip(bytes, pause) => drip(&mut stream, &bytes, pause).await,
            Step::Stall => std::future::pending().await,
            Step::Close => {
                let _ = stream.shutdown().await;
                false
            }
            Step::Reset => {
                let _ = stream.set_zero_linger();
                false
            }
        };
        if !going_on {
            return;
        }
    }
    // A well-behaved connection stays for another request, which nobody expects.
    if request(&mut stream, &mut buffer).await.is_some() {
        arrivals.fetch_add(1, Ordering::SeqCst);
    }
}

async fn drip(stream: &mut TcpStream, bytes: &[u8], pause: Duration) -> bool {
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            return false;
        }
        tokio::time::sleep(pause).await;
    }
    true
}

/// Reads to the end of a head; gives its text.
async fn head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<String> {
    loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = buffer.drain(..at + 4).collect();
            return String::from_utf8(head).ok();
        }
        more(stream, buffer).await?;
    }
}

/// Reads to the end of a request; gives its head and its body.
pub(crate) async fn request(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
) -> Option<(String, Vec<u8>)> {
    let head = head(stream, buffer).await?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
    });
    let length: usize = length.unwrap_or_default();
    while buffer.len() < length {
        more(stream, buffer).await?;
    }
    Some((head, buffer.drain(..length).collect()))
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(buffer).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}
