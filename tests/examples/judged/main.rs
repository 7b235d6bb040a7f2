//! The client's side of `tests/judges/run`: talks to a server that somebody else wrote, and says
//! what came of it.
//!
//! ```sh
//! cargo run -p specwright-tests --example judged -- JUDGE http://127.0.0.1:PORT [SERVER_URL [CA_FILE]]
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use specwright_runtime::BuildError;

use self::check::Checks;
use self::digest::Place;
use self::tampered::Places;

mod check;
mod digest;
mod document;
mod faults;
mod httpbin;
mod mocked;
mod tampered;
mod tokens;
mod wire;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (judge, place) = match arguments.as_slice() {
        [judge, base] => (judge, Address { base, server: base, authority: None }),
        [judge, base, server] => (judge, Address { base, server, authority: None }),
        [judge, base, server, file] => (judge, Address { base, server, authority: Some(file) }),
        _ => {
            eprintln!("usage: judged JUDGE BASE_URL [SERVER_URL [CA_FILE]]");
            return ExitCode::from(2);
        }
    };
    let mut checks = Checks::default();
    if let Err(error) = ask(&mut checks, judge, &place).await {
        eprintln!("{judge}: {error}");
        return ExitCode::from(2);
    }
    if checks.report(judge) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Where the judge is found.
struct Address<'a> {
    base: &'a str,
    /// The server itself, when the judge stands in front of it.
    server: &'a str,
    /// The file with the certificate of who vouches for the judge.
    authority: Option<&'a String>,
}

async fn ask(checks: &mut Checks, judge: &str, place: &Address<'_>) -> Result<(), Box<dyn Error>> {
    let Address { base, server, authority } = *place;
    match judge {
        "apache" => places(checks, base, &APACHE).await,
        "lighttpd" => places(checks, base, &LIGHTTPD).await,
        "flask-httpauth" => places(checks, base, &FLASK_HTTPAUTH).await,
        "httpbin" => httpbin::check(checks, base).await,
        "wiremock" => faults::check(checks, base).await,
        "authlib" => tokens::check(checks, base).await,
        "openapi-core" | "prism" => document::check(checks, base, server).await,
        "prism-mock" => mocked::check(checks, base).await,
        "mitmproxy" => {
            let authority = std::fs::read(authority.ok_or("which authority?")?)?;
            let authority = &reqwest::Certificate::from_pem(&authority)?;
            tampered::check(checks, &Places { proxy: base, server, authority }).await
        }
        _ => return Err("there is no such judge".into()),
    }
    .map_err(Into::into)
}

async fn places(checks: &mut Checks, base: &str, places: &[Place]) -> Result<(), BuildError> {
    for place in places {
        digest::check(checks, base, place).await?;
    }
    Ok(())
}

const MD5: Place = Place {
    path: "/md5",
    algorithm: "MD5",
    userhash: false,
    counted: true,
    user: "Mufasa",
    password: "Circle of Life",
    nonce_lifetime: None,
};

/// `tests/judges/apache.conf`.
const APACHE: [Place; 1] = [Place { nonce_lifetime: Some(Duration::from_secs(3)), ..MD5 }];

/// `tests/judges/rfc2069.py`.
const FLASK_HTTPAUTH: [Place; 1] = [Place { counted: false, ..MD5 }];

/// `tests/judges/lighttpd.conf`.
const LIGHTTPD: [Place; 5] = [
    MD5,
    Place { path: "/sha-256", algorithm: "SHA-256", ..MD5 },
    Place { path: "/sha-512-256", algorithm: "SHA-512-256", ..MD5 },
    Place { path: "/userhash", algorithm: "SHA-256", userhash: true, ..MD5 },
    Place {
        path: "/charset", algorithm: "SHA-256", password: "Kreis des Lebens, übergroß", ..MD5
    },
];
