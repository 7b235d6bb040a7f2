//! The clients before and after an edit, and what rustdoc knows of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use tempfile::TempDir;

use super::said;
use super::table::Bump;
use crate::workspace;

/// What both clients are called, for an item is known by its path.
const CRATE: &str = "pets";

/// The client before, documented, and room for the one after.
pub(super) struct Crates {
    generator: PathBuf,
    folder: TempDir,
    before: PathBuf,
}

/// As much of what `diff` prints as is needed.
#[derive(Deserialize)]
struct Difference {
    bump: Bump,
}

impl Crates {
    pub(super) fn new(base: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let generator = workspace::generator()?;
        let mut crates = Self { generator, folder, before: PathBuf::new() };
        let document = crates.written("before.yaml", base)?;
        let documented = crates.documented(&document)?;
        crates.before = crates.folder.path().join("before.json");
        std::fs::copy(documented, &crates.before).map_err(|error| error.to_string())?;
        Ok(crates)
    }

    /// The documentation of the client before.
    pub(super) fn before(&self) -> &Path {
        &self.before
    }

    /// The edited document, and what `diff` asks for.
    pub(super) fn diff(&self, edited: &str) -> Result<(PathBuf, Bump), String> {
        let document = self.written("after.yaml", edited)?;
        let mut command = Command::new(&self.generator);
        command.args(["diff", "--format", "json"]);
        command.arg(self.folder.path().join("before.yaml")).arg(&document);
        // A difference is a status of its own.
        let output = command.output().map_err(|error| error.to_string())?;
        let difference: Difference = serde_json::from_slice(&output.stdout).map_err(|error| {
            format!("specwright diff: {error}\n{}", String::from_utf8_lossy(&output.stderr))
        })?;
        Ok((document, difference.bump))
    }

    /// Generates the client of a document, and has rustdoc describe it.
    pub(super) fn documented(&self, document: &Path) -> Result<PathBuf, String> {
        let client = self.folder.path().join("client");
        let mut command = Command::new(&self.generator);
        command.args(["generate", "--crate-name", CRATE, "--spec"]).arg(document);
        command.arg("--out").arg(&client);
        command.arg("--runtime-path").arg(workspace::root().join("runtime"));
        said(&mut command)?;
        let target = workspace::target().join("semver");
        let mut cargo = workspace::cargo();
        // Cargo's book has this format among what is not stable, and cargo-semver-checks asks for it in
        // the same way.
        cargo.env("RUSTC_BOOTSTRAP", "1").args(["rustdoc", "--quiet", "--lib", "--all-features"]);
        cargo.arg("--manifest-path").arg(client.join("Cargo.toml"));
        cargo.arg("--target-dir").arg(&target);
        cargo.args(["--", "-Zunstable-options", "--output-format", "json"]);
        said(&mut cargo)?;
        Ok(target.join("doc").join(format!("{CRATE}.json")))
    }

    fn written(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok(path)
    }
}
