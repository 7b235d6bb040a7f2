//! Downloads that break off and are taken up again, against a server that does as it is told.

#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime::codegen::v1::{self, Method, Operation};
use specwright_runtime::{AnyError, CallOptions, ErrorKind, NoError, RetryPolicy};

static API: v1::Api = v1::Api::new("resuming", "0.1.0");
static GET: Operation = Operation::new(Method::GET, "get", "/get").success(&[200]);
static POST: Operation = Operation::new(Method::POST, "post", "/post").success(&[200]);

/// Nine bytes are announced and three come.
const BEGUN: &str = "200 X\r\nContent-Length: 9\r\nETag: \"a\"\r\n\r\nabc";
/// The rest of it, or half of that.
const REST: &str =
    "206 X\r\nContent-Length: 6\r\nETag: \"a\"\r\nContent-Range: bytes 3-8/9\r\n\r\ndefghi";
const HALF: &str =
    "206 X\r\nContent-Length: 6\r\nETag: \"a\"\r\nContent-Range: bytes 3-8/9\r\n\r\ndef";
const LAST: &str =
    "206 X\r\nContent-Length: 3\r\nETag: \"a\"\r\nContent-Range: bytes 6-8/9\r\n\r\nghi";

struct Client(v1::Core);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self(core)
    }
}

/// Heads of requests, in lower case.
type Seen = Arc<Mutex<Vec<String>>>;

/// Gives each connection the next answer and closes it, or leaves it open.
fn serve(answers: &[&str], stays_open: bool) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answers: Vec<String> = answers.iter().map(|answer| format!("HTTP/1.1 {answer}")).collect();
    let seen = Seen::default();
    let heads = Arc::clone(&seen);
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            heads.lock().unwrap().push(String::from_utf8(head).unwrap().to_ascii_lowercase());
            stream.write_all(answer.as_bytes()).unwrap();
            if stays_open {
                open.push(stream);
            }
        }
    });
    (url, seen)
}

fn options() -> CallOptions {
    let at_once = RetryPolicy::new().max_attempts(1).backoff(Duration::ZERO, Duration::ZERO);
    CallOptions::new().retry(at_once).idle_timeout(Duration::from_millis(300))
}

/// What comes of a download, and its progress at the end.
async fn download(
    url: &str,
    operation: &'static Operation,
    options: CallOptions,
) -> Result<(String, Option<(u64, Option<u64>)>), AnyError> {
    let client = v1::builder::<Client>(&API).base_url(url).build().unwrap().0;
    let call = client.with_options(options).call(operation);
    let told = Arc::new(Mutex::new(None));
    let listener = Arc::clone(&told);
    let download = call.send_download::<NoError>().await.unwrap().into_inner();
    let download =
        download.on_progress(move |done, total| *listener.lock().unwrap() = Some((done, total)));
    let mut bytes = Vec::new();
    download.copy_to(&mut bytes).await?;
    let told = *told.lock().unwrap();
    Ok((String::from_utf8(bytes).unwrap(), told))
}

#[tokio::test]
async fn one_that_breaks_off_is_taken_up() {
    // Cut off, and fallen silent.
    for stays_open in [false, true] {
        let (url, seen) = serve(&[BEGUN, HALF, LAST], stays_open);
        let (text, told) = download(&url, &GET, options().resume_downloads(2)).await.unwrap();
        assert_eq!((text.as_str(), told), ("abcdefghi", Some((9, Some(9)))), "{stays_open}");
        let seen = seen.lock().unwrap();
        assert!(!seen[0].contains("range"), "{}", seen[0]);
        for (head, range) in [(&seen[1], "bytes=3-"), (&seen[2], "bytes=6-")] {
            assert!(head.contains(&format!("\r\nrange: {range}\r\n")), "{head}");
            assert!(head.contains("\r\nif-range: \"a\"\r\n"), "{head}");
        }
    }
}

#[tokio::test]
async fn no_more_often_than_was_said() {
    for (times, requests) in [(None, 1), (Some(0), 1), (Some(1), 2)] {
        let (url, seen) = serve(&[BEGUN, HALF, LAST], false);
        let options = times.map_or_else(options, |times| options().resume_downloads(times));
        let error = download(&url, &GET, options).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Truncated, "{times:?}");
        let no_more = error.to_string().contains("`resume_downloads` allows 1, and no more");
        assert_eq!(no_more, times == Some(1), "{error}");
        assert_eq!(seen.lock().unwrap().len(), requests, "{times:?}");
    }
}

#[tokio::test]
async fn what_comes_is_of_the_same_file_or_an_error() {
    let check = async |rest: &str, reason: &str| {
        let (url, seen) = serve(&[BEGUN, rest], false);
        let error = download(&url, &GET, options().resume_downloads(1)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Truncated, "{rest}");
        assert!(error.to_string().contains(reason), "{rest}: {error}");
        assert_eq!(seen.lock().unwrap().len(), 2, "{rest}");
    };
    let whole = "200 X\r\nContent-Length: 9\r\nETag: \"b\"\r\n\r\nABCDEFGHI";
    check(whole, "the file has changed, or the server gives out no parts of it").await;
    check(&REST.replace("\"a\"", "\"b\""), "the rest is of another file").await;
    check(&REST.replace("ETag: \"a\"\r\n", ""), "the rest is of another file").await;
    check(&REST.replace("bytes 3-8/9", "bytes 2-7/9"), "the rest is another part").await;
    check(&REST.replace("Content-Range", "X-Range"), "does not say where it belongs").await;
    let page = REST.replace("ETag", "Content-Type: text/html\r\nETag");
    let typed = BEGUN.replace("ETag", "Content-Type: text/csv\r\nETag");
    let (url, _) = serve(&[&typed, &page], false);
    let error = download(&url, &GET, options().resume_downloads(1)).await.unwrap_err();
    assert!(error.to_string().contains("of another media type, \"text/html\""), "{error}");
    check("416 X\r\nContent-Length: 0\r\n\r\n", "the rest was answered with 416").await;
    let short = REST.replace("Content-Length: 6", "Transfer-Encoding: chunked");
    let short = short.replace("defghi", "3\r\ndef\r\n0\r\n\r\n");
    check(&short, "another length than it says").await;
}

#[tokio::test]
async fn what_cannot_be_the_same_is_not_asked_for() {
    let check =
        async |begun: &str, operation: &'static Operation, options: CallOptions, why: &str| {
            let (url, seen) = serve(&[begun, REST], false);
            let error = download(&url, operation, options.resume_downloads(3)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Truncated, "{begun}");
            assert!(error.to_string().contains(&format!("not taken up again: {why}")), "{error}");
            assert_eq!(seen.lock().unwrap().len(), 1, "{begun}");
        };
    let tag = "the answer has no strong ETag";
    check(&BEGUN.replace("ETag: \"a\"\r\n", ""), &GET, options(), tag).await;
    check(&BEGUN.replace("\"a\"", "W/\"a\""), &GET, options(), tag).await;
    let none = BEGUN.replace("ETag", "Accept-Ranges: none\r\nETag");
    check(&none, &GET, options(), "the server gives out no parts").await;
    check(BEGUN, &POST, options(), "only the answer to a GET").await;
    let part = options().header("Range", "bytes=0-8");
    check(BEGUN, &GET, part, "the call asks for a range of its own").await;
}
