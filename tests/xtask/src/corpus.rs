//! The generator on a folder of documents: what it made of each, what that cost, whether it
//! compiles, and whether all of this is as it is known to be.
//!
//! What is known lies in `tests/corpus`: which documents are refused and where
//! (`expected.tsv`), and which gaps are tolerated and why (`tolerated.toml`). A difference in
//! either direction fails, so that neither list can become stale.

mod compile;
mod documents;
mod expected;
mod generate;
mod report;
mod sample;
mod tolerated;
mod verdict;

use std::path::PathBuf;

use crate::workspace;

use self::documents::Document;
use self::generate::Outcome;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder; every file in it, however deep, whose root has `openapi` or `swagger` is a document.
    folder: PathBuf,
    /// Only documents whose path in the folder contains this; may be repeated.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// This file is the only document: the root of a tree of files. May be repeated.
    #[arg(long, value_name = "FILE")]
    root: Vec<PathBuf>,
    /// Compiles what is generated, each document as a crate.
    #[arg(long)]
    compile: bool,
    /// Only this many documents, chosen by the seed.
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// What chooses the sample: another one every day unless given.
    #[arg(long, requires = "sample")]
    seed: Option<u64>,
    /// Prints the sums alone, and what is not as it should be.
    #[arg(long)]
    brief: bool,
    /// The generator to measure; a release build of this workspace unless given.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Writes the table to `tests/corpus/<folder>.tsv`.
    #[arg(long, conflicts_with_all = ["only", "sample"])]
    record: bool,
    /// Takes the refusals of today for the expected ones. Read every one of them afterwards.
    #[arg(long, conflicts_with_all = ["only", "sample"])]
    accept: bool,
}

/// One run: the documents and what came of them.
struct Run {
    /// The name of the folder, by which the lists in `tests/corpus` know it.
    folder: String,
    documents: Vec<Document>,
    outcomes: Vec<Outcome>,
    /// Whether documents of the folder were left out.
    is_partial: bool,
}

/// Measures, prints and compares; whether all is as it should be.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let folder = std::fs::canonicalize(&arguments.folder)
        .map_err(|error| format!("{}: {error}", arguments.folder.display()))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut documents = documents::find(&folder, &arguments.root)?;
    documents.retain(|document| {
        arguments.only.is_empty() || arguments.only.iter().any(|part| document.name.contains(part))
    });
    if let Some(size) = arguments.sample {
        let seed = arguments.seed.unwrap_or_else(sample::of_today);
        println!("a sample of {size}: --seed {seed} chooses it again");
        documents = sample::choose(documents, size, seed);
    }
    if documents.is_empty() {
        return Err(format!("there is no document in {}", folder.display()));
    }
    let binary = match &arguments.binary {
        Some(binary) => std::path::absolute(binary).map_err(|error| error.to_string())?,
        None => workspace::generator()?,
    };
    let bench = generate::Bench::new(&name, binary, &documents)?;
    let mut outcomes = bench.generate_all(&documents)?;
    if arguments.compile {
        compile::check(bench.folder(), &documents, &mut outcomes)?;
    }
    let is_partial = !arguments.only.is_empty() || arguments.sample.is_some();
    let run = Run { folder: name, documents, outcomes, is_partial };
    if !arguments.brief {
        report::print(&run);
    }
    println!("{}", report::sums(&run));
    if arguments.record {
        report::record(&run)?;
    }
    if arguments.accept {
        expected::accept(&run)?;
    }
    let failures = verdict::failures(&run, arguments.compile)?;
    for failure in &failures {
        println!("FAILED {failure}");
    }
    Ok(failures.is_empty())
}

/// The folder that holds what is known of documents.
fn known() -> PathBuf {
    workspace::root().join("tests/corpus")
}
