//! Digest against a server of our own that does its own arithmetic.

use std::collections::BTreeMap;

use md5::Md5;
use sha2::{Digest as _, Sha256, Sha512_256};
use specwright_runtime::auth::Digest;

use crate::support::{Api, Mock, Outcome, Seen, answer};

mod answers;
mod nonces;
mod refusals;

const USER: &str = "Mufasa";
const PASSWORD: &str = "Circle of Life";

fn login() -> Digest {
    Digest::new(USER.to_owned(), PASSWORD.to_owned())
}

fn hash(algorithm: &str, text: &str) -> String {
    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
    match algorithm {
        "SHA-256" => hex(&Sha256::digest(text)),
        "SHA-512-256" => hex(&Sha512_256::digest(text)),
        _ => hex(&Md5::digest(text)),
    }
}

/// The parameters of an `Authorization` header; values here hold no commas and no escapes.
fn params(seen: &Seen) -> Option<BTreeMap<String, String>> {
    let text = seen.header("authorization")?.strip_prefix("Digest ")?;
    let pairs = text.split(", ").map(|pair| pair.split_once('=').unwrap());
    Some(pairs.map(|(k, v)| (k.to_owned(), v.trim_matches('"').to_owned())).collect())
}

/// RFC 7616, section 3.4, written down once more, independently.
fn expected(seen: &Seen, p: &BTreeMap<String, String>, user: &str, password: &str) -> String {
    let full = p.get("algorithm").map_or("MD5", String::as_str);
    let algorithm = full.trim_end_matches("-sess");
    let h = |text: String| hash(algorithm, &text);
    let mut a1 = h(format!("{user}:{}:{password}", p["realm"]));
    if full.ends_with("-sess") {
        a1 = h(format!("{a1}:{}:{}", p["nonce"], p["cnonce"]));
    }
    let target = seen.uri.path_and_query().unwrap().as_str();
    assert_eq!(p["uri"], target, "the signed target is the one that was sent");
    let a2 = h(format!("{}:{target}", seen.method));
    match p.get("qop") {
        Some(qop) => h(format!("{a1}:{}:{}:{}:{qop}:{a2}", p["nonce"], p["nc"], p["cnonce"])),
        None => h(format!("{a1}:{}:{a2}", p["nonce"])),
    }
}

fn is_right(seen: &Seen) -> bool {
    params(seen).is_some_and(|p| p["response"] == expected(seen, &p, USER, PASSWORD))
}

/// Sends the same challenges with every 401 and accepts every right answer.
fn server(challenges: &[&str]) -> Mock {
    let challenges: Vec<String> = challenges.iter().map(|text| (*text).to_owned()).collect();
    Mock::new(move |_, seen| {
        let headers: Vec<_> =
            challenges.iter().map(|text| ("www-authenticate", text.as_str())).collect();
        let given = answer(if is_right(&seen) { 200 } else { 401 }, &headers, "");
        async move { given }
    })
}

async fn call(credentials: &Digest, mock: &Mock) -> Outcome {
    Api::target("/dir/index.html?a=b").call(credentials, mock).await.unwrap()
}

fn ended(outcome: &Outcome) -> (u16, usize) {
    (outcome.status.as_u16(), outcome.trips)
}
