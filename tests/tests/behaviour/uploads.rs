//! Bodies that are sent from a file or a stream, and who hears of it.

use std::error::Error;
use std::io::{self, Write};
use std::iter::successors;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use futures_util::stream;
use specwright_runtime::bytes::Bytes;
use specwright_runtime::{Body, ErrorKind, Part};
use tempfile::TempDir;

use crate::clients::bodies::types::UploadFileRequestAttributes;
use crate::clients::{bodies, of};
use crate::server::{Reply, Server};

/// Several pieces of what is read at once, and nothing that repeats.
fn contents() -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(7);
    std::iter::repeat_with(|| random.u8(..)).take(300_000).collect()
}

fn file(contents: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("dump");
    std::fs::write(&path, contents).unwrap();
    (folder, path)
}

fn status(status: u16) -> Reply {
    Reply::new(status, &[("Retry-After", "0")], "")
}

async fn server(replies: impl IntoIterator<Item = Reply>) -> (Server, bodies::Client) {
    let server = Server::script(replies).await;
    let client = of(bodies::Client::builder(), &server);
    (server, client)
}

type Told = Arc<Mutex<Vec<(u64, Option<u64>)>>>;

fn watched(body: Body) -> (Body, Told) {
    let told = Told::default();
    let listener = Arc::clone(&told);
    (body.on_progress(move |done, total| listener.lock().unwrap().push((done, total))), told)
}

/// The pieces of something that went out whole: rising, and all of it at the end.
fn is_whole(told: &[(u64, Option<u64>)], total: Option<u64>) -> bool {
    told.is_sorted_by(|before, after| before.0 < after.0)
        && told.iter().all(|(_, told)| *told == total)
        && told.last().is_some_and(|(done, _)| *done == 300_000)
}

#[tokio::test]
async fn a_file_a_stream_and_bytes() {
    let contents = contents();
    let (_folder, path) = file(&contents);
    let chunks = || {
        let chunks = contents.chunks(70_000).map(|chunk| Ok::<_, io::Error>(chunk.to_vec().into()));
        stream::iter(chunks.collect::<Vec<_>>())
    };
    for body in [
        Body::from_file(&path).unwrap(),
        Body::from_sized_stream(chunks(), 300_000),
        contents.clone().into(),
    ] {
        let (server, client) = server([status(204)]).await;
        let (body, told) = watched(body);
        client.replace_file().body(body).send().await.unwrap();
        let seen = server.only();
        assert_eq!(seen.header("content-length"), Some("300000"));
        assert_eq!(seen.header("transfer-encoding"), None);
        assert!(seen.body == contents);
        let told = told.lock().unwrap();
        assert!(told.len() > 3 && is_whole(&told, Some(300_000)), "{told:?}");
    }
    // Whoever does not know how long it is cannot say so.
    let (server, client) = server([status(204)]).await;
    let (body, told) = watched(Body::from_stream(chunks()));
    client.replace_file().body(body).send().await.unwrap();
    assert_eq!(server.only().header("transfer-encoding"), Some("chunked"));
    assert!(is_whole(&told.lock().unwrap(), None));
}

#[tokio::test]
async fn a_file_is_opened_anew_when_it_is_sent_again() {
    let contents = contents();
    let (_folder, path) = file(&contents);
    let (server, client) = server([status(503), status(204)]).await;
    let (body, told) = watched(Body::from_file(&path).unwrap());
    client.replace_file().body(body).send().await.unwrap();
    assert!(server.seen().len() == 2 && server.seen().iter().all(|seen| seen.body == contents));
    let told = told.lock().unwrap();
    let (first, second) = told.split_at(told.len() / 2);
    assert!(is_whole(first, Some(300_000)) && is_whole(second, Some(300_000)), "{told:?}");
}

#[tokio::test]
async fn a_form_with_a_file_has_a_length_and_is_sent_again() {
    let contents = contents();
    let (_folder, path) = file(&contents);
    let (server, client) = server([status(429), status(204)]).await;
    let (body, told) = watched(Body::from_file(&path).unwrap());
    let attributes = UploadFileRequestAttributes::new().with_name("n");
    client.upload_file(attributes, Part::file("dump", body)).send().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].body, seen[1].body);
    assert!(seen[0].body.windows(contents.len()).any(|window| window == contents));
    assert!(told.lock().unwrap().iter().all(|(_, total)| *total == Some(300_000)));
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let (server, client) = server([status(503), status(204)]).await;
    let chunks = stream::iter([Ok::<_, io::Error>(Bytes::from("abc"))]);
    let body = Body::from_sized_stream(chunks, 3);
    let error = client.replace_file().body(body).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedStatus, 1));
    assert_eq!(server.only().text(), "abc");
}

/// The call fails for what it was to send, once, and the server never has a whole request.
async fn fails(body: Body) -> String {
    let (server, client) = server([status(204)]).await;
    let error = client.replace_file().body(body).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 1), "{error:?}");
    assert!(error.may_have_reached_server() && !error.is_connect());
    assert!(server.seen().is_empty());
    let chain = successors(error.source(), |error| (*error).source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[tokio::test]
async fn a_stream_that_fails_or_is_not_as_long_as_it_says() {
    let chunks = || stream::iter(["abc", "", "def"].map(|text| Ok::<_, io::Error>(text.into())));
    let long = fails(Body::from_sized_stream(chunks(), 3)).await;
    assert!(long.contains("longer than was announced"), "{long}");
    let short = fails(Body::from_sized_stream(chunks(), 9)).await;
    assert!(short.contains("3 bytes too early"), "{short}");
    let broken = [Ok(Bytes::from("abc")), Err(io::Error::other("the tape is torn"))];
    assert!(fails(Body::from_stream(stream::iter(broken))).await.contains("the tape is torn"));
}

#[tokio::test]
async fn a_file_that_shrinks_while_it_is_sent() {
    let (_folder, path) = file(&contents());
    let shrink = |path: &Path| std::fs::OpenOptions::new().write(true).open(path)?.set_len(100_000);
    let (body, shrunk) = (Body::from_file(&path).unwrap(), path.clone());
    let body = body.on_progress(move |_, _| shrink(&shrunk).unwrap());
    assert!(fails(body).await.contains("200000 bytes shorter"));

    let gone = Body::from_file(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(fails(gone).await.contains(path.to_str().unwrap()));
}

#[tokio::test]
async fn of_a_file_that_grows_the_beginning_is_sent() {
    let contents = contents();
    let (_folder, path) = file(&contents);
    let body = Body::from_file(&path).unwrap();
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"more").unwrap();
    let (server, client) = server([status(204)]).await;
    client.replace_file().body(body).send().await.unwrap();
    assert!(server.only().body == contents);
}

#[tokio::test]
async fn what_is_no_file() {
    let folder = TempDir::new().unwrap();
    let error = Body::from_file(folder.path()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    assert!(error.to_string().contains(folder.path().to_str().unwrap()), "{error}");
    let none = folder.path().join("none");
    let error = Body::from_file(&none).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().contains(none.to_str().unwrap()), "{error}");
    let (_folder, path) = file(b"");
    let (server, client) = server([status(204)]).await;
    client.replace_file().body(Body::from_file(path).unwrap()).send().await.unwrap();
    assert_eq!(server.only().header("content-length"), Some("0"));
}

/// It says that it has no bytes.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_the_system_makes_up() {
    let contents = std::fs::read("/proc/version").unwrap();
    let (server, client) = server([status(503), status(204)]).await;
    let body = Body::from_file("/proc/version").unwrap();
    client.replace_file().body(body).send().await.unwrap();
    assert_eq!(server.seen().len(), 2);
    for seen in server.seen() {
        assert!(!contents.is_empty() && seen.body == contents);
        assert_eq!(seen.header("transfer-encoding"), Some("chunked"));
    }
}

#[tokio::test]
async fn a_listener_that_panics() {
    let (_folder, path) = file(&contents());
    let body = Body::from_file(&path).unwrap().on_progress(|_, _| panic!("a bug of the program"));
    assert!(fails(body).await.contains("panicked"));
}
