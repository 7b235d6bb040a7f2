//! What a call costs its caller beside the same call written by hand: instructions and allocations,
//! as valgrind counts them. Nothing here looks at a clock.
//!
//! Everything is run a few times and many times; the difference, divided, is one call, without the
//! start of the program and the first connection.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::workspace;

/// How often a call is made, and how often beside.
const CALLS: (u32, u32) = (50, 100);
/// The same for a list.
const LISTS: (u32, u32) = (1, 2);
/// What issue and docs allow: so many times the instructions of what is written by hand.
const MOST_CALL: f64 = 1.10;
const MOST_LIST: f64 = 1.10;
/// And so many allocations more.
const MOST_ALLOCATIONS: f64 = 8.0;

/// What one call takes.
#[derive(Clone, Copy, Debug)]
struct Count {
    instructions: f64,
    allocations: f64,
}

/// Prints what calls and lists take; whether it is within what is allowed.
pub(super) fn run() -> Result<bool, String> {
    let binary = workspace::compared("callcost")?;
    let server = Server::start(&binary)?;
    let call = |who: &str, times: u32| {
        vec!["call".into(), who.into(), server.url.clone(), times.to_string()]
    };
    let list = |who: &str, times: u32| vec!["decode".into(), who.into(), times.to_string()];
    let calls = ["generated", "by-hand"].map(|who| count(&binary, CALLS, |times| call(who, times)));
    let lists = ["generated", "by-hand"].map(|who| count(&binary, LISTS, |times| list(who, times)));
    let [ours, theirs] = calls;
    let calls_are_good = tell("one call", ours?, theirs?, MOST_CALL);
    let [ours, theirs] = lists;
    let lists_are_good = tell("a list of 1 MB", ours?, theirs?, MOST_LIST);
    Ok(calls_are_good && lists_are_good)
}

fn tell(what: &str, ours: Count, theirs: Count, most: f64) -> bool {
    let ratio = ours.instructions / theirs.instructions;
    let more = ours.allocations - theirs.allocations;
    let is_good = ratio <= most && more <= MOST_ALLOCATIONS;
    println!(
        "{what}: {:.0} instructions, by hand {:.0}: {ratio:.3} × (at most {most:.2}); {:.0} allocations, \
         by hand {:.0}: {more:+.0} (at most {MOST_ALLOCATIONS:+.0}): {}",
        ours.instructions,
        theirs.instructions,
        ours.allocations,
        theirs.allocations,
        if is_good { "ok" } else { "TOO MUCH" },
    );
    is_good
}

/// Counts what one time takes, of so many times and so many more.
fn count(
    binary: &Path,
    (few, more): (u32, u32),
    words: impl Fn(u32) -> Vec<String>,
) -> Result<Count, String> {
    let instructions = |times| valgrind(binary, "callgrind", &words(times), "Collected :");
    let allocations = |times| valgrind(binary, "memcheck", &words(times), "total heap usage:");
    let each = |first: f64, second: f64| (second - first) / f64::from(more);
    Ok(Count {
        instructions: each(instructions(few)?, instructions(few + more)?),
        allocations: each(allocations(few)?, allocations(few + more)?),
    })
}

/// Runs a program under a tool of valgrind, and reads the number behind `label`.
fn valgrind(binary: &Path, tool: &str, words: &[String], label: &str) -> Result<f64, String> {
    let mut command = Command::new("valgrind");
    command.arg(format!("--tool={tool}"));
    if tool == "callgrind" {
        command.arg("--callgrind-out-file=/dev/null");
    }
    let output = command.arg(binary).args(words).output();
    let output = output.map_err(|error| format!("valgrind cannot be run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let number = said.lines().find_map(|line| {
        let rest = line.split_once(label)?.1.trim_start();
        let digits = rest.split(|sign: char| !sign.is_ascii_digit() && sign != ',').next()?;
        digits.replace(',', "").parse().ok()
    });
    let last = || said.lines().last().unwrap_or_default().to_owned();
    match number {
        Some(number) if output.status.success() => Ok(number),
        Some(_) | None => Err(format!("{tool} counts nothing: {}", last())),
    }
}

/// The server that answers, in a process of its own.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(binary: &PathBuf) -> Result<Self, String> {
        let mut command = Command::new(binary);
        let process = command.arg("serve").stdout(Stdio::piped()).spawn();
        let mut process = process.map_err(|error| error.to_string())?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
        }
        Ok(Self { process, url: line.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
