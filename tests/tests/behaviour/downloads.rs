//! Answers that are kept as they arrive: in a file, in a writer, chunk by chunk.

use std::error::Error as _;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use specwright_runtime::{AnyError, CallOptions, Download, ErrorKind, Response};
use tempfile::TempDir;
use tokio::io::AsyncWrite;
use tokio::sync::mpsc;

use crate::clients::{self, representations};
use crate::server::{Reply, Server};

/// More than goes through a socket at once, and nothing that repeats.
fn contents() -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(7);
    std::iter::repeat_with(|| random.u8(..)).take(3_000_000).collect()
}

fn gzip(body: impl AsRef<[u8]>) -> Reply {
    Reply::new(200, &[("Content-Type", "application/x-gzip")], body)
}

/// An answer that ends before its time, or does not end.
fn part() -> Reply {
    Reply::raw("HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nabc")
}

async fn begun(reply: Reply) -> (Server, Response<Download>) {
    let server = Server::always(reply).await;
    let client: representations::Client = clients::of(representations::Client::builder(), &server);
    let answer = client.get_report("7").send_gzip_stream().await.unwrap();
    (server, answer)
}

/// The names of what is in a folder.
fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn into_a_file() {
    let contents = contents();
    let (server, answer) = begun(gzip(&contents)).await;
    let length = contents.len() as u64;
    assert_eq!(answer.status().as_u16(), 200);
    let download = answer.into_inner();
    assert_eq!((download.length(), download.received()), (Some(length), 0));
    assert_eq!(download.media_type(), Some("application/x-gzip"));

    let told = Arc::new(Mutex::new(Vec::new()));
    let download = download.on_progress({
        let told = Arc::clone(&told);
        move |done, total| told.lock().unwrap().push((done, total))
    });
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.gz");
    std::fs::write(&file, "an older report").unwrap();
    assert_eq!(download.write_to(&file).await.unwrap(), length);
    assert!(std::fs::read(&file).unwrap() == contents);
    assert_eq!(names(&folder), ["report.gz"]);

    let told = told.lock().unwrap();
    assert!(told.len() > 1 && told.is_sorted_by(|before, after| before.0 < after.0), "{told:?}");
    assert_eq!(told.last(), Some(&(length, Some(length))));
    let seen = server.only();
    assert_eq!(seen.header("accept"), Some("application/x-gzip"));
    assert_eq!(seen.header("accept-encoding"), None, "nobody undoes it");
}

#[tokio::test]
async fn into_a_writer_or_by_hand() {
    let contents = contents();
    let (_server, answer) = begun(gzip(&contents)).await;
    let mut kept = Vec::new();
    assert_eq!(answer.into_inner().copy_to(&mut kept).await.unwrap(), contents.len() as u64);
    assert!(kept == contents);

    let chunked =
        "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n";
    let (_server, answer) = begun(Reply::raw(chunked)).await;
    let mut download = answer.into_inner();
    assert_eq!((download.length(), download.media_type()), (None, None));
    let mut kept = Vec::new();
    while let Some(chunk) = download.chunk().await.unwrap() {
        kept.extend_from_slice(&chunk);
    }
    assert_eq!((&kept[..], download.received()), (&b"abc"[..], 3));
    assert!(download.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn chunks_have_no_length_whatever_the_server_says() {
    let both = "HTTP/1.1 200 X\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n\
                3\r\nabc\r\n0\r\n\r\n";
    let (_server, answer) = begun(Reply::raw(both)).await;
    let mut download = answer.into_inner();
    assert_eq!(download.length(), None);
    assert_eq!(download.chunk().await.unwrap().as_deref(), Some(&b"abc"[..]));
    assert!(download.chunk().await.unwrap().is_none());
}

/// What becomes of an answer with these headers.
async fn answered(headers: &[(&str, &str)], options: CallOptions) -> Result<Vec<u8>, AnyError> {
    let server = Server::always(Reply::new(200, headers, "abc")).await;
    let client: representations::Client = clients::of(representations::Client::builder(), &server);
    let call = client.with_options(options).get_report("7");
    let mut kept = Vec::new();
    call.send_gzip_stream().await?.into_inner().copy_to(&mut kept).await?;
    Ok(kept)
}

#[tokio::test]
async fn what_is_not_the_file_that_was_asked_for() {
    let page = [("Content-Type", "text/html; charset=utf-8")];
    let coded = [("Content-Type", "application/gzip"), ("Content-Encoding", "br")];
    let refused = |told: AnyError| {
        assert_eq!((told.kind(), told.attempts()), (ErrorKind::MediaType, 1), "{told:?}");
        assert_eq!(told.status().unwrap().as_u16(), 200);
        told.to_string()
    };
    let told = refused(answered(&page, CallOptions::new()).await.unwrap_err());
    assert!(told.ends_with("it is \"text/html\", not application/x-gzip"), "{told}");
    let told = refused(answered(&coded, CallOptions::new()).await.unwrap_err());
    assert!(told.contains("it is coded as \"br\""), "{told}");

    // Whoever asks for something else has it, and many servers call a file's own compression a coding.
    let any = CallOptions::new().header("Accept", "*/*");
    assert_eq!(answered(&page, any).await.unwrap(), b"abc");
    let br = CallOptions::new().header("Accept-Encoding", "br");
    assert_eq!(answered(&coded, br).await.unwrap(), b"abc");
    let twice = [("Content-Type", "application/gzip"), ("Content-Encoding", "gzip")];
    assert_eq!(answered(&twice, CallOptions::new()).await.unwrap(), b"abc");
}

/// What has come is gone, and what was there before is not.
async fn leaves_nothing(download: Download, kind: ErrorKind) -> AnyError {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.gz");
    std::fs::write(&file, "an older report").unwrap();
    let error = download.write_to(&file).await.unwrap_err();
    assert_eq!(error.kind(), kind, "{error:?}");
    assert_eq!((error.operation(), error.attempts()), ("getReport", 1));
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(names(&folder), ["report.gz"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "an older report");
    error
}

#[tokio::test]
async fn a_connection_that_is_cut() {
    let (server, answer) = begun(part().then_close()).await;
    let error = leaves_nothing(answer.into_inner(), ErrorKind::Truncated).await;
    assert!(error.may_have_reached_server() && !error.is_timeout());
    assert!(error.to_string().contains("the answer broke off"), "{error}");
    assert_eq!(server.seen().len(), 1, "nothing is sent again");
}

#[tokio::test]
async fn a_server_that_falls_silent() {
    let server = Server::always(part().then_stall()).await;
    let client: representations::Client = clients::of(representations::Client::builder(), &server);
    let brief = client.with_options(CallOptions::new().idle_timeout(Duration::from_millis(20)));
    let answer = brief.get_report("7").send_gzip_stream().await.unwrap();
    let error = leaves_nothing(answer.into_inner(), ErrorKind::Timeout).await;
    assert!(error.is_timeout());
}

#[tokio::test]
async fn a_place_where_no_file_can_be() {
    let folder = TempDir::new().unwrap();
    for place in [folder.path(), &folder.path().join("none/report.gz"), Path::new("")] {
        let (_server, answer) = begun(gzip("abc")).await;
        let error = answer.into_inner().write_to(place).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io);
        assert!(error.source().unwrap().is::<std::io::Error>(), "{error:?}");
        assert!(error.to_string().contains(&format!("`{}`", place.display())), "{error}");
    }
    assert!(names(&folder).is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn who_may_read_a_file_stays_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_server, answer) = begun(gzip("abc")).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.gz");
    std::fs::write(&file, "an older report").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    answer.into_inner().write_to(&file).await.unwrap();
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!((std::fs::read_to_string(&file).unwrap().as_str(), mode & 0o777), ("abc", 0o600));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_stays_one() {
    let (_server, answer) = begun(gzip("abc")).await;
    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("report.gz"), folder.path().join("latest"));
    std::fs::write(&file, "").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    answer.into_inner().write_to(&link).await.unwrap();
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "abc");
}

/// A disk that is full after two bytes.
struct Full(usize);

impl AsyncWrite for Full {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let taken = bytes.len().min(self.0).min(1);
        self.0 -= taken;
        Poll::Ready(Ok(taken))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_writer_that_takes_no_more() {
    let (_server, answer) = begun(gzip("abc")).await;
    let error = answer.into_inner().copy_to(&mut Full(2)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    let (_server, answer) = begun(gzip("abc")).await;
    assert_eq!(answer.into_inner().copy_to(&mut Full(3)).await.unwrap(), 3);
}

#[tokio::test]
async fn one_that_is_given_up_leaves_nothing() {
    let (_server, answer) = begun(part().then_stall()).await;
    let (tell, mut told) = mpsc::unbounded_channel();
    let download = answer.into_inner().on_progress(move |done, _| tell.send(done).unwrap());
    let folder = TempDir::new().unwrap();
    tokio::select! {
        ended = download.write_to(folder.path().join("report.gz")) => panic!("{ended:?}"),
        done = told.recv() => assert!(done.is_some()),
    }
    assert!(names(&folder).is_empty());
}

#[tokio::test]
async fn a_listener_that_panics() {
    let (_server, answer) = begun(gzip("abc")).await;
    let download = answer.into_inner().on_progress(|_, _| panic!("a bug of the program"));
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.gz");
    let ended = tokio::spawn(async move { download.write_to(file).await }).await;
    assert!(ended.unwrap_err().is_panic());
    assert!(names(&folder).is_empty());
}
