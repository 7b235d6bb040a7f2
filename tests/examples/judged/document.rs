//! The generated client against judges that read its document.

use atlas_snapshots::Client;
use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::{ApiError, Snapshot, TakeSnapshotRequest};
use serde_json::Value;
use specwright_runtime::auth::{Bearer, Credential};
use specwright_runtime::{BuildError, Error, ErrorBody, NoError};

use crate::check::Checks;
use crate::wire::{self, Noting};

pub(crate) const GROUP: &str = "32b6e34b3d91647abb20e7b8";

/// Enough for every combination below, several times.
const ROUNDS: usize = 600;

/// What a description may hold.
const TEXTS: [Option<&str>; 6] = [
    None,
    Some(""),
    Some("before migration"),
    Some("\"quoted\\\" \u{8}\n\t/"),
    Some("größer ≥ 4.2 🦀"),
    Some("\u{feff}\u{2028}\u{10ffff}"),
];

/// Calls `base`, which may be a judge in front of the server, and asks the server at `server` what it
/// thinks of what it saw.
pub(crate) async fn check(checks: &mut Checks, base: &str, server: &str) -> Result<(), BuildError> {
    let login = Credential::for_scheme("ServiceAccounts", Bearer::new("a-token".to_owned()));
    let client = Client::builder().base_url(base).credentials(login).build()?;
    for round in 0..ROUNDS {
        // Mostly successes; of the errors a few, since a client may well repeat some.
        let status = match round % 40 {
            1 => 400,
            2 => 401,
            3 => 403,
            4 => 404,
            5 => 500,
            _ => 200,
        };
        let text = TEXTS[round % TEXTS.len()];
        let outcome = call(&client, round, status, text).await;
        match (status, outcome) {
            (200, outcome) => {
                if let Some(snapshot) = checks.answered("a snapshot", outcome) {
                    let kept = snapshot.description.unwrap_or_default();
                    checks.equal("its description", &kept.as_str(), &text.unwrap_or_default());
                }
            }
            (_, outcome) => {
                let code = outcome.err().as_ref().and_then(error_code);
                checks.equal("a documented error", &code, &Some((status, format!("ERR_{status}"))));
            }
        }
    }
    let (requests, violations) = verdict(checks, server).await?;
    println!("requests judged: {requests}, violations: {}", violations.len());
    checks.equal("violations", &violations.first(), &None);
    checks.that("as many requests as calls", requests >= ROUNDS as u64);

    // A judge that objects to nothing proves nothing: the document wants one day at least.
    let wrong = TakeSnapshotRequest::new().with_retention_in_days(0);
    let outcome = client.take_snapshot(GROUP, "Cluster-200", wrong).send().await;
    let (_, after) = verdict(checks, server).await?;
    let in_front = base != server;
    let noticed = if in_front { outcome.is_err() } else { after.len() > violations.len() };
    checks.that("a request against the document is noticed", noticed);
    Ok(())
}

async fn call(
    client: &Client,
    round: usize,
    status: u16,
    text: Option<&str>,
) -> Result<Snapshot, Error<TakeSnapshotError>> {
    let mut request = TakeSnapshotRequest::new();
    if let Some(text) = text {
        request = request.with_description(text);
    }
    if let Some(days) = [None, Some(1), Some(7), Some(i32::MAX)][round % 4] {
        request = request.with_retention_in_days(days);
    }
    let mut call = client.take_snapshot(GROUP, format!("Cluster-{status}").as_str(), request);
    if let Some(pretty) = [None, Some(true), Some(false)][round % 3] {
        call = call.pretty(pretty);
    }
    if round.is_multiple_of(5) {
        call = call.envelope(false);
    }
    call.send().await
}

/// The variant's status and the code inside, so that an error of the judge's own is not mistaken for
/// the server's.
pub(crate) fn error_code(error: &Error<TakeSnapshotError>) -> Option<(u16, String)> {
    let (status, body): (u16, &ErrorBody<ApiError>) = match error.as_service()? {
        TakeSnapshotError::BadRequest(body) => (400, body),
        TakeSnapshotError::Unauthorized(body) => (401, body),
        TakeSnapshotError::Forbidden(body) => (403, body),
        TakeSnapshotError::NotFound(body) => (404, body),
        TakeSnapshotError::TooManyRequests(body) => (429, body),
        TakeSnapshotError::InternalServerError(body) => (500, body),
        _ => return None,
    };
    Some((status, body.get()?.error_code.clone()))
}

/// How many requests the server's own judge saw, and what it objected to.
pub(crate) async fn verdict(
    checks: &mut Checks,
    server: &str,
) -> Result<(u64, Vec<Value>), BuildError> {
    let client = wire::Client::new(server, Bearer::new("a-token".to_owned()), &Noting::new()?)?;
    let verdict = client.read("judgement").send_json::<Value, NoError>().await;
    let verdict = checks.answered("the judgement", verdict).unwrap_or_default();
    let violations = verdict["violations"].as_array().cloned().unwrap_or_default();
    Ok((verdict["requests"].as_u64().unwrap_or_default(), violations))
}
