//! The output of hostile documents, put before everything that reads code: the compiler, rustdoc,
//! `cargo test` and cargo itself, which listens to build scripts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use specwright_tests::compile::Bench;
use specwright_tests::documents::Document;

use super::payloads::PAYLOADS;
use super::slots;
use super::{generate, is_thorough};

/// Every slot filled, but those that alone would have the document refused. The slot's own word
/// follows, so that neighbours do not become one.
pub(super) fn document(name: &str, payload: &str) -> Document {
    let text = |slot: &str| format!("{payload}{slot}");
    let is_fit = |slot: &&str| {
        !slot.contains("Path") && !slot.contains("Segment")
            || generate(&slots::filled(&BTreeMap::from([(*slot, text(slot))]))).is_ok()
    };
    let fit = slots::slots().into_iter().filter(is_fit);
    let text = slots::filled(&fit.map(|slot| (slot, text(slot))).collect());
    let config = "checked = true\noperation-name = 'x-method-name'".to_owned();
    Document { config, ..Document::new(format!("hostile-{name}"), text) }
}

/// Every eighth payload, or with `SPECWRIGHT_HOSTILE=all` each of them.
#[test]
fn it_compiles_and_documents_itself_and_does_nothing_else() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    let mut bench = Bench::new(&folder);
    let due: Vec<_> = PAYLOADS.iter().skip(2).step_by(if is_thorough() { 1 } else { 8 }).collect();
    for (name, payload) in &due {
        bench.add(&document(name, payload));
    }
    let told = bench.lint().and_then(|()| bench.document(&format!("hostile-{}", due[0].0)));
    let tested = told.and_then(|()| bench.test_examples()).unwrap_or_else(|said| panic!("{said}"));
    assert!(tested.contains("running 0 tests"), "{tested}");
    let mut pages = Vec::new();
    for package in
        ["modules_2024".to_owned(), format!("case_hostile_{}", due[0].0.replace('-', "_"))]
    {
        gather(&bench.pages().join(package), &mut pages);
    }
    assert!(pages.len() > 10 * due.len());
    for page in pages {
        let text = std::fs::read_to_string(&page).expect("a page can be read");
        let found: Vec<_> = HARM.into_iter().filter(|harm| text.contains(harm)).collect();
        assert!(found.is_empty(), "{found:?} in {}", page.display());
    }
    for place in [&folder, &folder.join("modules-2024"), &std::env::temp_dir(), Path::new(".")] {
        assert!(!place.join("specwright-canary").exists(), "{}", place.display());
    }
}

/// What no page may hold: markup that does something, rather than show what was written.
const HARM: [&str; 5] = [
    "<script>canary",
    "<img src=x",
    "href=\"javascript:",
    "<!-- canary",
    "src=\"https://example.org/canary",
];

/// The pages of generated code below a folder.
fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder can be listed") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|one| one == "html") {
            found.push(path);
        }
    }
}
