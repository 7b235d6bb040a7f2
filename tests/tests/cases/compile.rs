//! Every case, and every document of awkward names, put before the compiler in one go.

use std::path::Path;

use specwright_tests::awkward::{NAMES, Part};
use specwright_tests::compile::Bench;
use specwright_tests::documents::{Document, cases};
use specwright_tests::{large, ring};

/// Crates whose examples have every kind of argument between them; the rest has only more of the same.
const EXAMPLES: [&str; 12] = [
    "bodies",
    "event-stream",
    "examples",
    "foreign-types",
    "group-by-tag",
    "pagination",
    "parameter-styles",
    "requests",
    "servers",
    "swagger",
    "tuples",
    "waiters",
];

#[test]
fn everything_compiles_and_documents_itself_without_a_warning() {
    let mut bench = Bench::new(Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile"));
    let awkward = Part::ALL.into_iter().map(|part| part.document(&NAMES));
    let groups = Part::Groups.document(&NAMES);
    let flat = Document { name: "names-features".to_owned(), config: String::new(), ..groups };
    for document in
        cases().into_iter().chain(awkward).chain([flat, large::document(), ring::document()])
    {
        bench.add(&document);
    }
    let checked = bench
        .lint()
        .and_then(|()| bench.for_tests())
        .and_then(|()| bench.features())
        .and_then(|()| bench.document("docs"))
        .and_then(|()| bench.document("ring"))
        .and_then(|()| bench.compile_examples(&EXAMPLES))
        .map(|said| assert!(said.contains("test result: ok. 6 passed"), "{said}"));
    if let Err(said) = checked {
        panic!("{said}");
    }
}
