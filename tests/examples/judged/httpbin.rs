//! httpbin: every combination of `qop` and algorithm, on GET.
//!
//! It hashes the path as it is after decoding, so nothing in it needs an escape here.

use serde_json::Value;
use specwright_runtime::auth::{AuthError, AuthErrorKind, Digest};
use specwright_runtime::{BuildError, NoError};

use crate::check::Checks;
use crate::wire::{Client, Noting};

pub(crate) async fn check(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    for qop in ["auth", "both"] {
        for algorithm in ["MD5", "SHA-256"] {
            let wire = Noting::new()?;
            let login = Digest::new("user".to_owned(), "pass".to_owned());
            let place = format!("{base}/digest-auth/{qop}/user/pass/{algorithm}");
            let client = Client::new(&place, login, &wire)?;
            for round in 0..3 {
                let what = format!("qop={qop} algorithm={algorithm}, round {round}");
                let answer = client.read("never").send_json::<Value, NoError>().await;
                if let Some(answer) = checks.answered(&what, answer) {
                    checks.equal(&what, &answer["authenticated"], &Value::Bool(true));
                }
            }
            let what = format!("qop={qop} algorithm={algorithm}");
            checks.equal(&what, &wire.statuses(), &vec![401, 200, 200, 200]);
        }
    }
    refused_by_name(checks, base, "auth-int", "MD5").await?;
    refused_by_name(checks, base, "auth", "SHA-512").await
}

/// What is not supported is said, and nothing is sent a second time.
async fn refused_by_name(
    checks: &mut Checks,
    base: &str,
    qop: &str,
    algorithm: &str,
) -> Result<(), BuildError> {
    let wire = Noting::new()?;
    let place = format!("{base}/digest-auth/{qop}/user/pass/{algorithm}");
    let client = Client::new(&place, Digest::new("user".to_owned(), "pass".to_owned()), &wire)?;
    let error = client.read("never").send_json::<Value, NoError>().await.err();
    let source = error.as_ref().and_then(|error| std::error::Error::source(error));
    let kind = source.and_then(|source| source.downcast_ref::<AuthError>()).map(AuthError::kind);
    let what = format!("qop={qop} algorithm={algorithm} is refused");
    checks.equal(&what, &kind, &Some(AuthErrorKind::Unsupported));
    checks.equal(&what, &wire.statuses(), &vec![401]);
    Ok(())
}
