//! Answers that a mock server draws from the document: each decodes to the type declared for it.
//!
//! With `Prefer: dynamic=true` they are random, and otherwise made of the document's examples.

use atlas_snapshots::Client;
use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::{Snapshot, TakeSnapshotRequest};
use specwright_runtime::auth::{Bearer, Credential};
use specwright_runtime::{BuildError, CallOptions, Error, RetryPolicy};

use crate::check::Checks;
use crate::document::{self, GROUP};

/// Every status the document gives to the operation.
const STATUSES: [u16; 7] = [200, 400, 401, 403, 404, 429, 500];

const ROUNDS: usize = 20;

pub(crate) async fn check(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    let login = Credential::for_scheme("ServiceAccounts", Bearer::new("a-token".to_owned()));
    let client = Client::builder().base_url(base).credentials(login).build()?;
    let mut violations = 0;
    for status in STATUSES {
        for random in [false, true] {
            let client = client.with_options(preferring(status, random));
            let what = format!("{status}{}", if random { ", random" } else { "" });
            for _ in 0..ROUNDS {
                let outcome = take(&client, TakeSnapshotRequest::new()).await;
                violations += usize::from(objected(&outcome));
                match outcome {
                    Err(error) if status != 200 => {
                        // The variant, and that the body was read.
                        let found = document::error_code(&error).map(|(status, _)| status);
                        checks.equal(&what, &found, &Some(status));
                    }
                    outcome => drop(checks.answered(&what, outcome)),
                }
            }
        }
    }
    let requests = STATUSES.len() * 2 * ROUNDS;
    println!("requests judged: {requests}, violations: {violations}");
    checks.equal("violations", &violations, &0);

    // A judge that objects to nothing proves nothing: the document wants one day at least.
    let wrong = TakeSnapshotRequest::new().with_retention_in_days(0);
    let noticed = objected(&take(&client, wrong).await);
    checks.that("a request against the document is noticed", noticed);
    Ok(())
}

/// The mock draws an answer with a status only if the caller accepts that answer's media type, and
/// the errors' is not the success's.
fn preferring(status: u16, random: bool) -> CallOptions {
    let accept = "application/vnd.atlas.2023-01-01+json, application/json";
    CallOptions::new()
        .header("prefer", format!("code={status}, dynamic={random}"))
        .header("accept", accept)
        .retry(RetryPolicy::never())
}

async fn take(
    client: &Client,
    request: TakeSnapshotRequest,
) -> Result<Snapshot, Error<TakeSnapshotError>> {
    client.take_snapshot(GROUP, "Cluster-0", request).send().await
}

/// Whether the mock found the request to be against the document. It answers with an error that the
/// document knows, and says why in a header.
fn objected(outcome: &Result<Snapshot, Error<TakeSnapshotError>>) -> bool {
    outcome.as_ref().is_err_and(|error| error.headers().contains_key("sl-violations"))
}
