//! The workspace these chores belong to: its folders, its cargo, its generator.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    const LEVELS: usize = 2;
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(LEVELS).unwrap_or(Path::new("."))
}

/// The folder of everything cargo makes.
pub(crate) fn target() -> PathBuf {
    let given = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(given.unwrap_or_else(|| "target".into()))
}

pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Builds the generator as it would be released, and says where it is.
pub(crate) fn generator() -> Result<PathBuf, String> {
    release(&["--package", "specwright"], "specwright")
}

/// Builds all that is compared, which shares most of what it needs, and says where `file` of it is
/// below `target/release`.
pub(crate) fn compared(file: &str) -> Result<PathBuf, String> {
    let generator = ["--package", "specwright", "--bin", "specwright", "--example", "floor"];
    let calls = ["--package", "callcost", "--bin", "callcost"];
    release(&[&generator[..], &calls[..]].concat(), file)
}

/// Builds what cargo calls `what`, and says where `file` of it is below `target/release`.
fn release(what: &[&str], file: &str) -> Result<PathBuf, String> {
    let mut cargo = cargo();
    cargo.args(["build", "--release", "--quiet"]).args(what);
    let status = cargo.status().map_err(|error| error.to_string())?;
    if !status.success() {
        return Err(format!("{file} does not build"));
    }
    Ok(target().join("release").join(format!("{file}{}", std::env::consts::EXE_SUFFIX)))
}
