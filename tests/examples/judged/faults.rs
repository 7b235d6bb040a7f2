//! A server that breaks off, and counts: whatever becomes of a POST, it was sent once.

use std::time::Duration;

use serde_json::{Value, json};
use specwright_runtime::ErrorKind::{self, Redirect, Timeout, Transport, Truncated};
use specwright_runtime::auth::Bearer;
use specwright_runtime::{BuildError, NoError};

use crate::check::Checks;
use crate::wire::{Client, Noting};

/// The faults of `tests/judges/wiremock.json`, how a POST ends that meets one, and how often a GET is
/// sent: again only if no answer had begun.
const FAULTS: [(&str, ErrorKind, u64); 6] = [
    ("reset", Transport, 3),
    ("empty", Transport, 3),
    ("chunk", Truncated, 1),
    ("garbage", Transport, 3),
    ("stall", Timeout, 1),
    ("redirect", Redirect, 1),
];

const POSTS: u64 = 20;

pub(crate) async fn check(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    let admin = client(&format!("{base}/__admin/requests"))?;
    let mut duplicated = 0;
    for (fault, kind, reads) in FAULTS {
        let client = client(&format!("{base}/{fault}"))?;
        for number in 0..POSTS {
            let call = client.write("post", &json!({ "number": number }));
            // Long enough for anything but the fault that is about time.
            let limit = Duration::from_millis(if kind == Timeout { 300 } else { 5_000 });
            let sent = call.timeout(limit).send_json::<Value, NoError>().await;
            let error = sent.err();
            let found = error.as_ref().map(|error| error.kind());
            checks.equal(&format!("POST, {fault}"), &found, &Some(kind));
            let honest = error.is_some_and(|error| error.may_have_reached_server());
            checks.that(&format!("POST, {fault}: it may have reached the server"), honest);
        }
        let posts = count(checks, &admin, "POST", fault).await;
        checks.equal(&format!("POSTs, {fault}"), &posts, &POSTS);
        duplicated += posts.saturating_sub(POSTS);

        let call = client.read("get").timeout(Duration::from_millis(1900));
        checks.that(&format!("GET, {fault}"), call.send_json::<Value, NoError>().await.is_err());
        let gets = count(checks, &admin, "GET", fault).await;
        checks.that(&format!("GETs, {fault}: {gets}"), (1..=reads).contains(&gets));
    }
    let whole =
        client(&format!("{base}/drip"))?.write("post", &json!({})).send_json::<Value, NoError>();
    checks.answered("an answer that drips", whole.await);
    let drips = count(checks, &admin, "POST", "drip").await;
    checks.equal("POSTs that were sent on", &drips, &1);
    println!("duplicated POSTs: {duplicated} of {}", POSTS * FAULTS.len() as u64);
    Ok(())
}

fn client(base: &str) -> Result<Client, BuildError> {
    Client::new(base, Bearer::new("a-token".to_owned()), &Noting::new()?)
}

/// How many requests the server says it saw.
async fn count(checks: &mut Checks, admin: &Client, method: &str, fault: &str) -> u64 {
    let pattern = json!({ "method": method, "urlPathPattern": format!("/{fault}/.*") });
    let answer = admin.write("count", &pattern).send_json::<Value, NoError>().await;
    let answer = checks.answered("the count", answer).unwrap_or_default();
    answer["count"].as_u64().unwrap_or_default()
}
