//! The check, checked: a small document and its client agree, and each single change to either is
//! reported where it was made. `fixture/` holds both, written by hand.

mod document;
mod output;

use crate::surface;

const DOCUMENT: &str = include_str!("fixture/document.yaml");

const OUTPUT: [(&str, &str); 5] = [
    ("client.rs", include_str!("fixture/output/client.rs")),
    ("credentials.rs", include_str!("fixture/output/credentials.rs")),
    ("lib.rs", include_str!("fixture/output/lib.rs")),
    ("operations.rs", include_str!("fixture/output/operations.rs")),
    ("types.rs", include_str!("fixture/output/types.rs")),
];

/// File, text in it, what takes its place, and the place that must be reported.
type Mutation = (&'static str, &'static str, &'static str, &'static str);

#[test]
fn the_fixture_agrees_with_its_document() {
    assert_eq!(differences(DOCUMENT, &files()), Vec::<String>::new());
}

fn check_output(mutations: &[Mutation]) {
    for (file, from, to, reported) in mutations {
        let mut files = files();
        for (_, text) in files.iter_mut().filter(|(name, _)| name == file) {
            *text = replaced_once(text, from, to);
        }
        assert_reported(&differences(DOCUMENT, &files), from, to, reported);
    }
}

fn check_document(mutations: &[(&str, &str, &str)]) {
    for (from, to, reported) in mutations {
        let document = replaced_once(DOCUMENT, from, to);
        assert_reported(&differences(&document, &files()), from, to, reported);
    }
}

fn assert_reported(found: &[String], from: &str, to: &str, reported: &str) {
    assert!(
        found.iter().any(|difference| difference.starts_with(reported)),
        "{from:?} → {to:?} should be reported as {reported:?}, found:\n{}",
        found.join("\n")
    );
}

fn replaced_once(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} should stand in the fixture once");
    text.replace(from, to)
}

fn files() -> Vec<(String, String)> {
    OUTPUT.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn differences(document: &str, files: &[(String, String)]) -> Vec<String> {
    surface::differences(&crate::document::surface(document, None), &crate::output::surface(files))
}
