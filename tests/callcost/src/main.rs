//! One call through a generated client, and the same call written by hand with reqwest and serde's
//! derives: two programs that do the same, for an instrument that counts. `cargo xtask compare
//! --calls` runs them under valgrind, so many times and so many times more; what is between the two
//! is the calls alone, without what it takes to start.
//!
//! ```sh
//! cargo run --release -p callcost -- serve          # says where it listens
//! cargo run --release -p callcost -- call generated http://127.0.0.1:PORT 100
//! cargo run --release -p callcost -- decode by-hand 10
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

mod by_hand;
mod generated;
mod server;

use std::error::Error;
use std::process::ExitCode;

/// What both ask for.
const GROUP: &str = "32b6e34b3d91647abb20e7b8";
const CLUSTER: &str = "Cluster0";
const NOTE: &str = "before migration";
const DAYS: i32 = 7;
/// The size of the list that is decoded.
const LIST: usize = 1 << 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve"] => server::serve(),
        ["call", who, url, times] => call(who, url, times.parse()?),
        ["decode", who, times] => decode(who, times.parse()?),
        _ => {
            Err("serve | call generated|by-hand URL TIMES | decode generated|by-hand TIMES".into())
        }
    }
}

/// Everything on one thread, so that what is counted is always the same.
fn call(who: &str, url: &str, times: u32) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match who {
        "generated" => runtime.block_on(generated::call(url, times)),
        "by-hand" => runtime.block_on(by_hand::call(url, times)),
        _ => Err("who?".into()),
    }
}

/// A list of a megabyte, of answers as the server gives them.
fn decode(who: &str, times: u32) -> Result<(), Box<dyn Error>> {
    let number = LIST / server::SNAPSHOT.len();
    let text = format!("[{}]", vec![server::SNAPSHOT; number].join(","));
    let read: fn(&[u8]) -> Result<usize, serde_json::Error> = match who {
        "generated" => generated::decode,
        "by-hand" => by_hand::decode,
        _ => return Err("who?".into()),
    };
    for _ in 0..times {
        if read(text.as_bytes())? != number {
            return Err("the list has another length".into());
        }
    }
    Ok(())
}
