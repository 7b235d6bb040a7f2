//! Bodies on their way to servers that stop reading, read slowly, or take their time with an answer.

#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]

use std::convert::Infallible;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::sleep;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;
use specwright_runtime::codegen::v1::{self, Method, Operation};
use specwright_runtime::{Body, CallOptions, Error, NoError};

/// Much more than lies between a program and a server that does not read.
const LARGE: usize = 64 << 20;
const LIMIT: Duration = Duration::from_millis(400);

static API: v1::Api = v1::Api::new("uploads", "0.1.0");
static PUT: Operation = Operation::new(Method::PUT, "put", "/put").success(&[200]);

struct Client(v1::Core);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self(core)
    }
}

/// A client of a server that takes each connection so; its only limit is that on silence.
fn client(taken: impl Fn(&mut TcpStream) + Send + 'static) -> v1::Core {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            taken(&mut stream.unwrap());
        }
    });
    let client = v1::builder::<Client>(&API).base_url(&url).build().unwrap().0;
    let limits = CallOptions::new().attempt_timeout(None).timeout(None).idle_timeout(LIMIT);
    client.with_options(limits)
}

async fn put(client: &v1::Core, body: Body) -> Result<(), Error<NoError>> {
    let call = client.call(&PUT).body(body).send_empty::<NoError>();
    let answer = tokio::time::timeout(Duration::from_secs(60), call).await;
    answer.unwrap_or_else(|_| panic!("it hangs")).map(|_| ())
}

/// Reads until the client has sent so much in all, with a pause after each piece.
fn read(stream: &mut TcpStream, least: usize, pause: Duration) {
    let mut buffer = vec![0; 1 << 20];
    let mut held = 0;
    while held < least {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(more) => held += more,
        }
        sleep(pause);
    }
}

fn answer(stream: &mut TcpStream) {
    let _ = stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// Pieces of a body, without a length, each of which the program has to wait for.
struct Slow {
    left: u32,
    timer: Pin<Box<tokio::time::Sleep>>,
}

impl Slow {
    fn new(left: u32) -> Self {
        Self { left, timer: Box::pin(tokio::time::sleep(2 * LIMIT)) }
    }
}

impl Stream for Slow {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        std::task::ready!(self.timer.as_mut().poll(cx));
        *self = Self::new(self.left - 1);
        Poll::Ready(Some(Ok(Bytes::from_static(b"x"))))
    }
}

#[tokio::test]
async fn a_server_that_stops_reading_is_given_up() {
    let client = client(|stream| {
        read(stream, 1, Duration::ZERO);
        sleep(Duration::from_secs(60));
    });
    let sized = || {
        let chunk = Ok::<_, Infallible>(Bytes::from(vec![0; LARGE]));
        Body::from_sized_stream(futures_util::stream::iter([chunk]), LARGE as u64)
    };
    for body in [Body::from(vec![0; LARGE]), sized()] {
        let began = Instant::now();
        let error = put(&client, body).await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        let why = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert_eq!(why, "nothing more of the body was taken for 400ms");
        assert!(began.elapsed() >= LIMIT, "{:?}", began.elapsed());
    }
}

/// However long it takes as a whole.
#[tokio::test]
async fn a_server_that_reads_slowly_is_not() {
    let client = client(|stream| {
        read(stream, LARGE, Duration::from_millis(20));
        answer(stream);
    });
    let began = Instant::now();
    put(&client, Body::from(vec![0; LARGE])).await.unwrap();
    assert!(began.elapsed() > 2 * LIMIT, "{:?}", began.elapsed());
}

/// Once all of it is sent, the limit of the attempt is the one that counts.
#[tokio::test]
async fn a_server_that_thinks_is_not() {
    const SMALL: usize = 1 << 20;
    let client = client(|stream| {
        read(stream, SMALL, Duration::ZERO);
        sleep(3 * LIMIT);
        answer(stream);
    });
    put(&client, Body::from(vec![0; SMALL])).await.unwrap();
    let chunk = Ok::<_, Infallible>(Bytes::from(vec![0; SMALL]));
    put(&client, Body::from_stream(futures_util::stream::iter([chunk]))).await.unwrap();
}

#[tokio::test]
async fn a_body_that_is_slow_itself_is_not() {
    let client = client(|stream| {
        let mut held = Vec::new();
        let mut buffer = [0; 1024];
        while !held.ends_with(b"0\r\n\r\n") {
            let more = stream.read(&mut buffer).unwrap_or(0);
            assert!(more > 0, "it was given up");
            held.extend_from_slice(&buffer[..more]);
        }
        answer(stream);
    });
    put(&client, Body::from_stream(Slow::new(2))).await.unwrap();
}
