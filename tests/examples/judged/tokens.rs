//! Client credentials against an authorization server with an API behind it.

use std::error::Error as _;

use serde_json::{Value, json};
use specwright_runtime::auth::{
    AuthError, AuthErrorKind, ClientCredentials, Credential, FileTokenStore,
};
use specwright_runtime::{BuildError, Error, NoError};

use crate::check::Checks;
use crate::wire::{Client, Noting};

/// Of the client the server knows: all that the form encoding of RFC 6749, section 2.3.1, is for.
const ID: &str = "mdb_sa_id:1%2F";
const SECRET: &str = "s3cr&t=+/é:?";

fn account(base: &str, secret: &str) -> ClientCredentials {
    ClientCredentials::new(format!("{base}/oauth/token"), ID.to_owned(), secret.to_owned())
}

pub(crate) async fn check(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    cold_calls(checks, base).await?;
    refusals(checks, base).await?;
    lost_and_revoked(checks, base).await?;
    stored(checks, base).await
}

/// However many calls wait for it, one token is asked for.
async fn cold_calls(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    let wire = Noting::new()?;
    let client = Client::new(base, account(base, SECRET), &wire)?;
    let calls: Vec<_> = (0..200)
        .map(|number| {
            let call = client.clone().write("echo", &json!({ "number": number }));
            tokio::spawn(async { call.send_json::<Value, NoError>().await })
        })
        .collect();
    for (number, call) in calls.into_iter().enumerate() {
        let what = "200 calls at once";
        let answer = checks.answered(what, call.await).and_then(|a| checks.answered(what, a));
        checks.equal(what, &answer, &Some(json!({ "number": number })));
    }
    let trips = wire.take();
    let tokens = trips.iter().filter(|trip| trip.path == "/oauth/token").count();
    println!("token calls for 200 concurrent cold calls: {tokens}");
    checks.equal("token calls for 200 concurrent cold calls", &tokens, &1);
    checks.equal("all trips", &trips.len(), &201);
    Ok(())
}

/// What the token endpoint says no to is told apart.
async fn refusals(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    for (what, account, kind, code) in [
        ("a wrong secret", account(base, "wrong"), AuthErrorKind::Rejected, "invalid_client"),
        (
            "an unknown scope",
            account(base, SECRET).scope("everything"),
            AuthErrorKind::Rejected,
            "invalid_scope",
        ),
    ] {
        let wire = Noting::new()?;
        let client = Client::new(base, account, &wire)?;
        let error = client.read("echo").send_json::<Value, NoError>().await.err();
        let error = error.as_ref().and_then(login_error);
        checks.equal(what, &error.map(AuthError::kind), &Some(kind));
        checks.equal(what, &error.and_then(AuthError::code), &Some(code));
        checks.equal(what, &wire.take().len(), &1);
    }
    Ok(())
}

fn login_error(error: &Error<NoError>) -> Option<&AuthError> {
    error.source().and_then(|source| source.downcast_ref())
}

/// A token that the server no longer knows is replaced within the call, once.
async fn lost_and_revoked(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    let wire = Noting::new()?;
    let credential = Credential::from(account(base, SECRET));
    let client = Client::new(base, credential.clone(), &wire)?;
    let body = json!({ "a": 1 });
    let call = || client.write("echo", &body).send_json::<Value, NoError>();
    checks.answered("a call", call().await);
    checks.equal("a cold call", &wire.statuses(), &vec![200, 200]);

    checks.answered("all tokens are lost", client.read("lose").send_json::<Value, NoError>().await);
    wire.take();
    checks.answered("a call with a lost token", call().await);
    checks.equal("a call with a lost token", &wire.statuses(), &vec![401, 200, 200]);

    let revoked = credential.revoke(&format!("{base}/oauth/revoke")).await;
    checks.answered("a revocation", revoked);
    let live = client.read("live").send_json::<Value, NoError>().await;
    let live = checks.answered("a call after it", live);
    checks.equal("live tokens after it", &live, &Some(json!({ "live": 1 })));
    checks.equal("trips after it", &wire.statuses(), &vec![200, 200, 200]);
    Ok(())
}

/// The next run of a program has no need for a token of its own.
async fn stored(checks: &mut Checks, base: &str) -> Result<(), BuildError> {
    let folder = std::env::temp_dir().join(format!("specwright-judged-{}", std::process::id()));
    let wire = Noting::new()?;
    for _ in 0..3 {
        let store = FileTokenStore::new(&folder);
        let client = Client::with_store(base, account(base, SECRET), &wire, store)?;
        let answer = client.read("live").send_json::<Value, NoError>().await;
        checks.answered("a run with a token store", answer);
    }
    checks.equal("three runs", &wire.statuses(), &vec![200, 200, 200, 200]);
    // What is left over would only be found by the next run of this program.
    let _ = std::fs::remove_dir_all(&folder);
    Ok(())
}
