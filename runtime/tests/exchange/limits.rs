//! Caps and time limits.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use specwright_runtime::ErrorKind;
use specwright_runtime::transport::{ResponseBody, TransportError};
use tokio::time::Instant;

use crate::api::{client, open};
use crate::mock::{Mock, Reply};

/// Chunks, then an error, an end, or nothing for ever.
struct Chunks {
    left: usize,
    size: usize,
    end: End,
}

#[derive(Clone, Copy)]
enum End {
    Done,
    Broken,
    Never,
}

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left > 0 {
            self.left -= 1;
            return Poll::Ready(Some(Ok(Bytes::from(vec![b' '; self.size]))));
        }
        match self.end {
            End::Done => Poll::Ready(None),
            End::Broken => Poll::Ready(Some(Err(TransportError::body("reset")))),
            End::Never => Poll::Pending,
        }
    }
}

fn chunks(status: u16, left: usize, size: usize, end: End) -> Reply {
    Reply::stream(status, ResponseBody::from_stream(Chunks { left, size, end }))
}

#[tokio::test]
async fn answers_are_read_up_to_a_cap() {
    for (status, chunk_count, kind) in [
        (200, 8192, ErrorKind::Decode),
        (200, 8193, ErrorKind::TooLarge),
        (404, 256, ErrorKind::Service),
        (404, 257, ErrorKind::TooLarge),
        (418, usize::MAX, ErrorKind::TooLarge),
        (200, usize::MAX, ErrorKind::TooLarge),
    ] {
        let (client, _) = client([chunks(status, chunk_count, 1024, End::Done)]);
        let error = client.take_snapshot("g", "c").send().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status} {chunk_count}");
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
        assert!(error.may_have_reached_server());
    }
}

#[tokio::test]
async fn caps_can_be_set() {
    let mock = Mock::new([chunks(200, 1, 11, End::Done), chunks(404, 2, 3, End::Done)]);
    let builder = open(&mock).max_response_bytes(10).max_error_bytes(5);
    let client = builder.build().unwrap();
    for reason in ["more than 10 bytes", "more than 5 bytes"] {
        let error = client.take_snapshot("g", "c").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_keeps_its_status() {
    for status in [200, 404] {
        let (client, _) = client([chunks(status, 2, 5, End::Broken).with("x-id", "1")]);
        let error = client.take_snapshot("g", "c").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Truncated);
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
        assert!(error.headers().contains_key("x-id") && error.bytes().is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn time_limits_end_a_call() {
    let second = Duration::from_secs;
    for (reply, attempt, whole, expected) in [
        (Reply::Hang, None, None, 60),
        (chunks(200, 2, 5, End::Never), None, None, 60),
        (Reply::Hang, Some(second(3)), None, 3),
        (Reply::Hang, Some(second(30)), Some(second(4)), 4),
        (chunks(404, 1, 1, End::Never), None, Some(second(5)), 5),
    ] {
        let mut builder = open(&Mock::new([reply]));
        if let Some(attempt) = attempt {
            builder = builder.attempt_timeout(attempt);
        }
        if let Some(whole) = whole {
            builder = builder.timeout(whole);
        }
        let (client, start) = (builder.build().unwrap(), Instant::now());
        let error = client.take_snapshot("g", "c").send().await.unwrap_err();
        assert_eq!((error.kind(), start.elapsed().as_secs()), (ErrorKind::Timeout, expected));
        assert!(error.is_timeout() && error.may_have_reached_server());
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_can_have_its_own_limit_or_none() {
    let mock = Mock::new([Reply::Hang, Reply::Hang]);
    let builder = open(&mock).attempt_timeout(None).timeout(None);
    let (client, start) = (builder.build().unwrap(), Instant::now());
    let call = client.take_snapshot("g", "c").call.timeout(Duration::from_secs(9));
    let error = call.send_empty::<specwright_runtime::NoError>().await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed().as_secs()), (ErrorKind::Timeout, 9));
    let endless = client.take_snapshot("g", "c").send();
    assert!(tokio::time::timeout(Duration::from_secs(86_400), endless).await.is_err());
}
