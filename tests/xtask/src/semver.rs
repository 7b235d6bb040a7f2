//! Whether `specwright diff` asks for the version that cargo-semver-checks asks for.
//!
//! Both look at the same edits of one document, each in its own way: `diff` at what the generator would
//! write, cargo-semver-checks at the documentation of two crates that it wrote.

mod crates;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

use self::crates::Crates;
use self::table::{Bump, Edit, Edits};
use crate::workspace;

/// Where the edits are, from the root of the workspace: a test of `diff` reads them too.
const EDITS: &str = "codegen/src/diff/edits.yaml";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only edits whose text contains this; may be repeated.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Where cargo-semver-checks is, and is installed to; `target/peers` unless given.
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Writes the table into `codegen/docs/semver.md`.
    #[arg(long)]
    record: bool,
}

/// What one edit asks of the client's version, by each of the two.
struct Row<'e> {
    edit: &'e Edit,
    ours: Bump,
    theirs: Bump,
}

impl Row<'_> {
    /// Asking for less than what breaks a build is wrong; asking for more has to be explained.
    fn is_well(&self) -> bool {
        let is_explained = self.edit.unseen.is_some();
        self.ours == self.edit.bump
            && self.theirs <= self.ours
            && is_explained == (self.ours == Bump::Major && self.theirs != Bump::Major)
    }
}

/// Compares the two on every edit; whether they agree, but for what is explained.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let edits = Edits::read(&workspace::root().join(EDITS))?;
    let peers = arguments.peers.clone().unwrap_or_else(|| workspace::target().join("peers"));
    let checks = Checks::installed(&peers)?;
    let crates = Crates::new(&edits.base)?;
    let is_meant = |edit: &&Edit| {
        arguments.only.is_empty() || arguments.only.iter().any(|part| edit.contains(part))
    };
    let mut rows = Vec::new();
    for edit in edits.edits.iter().filter(is_meant) {
        let (document, ours) = crates.diff(&edits.edited(edit)?)?;
        let theirs = checks.compare(crates.before(), &crates.documented(&document)?)?;
        let row = Row { edit, ours, theirs };
        let mark = if row.is_well() { "  " } else { "! " };
        println!("{mark}{:6} {:6} {:?} -> {:?}", ours.name(), theirs.name(), edit.from, edit.to);
        rows.push(row);
    }
    let wrong = rows.iter().filter(|row| !row.is_well()).count();
    println!("{} edits, {wrong} of them not as they should be", rows.len());
    if arguments.record {
        table::record(&rows, &checks.version)?;
    }
    Ok(wrong == 0)
}

/// cargo-semver-checks.
struct Checks {
    program: PathBuf,
    version: String,
}

impl Checks {
    fn installed(folder: &Path) -> Result<Self, String> {
        let file = format!("bin/cargo-semver-checks{}", std::env::consts::EXE_SUFFIX);
        let program = folder.join(file);
        if !program.is_file() {
            let mut cargo = workspace::cargo();
            cargo.args(["install", "--quiet", "--locked", "--root"]);
            said(cargo.arg(folder).arg("cargo-semver-checks"))?;
        }
        let version = said(Command::new(&program).args(["semver-checks", "--version"]))?;
        Ok(Self { program, version: version.trim().replace("cargo-semver-checks ", "") })
    }

    /// What it asks for between two crates, each given as the JSON of its documentation.
    fn compare(&self, before: &Path, after: &Path) -> Result<Bump, String> {
        let mut command = Command::new(&self.program);
        command.args(["semver-checks", "--color", "never", "--release-type", "patch"]);
        command.arg("--baseline-rustdoc").arg(before).arg("--current-rustdoc").arg(after);
        let output = command.output().map_err(|error| error.to_string())?;
        let (out, told) = (text(&output.stdout), text(&output.stderr));
        let told = format!("{out}{told}");
        let summary = told.lines().find(|line| line.trim_start().starts_with("Summary"));
        match summary {
            Some(line) if line.contains("new major version") => Ok(Bump::Major),
            Some(line) if line.contains("new minor version") => Ok(Bump::Minor),
            Some(line) if line.contains("no semver update") => Ok(Bump::Patch),
            _ => Err(format!("cargo-semver-checks said nothing that is known:\n{told}")),
        }
    }
}

/// What a command prints, if it succeeds.
fn said(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(format!("{command:?}: {}\n{}", output.status, text(&output.stderr)))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
