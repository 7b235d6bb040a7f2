//! HTTP digest (RFC 7616), the server's side: one nonce, MD5, `qop=auth`.

use http::header;
use md5::{Digest as _, Md5};

use super::{SECRET, Sent, USER};

const REALM: &str = "specwright";
/// The same for every request of every run: nothing here is worth a replay.
const NONCE: &str = "6b1f0d5c2a9e4837";

/// The challenge of a 401.
pub(super) fn challenge() -> String {
    format!("Digest realm=\"{REALM}\", qop=\"auth\", algorithm=MD5, nonce=\"{NONCE}\"")
}

/// Whether a request answers the challenge.
pub(super) fn check(sent: &Sent<'_>) -> Result<(), &'static str> {
    let text = sent.headers.get(header::AUTHORIZATION).and_then(|text| text.to_str().ok());
    // An answer is written as a challenge is (RFC 9110, sections 11.3 and 11.4).
    let mut parser = http_auth::parser::ChallengeParser::new(text.ok_or("no login was sent")?);
    let Some(Ok(given)) = parser.next() else { return Err("the login cannot be read") };
    if !given.scheme.eq_ignore_ascii_case("digest") {
        return Err("the login is no digest");
    }
    let parameter = |name: &str| {
        let mut all = given.params.iter();
        let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.to_unescaped()).unwrap_or_default()
    };
    if parameter("username") != USER {
        return Err("the user is not the test user");
    }
    if parameter("nonce") != NONCE || parameter("realm") != REALM {
        return Err("the nonce was not given by this server");
    }
    if parameter("uri") != sent.target {
        return Err("the login is for another URL");
    }
    let secret = hash(&format!("{USER}:{REALM}:{SECRET}"));
    let request = hash(&format!("{}:{}", sent.method, sent.target));
    let (count, own, qop) = (parameter("nc"), parameter("cnonce"), parameter("qop"));
    let due = hash(&format!("{secret}:{NONCE}:{count}:{own}:{qop}:{request}"));
    if qop == "auth" && parameter("response") == due {
        Ok(())
    } else {
        Err("the password is not the test one")
    }
}

fn hash(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
