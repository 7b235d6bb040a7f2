//! Runs the generator over the documents, several at once.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::documents::Document;
use crate::measure::{self, Taken};
use crate::workspace::{self, target};

/// Longer than any document takes by far.
const SECONDS: u64 = 60;

/// What came of a document.
pub(super) struct Outcome {
    pub(super) taken: Taken,
    pub(super) messages: Vec<Message>,
    /// The census, if there is output.
    pub(super) census: Option<Census>,
    /// What the generator said beside its messages; of interest if it failed as it should not.
    pub(super) said: String,
    /// What the compiler said, if it was asked.
    pub(super) complaints: Option<Vec<Complaint>>,
}

impl Outcome {
    pub(super) fn is_generated(&self) -> bool {
        self.taken.status == Some(0)
    }

    pub(super) fn is_refused(&self) -> bool {
        self.taken.status == Some(2)
    }
}

/// A diagnostic of the generator, as `--message-format json` has it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Message {
    pub(super) code: String,
    pub(super) severity: String,
    pub(super) message: String,
    pub(super) file: Option<String>,
    pub(super) line: Option<u64>,
}

impl Message {
    pub(super) fn is_error(&self) -> bool {
        self.severity == "error"
    }
}

/// What `--report` says.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Census {
    pub(super) operations: Vec<IgnoredAny>,
    pub(super) places: Places,
    pub(super) untyped_by_us: Vec<Untyped>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Places {
    pub(super) typed: u64,
    pub(super) untyped_by_document: u64,
    pub(super) untyped_by_fault: u64,
    pub(super) untyped_by_us: u64,
}

impl Places {
    pub(super) fn all(&self) -> u64 {
        self.typed + self.untyped_by_document + self.untyped_by_fault + self.untyped_by_us
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Untyped {
    pub(super) pointer: String,
    pub(super) reason: String,
}

/// An error or a warning of the compiler.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    pub(super) is_error: bool,
    /// Such as `E0308` or `dead_code`; the message itself where there is no code.
    pub(super) code: String,
    pub(super) rendered: String,
}

/// Where the output goes: a workspace of its own with a crate for each document.
pub(super) struct Bench {
    folder: PathBuf,
    binary: PathBuf,
}

impl Bench {
    pub(super) fn new(name: &str, binary: PathBuf, documents: &[Document]) -> Result<Self, String> {
        let folder = target().join("corpus").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let slugs = documents.iter().map(|document| document.slug.as_str());
        super::compile::write_workspace(&folder, slugs)?;
        Ok(Self { folder, binary })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What comes of each document, in their order.
    pub(super) fn generate_all(&self, documents: &[Document]) -> Result<Vec<Outcome>, String> {
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(documents.len()));
        let work = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(document) = documents.get(index) else { return };
                let outcome = self.generate(document);
                done.lock().unwrap_or_else(|poison| poison.into_inner()).push((index, outcome));
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(work);
            }
        });
        let mut done = done.into_inner().unwrap_or_else(|poison| poison.into_inner());
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, outcome)| outcome).collect()
    }

    fn generate(&self, document: &Document) -> Result<Outcome, String> {
        let report = self.folder.join(format!("{}.json", document.slug));
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let arguments = [
            "generate",
            "--message-format=json",
            "--spec",
            &text(&document.path),
            "--out",
            &text(&self.folder.join(&document.slug)),
            "--crate-name",
            &document.slug,
            "--runtime-path",
            &text(&workspace::root().join("runtime")),
            "--report",
            &text(&report),
        ];
        let arguments = arguments.map(str::to_owned);
        let (lines, said, taken) = measure::measured(&self.binary, &arguments, SECONDS)?;
        let messages = lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let census = match taken.status {
            Some(0) => Some(read(&report)?),
            Some(_) | None => None,
        };
        Ok(Outcome { taken, messages, census, said, complaints: None })
    }
}

fn read(report: &Path) -> Result<Census, String> {
    let told = |why: &dyn std::fmt::Display| format!("{}: {why}", report.display());
    let text = std::fs::read_to_string(report).map_err(|error| told(&error))?;
    serde_json::from_str(&text).map_err(|error| told(&error))
}
