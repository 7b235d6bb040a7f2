//! Proves that generated clients are honest to their documents; see `specwright_tests::proof`.
//!
//! ```sh
//! cargo run -p specwright-tests --bin proof -- DOCUMENT… [--instances N] [--seed N] [--cases]
//!     [--all-versions] [--typed]
//! ```
//!
//! `--cases` adds every document of `tests/cases`; `--all-versions` is handed to the generator. Fails
//! if anything is not as the document says; with `--typed` also if the generator leaves a value
//! untyped that the document types.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use specwright::diagnostics::Code;
use specwright_tests::documents::{self, workspace};
use specwright_tests::drive::build;
use specwright_tests::proof::roundtrip::{self, Plan};
use specwright_tests::proof::{calls, census};

struct Arguments {
    documents: Vec<PathBuf>,
    /// For the generator.
    flags: Vec<String>,
    /// Nothing may be left open by the generator.
    typed_only: bool,
    plan: Plan,
}

fn main() -> ExitCode {
    // Documents decide how deep values nest.
    let worker =
        std::thread::Builder::new().stack_size(64 << 20).spawn(|| arguments().and_then(run));
    let outcome = worker.map_err(|error| error.to_string()).map(|thread| thread.join());
    match outcome {
        Ok(Ok(Ok(true))) => ExitCode::SUCCESS,
        Ok(Ok(Ok(false)) | Err(_)) => ExitCode::FAILURE,
        Ok(Ok(Err(why))) | Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Arguments, String> {
    let (mut documents, mut flags, mut typed_only) = (Vec::new(), Vec::new(), false);
    let mut plan = Plan { instances: 20, seed: 1 };
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        let mut number = || -> Result<u64, String> {
            let text = given.next().unwrap_or_default();
            text.parse().map_err(|_| format!("`{argument}` takes a number"))
        };
        match argument.as_str() {
            "--instances" => plan.instances = number()? as usize,
            "--seed" => plan.seed = number()?,
            "--typed" => typed_only = true,
            "--all-versions" => flags.push(argument),
            "--cases" => {
                let cases = documents::case_files().into_iter();
                documents.extend(cases.filter(|case| is_read(case) && !is_broken(case)));
            }
            flag if flag.starts_with("--") => return Err(format!("there is no `{flag}`")),
            path => documents.push(PathBuf::from(path)),
        }
    }
    if documents.is_empty() {
        return Err("name a document, or say `--cases`".to_owned());
    }
    Ok(Arguments { documents, flags, typed_only, plan })
}

/// Whether the raw reader of the proof knows the grammar of a case: that of OpenAPI 3.0 alone, in
/// one file.
fn is_read(case: &Path) -> bool {
    let text = std::fs::read_to_string(case).unwrap_or_default();
    !case.with_extension("").is_dir() && text.lines().any(|line| line.starts_with("openapi: 3.0"))
}

/// Whether a case breaks the specification on purpose: such a document cannot judge what is made of
/// it.
fn is_broken(case: &Path) -> bool {
    let name = case.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let warnings = documents::case(name).as_crate().warnings;
    warnings.iter().any(|warning| warning.code == Code::FaultyDocument)
}

/// Whether everything holds.
fn run(Arguments { documents, flags, typed_only, plan }: Arguments) -> Result<bool, String> {
    let folder = folder(&documents, &flags);
    println!("seed {}, {} instances a schema", plan.seed, plan.instances);
    let (subjects, mut driver) = build(&documents, &flags, &folder)?;
    let mut sound = true;
    for subject in &subjects {
        let outcome = roundtrip::run(subject, &mut driver, plan)?;
        let (schemas, instances) = (outcome.schemas, outcome.instances);
        println!("{}: {instances} instances of {schemas} schemas", subject.name);
        print!("{}", outcome.tally);
        sound &= outcome.tally.failures.is_empty();
        let outcome = census::run(subject);
        let census::Outcome { typed, by_document, by_us, tally } = &outcome;
        println!(
            "  {typed} places typed, {by_document} left open by the document, {by_us} by the generator"
        );
        print!("{tally}");
        sound &= tally.failures.is_empty() && (*by_us == 0 || !typed_only);
        let outcome = calls::run(subject, &mut driver, plan)?;
        print!("{}", said(&outcome));
        sound &= outcome.tally.failures.is_empty();
    }
    Ok(sound)
}

/// The counts of the calls.
fn said(outcome: &calls::Outcome) -> String {
    let calls::Outcome { operations, exercised, requests, errors, examples, .. } = outcome;
    let seen = |seen: &calls::Seen| {
        let missing: Vec<&String> = seen.all.difference(&seen.seen).collect();
        let missing =
            if missing.is_empty() { String::new() } else { format!(", without {missing:?}") };
        format!(
            "{} of {}{missing}",
            seen.all.len() - seen.all.difference(&seen.seen).count(),
            seen.all.len()
        )
    };
    format!(
        "  {exercised} of {operations} operations called over HTTP\n  {requests} requests judged; of \
         the answers {examples} were the document's own examples, {errors} documented errors\n  media \
         types: {}\n  parameter styles: {}\n{}",
        seen(&outcome.media_types),
        seen(&outcome.styles),
        outcome.tally,
    )
}

/// One folder for each set of documents, so that a second run builds little.
fn folder(documents: &[PathBuf], flags: &[String]) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| workspace().join("target"));
    let name = match documents {
        [only] => only.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        several => format!("{}-documents", several.len()),
    };
    let name = name + &flags.concat();
    std::path::absolute(target.join("proof").join(Path::new(&name))).unwrap_or_default()
}
