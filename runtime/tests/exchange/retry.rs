//! Which calls are sent again, after how long, and how often in all. The clock stands still but
//! for the waits.

use std::time::Duration;

use bytes::Bytes;
use specwright_runtime::codegen::v1::{Method, Operation};
use specwright_runtime::transport::TransportError;
use specwright_runtime::{Body, CallOptions, Error, ErrorKind, NoError, Response, RetryPolicy};
use tokio::time::Instant;

use crate::api::{Client, open};
use crate::mock::{Mock, Reply};

static GET: Operation = Operation::new(Method::GET, "get", "/things");
static POST: Operation = Operation::new(Method::POST, "post", "/things").content_type("a/b");

const SECOND: Duration = Duration::from_secs(1);

fn lost() -> Reply {
    Reply::Fail(TransportError::exchange("reset"))
}

fn refused() -> Reply {
    Reply::Fail(TransportError::connect("refused"))
}

fn status(status: u16) -> Reply {
    Reply::plain(status, "")
}

fn wait(code: u16, seconds: &str) -> Reply {
    status(code).with("retry-after", seconds)
}

async fn send(
    client: &Client,
    operation: &'static Operation,
) -> Result<Response<()>, Error<NoError>> {
    client.call(operation).send_empty_with_metadata().await
}

/// How many requests the call makes, and how long it takes, under a policy whose pauses are all
/// zero but for what the server asks.
async fn attempts<const N: usize>(
    operation: &'static Operation,
    policy: RetryPolicy,
    replies: [Reply; N],
) -> (u32, u64) {
    let mock = Mock::new(replies);
    let policy = policy.backoff(Duration::ZERO, Duration::ZERO);
    let client = open(&mock).retry(policy).build().unwrap();
    let start = Instant::now();
    let told = match send(&client, operation).await {
        Ok(response) => response.attempts(),
        Err(error) => error.attempts(),
    };
    assert_eq!(mock.seen().len(), told as usize);
    (told, start.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn what_can_do_no_harm_is_repeated() {
    let policy = RetryPolicy::new;
    let ok = || status(204);
    assert_eq!(attempts(&GET, policy(), [ok()]).await.0, 1);
    assert_eq!(attempts(&GET, policy(), [lost(), ok()]).await.0, 2);
    assert_eq!(attempts(&GET, policy(), [refused(), lost(), ok()]).await.0, 3);
    assert_eq!(attempts(&POST, policy(), [refused(), ok()]).await.0, 2);
    assert_eq!(attempts(&POST, policy(), [refused(), refused(), refused()]).await.0, 3);
    for code in [408, 429, 502, 503, 504] {
        assert_eq!(attempts(&GET, policy(), [status(code), ok()]).await.0, 2, "{code}");
    }
    for code in [400, 401, 403, 404, 409, 425, 500, 501, 505, 507, 511] {
        assert_eq!(attempts(&GET, policy(), [status(code)]).await.0, 1, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_repeated_only_if_nothing_was_done() {
    let policy = || RetryPolicy::new().max_attempts(9);
    assert_eq!(attempts(&POST, policy(), [lost()]).await.0, 1);
    assert_eq!(attempts(&POST, policy(), [Reply::Hang]).await, (1, 60));
    let slow = Reply::Fail(TransportError::exchange("slow").timed_out());
    assert_eq!(attempts(&POST, policy(), [slow]).await.0, 1);
    for code in [408, 500, 502, 503, 504] {
        assert_eq!(attempts(&POST, policy(), [wait(code, "1")]).await.0, 1, "{code}");
    }
    let busy = [wait(429, "7"), status(429), refused(), lost()];
    assert_eq!(attempts(&POST, policy(), busy).await, (4, 7));
}

#[tokio::test(start_paused = true)]
async fn what_would_only_come_again_is_not_repeated() {
    let distrusted = || Reply::Fail(TransportError::connect("distrusted").lasting());
    assert_eq!(attempts(&GET, RetryPolicy::new(), [distrusted()]).await.0, 1);
    assert_eq!(attempts(&POST, RetryPolicy::new(), [distrusted()]).await.0, 1);
    assert_eq!(attempts(&GET, RetryPolicy::new(), [refused(), distrusted()]).await.0, 2);
}

#[tokio::test(start_paused = true)]
async fn a_503_is_repeated_where_the_caller_says_so_and_the_server_names_a_time() {
    let policy = || RetryPolicy::new().repeat_unavailable();
    assert_eq!(attempts(&POST, policy(), [wait(503, "2"), status(204)]).await, (2, 2));
    assert_eq!(attempts(&POST, policy(), [status(503)]).await.0, 1);
    assert_eq!(attempts(&POST, policy(), [wait(502, "2")]).await.0, 1);
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long_to_wait_at_least() {
    let policy = RetryPolicy::new;
    for (asked, waited) in [("0", 0), ("7", 7), ("60", 60), ("-5", 0), ("soon", 0)] {
        let replies = [wait(503, asked), status(204)];
        assert_eq!(attempts(&GET, policy(), replies).await, (2, waited), "{asked}");
    }
    let past = "Sun, 06 Nov 1994 08:49:37 GMT";
    assert_eq!(attempts(&GET, policy(), [wait(429, past), status(204)]).await, (2, 0));
    // Longer than anybody wants to wait: the answer is the call's answer, at once.
    for asked in ["61", "99999999999999999999999", "Fri, 31 Dec 2399 23:59:59 GMT"] {
        assert_eq!(attempts(&GET, policy(), [wait(429, asked)]).await, (1, 0), "{asked}");
    }
    let patient = policy().max_retry_after(SECOND * 100);
    assert_eq!(attempts(&GET, patient, [wait(429, "61"), status(204)]).await, (2, 61));
}

#[tokio::test(start_paused = true)]
async fn attempts_that_run_out_of_time_are_repeated_but_for_a_post() {
    let policy = RetryPolicy::new;
    let hangs = [Reply::Hang, Reply::Hang, Reply::Hang];
    assert_eq!(attempts(&GET, policy(), hangs).await, (3, 180));
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_for_nothing_that_its_limit_forbids() {
    let mock = Mock::new([wait(429, "30"), Reply::Hang]);
    let client = open(&mock).timeout(SECOND * 30).build().unwrap();
    let start = Instant::now();
    let error = send(&client, &GET).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), start.elapsed()), (429, Duration::ZERO));
    assert_eq!(error.retry_after(), Some(SECOND * 30));

    // The limit is one for all attempts.
    let mock = Mock::new([wait(429, "20"), Reply::Hang]);
    let client = open(&mock).timeout(SECOND * 30).build().unwrap();
    let start = Instant::now();
    let error = send(&client, &GET).await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed()), (ErrorKind::Timeout, SECOND * 30));
    assert_eq!(error.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn pauses_are_bounded_and_differ() {
    let mut pauses = Vec::new();
    for _ in 0..50 {
        let mock = Mock::new([lost(), lost(), status(204)]);
        let client = open(&mock).build().unwrap();
        let start = Instant::now();
        send(&client, &GET).await.unwrap();
        pauses.push(start.elapsed());
    }
    // Half a second and a second; tokio's clock rounds each up to a millisecond.
    assert!(pauses.iter().all(|pause| *pause <= Duration::from_millis(1502)), "{pauses:?}");
    pauses.dedup();
    assert!(pauses.len() > 10, "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn an_earlier_attempt_that_may_have_arrived_is_not_forgotten() {
    let mock = Mock::new([lost(), refused(), refused()]);
    let error = send(&open(&mock).build().unwrap(), &GET).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    assert!(error.is_connect() && error.may_have_reached_server());

    let mock = Mock::new([refused(), refused(), refused()]);
    let error = send(&open(&mock).build().unwrap(), &POST).await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_reached_server());
}

#[tokio::test(start_paused = true)]
async fn clones_share_a_budget() {
    let broken = (0..100).map(|_| lost());
    let mock = Mock::new(broken);
    let client = open(&mock).retry_budget(5).build().unwrap();
    for _ in 0..10 {
        send(&client.clone(), &GET).await.unwrap_err();
    }
    assert_eq!(mock.seen().len(), 15);

    let mock = Mock::new((0..20).map(|_| status(204)).chain([lost(), lost(), lost(), lost()]));
    let client = open(&mock).retry_budget(2).build().unwrap();
    for _ in 0..20 {
        send(&client, &GET).await.unwrap();
    }
    send(&client, &GET).await.unwrap_err();
    assert_eq!(mock.seen().len(), 23);
    send(&client, &GET).await.unwrap_err();
    assert_eq!(mock.seen().len(), 24, "two repeats are all there are");
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_again_only_if_none_of_it_was() {
    let stream = || {
        let chunks = [Ok::<_, std::io::Error>(Bytes::from_static(b"x"))];
        Body::from_stream(futures_util::stream::iter(chunks))
    };
    // The mock reads the body before it looks at its reply.
    let mock = Mock::new([status(429)]);
    let client = open(&mock).build().unwrap();
    let error = client.call(&POST).body(stream()).send_empty::<NoError>().await.unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, 429));

    let mock = Mock::new([status(204)]).unreachable(2);
    let client = open(&mock).build().unwrap();
    let response = client.call(&POST).body(stream()).send_empty_with_metadata::<NoError>();
    assert_eq!(response.await.unwrap().attempts(), 3);
    assert_eq!(mock.only().body.as_deref(), Some(&b"x"[..]));
}

#[tokio::test(start_paused = true)]
async fn a_call_can_have_its_own_policy() {
    let mock = Mock::new([lost(), lost(), lost(), lost(), lost()]);
    let client = open(&mock).build().unwrap();
    let once = client.with_options(CallOptions::new().retry(RetryPolicy::never()));
    assert_eq!(send(&once, &GET).await.unwrap_err().attempts(), 1);
    let often = once.with_options(CallOptions::new().retry(RetryPolicy::new().max_attempts(4)));
    assert_eq!(send(&often, &GET).await.unwrap_err().attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn what_is_inside_an_envelope_counts() {
    let busy = Reply::json(200, r#"{"status":429,"content":{}}"#);
    let good = Reply::json(200, r#"{"status":200,"content":{"id":"a"}}"#);
    let mock = Mock::new([busy, good]);
    let call = open(&mock).build().unwrap().take_snapshot("g", "c").envelope(true);
    assert_eq!(call.send_with_metadata().await.unwrap().attempts(), 2);
}
