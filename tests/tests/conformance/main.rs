//! Does `generated/` say what `spec/atlas-snapshots.yaml` says, no less and no more?
//!
//! Both sides are read by code of this test alone, not by the generator's: `document` walks the
//! YAML and works out what the client must offer, `output` parses the Rust with syn and writes down
//! what it does offer. Each gives a [`surface::Surface`], a list of places with one sentence of
//! facts for each, and the test compares the two lists. A mistake in the generator therefore has to
//! be made twice, in two different programs, to go unnoticed.

mod case;
mod document;
mod mutations;
mod output;
mod surface;

use std::path::{Path, PathBuf};

use surface::differences;

#[test]
fn generated_has_all_of_the_document_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let document = std::fs::read_to_string(root.join("spec/atlas-snapshots.yaml")).unwrap();
    let overlay = std::fs::read_to_string(root.join("spec/waiters.overlay.yaml")).unwrap();
    let files = rust_files(&root.join("generated/src"));

    let wanted = document::surface(&document, Some(&overlay));
    let found = differences(&wanted, &output::surface(&files));

    assert!(found.is_empty(), "generated/ and spec/ differ:\n{}", found.join("\n"));
}

/// The folder's `.rs` files as (path inside the folder, text), in the order of their paths.
fn rust_files(folder: &Path) -> Vec<(String, String)> {
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(here) = open.pop() {
        for entry in std::fs::read_dir(&here).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name =
                    path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                // A file that cannot be read shows up as one that declares nothing.
                files.push((name, std::fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    files.sort();
    files
}
