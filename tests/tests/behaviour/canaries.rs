//! Every secret that went over the wire, looked for in everything that can be printed, in every
//! spelling: what was sent is taken from the server's own records, and the server sends it back.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{Debug, Write};

use atlas_snapshots::types::TakeSnapshotRequest;
use atlas_snapshots::{ApiKey, ServiceAccount};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use specwright_runtime::AnyError;
use specwright_runtime::auth::{Basic, Bearer, Credential, HeaderKey};

use crate::fixtures::{builder, grant, ok};
use crate::server::{Reply, Seen, Server};

mod record;

use record::Recorder;

const ID: &str = "1d+c4n4ry/x";
const SECRET: &str = "s3cr3t+c4n4ry/y";
const TOKEN: &str = "t0k3n+c4n4ry/z";
const MD5: &str = r#"Digest realm="r", nonce="n", algorithm=MD5, qop="auth""#;
const SHA256: &str = r#"Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth""#;

/// The secret in clear, in base64 wherever it may stand, in hex, and percent-encoded.
fn spellings(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let hex: String = bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    let percent = |escaped: fn(&u8) -> bool| {
        bytes.iter().fold(String::new(), |mut out, byte| {
            if escaped(byte) {
                let _ = write!(out, "%{byte:02x}");
            } else {
                out.push(char::from(*byte));
            }
            out
        })
    };
    let mut all = vec![
        secret.to_owned(),
        hex,
        percent(|_| true),
        percent(|byte| !byte.is_ascii_alphanumeric()),
        format!("{bytes:?}").trim_matches(['[', ']']).to_owned(),
    ];
    for before in 0..3 {
        // What stands before and after changes the letters at the edges only.
        let padded = [&vec![b'x'; before][..], bytes].concat();
        for text in [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            all.push(text[4..text.len() - 4].to_owned());
        }
    }
    all.into_iter().map(|text| text.to_lowercase()).collect()
}

/// What must not show: what the caller gave, what a server gave, and what was made of both.
struct Canaries {
    spellings: BTreeSet<String>,
    texts: usize,
}

impl Canaries {
    fn new(seen: &[Seen]) -> Self {
        let mut secrets: BTreeSet<String> =
            [ID, SECRET, TOKEN].into_iter().map(str::to_owned).collect();
        for seen in seen {
            let Some(sent) = seen.header("authorization") else { continue };
            let (scheme, value) = sent.split_once(' ').unwrap();
            if scheme == "Digest" {
                secrets.extend(["response", "cnonce"].map(|name| quoted(value, name)));
            } else {
                secrets.insert(value.to_owned());
            }
        }
        let spellings = secrets.iter().flat_map(|secret| spellings(secret)).collect();
        Self { spellings, texts: 0 }
    }

    fn look(&mut self, what: &str, text: &str) {
        self.texts += 1;
        let text = text.to_lowercase();
        let found = self.spellings.iter().find(|spelling| text.contains(spelling.as_str()));
        assert_eq!(found, None, "{what} shows a secret: {text}");
    }

    fn debug(&mut self, what: &str, value: &impl Debug) {
        self.look(what, &format!("{value:?} {value:#?}"));
    }

    fn error(&mut self, what: &str, error: &dyn Error) {
        let mut next = Some(error);
        while let Some(error) = next {
            self.look(what, &format!("{error} {error:#} {error:?} {error:#?}"));
            next = error.source();
        }
    }
}

fn quoted(answer: &str, name: &str) -> String {
    let (_, rest) = answer.split_once(&format!("{name}=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Everything the server was told, in every place of an answer that is not the document's.
fn echo(status: u16, seen: &Seen, extra: &[(&str, &str)]) -> Reply {
    let sent = seen.header("authorization").unwrap_or_default();
    let plain: String = sent.chars().filter(|c| c.is_ascii_graphic() && *c != '"').collect();
    let location = format!("https://{plain}@evil.example/{SECRET}?{TOKEN}#{ID}");
    let body = serde_json::json!({ "echo": [sent, SECRET, ID, TOKEN], SECRET: seen.headers });
    let mut headers = vec![
        ("Location", location.as_str()),
        ("Set-Cookie", sent),
        ("X-Echo", sent),
        ("Content-Type", "application/json"),
    ];
    headers.extend(extra);
    Reply::new(status, &headers, body.to_string())
}

fn logins() -> Vec<(&'static str, Credential)> {
    let (id, secret) = (|| ID.to_owned(), || SECRET.to_owned());
    vec![
        ("a service account", ServiceAccount::new(ID, SECRET).into()),
        ("an API key", ApiKey::new(ID, SECRET).into()),
        ("basic", Basic::new(id(), secret()).into()),
        ("bearer", Bearer::new(secret()).into()),
        ("a key in a header", HeaderKey::new("Authorization", format!("Key {SECRET}")).into()),
        ("a key in the query", HeaderKey::query("key", secret()).into()),
        ("a key in a cookie", HeaderKey::cookie("key", secret()).into()),
    ]
}

/// The outcome of one call, with all that can be printed about it.
async fn run(
    what: &str,
    credential: Credential,
    script: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static,
) -> usize {
    let server = Server::run(script).await;
    let (recorder, _recording) = Recorder::start();
    let client = builder(&server).credentials(credential.clone()).build().unwrap();
    let call = client.take_snapshot("g", "c", TakeSnapshotRequest::new());
    let printed = format!("{credential:?} {credential:#?} {client:?} {call:?} {call:#?}");
    let outcome = call.send_with_metadata().await;

    let mut canaries = Canaries::new(&server.seen());
    canaries.look(what, &printed);
    canaries.debug(what, &credential);
    canaries.debug(what, &client);
    let traced = recorder.text();
    assert!(traced.contains("http.request.method"), "{traced}");
    canaries.look(what, &traced);
    match outcome {
        Ok(answer) => canaries.debug(what, &answer),
        Err(error) => {
            canaries.error(what, &error);
            // Said once by the error itself, so it is none of its sources.
            if let Some(documented) = error.as_service() {
                canaries.error(what, documented);
            }
            canaries.error(what, &AnyError::from(error));
        }
    }
    canaries.texts
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "the count is a result")]
async fn no_secret_of_the_wire_shows_anywhere() {
    let mut texts = 0;
    for (what, credential) in logins() {
        for challenge in [MD5, SHA256] {
            for status in [200, 201, 307, 401, 403, 404, 418, 500] {
                texts += run(what, credential.clone(), move |_, seen| {
                    if seen.is_token_request() {
                        return grant(TOKEN);
                    }
                    let challenge = [("WWW-Authenticate", challenge)];
                    match seen.header("authorization") {
                        None if status != 200 => echo(401, seen, &challenge),
                        _ => echo(status, seen, &challenge),
                    }
                })
                .await;
            }
            // Half an answer, and one that is fine.
            let head = format!("HTTP/1.1 200 {SECRET}\r\nX: {TOKEN}\r\nContent-Length: 99\r\n\r\n");
            texts += run(what, credential.clone(), move |_, seen| {
                if seen.is_token_request() {
                    return grant(TOKEN);
                }
                Reply::raw(head.clone()).then_close()
            })
            .await;
            texts += run(what, credential.clone(), move |number, seen| {
                if seen.is_token_request() {
                    return grant(TOKEN);
                }
                let asked = number == 0 && seen.header("authorization").is_none();
                if asked {
                    echo(401, seen, &[("WWW-Authenticate", challenge)])
                } else {
                    ok(r#"{"id":"a"}"#)
                }
            })
            .await;
        }
    }
    assert!(texts > 500, "{texts}");
    println!("secret canaries found: 0 in {texts} texts");
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "the count is a result")]
async fn a_token_endpoint_that_echoes_gives_nothing_away() {
    let mut texts = 0;
    for status in [200, 400, 401, 403, 429, 500] {
        for wait in ["", "7", SECRET] {
            texts += run("a login", ServiceAccount::new(ID, SECRET).into(), move |_, seen| {
                echo(status, seen, &[("Retry-After", wait)])
            })
            .await;
        }
    }
    println!("secret canaries found: 0 in {texts} texts");
}

/// The search itself can fail.
#[test]
fn every_spelling_is_found() {
    let canaries = Canaries::new(&[]);
    let engines = [STANDARD_NO_PAD, URL_SAFE_NO_PAD];
    let mut texts: Vec<String> = engines
        .iter()
        .flat_map(|engine| {
            ["", ":", "id:"].map(|before| engine.encode(format!("{before}{SECRET}:after")))
        })
        .collect();
    texts.push(format!("Bearer {TOKEN}"));
    texts.push("a%3d1d%2Bc4n4ry%2Fx".to_owned());
    texts.push(format!("{:?}", ID.as_bytes()));
    texts.push(SECRET.bytes().map(|byte| format!("{byte:02X}")).collect());
    for text in texts {
        let lower = text.to_lowercase();
        assert!(canaries.spellings.iter().any(|s| lower.contains(s.as_str())), "{text}");
    }
}
