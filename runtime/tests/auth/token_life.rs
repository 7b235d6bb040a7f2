//! One token for all: asked for once, renewed in time, never in a storm.

use std::sync::Arc;
use std::time::Duration;

use specwright_runtime::auth::{AuthError, AuthErrorKind, ClientCredentials};
use tokio::task::JoinHandle;
use tokio::time::{advance, sleep};

use crate::support::{Answer, Api, Mock, TOKEN_URL, answer, grant};

fn account() -> ClientCredentials {
    ClientCredentials::new(TOKEN_URL, "id".to_owned(), "secret".to_owned())
}

type Call = JoinHandle<Result<String, AuthError>>;

/// A call that waits for its token on a task of its own.
fn spawn(account: &ClientCredentials, mock: &Arc<Mock>) -> Call {
    let (account, mock) = (account.clone(), mock.clone());
    tokio::spawn(async move { token(&account, &mock).await })
}

async fn token(account: &ClientCredentials, mock: &Mock) -> Result<String, AuthError> {
    let (_, _, headers) = Api::default().authorize(account, mock).await?;
    Ok(headers["authorization"].to_str().unwrap().to_owned())
}

/// Token requests take a second each.
fn slow(give: fn(usize) -> Answer) -> Arc<Mock> {
    Arc::new(Mock::new(move |number, _| async move {
        sleep(Duration::from_secs(1)).await;
        give(number)
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_cold_calls_make_one_token_call() {
    let mock = Arc::new(Mock::new(|number, _| async move {
        sleep(Duration::from_millis(50)).await;
        grant(&format!("t{number}"), 3600)
    }));
    let account = account();
    let calls: Vec<Call> = (0..200).map(|_| spawn(&account, &mock)).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), "Bearer t0");
    }
    assert_eq!(mock.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_leader_harms_nobody() {
    let mock = slow(|number| grant(&format!("t{number}"), 3600));
    let account = account();
    let leader = spawn(&account, &mock);
    tokio::task::yield_now().await;
    let others: Vec<Call> = (0..10).map(|_| spawn(&account, &mock)).collect();
    tokio::task::yield_now().await;
    assert_eq!(mock.count(), 1);
    leader.abort();
    for call in others {
        assert_eq!(call.await.unwrap().unwrap(), "Bearer t1");
    }
    assert_eq!(mock.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_shared_and_then_backed_off() {
    let mock = slow(|number| match number {
        0..3 => answer(500, &[], ""),
        _ => grant("t", 3600),
    });
    let account = account();
    let calls: Vec<Call> = (0..50).map(|_| spawn(&account, &mock)).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap_err().kind(), AuthErrorKind::Unavailable);
    }
    assert_eq!(mock.count(), 1);

    // One second of quiet, then two, then four.
    for (quiet, requests) in [(999, 1), (1, 2), (1999, 2), (1, 3)] {
        advance(Duration::from_millis(quiet)).await;
        assert!(token(&account, &mock).await.is_err());
        assert_eq!(mock.count(), requests);
    }
    advance(Duration::from_secs(4)).await;
    assert_eq!(token(&account, &mock).await.unwrap(), "Bearer t");
    assert_eq!(mock.count(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_is_obeyed() {
    let mock = slow(|number| match number {
        0 => answer(429, &[("retry-after", "30")], ""),
        _ => grant("t", 3600),
    });
    let account = account();
    assert!(token(&account, &mock).await.is_err());
    advance(Duration::from_secs(29)).await;
    let error = token(&account, &mock).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)), "what is left of it");
    assert_eq!(mock.count(), 1);
    advance(Duration::from_secs(1)).await;
    assert!(token(&account, &mock).await.is_ok());
}

/// A minute before the end, or a tenth of the life, or up to half as much earlier.
#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_expires() {
    for (lifetime, earliest, latest) in [
        (3600, 3_510_000, 3_540_000),
        (600, 510_000, 540_000),
        (100, 85_000, 90_000),
        (10, 8_500, 9_000),
    ] {
        let mut early = 0;
        for _ in 0..40 {
            let mock =
                Mock::new(move |number, _| async move { grant(&format!("t{number}"), lifetime) });
            let account = account();
            token(&account, &mock).await.unwrap();
            advance(Duration::from_millis(earliest - 1)).await;
            assert_eq!(token(&account, &mock).await.unwrap(), "Bearer t0", "{lifetime}");
            advance(Duration::from_millis((latest - earliest) / 2)).await;
            early += usize::from(token(&account, &mock).await.unwrap() == "Bearer t1");
            advance(Duration::from_millis((latest - earliest) / 2 + 1)).await;
            assert_eq!(token(&account, &mock).await.unwrap(), "Bearer t1", "{lifetime}");
            assert_eq!(mock.count(), 2);
        }
        assert!((1..40).contains(&early), "clients spread out, of {lifetime}: {early}");
    }
}

#[tokio::test(start_paused = true)]
async fn while_one_call_renews_the_others_use_what_there_is() {
    let mock = slow(|number| grant(&format!("t{number}"), 3600));
    let account = account();
    token(&account, &mock).await.unwrap();
    advance(Duration::from_secs(3550)).await;
    let renewing = spawn(&account, &mock);
    tokio::task::yield_now().await;
    for _ in 0..10 {
        assert_eq!(token(&account, &mock).await.unwrap(), "Bearer t0");
    }
    assert_eq!(renewing.await.unwrap().unwrap(), "Bearer t1");
    assert_eq!(mock.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failed_renewal_uses_the_old_token_to_its_end() {
    let mock = slow(|number| match number {
        0 => grant("t0", 3600),
        _ => answer(503, &[], ""),
    });
    let account = account();
    token(&account, &mock).await.unwrap();
    advance(Duration::from_secs(3545)).await;
    for _ in 0..5 {
        assert_eq!(token(&account, &mock).await.unwrap(), "Bearer t0");
    }
    assert_eq!(mock.count(), 2, "the failed renewal is backed off as well");
    advance(Duration::from_secs(60)).await;
    assert_eq!(token(&account, &mock).await.unwrap_err().kind(), AuthErrorKind::Unavailable);
}

#[tokio::test(start_paused = true)]
async fn a_silent_token_endpoint_is_given_up() {
    let mock = Mock::new(|_, _| std::future::pending::<Answer>());
    let error = token(&account(), &mock).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn odd_lifetimes_make_neither_a_storm_nor_an_eternal_token() {
    let day = Duration::from_secs(24 * 60 * 60);
    for (expires_in, after, requests) in [
        (r#","expires_in":0"#, Duration::from_secs(1), 1),
        (r#","expires_in":0"#, Duration::from_secs(10), 2),
        (r#","expires_in":-7"#, Duration::from_secs(10), 2),
        (r#","expires_in":1e999"#, day, 1),
        (r#","expires_in":1e999"#, day * 31, 2),
        (r#","expires_in":"60""#, Duration::from_secs(60), 2),
        (r#","expires_in":null"#, day * 365, 1),
        (r#","expires_in":"never""#, day * 365, 1),
        ("", day * 365, 1),
    ] {
        let mock = Mock::new(move |_, _| async move {
            answer(200, &[], &format!(r#"{{"access_token":"t"{expires_in}}}"#))
        });
        let account = account();
        token(&account, &mock).await.unwrap();
        advance(after).await;
        token(&account, &mock).await.unwrap();
        assert_eq!(mock.count(), requests, "{expires_in} after {after:?}");
    }
}

#[tokio::test]
async fn every_endpoint_has_a_token_of_its_own() {
    let mock = Mock::new(|_, _| async { grant("t", 3600) });
    let account = account();
    for base in ["http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:1"] {
        let api = Api { base_url: base.to_owned(), ..Api::default() };
        api.authorize(&account, &mock).await.unwrap();
    }
    assert_eq!(mock.count(), 2);
}
