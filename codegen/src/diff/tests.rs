//! A table of edits to a document, and what each asks of the client's version.

mod wire;

use serde::Deserialize;

use super::*;
use crate::source::Memory;
use crate::{Options, generate};

/// The document, and what becomes of it; `cargo xtask semver` reads them too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    base: String,
    edits: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    from: String,
    to: String,
    /// Replacements that belong to it.
    #[serde(default)]
    also: Vec<Replacement>,
    bump: String,
    /// Why another judge sees less.
    #[serde(default, rename = "unseen")]
    _unseen: Option<String>,
}

impl Edit {
    fn applied(&self, base: &str) -> String {
        let text = base.replace(&self.from, &self.to);
        self.also.iter().fold(text, |text, more| text.replace(&more.from, &more.to))
    }

    /// Whether it changes what the client alone has a name for.
    fn is_of_names(&self) -> bool {
        self.from.starts_with("title: ") || self.from.contains("/{id}:\n")
    }
}

#[derive(Deserialize)]
struct Replacement {
    from: String,
    to: String,
}

fn table() -> Table {
    serde_yaml::from_str(include_str!("edits.yaml")).unwrap()
}

fn client(text: &str) -> Generated {
    let files = Memory::default().with("api.yaml", text);
    let options = Options { spec: "api.yaml".into(), module_only: true, ..Options::default() };
    generate(&options, &files).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

#[test]
fn edits() {
    let Table { base, edits } = table();
    assert!(edits.len() >= 40);
    let before = client(&base);
    let mut told = String::new();
    for edit in edits {
        let Edit { from, to, bump, .. } = &edit;
        assert!(base.contains(from), "{from}");
        let difference = compare(&before, &client(&edit.applied(&base))).unwrap();
        assert_eq!(difference.bump().as_str(), bump, "{from} -> {to}: {difference:#?}");
        told.push_str(&format!("{from:?} -> {to:?}: {bump}\n"));
        for Change { impact, path, what, pointer: _ } in &difference.changes {
            told.push_str(&format!("    {} {path}: {what}\n", impact.as_str()));
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_client_is_no_different_from_itself() {
    let base = table().base;
    let difference = compare(&client(&base), &client(&base)).unwrap();
    assert_eq!((difference.changes.len(), difference.bump()), (0, Bump::Patch));
}

/// Both ways: what is new one way is gone the other.
#[test]
fn what_breaks_one_way_is_new_the_other() {
    let base = table().base;
    let without = base.replace("        age: {type: integer, format: int32}\n", "");
    let back = compare(&client(&without), &client(&base)).unwrap();
    assert_eq!(back.bump(), Bump::Minor);
    let field = back.changes.iter().find(|one| one.path == "types::Pet::age").unwrap();
    assert_eq!(field.pointer.as_ref().map(Pointer::as_str), Some("/components/schemas/Pet"));
}

/// Rust knows nothing of them, and what is sent may be refused.
#[test]
fn rules_of_what_is_sent_are_told_and_grow_nothing() {
    let base = table().base;
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(base.contains(from), "{from}");
        let new = base.replace(from, to);
        let difference = compare(&client(&base), &client(&new)).unwrap();
        assert_eq!(difference.bump(), Bump::Patch);
        let told = difference.of(Impact::Behaviour);
        let told: Vec<String> = told.map(|one| format!("{}: {}", one.path, one.what)).collect();
        assert_eq!(told, expected);
    };
    let was = "what the server takes was told with:";
    check(
        "tag: {type: string, default: none}",
        "tag: {type: string, default: none, maxLength: 9}",
        &[&format!("types::NewPet::tag: {was} no rule; now: at most 9 characters")],
    );
    check(
        "{name: limit, in: query, schema: {type: integer}}",
        "{name: limit, in: query, schema: {type: integer, minimum: 2}}",
        &[&format!("operations::ListPets::limit: {was} no rule; now: at least 2")],
    );
    // Of what is received the client says nothing.
    check("detail: {type: string}", "detail: {type: string, maxLength: 9}", &[]);
}

/// Who hears of a method hears of its call, of a field of its setter.
#[test]
fn each_change_is_told_once() {
    let base = table().base;
    let told = |from: &str, to: &str| -> Vec<String> {
        assert!(base.contains(from), "{from}");
        let new = base.replace(from, to);
        let difference = compare(&client(&base), &client(&new)).unwrap();
        difference.changes.iter().map(|one| format!("{}: {}", one.path, one.what)).collect()
    };
    let is_about = |told: &[String], path: &str| told.iter().any(|one| one.starts_with(path));
    let gone = told("operationId: listPets", "operationId: allPets");
    assert!(is_about(&gone, "Client::list_pets: the method is called `Client::all_pets` now"));
    assert!(!is_about(&gone, "Client::all_pets"), "{gone:#?}");
    assert!(!is_about(&gone, "operations::"), "{gone:#?}");
    let field = told("tag: {type: string, default: none}", "tag: {type: integer}");
    assert!(is_about(&field, "types::NewPet::tag: "), "{field:#?}");
    assert!(!is_about(&field, "types::NewPet::with_tag"), "{field:#?}");
}
