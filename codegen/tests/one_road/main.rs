//! There is one way from the words of a document to the tokens of the output for each purpose: `text`
//! for literals, `docs` for documentation and `ident` for names, all in `emit/parts.rs`. This test reads our
//! own source and refuses any other.
//!
//! `walls` says which files may make tokens at all, and that those which may have nothing to make them of
//! but `quote!` and the three. `flow` follows whatever a `quote!` interpolates to where it comes from:
//! it has to be tokens, or a text that stands in our own source. What cannot be followed is
//! refused too, so that new code is written in a shape that can be.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod flow;
mod known;
mod planted;
mod walls;

use std::path::Path;

/// A file of the generator, without its tests.
struct Source {
    path: String,
    syntax: syn::File,
}

impl Source {
    fn of(path: &str, text: &str) -> Self {
        let mut syntax = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        syntax.items.retain(|item| !matches!(item, syn::Item::Mod(module) if is_for_tests(module)));
        Self { path: path.to_owned(), syntax }
    }
}

fn is_for_tests(module: &syn::ItemMod) -> bool {
    let is_test = |attribute: &syn::Attribute| {
        let only = attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test");
        attribute.path().is_ident("cfg") && only
    };
    module.attrs.iter().any(is_test)
}

fn gather(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        if path.is_dir() {
            gather(root, &path, found);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && !name.contains("/tests/")
        {
            found.push(Source::of(&name, &std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn problems(sources: &[Source]) -> Vec<String> {
    let mut problems: Vec<String> = sources.iter().flat_map(walls::problems).collect();
    problems.extend(flow::problems(sources));
    problems
}

#[test]
fn every_word_of_a_document_takes_its_road() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    gather(&root, &root, &mut sources);
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let problems = problems(&sources);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    for allowed in walls::exceptions() {
        assert!(sources.iter().any(|source| source.path == allowed), "there is no {allowed}");
    }
    let followed = flow::interpolations(&sources);
    assert!(followed > 200, "only {followed} interpolations are seen");
}
