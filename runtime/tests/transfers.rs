//! Large files both ways: how much memory it takes to keep an answer and to send a body, neither of
//! which is ever held as a whole.
//!
//! Memory is counted by the allocator, for the whole process. The server is a thread that sends and
//! receives the same few bytes again and again, and counts them.

#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use peak_alloc::PeakAlloc;
use specwright_runtime::codegen::v1::{self, Method, Operation};
use specwright_runtime::{Body, CallOptions, NoError, Part};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Much more than may be in memory.
const LARGE: u64 = 64 * 1024 * 1024;
/// What the connection, a chunk or two of the body and the file need.
const BOUND: usize = 4 * 1024 * 1024;

static API: v1::Api = v1::Api::new("transfers", "0.1.0");
static GET: Operation = Operation::new(Method::GET, "get", "/get").success(&[200]);
static PUT: Operation = Operation::new(Method::PUT, "put", "/put").success(&[200]);

struct Client(v1::Core);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self(core)
    }
}

/// A server that sends `LARGE` bytes for a GET, and counts those of any other request.
fn serve(counted: Arc<AtomicU64>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        for stream in listener.incoming() {
            answer(&mut stream.unwrap(), &mut buffer, &counted).unwrap();
        }
    });
    url
}

fn answer(stream: &mut TcpStream, buffer: &mut [u8], counted: &AtomicU64) -> std::io::Result<()> {
    let mut held = 0;
    let end = loop {
        held += stream.read(&mut buffer[held..])?;
        let end = buffer[..held].windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(at) = end {
            break at + 4;
        }
    };
    let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
    if head.starts_with("get") {
        write!(stream, "HTTP/1.1 200 X\r\nContent-Length: {LARGE}\r\nConnection: close\r\n\r\n")?;
        for _ in 0..LARGE / buffer.len() as u64 {
            stream.write_all(buffer)?;
        }
        return Ok(());
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: u64 = length.unwrap().parse().unwrap();
    let mut body = (held - end) as u64;
    while body < length {
        body += stream.read(buffer)? as u64;
    }
    counted.store(body, Ordering::Relaxed);
    stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

/// How many bytes were in use at most at one time, beside those at the start.
async fn peak<T>(work: impl Future<Output = T>) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let output = tokio::time::timeout(Duration::from_secs(60), work).await;
    let output = output.unwrap_or_else(|_| panic!("it hangs"));
    (output, MEMORY.peak_usage().saturating_sub(before))
}

/// A file that takes no room on the disk.
fn large(path: &Path) -> PathBuf {
    File::create(path).unwrap().set_len(LARGE).unwrap();
    path.to_owned()
}

/// One test, because there is one allocator.
#[tokio::test]
async fn what_is_large_is_never_held() {
    let counted = Arc::new(AtomicU64::new(0));
    let url = serve(Arc::clone(&counted));
    let client = v1::builder::<Client>(&API).base_url(&url).build().unwrap().0;
    let client = client.with_options(CallOptions::new().attempt_timeout(None).timeout(None));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));

    let kept = folder.join("kept");
    let (bytes, most) = peak(async {
        let answer = client.call(&GET).send_download::<NoError>().await.unwrap();
        answer.into_inner().write_to(&kept).await.unwrap()
    })
    .await;
    assert_eq!((bytes, std::fs::metadata(&kept).unwrap().len()), (LARGE, LARGE));
    assert!(most < BOUND, "{most} bytes to receive");

    let sent = large(&folder.join("sent"));
    let body = Body::from_file(&sent).unwrap();
    let (answer, most) = peak(client.call(&PUT).body(body).send_empty::<NoError>()).await;
    answer.unwrap();
    assert_eq!(counted.load(Ordering::Relaxed), LARGE);
    assert!(most < BOUND, "{most} bytes to send");

    let part = Part::file("sent", Body::from_file(&sent).unwrap());
    let (answer, most) = peak(client.call(&PUT).part("a", part).send_empty::<NoError>()).await;
    answer.unwrap();
    assert!(counted.load(Ordering::Relaxed) > LARGE);
    assert!(most < BOUND, "{most} bytes to send in a form");

    for file in [kept, sent] {
        std::fs::remove_file(file).unwrap();
    }
}
