//! Every case, and every document of awkward names, put before the compiler in one go.

use std::path::Path;

use specwright_tests::awkward::{NAMES, Part};
use specwright_tests::compile::Bench;
use specwright_tests::documents::{Document, cases};
use specwright_tests::{large, ring};

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
        .and_then(|()| bench.document("ring"));
    if let Err(said) = checked {
        panic!("{said}");
    }
}
