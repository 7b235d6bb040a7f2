//! A proxy of TLS that is trusted or not, cuts connections and changes answers: whatever it does, a
//! POST is sent once, and what the client says of it is true.

use std::error::Error as _;

use atlas_snapshots::Client;
use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::{Snapshot, TakeSnapshotRequest};
use serde_json::Value;
use specwright_runtime::auth::{AuthError, AuthErrorKind, Bearer, ClientCredentials, Credential};
use specwright_runtime::{BuildError, Error, ErrorKind, NoError};

use crate::check::Checks;
use crate::document::{self, GROUP};
use crate::wire::{self, Noting};

/// What `tests/judges/tamper.py` does to an exchange, how the call ends, and whether the server behind
/// hears of it.
const TAMPERINGS: [(&str, ErrorKind, u64); 13] = [
    ("kill-after-200", ErrorKind::Transport, 1),
    ("kill-after-500", ErrorKind::Transport, 1),
    ("kill-before-200", ErrorKind::Transport, 0),
    ("as-500-200", ErrorKind::Service, 1),
    ("as-404-200", ErrorKind::Service, 1),
    ("as-503-200", ErrorKind::UnexpectedStatus, 1),
    ("as-418-200", ErrorKind::UnexpectedStatus, 1),
    ("as-201-200", ErrorKind::UnexpectedStatus, 1),
    ("as-204-200", ErrorKind::UnexpectedStatus, 1),
    ("as-307-200", ErrorKind::Redirect, 1),
    ("as-200-404", ErrorKind::Decode, 1),
    ("as-200-500", ErrorKind::Decode, 1),
    ("page-200", ErrorKind::MediaType, 1),
];

const ROUNDS: u64 = 10;

/// `authority` is the certificate of who signed the proxy's.
pub(crate) struct Places<'a> {
    pub(crate) proxy: &'a str,
    pub(crate) server: &'a str,
    pub(crate) authority: &'a reqwest::Certificate,
}

/// A way to speak TLS.
struct Backend {
    name: &'static str,
    builder: fn() -> reqwest::ClientBuilder,
}

const BACKENDS: &[Backend] = &[
    Backend { name: "rustls", builder: || reqwest::Client::builder().tls_backend_rustls() },
    #[cfg(feature = "native-tls")]
    Backend { name: "native-tls", builder: || reqwest::Client::builder().tls_backend_native() },
];

impl Backend {
    fn trusting(&self, places: &Places<'_>) -> reqwest::ClientBuilder {
        (self.builder)().tls_certs_merge([places.authority.clone()])
    }
}

pub(crate) async fn check(checks: &mut Checks, places: &Places<'_>) -> Result<(), BuildError> {
    let mut duplicated = 0;
    for backend in BACKENDS {
        distrusted(checks, places, backend).await?;
        duplicated += tampered(checks, places, backend).await?;
    }
    let names: Vec<&str> = BACKENDS.iter().map(|backend| backend.name).collect();
    println!("TLS backends: {}", names.join(", "));
    let posts = ROUNDS * (TAMPERINGS.len() * BACKENDS.len()) as u64;
    println!("duplicated POSTs: {duplicated} of {posts}");
    Ok(())
}

fn client(
    base: &str,
    login: Credential,
    builder: reqwest::ClientBuilder,
) -> Result<Client, BuildError> {
    Client::builder().base_url(base).credentials(login).http_client(builder).build()
}

fn bearer() -> Credential {
    Credential::for_scheme("ServiceAccounts", Bearer::new("a-token".to_owned()))
}

async fn take(client: &Client, cluster: &str) -> Result<Snapshot, Error<TakeSnapshotError>> {
    client.take_snapshot(GROUP, cluster, TakeSnapshotRequest::new()).send().await
}

/// Nothing is sent to whom nobody vouches for, and nothing is tried again.
async fn distrusted(
    checks: &mut Checks,
    places: &Places<'_>,
    backend: &Backend,
) -> Result<(), BuildError> {
    let name = backend.name;
    let witness = Witness::new(places, backend)?;
    let before = witness.ask(checks).await;

    let stranger = client(places.proxy, bearer(), (backend.builder)())?;
    let error = take(&stranger, "untouched-200").await.err();
    refused(checks, &format!("{name}, a POST"), error.as_ref(), ErrorKind::Connect);

    let account = ClientCredentials::new(
        format!("{}/api/oauth/token", places.proxy),
        "an-id".to_owned(),
        "a-secret".to_owned(),
    );
    let login = Credential::for_scheme("ServiceAccounts", account);
    let stranger = client(places.proxy, login, (backend.builder)())?;
    let error = take(&stranger, "untouched-200").await.err();
    refused(checks, &format!("{name}, a token"), error.as_ref(), ErrorKind::Auth);
    let source = error.as_ref().and_then(|error| error.source());
    let login = source.and_then(|source| source.downcast_ref::<AuthError>());
    checks.equal("why", &login.map(AuthError::kind), &Some(AuthErrorKind::Transport));
    checks.equal("it may pass", &login.map(AuthError::is_retryable), &Some(false));

    let after = witness.ask(checks).await;
    let what = format!("{name}: requests through a proxy that is not trusted");
    checks.equal(&what, &after.requests, &before.requests);
    let connections = after.distrusted.saturating_sub(before.distrusted);
    checks.equal(&format!("{name}: connections given up"), &connections, &2);
    Ok(())
}

fn refused(
    checks: &mut Checks,
    what: &str,
    error: Option<&Error<TakeSnapshotError>>,
    kind: ErrorKind,
) {
    checks.equal(what, &error.map(Error::kind), &Some(kind));
    let connect = error.is_some_and(Error::is_connect);
    checks.that(&format!("{what}: there was no connection"), connect);
    let sent = error.is_none_or(Error::may_have_reached_server);
    checks.that(&format!("{what}: nothing was sent"), !sent);
    let attempts = error.map_or(0, Error::attempts);
    checks.that(&format!("{what}: {attempts} attempts"), attempts <= 1);
}

/// How many POSTs the server saw more than once.
async fn tampered(
    checks: &mut Checks,
    places: &Places<'_>,
    backend: &Backend,
) -> Result<u64, BuildError> {
    let name = backend.name;
    let client = client(places.proxy, bearer(), backend.trusting(places))?;
    checks.answered(&format!("{name}, trusted"), take(&client, "untouched-200").await);
    let mut duplicated = 0;
    for (tampering, kind, heard) in TAMPERINGS {
        let what = format!("{name}, {tampering}");
        let (before, _) = document::verdict(checks, places.server).await?;
        for _ in 0..ROUNDS {
            let error = take(&client, tampering).await.err();
            checks.equal(&what, &error.as_ref().map(Error::kind), &Some(kind));
            let honest = error.as_ref().is_some_and(Error::may_have_reached_server);
            checks.that(&format!("{what}: it may have reached the server"), honest);
            checks.equal(&what, &error.as_ref().map(Error::attempts), &Some(1));
            if kind == ErrorKind::Service {
                keeps_its_bytes(checks, &what, error.as_ref());
            }
        }
        let (after, _) = document::verdict(checks, places.server).await?;
        let posts = after - before;
        checks.equal(&format!("{what}: POSTs"), &posts, &(heard * ROUNDS));
        duplicated += posts.saturating_sub(ROUNDS);
    }
    Ok(duplicated)
}

/// A documented status with a success's body: the status decides, and the body is not lost.
fn keeps_its_bytes(checks: &mut Checks, what: &str, error: Option<&Error<TakeSnapshotError>>) {
    let body = match error.and_then(Error::as_service) {
        Some(TakeSnapshotError::NotFound(body)) if what.contains("404") => Some(body),
        Some(TakeSnapshotError::InternalServerError(body)) if what.contains("500") => Some(body),
        _ => None,
    };
    checks.that(&format!("{what}: its variant"), body.is_some());
    checks.that(&format!("{what}: no ApiError"), body.is_some_and(|body| body.get().is_none()));
    let kept = body.is_some_and(|body| String::from_utf8_lossy(body.bytes()).contains("onDemand"));
    checks.that(&format!("{what}: the bytes"), kept);
}

/// What the proxy itself has seen.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    requests: u64,
    distrusted: u64,
}

struct Witness {
    client: wire::Client,
}

impl Witness {
    fn new(places: &Places<'_>, backend: &Backend) -> Result<Self, BuildError> {
        let transport = Noting::over(backend.trusting(places))?;
        let client = wire::Client::new(places.proxy, Bearer::new("a-token".into()), &transport)?;
        Ok(Self { client })
    }

    async fn ask(&self, checks: &mut Checks) -> Seen {
        let seen = self.client.read("witness").send_json::<Value, NoError>().await;
        let seen = checks.answered("the witness", seen).unwrap_or_default();
        let count = |name: &str| seen[name].as_u64().unwrap_or_default();
        Seen { requests: count("requests"), distrusted: count("distrusted") }
    }
}
