//! No secret in any `Debug`, `Display` or chain of sources, in no encoding.

use std::error::Error;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use specwright_runtime::auth::{
    AuthContext, AuthError, AuthErrorKind, AuthRequest, Basic, Bearer, ClientCredentials,
    Credential, Credentials, Digest, FileTokenStore, HeaderKey, StoredToken, TokenStore,
};
use specwright_runtime::transport::Transport;

use crate::support::{Api, Mock, SERVER, TOKEN_URL, answer, grant};

/// Unlikely by chance in any text, and changed by percent-encoding.
const CANARY: &str = "c4n4ry+S3cr3t";
const ID: &str = "c4n4ry+1d";

fn spellings(secret: &str) -> Vec<String> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        secret.to_owned(),
        // Without the last letters, which depend on what follows.
        STANDARD.encode(secret)[..10].to_owned(),
        URL_SAFE_NO_PAD.encode(secret)[..10].to_owned(),
        STANDARD.encode(format!("{ID}:{secret}"))[..10].to_owned(),
        hex.to_uppercase(),
        hex,
        secret.replace('+', "%2B"),
        secret.replace('+', "%2b"),
    ]
}

fn check(what: &str, text: &str) {
    for spelling in [CANARY, ID].into_iter().flat_map(spellings) {
        assert!(!text.contains(&spelling), "{what} shows {spelling}: {text}");
    }
}

fn check_error(what: &str, error: &AuthError) {
    check(what, &format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(inner) = source {
        check(what, &format!("{inner} {inner:?}"));
        source = inner.source();
    }
}

fn all() -> Vec<Box<dyn Credentials>> {
    let (id, secret) = (|| ID.to_owned(), || CANARY.to_owned());
    let token_url = "https://cloud.example.com/api/oauth/token";
    let in_the_url = format!("https://{ID}:{CANARY}@cloud.example.com/token?key={CANARY}#{CANARY}");
    vec![
        Box::new(ClientCredentials::new(token_url, id(), secret()).scope("x")),
        Box::new(ClientCredentials::new(in_the_url, id(), secret())),
        Box::new(ClientCredentials::new(format!("http:{CANARY}@"), id(), secret())),
        Box::new(Digest::new(id(), secret())),
        Box::new(Basic::new(id(), secret())),
        Box::new(Basic::new(id(), format!("{CANARY}\r\n"))),
        Box::new(Basic::new(format!("{ID}:"), secret())),
        Box::new(Bearer::new(secret())),
        Box::new(Bearer::new(format!("{CANARY}\n"))),
        Box::new(HeaderKey::new("x-key", secret())),
        Box::new(HeaderKey::new("x-key", format!("{CANARY}\n"))),
        Box::new(HeaderKey::query("key", secret())),
        Box::new(HeaderKey::cookie("key", secret())),
        Box::new(HeaderKey::cookie("key", format!("{CANARY};"))),
    ]
}

/// Servers that throw everything they saw back at us.
fn echoes() -> Vec<Mock> {
    let digest = |extra: &str| format!("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"{extra}");
    let login = STANDARD.encode(format!("{ID}:{CANARY}"));
    let mut out = Vec::new();
    for status in [200, 400, 401, 403, 429, 500] {
        for code in [CANARY, ID, &login, "invalid_client"] {
            let body = format!(
                r#"{{"error":"{code}","error_description":"{CANARY}","token_type":"{CANARY}",
                    "access_token":"{CANARY}"}}"#
            );
            for challenge in [
                digest(""),
                digest(&format!(", algorithm={ID}")),
                digest(&format!(", opaque=\"{CANARY}")),
                format!("Digest realm=\"{CANARY}\", nonce=\"{CANARY}\", qop=\"{CANARY}\""),
            ] {
                let body = body.clone();
                out.push(Mock::new(move |_, _| {
                    let (body, challenge) = (body.clone(), challenge.clone());
                    async move { answer(status, &[("www-authenticate", &challenge)], &body) }
                }));
            }
        }
    }
    out
}

#[tokio::test]
async fn nothing_shows() {
    for credentials in all() {
        check("Debug", &format!("{credentials:?} {credentials:#?}"));
        for mock in echoes() {
            if let Err(error) = Api::default().call(&*credentials, &mock).await {
                check_error(&format!("{credentials:?}"), &error);
            }
            check("Debug after use", &format!("{credentials:?} {credentials:#?}"));
        }
    }
}

#[tokio::test]
async fn an_authorized_request_hides_its_headers() {
    let mock = Mock::new(|number, _| async move {
        match number {
            0 => answer(200, &[], &format!(r#"{{"access_token":"{CANARY}"}}"#)),
            _ => answer(500, &[], ""),
        }
    });
    let base_url = url::Url::parse(SERVER).unwrap();
    let transport: Arc<dyn Transport> = Arc::new(mock.clone());
    let context = AuthContext {
        transport: &transport,
        base_url: &base_url,
        server: &base_url,
        declared_server: None,
        token_store: None,
    };
    for credentials in all() {
        let mut uri: http::Uri = SERVER.parse().unwrap();
        let mut headers = http::HeaderMap::new();
        let method = http::Method::GET;
        let request = AuthRequest { method: &method, uri: &mut uri, headers: &mut headers };
        let _ = credentials.authorize(context, request).await;
        check("headers", &format!("{headers:?}"));
        let request = AuthRequest { method: &method, uri: &mut uri, headers: &mut headers };
        check("the request", &format!("{request:?} {context:?}"));
    }
    for seen in mock.seen() {
        check("the token request", &format!("{:?} {}", seen.headers, seen.uri));
    }
}

#[test]
fn credentials_of_clients_hide_as_well() {
    let credential = Credential::for_scheme("X", Basic::new(ID.into(), CANARY.into()));
    check("Credential", &format!("{credential:?} {credential:#?}"));
    let named = ClientCredentials::new("https://h/t", ID.into(), CANARY.into());
    assert_eq!(format!("{named:?}"), r#"ClientCredentials { token_url: "https://h/t", .. }"#);
}

/// A store of files: neither its errors nor what passes through it.
#[tokio::test]
async fn token_stores_hide_as_well() {
    let kept = StoredToken::new(CANARY.to_owned(), None);
    check("StoredToken", &format!("{kept:?} {kept:#?}"));
    assert_eq!(kept.expose(), CANARY);

    let folder = std::env::temp_dir().join(format!("specwright-canary-{}", std::process::id()));
    std::fs::write(&folder, "a file where a folder should be").unwrap();
    let store: Arc<dyn TokenStore> = Arc::new(FileTokenStore::new(&folder));
    check("FileTokenStore", &format!("{store:?}"));
    let api = Api { token_store: Some(store), ..Api::default() };
    check("the API", &format!("{api:?}"));
    let account = || ClientCredentials::new(TOKEN_URL, ID.into(), CANARY.into());
    let mock = Mock::new(|_, _| async { grant(CANARY, 3600) });
    let error = api.authorize(&account(), &mock).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::Store);
    check_error("a store that fails", &error);
    std::fs::remove_file(&folder).unwrap();

    let account = account();
    api.authorize(&account, &mock).await.unwrap();
    check("ClientCredentials", &format!("{account:?} {account:#?}"));
    for file in std::fs::read_dir(&folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        if text.is_empty() {
            continue; // It is only there to be locked.
        }
        // The server's token is the canary here; the client's secret is another.
        assert!(text.contains(CANARY) && !text.contains(ID), "{text}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
