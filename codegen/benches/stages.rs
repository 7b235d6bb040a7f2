//! What each stage of the generator takes, and all of them together.
//!
//! ```sh
//! cargo bench -p specwright                     # everything
//! cargo bench -p specwright -- lower            # one stage
//! cargo bench -p specwright -- atlas-snapshots  # one document
//! cargo test -p specwright --bench stages       # each once, unoptimised: does it still run?
//! ```
//!
//! The document of `spec/` is always there; the others, each of another shape, where they lie beside
//! the workspace. As a test only the first is run.

#![expect(clippy::print_stderr, reason = "a bench that is not run says so")]

use std::fmt;
use std::path::{Path, PathBuf};

use divan::Bencher;
use specwright::bench::Stages;

/// The document that is part of the workspace.
const OWN: &str = "spec/atlas-snapshots.yaml";
/// Where the others are, and what makes each worth it.
const BESIDE: &str = "../shared/corpus";
const OTHERS: [&str; 5] = [
    // The API the workspace began with: once with the newest version of everything, once with all.
    "mongodb-atlas.yaml",
    "mongodb-atlas-full.yaml",
    // OpenAPI 3.1.
    "openai-api.yaml",
    // Swagger 2.0.
    "slack-web.json",
    // More than a thousand unions.
    "stripe-api.json",
];

fn main() {
    let missing: Vec<&str> =
        OTHERS.into_iter().filter(|name| !root().join(BESIDE).join(name).is_file()).collect();
    if !missing.is_empty() {
        eprintln!("SKIPPED: {} (not in {BESIDE})", missing.join(", "));
    }
    divan::main();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A document, shown by the name of its file.
#[derive(Clone, Debug)]
struct Document(PathBuf);

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.file_name().unwrap_or_default();
        f.write_str(&name.to_string_lossy())
    }
}

fn documents() -> Vec<Document> {
    let mut paths = vec![root().join(OWN)];
    // Cargo says `--bench` when it measures, and does not when it tests.
    if std::env::args().any(|word| word == "--bench") {
        paths.extend(OTHERS.iter().map(|name| root().join(BESIDE).join(name)));
    }
    paths.into_iter().filter(|path| path.is_file()).map(Document).collect()
}

/// The document at every stage. One that is refused has nothing to measure, which must not pass.
#[expect(clippy::panic, reason = "a bench fails by panicking")]
fn stages(document: &Document) -> Stages {
    match Stages::of(&document.0) {
        Ok(stages) => stages,
        Err(why) => panic!("{document}: {why:?}"),
    }
}

/// An empty folder. It is removed with what the bench gives back, outside of the time.
#[expect(clippy::expect_used, reason = "a bench fails by panicking")]
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is a place for temporary files")
}

/// A bench of a stage that borrows what it needs.
macro_rules! stage {
    ($name:ident) => {
        #[divan::bench(args = documents(), sample_count = 10, max_time = 5)]
        fn $name(bencher: Bencher<'_, '_>, document: &Document) {
            let stages = stages(document);
            bencher.bench_local(|| stages.$name());
        }
    };
    // And of one that takes a tree.
    ($name:ident of $input:ident) => {
        #[divan::bench(args = documents(), sample_count = 10, max_time = 5)]
        fn $name(bencher: Bencher<'_, '_>, document: &Document) {
            let stages = stages(document);
            bencher.with_inputs(|| stages.$input()).bench_local_values(|tree| stages.$name(tree));
        }
    };
    // And of one that writes.
    ($name:ident into folder) => {
        #[divan::bench(args = documents(), sample_count = 10, max_time = 5)]
        fn $name(bencher: Bencher<'_, '_>, document: &Document) {
            let stages = stages(document);
            bencher.with_inputs(folder).bench_local_refs(|folder| stages.$name(folder.path()));
        }
    };
}

stage!(load);
stage!(assemble of loaded);
stage!(keys);
stage!(upgrade of assembled);
stage!(select);
stage!(normalise of selected);
stage!(lower);
stage!(analyze);
stage!(names);
stage!(model);
stage!(print);
stage!(write into folder);
stage!(whole into folder);
