//! `WWW-Authenticate`: finding the Digest challenge to answer.
//!
//! http-auth knows the parameters of a challenge and the arithmetic of an answer. This adapter sits
//! in front of it for what it cannot read: `token68` data of other schemes
//! (`Negotiate abc==, Digest …`), more than one space after a scheme, algorithms in lower case, and
//! broken challenges of other schemes, which are none of our business.

use std::borrow::Cow;
use std::mem;

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;
use http_auth::digest::{Algorithm, Qop};
use http_auth::{ChallengeParser, ChallengeRef, DigestClient};

use super::AuthError;

/// The names http-auth compares byte by byte.
const ALGORITHMS: [&str; 6] =
    ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"];

/// How hard an algorithm is to break, from 1.
pub(super) type Strength = u8;

/// The challenge that is answered.
pub(super) struct Offer {
    pub(super) client: DigestClient,
    pub(super) strength: Strength,
    /// The challenge has an `opaque` without text. It is returned like any other (RFC 7616, section
    /// 3.4), and http-auth takes it for none.
    pub(super) has_empty_opaque: bool,
}

/// The strongest Digest challenge we can answer; `None` when there is no Digest challenge at all.
///
/// Of equally strong ones, one whose nonce can be used again is better than `-sess`, one with `qop`
/// better than one without, and otherwise the server's order counts (RFC 7616, section 3.7).
pub(super) fn choose(headers: &HeaderMap) -> Result<Option<Offer>, AuthError> {
    let mut best: Option<(Offer, (Strength, bool, bool))> = None;
    let mut problem = None;
    for text in digest_challenges(headers) {
        match read(&text) {
            Ok(offer) => {
                let client = &offer.client;
                let rank = (offer.strength, !client.session(), !client.rfc2069_compat());
                if best.as_ref().is_none_or(|(_, highest)| rank > *highest) {
                    best = Some((offer, rank));
                }
            }
            Err(error) => problem = problem.or(Some(error)),
        }
    }
    match (best, problem) {
        (Some((offer, _)), _) => Ok(Some(offer)),
        (None, Some(error)) => Err(error),
        (None, None) => Ok(None),
    }
}

/// The parameters of the `Authorization` header we sent, which has the same grammar.
pub(super) fn read_answer(text: &str) -> Option<ChallengeRef<'_>> {
    let answer = ChallengeParser::new(text).next()?.ok()?;
    answer.scheme.eq_ignore_ascii_case("Digest").then_some(answer)
}

/// The unescaped value of a parameter.
pub(super) fn param(challenge: &ChallengeRef<'_>, name: &str) -> Option<String> {
    let (_, value) = challenge.params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value.to_unescaped())
}

/// The texts of errors are ours alone: a challenge is the server's, and may echo what we sent.
fn read(text: &str) -> Result<Offer, AuthError> {
    let malformed = || AuthError::malformed("the server's Digest challenge cannot be read");
    let mut parsed = ChallengeParser::new(text);
    let (Some(Ok(challenge)), None) = (parsed.next(), parsed.next()) else {
        return Err(malformed());
    };
    if param(&challenge, "algorithm").is_some_and(|name| !ALGORITHMS.contains(&name.as_str())) {
        return Err(AuthError::unsupported(
            "the server asks for a digest algorithm other than MD5, SHA-256 and SHA-512-256",
        ));
    }
    let qop = param(&challenge, "qop").unwrap_or_else(|| "auth".to_owned());
    let offers = |wanted: &str| qop.split(',').any(|one| one.trim().eq_ignore_ascii_case(wanted));
    if !offers("auth") {
        return Err(AuthError::unsupported(if offers("auth-int") {
            "the server insists on qop=auth-int, a digest over the body; only qop=auth is supported"
        } else {
            "the server asks for a digest qop other than auth"
        }));
    }
    let client = DigestClient::try_from(&challenge).map_err(|_| malformed())?;
    if client.session() && client.rfc2069_compat() {
        return Err(AuthError::unsupported("the server asks for a digest -sess without qop"));
    }
    debug_assert!(client.qop() & Qop::Auth, "checked above");
    let strength = strength(client.algorithm());
    let has_empty_opaque = param(&challenge, "opaque").is_some_and(|text| text.is_empty());
    Ok(Offer { client, strength, has_empty_opaque })
}

fn strength(algorithm: Algorithm) -> Strength {
    match algorithm {
        Algorithm::Sha512Trunc256 => 3,
        Algorithm::Sha256 => 2,
        // MD5, and what a newer http-auth may know and we do not.
        _ => 1,
    }
}

/// Every Digest challenge in every `WWW-Authenticate` header, each alone and in plain spelling.
fn digest_challenges(headers: &HeaderMap) -> Vec<String> {
    let mut out = Vec::new();
    for value in headers.get_all(WWW_AUTHENTICATE) {
        let text = String::from_utf8_lossy(value.as_bytes());
        for challenge in challenges(&text) {
            if challenge.scheme.eq_ignore_ascii_case("Digest") {
                out.push(format!("Digest {}", challenge.params.join(", ")));
            }
        }
    }
    out
}

/// A challenge whose parameters are not looked into yet.
#[derive(Debug, Default, PartialEq)]
struct Raw<'a> {
    scheme: &'a str,
    params: Vec<Cow<'a, str>>,
}

/// RFC 9110, section 11.6.1. A comma separates parameters as well as challenges; which of the two
/// shows only in what follows: a parameter is a token and an equals sign, a scheme is not.
fn challenges(text: &str) -> Vec<Raw<'_>> {
    let mut out = Vec::new();
    let mut current = Raw::default();
    for element in elements(text) {
        let (token, rest) = split_token(element);
        let rest = rest.trim_start_matches(OWS);
        if token.is_empty() || rest.starts_with('=') {
            current.params.push(plain(element));
            continue;
        }
        let finished = mem::replace(&mut current, Raw { scheme: token, params: Vec::new() });
        out.push(finished);
        if is_param(rest) {
            current.params.push(plain(rest));
        }
    }
    out.push(current);
    out
}

const OWS: [char; 2] = [' ', '\t'];

/// The list's elements: what stands between commas outside quotes, without empty ones.
fn elements(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let mut escaped = false;
    text.split(move |c| {
        let separator = c == ',' && !quoted;
        if escaped {
            escaped = false;
        } else {
            escaped = quoted && c == '\\';
            quoted ^= c == '"';
        }
        separator
    })
    .map(|element| element.trim_matches(OWS))
    .filter(|element| !element.is_empty())
}

fn split_token(text: &str) -> (&str, &str) {
    let is_tchar = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.split_at(text.find(|c| !is_tchar(c)).unwrap_or(text.len()))
}

/// `name=value`, as opposed to the `token68` data of another scheme, which ends in its equals signs.
fn is_param(text: &str) -> bool {
    let (name, rest) = split_token(text);
    let value = rest.trim_start_matches(OWS).strip_prefix('=').map(|v| v.trim_start_matches(OWS));
    !name.is_empty() && value.is_some_and(|value| !value.is_empty() && !value.starts_with('='))
}

/// The parameter, with a known algorithm in the registry's own spelling.
fn plain(element: &str) -> Cow<'_, str> {
    let known = element.split_once('=').and_then(|(name, value)| {
        let value = value.trim_matches(OWS).trim_matches('"');
        let name = name.trim_matches(OWS);
        let algorithm = ALGORITHMS.iter().find(|known| known.eq_ignore_ascii_case(value))?;
        name.eq_ignore_ascii_case("algorithm").then_some(algorithm)
    });
    known.map_or(Cow::Borrowed(element), |known| format!("algorithm={known}").into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::AuthErrorKind;
    use super::*;

    const BASE: &str = r#"realm="r", nonce="n", qop="auth""#;

    fn headers(values: &[&str]) -> HeaderMap {
        let mut out = HeaderMap::new();
        for value in values {
            out.append(WWW_AUTHENTICATE, value.parse().unwrap());
        }
        out
    }

    /// Algorithm, nonce and realm of the challenge that wins.
    fn chosen(values: &[&str]) -> (Algorithm, String, String) {
        let client = choose(&headers(values)).unwrap().unwrap().client;
        (client.algorithm(), client.nonce().to_owned(), client.realm().to_owned())
    }

    fn refused(value: &str) -> AuthErrorKind {
        choose(&headers(&[value])).err().unwrap().kind()
    }

    #[test]
    fn a_challenge_is_found_among_others() {
        let digest = format!("Digest {BASE}");
        for before in [
            "",
            "Negotiate, ",
            "Negotiate abc==, ",
            "Negotiate YII/+=,  ",
            "NTLM TlRMTVNTUAAC, ",
            "Basic realm=\"a, Digest b\", ",
            "Basic realm=\"quote \\\" , comma\", charset=\"UTF-8\", ",
            "New a=b, c = \"d\" , e=f, , ",
            "Broken \"x\", ",
            "Bearer error=\"x=y\", ",
        ] {
            for after in ["", ", Negotiate abc==", ", Basic realm=\"x\"", " , ,"] {
                let value = format!("{before}{digest}{after}");
                assert_eq!(
                    chosen(&[&value]),
                    (Algorithm::Md5, "n".to_owned(), "r".to_owned()),
                    "{value}"
                );
            }
        }
        assert_eq!(chosen(&["Basic realm=\"x\"", "Negotiate", &digest]).1, "n");
    }

    #[test]
    fn spelling() {
        for value in [
            r#"digest   realm="r",nonce="n",qop="auth",algorithm=md5"#,
            r#"DIGEST nonce = "n" , REALM= "r", Qop=auth, ALGORITHM="Md5", unknown="a, b""#,
            r#"Digest realm="\r", nonce="n", qop="auth-int,auth", stale=FALSE, algorithm = MD5"#,
        ] {
            assert_eq!(
                chosen(&[value]),
                (Algorithm::Md5, "n".to_owned(), "r".to_owned()),
                "{value}"
            );
        }
        let value = format!("Digest {BASE}, algorithm=sha-512-256-SESS");
        let client = choose(&headers(&[&value])).unwrap().unwrap().client;
        assert_eq!((client.algorithm(), client.session()), (Algorithm::Sha512Trunc256, true));
    }

    #[test]
    fn the_strongest_wins_wherever_it_stands() {
        let of = |algorithm: &str| format!("Digest {BASE}, algorithm={algorithm}");
        for (offered, expected) in [
            (["MD5", "SHA-256", "MD5"], Algorithm::Sha256),
            (["SHA-256", "SHA-512-256", "MD5"], Algorithm::Sha512Trunc256),
            (["SHA-512-256-sess", "SHA-256", "MD5"], Algorithm::Sha512Trunc256),
            (["MD5", "SHA-1", "TIGER"], Algorithm::Md5),
        ] {
            let all: Vec<String> = offered.iter().map(|name| of(name)).collect();
            let several: Vec<&str> = all.iter().map(String::as_str).collect();
            assert_eq!(chosen(&several).0, expected, "{offered:?}");
            assert_eq!(chosen(&[&all.join(", ")]).0, expected, "{offered:?} in one header");
        }
        let both = [of("MD5-sess"), of("MD5")];
        let client = choose(&headers(&[&both.join(",")])).unwrap().unwrap().client;
        assert!(!client.session());
    }

    /// RFC 7616, section 3.9.1, with its own client nonce, from challenge to answer.
    #[test]
    fn the_example_of_the_rfc() {
        let challenge = |algorithm: &str| {
            format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", \
                 algorithm={algorithm}, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            )
        };
        let params = http_auth::PasswordParams {
            username: "Mufasa",
            password: "Circle of Life",
            uri: "/dir/index.html",
            method: "GET",
            body: None,
        };
        let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let both = [challenge("SHA-256"), challenge("MD5")];
        for (offered, response) in [
            (&both[..], "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
            (&both[1..], "8ca523f5e9506fed4657c9700eebdbec"),
        ] {
            let value = offered.join(", ");
            let mut client = choose(&headers(&[&value])).unwrap().unwrap().client;
            let answer = client.respond_with_testing_cnonce(&params, cnonce).unwrap();
            let answer = read_answer(&answer).unwrap();
            assert_eq!(param(&answer, "response").as_deref(), Some(response));
            assert_eq!(param(&answer, "uri").as_deref(), Some("/dir/index.html"));
            assert_eq!(param(&answer, "nc").as_deref(), Some("00000001"));
        }
    }

    #[test]
    fn refusals_by_name() {
        for value in [
            r#"Digest realm="r", nonce="n", qop="auth-int""#,
            r#"Digest realm="r", nonce="n", qop="auth", algorithm=SHA-1"#,
            r#"Digest realm="r", nonce="n", qop="token""#,
            r#"Digest realm="r", nonce="n", algorithm=MD5-sess"#,
        ] {
            assert_eq!(refused(value), AuthErrorKind::Unsupported, "{value}");
        }
        let auth_int = r#"Digest realm="r", nonce="n", qop="auth-int""#;
        let error = choose(&headers(&[auth_int])).err().unwrap();
        assert!(error.to_string().contains("auth-int"), "{error}");
        for value in [
            r#"Digest"#,
            r#"Digest realm="r""#,
            r#"Digest nonce="n""#,
            r#"Digest realm="r", nonce="n"#,
            r#"Digest realm="r", realm="r", nonce="n""#,
            r#"Digest realm="r" nonce="n""#,
        ] {
            assert_eq!(refused(value), AuthErrorKind::Malformed, "{value}");
        }
        let latin1 = http::HeaderValue::from_bytes(b"Digest realm=\"\xe9\", nonce=\"n\"").unwrap();
        let headers = HeaderMap::from_iter([(WWW_AUTHENTICATE, latin1)]);
        assert_eq!(choose(&headers).err().unwrap().kind(), AuthErrorKind::Malformed);
    }

    #[test]
    fn no_digest_is_no_error() {
        for value in ["", "Basic realm=\"Digest realm\"", "Negotiate Digest==", "realm=\"x\""] {
            assert!(choose(&headers(&[value])).unwrap().is_none(), "{value}");
        }
        assert!(choose(&HeaderMap::new()).unwrap().is_none());
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[ -~]{0,80}") {
            let _ = choose(&headers(&[&text]));
        }

        #[test]
        fn junk_before_a_comma_hides_nothing(
            scheme in "[A-Za-z][A-Za-z0-9]{0,8}",
            data in "[A-Za-z0-9/+._~-]{1,20}={0,2}",
        ) {
            prop_assume!(!scheme.eq_ignore_ascii_case("digest"));
            let value = format!("{scheme} {data}, Digest {BASE}");
            prop_assert_eq!(chosen(&[&value]).1, "n");
        }
    }
}
