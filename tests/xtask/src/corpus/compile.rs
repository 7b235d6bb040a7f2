//! What the compiler says of the output: each document a crate, as its user would have it, all of
//! them members of one workspace, so that dependencies are compiled once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use super::documents::Document;
use super::generate::{Complaint, Outcome};
use crate::workspace::{self, cargo, target};

/// A line of `cargo check --message-format json`.
#[derive(Deserialize)]
struct Line {
    reason: String,
    target: Option<Target>,
    message: Option<Spoken>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Spoken {
    level: String,
    message: String,
    code: Option<Code>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

/// Writes the manifest of a workspace of these crates. The generator looks at it, too: it makes a
/// crate a workspace of its own where the one around it does not list it.
pub(super) fn write_workspace<'s>(
    folder: &Path,
    crates: impl Iterator<Item = &'s str>,
) -> Result<(), String> {
    let mut text = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
    for name in crates {
        let _ = writeln!(text, "    {name:?},");
    }
    // As the workspace of the runtime has it, whose compiled dependencies then serve here.
    text.push_str("]\n\n[profile.dev]\ndebug = \"line-tables-only\"\nincremental = false\n");
    std::fs::write(folder.join("Cargo.toml"), text).map_err(|error| error.to_string())?;
    std::fs::copy(workspace::root().join("Cargo.lock"), folder.join("Cargo.lock"))
        .map(drop)
        .map_err(|error| error.to_string())
}

/// Compiles what was generated, and says of each outcome what the compiler said of it.
pub(super) fn check(
    folder: &Path,
    documents: &[Document],
    outcomes: &mut [Outcome],
) -> Result<(), String> {
    let generated = documents.iter().zip(&*outcomes).filter(|(_, outcome)| outcome.is_generated());
    let slugs: Vec<&str> = generated.map(|(document, _)| document.slug.as_str()).collect();
    if slugs.is_empty() {
        return Ok(());
    }
    write_workspace(folder, slugs.iter().copied())?;
    let output = cargo()
        .current_dir(folder)
        .args(["check", "--workspace", "--lib", "--keep-going", "--quiet", "--offline"])
        .args(["--message-format=json", "--target-dir"])
        .arg(target())
        .output()
        .map_err(|error| error.to_string())?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let mut by_crate: BTreeMap<String, Vec<Complaint>> = BTreeMap::new();
    for line in lines.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()) {
        if let Some((name, complaint)) = complaint(line) {
            by_crate.entry(name).or_default().push(complaint);
        }
    }
    // Without a word about any crate it is cargo itself that failed.
    if !output.status.success() && by_crate.values().flatten().all(|one| !one.is_error) {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    for (document, outcome) in documents.iter().zip(outcomes) {
        if outcome.is_generated() {
            let name = document.slug.replace('-', "_");
            outcome.complaints = Some(by_crate.remove(&name).unwrap_or_default());
        }
    }
    Ok(())
}

fn complaint(line: Line) -> Option<(String, Complaint)> {
    let (target, spoken) = (line.target?, line.message?);
    let is_error = spoken.level.starts_with("error");
    // The last words of the compiler, which only count the others, have no code and no place.
    let is_count = spoken.code.is_none()
        && (spoken.message.starts_with("aborting due to") || spoken.message.contains("emitted"));
    if line.reason != "compiler-message" || is_count || !(is_error || spoken.level == "warning") {
        return None;
    }
    let code = spoken.code.map_or_else(|| spoken.message.clone(), |code| code.code);
    let rendered = spoken.rendered.unwrap_or(spoken.message);
    Some((target.name, Complaint { is_error, code, rendered }))
}
