//! What a generator has written, as a crate the compiler can be let at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use toml_edit::{DocumentMut, Item, Table};

use super::generator::{CRATE, Kind};
use crate::measure::{self, Taken};
use crate::workspace;

/// What the programs call: the operation of the Atlas document that takes a snapshot.
const OPERATION: &str = "operationId: takeSnapshots\n";
/// After how long anything is given up.
pub(super) const PATIENCE: u64 = 3600;

/// A generated crate.
#[derive(Clone, Debug)]
pub(super) struct Output {
    kind: Kind,
    /// Where the generator writes; the crate, or a folder in its `src`.
    pub(super) written: PathBuf,
    folder: PathBuf,
    target: PathBuf,
}

/// What the compiler is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Build {
    Check,
    /// The library, optimised.
    Release,
    /// The library, optimised, and a program that makes one call.
    Program,
}

impl Build {
    fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check", "--all-features"],
            Self::Release => &["build", "--release", "--all-features"],
            Self::Program => &["build", "--release", "--all-features", "--example", "one"],
        }
    }
}

impl Output {
    pub(super) fn new(kind: Kind, document: &str) -> Self {
        let place = place();
        let name = kind.name().replace(' ', "-");
        let folder = place.join(document).join(&name);
        let written = match kind {
            Kind::OpenapiToRust => folder.join("src/generated"),
            Kind::Ours | Kind::Floor | Kind::Ploidy | Kind::OpenapiGenerator | Kind::Progenitor => {
                folder.clone()
            }
        };
        Self { kind, written, folder, target: place.join("target").join(name) }
    }

    /// Takes what was written before out of the way. It is deleted when all is measured: a file system
    /// that looks for an inode that was not in use a moment ago is slow in making the next files.
    pub(super) fn clear(&self) -> Result<(), String> {
        static MOVED: AtomicUsize = AtomicUsize::new(0);
        if self.folder.exists() {
            let to = aside().join(MOVED.fetch_add(1, Ordering::Relaxed).to_string());
            std::fs::create_dir_all(aside())
                .and_then(|()| std::fs::rename(&self.folder, to))
                .map_err(|error| error.to_string())?;
        }
        // Most of them make their folder, but not the folders around it.
        let around = self.written.parent().unwrap_or(&self.written);
        std::fs::create_dir_all(around).map_err(|error| error.to_string())
    }

    /// The lines of Rust in it.
    pub(super) fn lines(&self) -> usize {
        lines(&self.folder.join("src"))
    }

    /// Makes a crate of it that stands alone, where the generator has not.
    pub(super) fn complete(&self) -> Result<(), String> {
        let manifest = self.folder.join("Cargo.toml");
        if self.kind == Kind::OpenapiToRust && !manifest.exists() {
            let needed = self.written.join("REQUIRED_DEPS.toml");
            let needed = std::fs::read_to_string(needed).map_err(|error| error.to_string())?;
            let head = format!(
                "[package]\nname = \"{CRATE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n"
            );
            write(&manifest, &(head + &needed))?;
            write(&self.root(), "pub mod generated;\n")?;
        }
        let text = std::fs::read_to_string(&manifest).map_err(|error| error.to_string())?;
        let mut table: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
        table.entry("workspace").or_insert_with(|| Item::Table(Table::new()));
        write(&manifest, &table.to_string())
    }

    /// Adds a program that makes one call, if one is known for this generator and document;
    /// whether it is.
    pub(super) fn add_program(&self, document: &Path) -> Result<bool, String> {
        let known = std::fs::read_to_string(document).is_ok_and(|text| text.contains(OPERATION));
        let Some(text) = self.program().filter(|_| known) else { return Ok(false) };
        std::fs::create_dir_all(self.folder.join("examples")).map_err(|error| error.to_string())?;
        write(&self.folder.join("examples/one.rs"), text)?;
        let manifest = self.folder.join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest).map_err(|error| error.to_string())?;
        let mut table: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
        let more = "tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";
        let more: DocumentMut = more.parse().map_err(|error| format!("{error}"))?;
        table.insert("dev-dependencies", Item::Table(more.as_table().clone()));
        write(&manifest, &table.to_string()).map(|()| true)
    }

    /// The program that takes one snapshot, as this generator's users write it.
    fn program(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Ours => Some(include_str!("programs/specwright.rs")),
            Kind::Ploidy => Some(include_str!("programs/ploidy.rs")),
            Kind::OpenapiGenerator => Some(include_str!("programs/openapi-generator.rs")),
            Kind::Floor | Kind::OpenapiToRust | Kind::Progenitor => None,
        }
    }

    /// Runs the compiler once, unmeasured, so that dependencies are there; why it failed, if it did.
    pub(super) fn prepare(&self, build: Build) -> Result<(), String> {
        let (_, said, taken) = self.cargo(build, &self.target)?;
        if taken.status == Some(0) { Ok(()) } else { Err(complaint(&said)) }
    }

    /// What the compiler takes for this crate alone.
    pub(super) fn build(&self, build: Build) -> Result<Taken, String> {
        touch(&self.root())?;
        if build == Build::Program {
            touch(&self.folder.join("examples/one.rs"))?;
        }
        let (_, said, taken) = self.cargo(build, &self.target)?;
        if taken.status == Some(0) { Ok(taken) } else { Err(complaint(&said)) }
    }

    /// What the compiler takes for a crate with the same dependencies and nothing in it.
    pub(super) fn build_empty(&self) -> Result<Taken, String> {
        let text = std::fs::read_to_string(self.root()).map_err(|error| error.to_string())?;
        write(&self.root(), "")?;
        let taken = self.build(Build::Check);
        write(&self.root(), &text)?;
        taken
    }

    /// What everything takes from nothing, as its users get it: with default features.
    pub(super) fn build_cold(&self) -> Result<Taken, String> {
        build_cold(&self.folder)
    }

    /// How many packages it needs beside itself, with default features.
    pub(super) fn crates(&self) -> Result<usize, String> {
        crates(&self.folder)
    }

    fn cargo(&self, build: Build, target: &Path) -> Result<(Vec<String>, String, Taken), String> {
        let manifest = self.folder.join("Cargo.toml").display().to_string();
        let target = target.display().to_string();
        let mut words = build.flags().to_vec();
        words.extend(["--manifest-path", &manifest, "--target-dir", &target]);
        cargo(&words)
    }

    fn root(&self) -> PathBuf {
        self.folder.join("src/lib.rs")
    }
}

/// Where everything is written.
fn place() -> PathBuf {
    workspace::target().join("compare")
}

/// Where that goes which is to be deleted.
fn aside() -> PathBuf {
    place().join("aside")
}

/// Deletes what earlier runs wrote.
pub(super) fn sweep() -> Result<(), String> {
    match std::fs::remove_dir_all(aside()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// What a build of a crate takes with all it needs, with default features and from nothing.
pub(super) fn build_cold(folder: &Path) -> Result<Taken, String> {
    let target = folder.join("cold");
    let manifest = folder.join("Cargo.toml").display().to_string();
    let place = target.display().to_string();
    let outcome =
        cargo(&["build", "--quiet", "--manifest-path", &manifest, "--target-dir", &place]);
    let _ = std::fs::remove_dir_all(&target);
    let (_, said, taken) = outcome?;
    if taken.status == Some(0) { Ok(taken) } else { Err(complaint(&said)) }
}

/// How many packages a crate needs beside itself, with default features.
pub(super) fn crates(folder: &Path) -> Result<usize, String> {
    let output = workspace::cargo()
        .args(["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let packages: BTreeSet<&str> = text.lines().collect();
    packages.len().checked_sub(1).ok_or_else(|| "cargo tree says nothing".to_owned())
}

/// Runs cargo, measured; without incremental builds, of which the second would measure nothing.
fn cargo(words: &[&str]) -> Result<(Vec<String>, String, Taken), String> {
    let mut all = vec!["CARGO_INCREMENTAL=0".to_owned(), "cargo".to_owned()];
    all.extend(words.iter().map(|&word| word.to_owned()));
    measure::measured(Path::new("env"), &all, PATIENCE)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Makes a file look changed to cargo.
fn touch(path: &Path) -> Result<(), String> {
    let file = std::fs::File::options().append(true).open(path);
    let touched = file.and_then(|file| file.set_modified(std::time::SystemTime::now()));
    touched.map_err(|error| format!("{}: {error}", path.display()))
}

/// What the compiler says of why it failed: the number of errors, if that is it.
fn complaint(said: &str) -> String {
    let last = said.lines().rfind(|line| line.starts_with("error"));
    match last.and_then(|line| line.split(" due to ").nth(1)) {
        Some(number) => format!("does not compile: {}", number.split(';').next().unwrap_or(number)),
        None => last.unwrap_or("does not build").to_owned(),
    }
}

fn lines(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let lines_of = |path: PathBuf| {
        if path.is_dir() {
            lines(&path)
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            std::fs::read_to_string(path).map_or(0, |text| text.lines().count())
        } else {
            0
        }
    };
    entries.flatten().map(|entry| lines_of(entry.path())).sum()
}
