//! The client's side of `tests/judges/run`: talks to a server that somebody else wrote, and says
//! what came of it.
//!
//! ```sh
//! cargo run -p specwright-tests --example judged -- JUDGE http://127.0.0.1:PORT
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

use std::process::ExitCode;
use std::time::Duration;

use specwright_runtime::BuildError;

use self::check::Checks;
use self::digest::Place;

mod check;
mod digest;
mod document;
mod faults;
mod httpbin;
mod mocked;
mod tokens;
mod wire;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // The last one is where the server itself is, when a judge stands in front of it.
    let (judge, base, server) = match arguments.as_slice() {
        [judge, base] => (judge, base, base),
        [judge, base, server] => (judge, base, server),
        _ => {
            eprintln!("usage: judged JUDGE BASE_URL [SERVER_URL]");
            return ExitCode::from(2);
        }
    };
    let mut checks = Checks::default();
    if let Err(error) = ask(&mut checks, judge, base, server).await {
        eprintln!("{judge}: {error}");
        return ExitCode::from(2);
    }
    if checks.report(judge) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn ask(checks: &mut Checks, judge: &str, base: &str, server: &str) -> Result<(), BuildError> {
    match judge {
        "apache" => places(checks, base, &APACHE).await,
        "lighttpd" => places(checks, base, &LIGHTTPD).await,
        "flask-httpauth" => places(checks, base, &FLASK_HTTPAUTH).await,
        "httpbin" => httpbin::check(checks, base).await,
        "wiremock" => faults::check(checks, base).await,
        "authlib" => tokens::check(checks, base).await,
        "openapi-core" | "prism" => document::check(checks, base, server).await,
        "prism-mock" => mocked::check(checks, base).await,
        _ => {
            checks.that("the judge is known", false);
            Ok(())
        }
    }
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
