//! HTTP digest (RFC 7616) as Atlas speaks it: MD5, `qop=auth`, nonces that do not live long.

use std::fmt::Write;

use md5::{Digest, Md5};

use super::State;
use super::http::{Answer, Request};

const REALM: &str = "MMS Public API";

/// Turns away who is not logged in, with a nonce that nobody has seen before.
pub(super) fn challenge(state: &State) -> Answer {
    let nonce = state.fresh();
    state.memory().nonces.insert(nonce.clone(), 0);
    let challenge = format!(
        "Digest realm=\"{REALM}\", domain=\"\", nonce=\"{nonce}\", algorithm=MD5, \
         qop=\"auth\", stale=false"
    );
    Answer::error(401, "NOT_LOGGED_IN", "You are not logged in.")
        .with("WWW-Authenticate", challenge)
        .noted("a challenge")
}

/// Whether the answer to a challenge proves the private key (RFC 7616, section 3.4.1): the nonce
/// is ours, its count rises, and the hash is right for this very request.
pub(super) fn accepts(state: &State, request: &Request, answer: &str) -> bool {
    let accounts = &state.accounts;
    let get = |name| parameter(answer, name).unwrap_or_default();
    let (nonce, count, client_nonce) = (get("nonce"), get("nc"), get("cnonce"));
    if get("username") != accounts.public_key
        || get("uri") != request.target
        || get("qop") != "auth"
        || !count_rises(state, nonce, count)
    {
        return false;
    }
    let who = md5(&format!("{}:{REALM}:{}", accounts.public_key, accounts.private_key));
    let what = md5(&format!("{}:{}", request.method, request.target));
    get("response") == md5(&format!("{who}:{nonce}:{count}:{client_nonce}:auth:{what}"))
}

fn count_rises(state: &State, nonce: &str, count: &str) -> bool {
    let mut memory = state.memory();
    let (Some(last), Ok(count)) = (memory.nonces.get_mut(nonce), u32::from_str_radix(count, 16))
    else {
        return false;
    };
    let rises = count > *last;
    *last = count.max(*last);
    rises
}

/// The value of `name=value` or `name="value"`. No value of the demo holds a comma or a quote.
fn parameter<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.split(',').find_map(|part| {
        let (found, value) = part.trim().split_once('=')?;
        (found == name).then(|| value.trim_matches('"'))
    })
}

/// The MD5 hash in lower-case hexadecimal digits.
pub(super) fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().fold(String::new(), |mut digits, byte| {
        // Writing to a text does not fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
