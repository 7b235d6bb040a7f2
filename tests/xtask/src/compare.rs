//! This generator beside others, on the same documents: what each takes to run, and what the
//! compiler takes for what it writes.
//!
//! Everything is run in turn, ours and theirs, so that a machine that is busy for a while is so for
//! all of them. `generator` knows the programs, `output` makes a crate of what they write and lets
//! the compiler at it, `rows` says what is measured in which order, `table` shows it.

mod calls;
mod generator;
mod output;
mod rows;
mod sample;
mod table;
mod tls;

use std::path::{Path, PathBuf};

use self::generator::{Generator, Kind};
use crate::workspace;

/// The document of the tables in the docs, where it lies beside the workspace.
const WHOLE: &str = "../shared/corpus/mongodb-atlas.yaml";
/// The document that is part of the workspace.
const OWN: &str = "spec/atlas-snapshots.yaml";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The documents; unless given the one in `spec/`, and the whole Atlas document where it lies
    /// beside the workspace.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    documents: Vec<PathBuf>,
    /// How often each generator runs.
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// How often the compiler runs on each output; as often as the generators unless given, and
    /// not at all if 0.
    #[arg(long, value_name = "N")]
    builds: Option<usize>,
    /// How often everything is built from nothing; as often as the other builds unless given.
    #[arg(long, value_name = "N")]
    cold: Option<usize>,
    /// Beside this generator only those whose name contains this; may be repeated.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// One run of each; no release builds, and none from nothing.
    #[arg(long)]
    quick: bool,
    /// Where the other generators are, and are installed to; `target/peers` unless given.
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Writes the tables into `codegen/docs/performance.md`, and the first into the README if that
    /// has a place for it.
    #[arg(long)]
    record: bool,
    /// Prints what a call costs beside one written by hand, and nothing else.
    #[arg(long)]
    calls: bool,
    /// Prints what TLS costs, by feature of the runtime, and nothing else.
    #[arg(long)]
    tls: bool,
}

/// How often, and how much.
#[derive(Clone, Copy, Debug)]
struct Plan {
    runs: usize,
    builds: usize,
    cold: usize,
    /// Whether release builds are measured.
    releases: bool,
}

impl Arguments {
    fn plan(&self) -> Plan {
        if self.quick {
            return Plan { runs: 1, builds: 1, cold: 0, releases: false };
        }
        let builds = self.builds.unwrap_or(self.runs);
        let cold = self.cold.unwrap_or(builds);
        Plan { runs: self.runs.max(1), builds, cold, releases: true }
    }

    fn documents(&self) -> Result<Vec<PathBuf>, String> {
        let mut documents = self.documents.clone();
        if documents.is_empty() {
            documents.push(workspace::root().join(OWN));
            let whole = workspace::root().join(WHOLE);
            if whole.is_file() {
                documents.insert(0, whole);
            } else {
                println!("skipped: the whole Atlas document (there is no {WHOLE})");
            }
        }
        let real = |path: &PathBuf| {
            std::fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()))
        };
        documents.iter().map(real).collect()
    }
}

/// Measures and prints; whether our own output compiled.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    if arguments.calls {
        return calls::run();
    }
    if arguments.tls {
        return tls::run(arguments.plan().runs);
    }
    let plan = arguments.plan();
    let documents = arguments.documents()?;
    let generators = generators(arguments)?;
    let own = std::fs::canonicalize(workspace::root().join(OWN)).ok();
    output::sweep()?;
    let mut tables = Vec::new();
    let mut is_sound = true;
    for document in &documents {
        // Dependencies cost the same whatever the document is.
        let cold = if Some(document) == own.as_ref() { plan.cold } else { 0 };
        let rows = rows::measure(&generators, document, Plan { cold, ..plan })?;
        is_sound &= rows.iter().all(|row| row.cells.first().is_some_and(rows::Cell::is_sound));
        let table = table::render(&name(document), &generators, &rows, plan);
        println!("\n{table}");
        tables.push(table);
    }
    output::sweep()?;
    if arguments.record {
        table::record(&tables)?;
    }
    Ok(is_sound)
}

/// Ours first, then those that can be had.
fn generators(arguments: &Arguments) -> Result<Vec<Generator>, String> {
    let folder = arguments.peers.clone().unwrap_or_else(|| workspace::target().join("peers"));
    let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
    let mut generators = vec![Generator::ours()?, Generator::floor()?];
    for kind in Kind::PEERS {
        let name = kind.name();
        if !arguments.only.is_empty() && !arguments.only.iter().any(|part| name.contains(part)) {
            continue;
        }
        match Generator::peer(kind, &folder) {
            Ok(peer) => generators.push(peer),
            Err(why) => println!("skipped: {name} ({why})"),
        }
    }
    Ok(generators)
}

fn name(document: &Path) -> String {
    document.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
