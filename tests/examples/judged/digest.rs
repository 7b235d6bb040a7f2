//! Digest against a web server: behind the login lies a script that gives back what it got.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use specwright_runtime::auth::Digest;
use specwright_runtime::{BuildError, ErrorKind, NoError, Response};

use crate::check::Checks;
use crate::wire::{Client, Noting, Trip};

/// A place on the server, and how it wants to be answered.
pub(crate) struct Place {
    pub(crate) path: &'static str,
    /// The algorithm the answers have to name.
    pub(crate) algorithm: &'static str,
    pub(crate) userhash: bool,
    /// Whether the answers are counted: RFC 2069 knows no `qop`, hence no counter.
    pub(crate) counted: bool,
    pub(crate) user: &'static str,
    pub(crate) password: &'static str,
    /// How long a nonce lives at most.
    pub(crate) nonce_lifetime: Option<Duration>,
}

pub(crate) async fn check(
    checks: &mut Checks,
    base: &str,
    place: &Place,
) -> Result<(), BuildError> {
    let base = format!("{base}{}", place.path);
    let wire = Noting::new()?;
    let login = Digest::new(place.user.to_owned(), place.password.to_owned());
    let client = Client::new(&base, login, &wire)?;
    one_after_the_other(checks, place, &client, &wire).await;
    all_at_once(checks, place, &client, &wire).await;
    odd_targets(checks, place, &client).await;
    if let Some(lifetime) = place.nonce_lifetime {
        stale(checks, place, &client, &wire, lifetime).await;
    }
    strangers(checks, place, &base).await
}

/// The body arrives whole, and the first challenge serves the calls that follow.
async fn one_after_the_other(checks: &mut Checks, place: &Place, client: &Client, wire: &Noting) {
    for number in 0..20 {
        let body = json!({ "number": number, "text": "ü, \"quoted\"" });
        let what = format!("{}: POST {number}", place.path);
        let sent = client.write("post", &body).send_json_with_metadata::<Value, NoError>();
        echoed(checks, &what, sent.await, &body);
    }
    let trips = wire.take();
    let refused = trips.iter().filter(|trip| trip.status == 401).count();
    checks.equal(&format!("{}: challenges of 20 POSTs", place.path), &refused, &1);
    answers(checks, place, &trips);
}

/// What the answers to the challenges look like.
fn answers(checks: &mut Checks, place: &Place, trips: &[Trip]) {
    let sent: Vec<&str> = trips.iter().map(|trip| trip.authorization.as_str()).collect();
    let Some(last) = sent.last() else { return };
    let named = format!("algorithm={}", place.algorithm);
    // Without a name the algorithm is MD5 (RFC 7616, section 3.4).
    let fits = last.contains(&named) || place.algorithm == "MD5" && !last.contains("algorithm=");
    checks.that(&format!("{}: {named}", place.path), fits);
    let hashed = last.contains("userhash=true");
    checks.equal(&format!("{}: userhash", place.path), &hashed, &place.userhash);
    let counters: Vec<&str> = sent.iter().filter_map(|text| counter(text)).collect();
    let distinct: BTreeSet<&str> = counters.iter().copied().collect();
    let rising = counters.is_sorted() && distinct.len() == counters.len();
    checks.that(&format!("{}: counters rise: {counters:?}", place.path), rising);
    checks.equal(&format!("{}: counters", place.path), &!counters.is_empty(), &place.counted);
    checks.equal(&format!("{}: a qop", place.path), &last.contains("qop="), &place.counted);
}

fn counter(authorization: &str) -> Option<&str> {
    authorization.split_once("nc=").and_then(|(_, rest)| rest.get(..8))
}

async fn all_at_once(checks: &mut Checks, place: &Place, client: &Client, wire: &Noting) {
    let calls: Vec<_> = (0..50)
        .map(|number| {
            let body = json!({ "number": number });
            let call = client.write("post", &body);
            let sent =
                tokio::spawn(async { call.send_json_with_metadata::<Value, NoError>().await });
            (body, sent)
        })
        .collect();
    for (body, sent) in calls {
        let what = format!("{}: 50 POSTs at once", place.path);
        if let Some(sent) = checks.answered(&what, sent.await) {
            echoed(checks, &what, sent, &body);
        }
    }
    let trips = wire.take();
    let mut seen = BTreeSet::new();
    let repeated = trips
        .iter()
        .filter(|trip| counter(&trip.authorization).is_some())
        .filter(|trip| !seen.insert((nonce(&trip.authorization), counter(&trip.authorization))))
        .count();
    checks.equal(&format!("{}: counters used twice", place.path), &repeated, &0);
    let done = trips.iter().filter(|trip| trip.status == 200).count();
    checks.equal(&format!("{}: POSTs that were carried out", place.path), &done, &50);
}

fn nonce(authorization: &str) -> Option<&str> {
    let (_, rest) = authorization.split_once(" nonce=\"")?;
    rest.split('"').next()
}

/// The target is signed as it goes over the wire.
async fn odd_targets(checks: &mut Checks, place: &Place, client: &Client) {
    for name in ["a b", "it's", "ü", "50%", "a/b", "a?b#c", "x;y=1,2", "\"q\"", "a\\b", "~!$&()*+"]
    {
        let what = format!("{}: GET {name}", place.path);
        let call = client.read(name).query("q", "it's \"1\" + 1, ü & so on");
        checks.answered(&what, call.send_json::<Value, NoError>().await);
    }
}

/// A nonce that is out of date costs one more trip, and the call knows nothing of it.
async fn stale(
    checks: &mut Checks,
    place: &Place,
    client: &Client,
    wire: &Noting,
    lifetime: Duration,
) {
    for _ in 0..2 {
        wire.take();
        tokio::time::sleep(lifetime + Duration::from_millis(1500)).await;
        let body = json!({ "after": "a while" });
        let what = format!("{}: a POST after the nonce's end", place.path);
        let sent = client.write("post", &body).send_json_with_metadata::<Value, NoError>();
        echoed(checks, &what, sent.await, &body);
        checks.equal(&what, &wire.statuses(), &vec![401, 200]);
    }
}

/// Wrong credentials are tried once: one trip for the challenge, one for the answer.
async fn strangers(checks: &mut Checks, place: &Place, base: &str) -> Result<(), BuildError> {
    let wire = Noting::new()?;
    for (user, password) in [(place.user, "wrong"), ("nobody", place.password), ("", "")] {
        let client = Client::new(base, Digest::new(user.to_owned(), password.to_owned()), &wire)?;
        let sent = client.write("post", &json!({})).send_json::<Value, NoError>().await;
        let what = format!("{}: wrong credentials", place.path);
        let status = sent.as_ref().err().and_then(|error| error.status()).map(|s| s.as_u16());
        checks.equal(&what, &status, &Some(401));
        let kind = sent.err().map(|error| error.kind());
        checks.equal(&what, &kind, &Some(ErrorKind::UnexpectedStatus));
        checks.equal(&what, &wire.statuses(), &vec![401, 401]);
    }
    Ok(())
}

fn echoed(
    checks: &mut Checks,
    what: &str,
    sent: Result<Response<Value>, specwright_runtime::Error<NoError>>,
    body: &Value,
) {
    if let Some(answer) = checks.answered(what, sent) {
        checks.equal(what, answer.body(), body);
    }
}
