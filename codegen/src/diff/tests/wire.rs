//! Whatever a client sends or reads otherwise is told.

use quote::ToTokens as _;
use serde::Deserialize;

use super::super::*;
use super::{Table as Edits, client, table as edits};

/// A document, and edits that change what goes over the wire.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    base: String,
    edits: Vec<Edit>,
}

#[derive(Deserialize)]
struct Edit {
    from: String,
    to: String,
}

fn table() -> Table {
    serde_yaml::from_str(include_str!("../wire.yaml")).unwrap()
}

/// The code without its documentation, and without the names that it has for itself: that of the document
/// and those of the operations.
fn behaviour(generated: &Generated) -> String {
    let code: String = generated.files.iter().map(|file| file.text.as_str()).collect();
    let file = syn::parse_file(&code).unwrap();
    without_docs(file.into_token_stream()).to_string()
}

fn without_docs(tokens: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    use proc_macro2::{Group, TokenTree};
    let mut kept = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            kept.push(token);
            continue;
        };
        let text = group.stream().to_string();
        if text.starts_with("doc =") || text.starts_with("allow (missing_docs") {
            // The mark in front of it.
            kept.pop();
            continue;
        }
        kept.push(Group::new(group.delimiter(), without_docs(group.stream())).into());
    }
    kept.into_iter().collect()
}

fn told(difference: &Difference) -> String {
    let lines = difference.changes.iter();
    lines.map(|one| format!("    {} {}: {}\n", one.impact.as_str(), one.path, one.what)).collect()
}

#[test]
fn whatever_is_sent_or_read_otherwise_is_told() {
    let Table { base, edits } = table();
    let before = client(&base);
    let mut all = String::new();
    for Edit { from, to } in edits {
        assert!(base.contains(&from), "{from}");
        let after = client(&base.replacen(&from, &to, 1));
        assert_ne!(behaviour(&before), behaviour(&after), "{from} -> {to}");
        let difference = compare(&before, &after).unwrap();
        assert!(difference.bump() != Bump::Patch, "{from} -> {to}");
        all.push_str(&format!("{from:?} -> {to:?}\n{}", told(&difference)));
    }
    insta::assert_snapshot!(all);
}

/// Each pair of documents of the other table, either way: where nothing is told, nothing but words differs.
#[test]
fn where_nothing_is_told_nothing_differs() {
    let Edits { base, edits, .. } = edits();
    let before = client(&base);
    for edit in edits {
        let after = client(&edit.applied(&base));
        for (old, new) in [(&before, &after), (&after, &before)] {
            let difference = compare(old, new).unwrap();
            let is_patch = difference.of(Impact::Behaviour).count() == difference.changes.len();
            if is_patch && !edit.is_of_names() {
                assert_eq!(behaviour(old), behaviour(new), "{} -> {}", edit.from, edit.to);
            }
        }
    }
}

/// What only the client has a name for is not on the wire.
#[test]
fn names_that_stay_in_the_client_are_not_told() {
    let base = table().base;
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(base.contains(from), "{from}");
        let difference = compare(&client(&base), &client(&base.replace(from, to))).unwrap();
        let told: Vec<String> =
            difference.changes.iter().map(|one| format!("{}: {}", one.path, one.what)).collect();
        assert_eq!(told, expected, "{from} -> {to}");
    };
    check(
        "placeOrder",
        "createOrder",
        &["Client::place_order: the method is called `Client::create_order` now"],
    );
    check("operationId: events", "operationId: Events", &[]);
    check("title: Pets", "title: Animals", &[]);
    // The first argument is the first part of the path, whatever both are called.
    check("{a}/{b}:", "{b}/{a}:", &[]);
}
