//! Whatever a document calls its things, the output has a name for each: told in a warning where it
//! is not the obvious one, the user's own where the user chose, and never moved by a neighbour.
//!
//! That these outputs compile is proved in `cases`, with all the others.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod items;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use specwright::config::Config;
use specwright::diagnostics::{Code, Diagnostic, Severity};
use specwright::pointer::Pointer;
use specwright_tests::awkward::{NAMES, Part};
use specwright_tests::documents::Document;

use items::items;

/// The entry of `rename` that the help shows, read as a user's configuration would be.
fn shown_entry(diagnostic: &Diagnostic) -> (String, String) {
    let help = diagnostic.help.as_deref().expect("a collision has a help");
    let (_, rest) = help.split_once("write `").expect("the help shows what to write");
    let (entry, _) = rest.rsplit_once("` in the").expect("and where");
    let text = format!("[[client]]\nspec = \"a\"\nout = \"b\"\n{entry}\n");
    let config = Config::parse(&text, Path::new("specwright.toml"))
        .unwrap_or_else(|error| panic!("{entry} is no configuration: {error}"));
    let mut shown = config.clients[0].rename.clone();
    assert_eq!(shown.len(), 1, "{entry}");
    shown.pop_first().expect("there is one")
}

/// Whether an entry is a pointer with names in the place of its positions.
fn is_named(at: &Pointer, shown: &str) -> bool {
    let shown = Pointer::parse(shown).expect("an entry is written as a pointer");
    let is_position = |token: &str| token.parse::<usize>().is_ok();
    let (at, shown): (Vec<String>, Vec<String>) = (at.tokens().collect(), shown.tokens().collect());
    let is_same = |(at, shown): (&String, &String)| {
        if is_position(at) { shown.contains('=') } else { at == shown }
    };
    at.len() == shown.len() && at.iter().zip(&shown).all(is_same)
}

/// What is told beside that alternatives without the property of their tag are alternatives all the same:
/// those of the document of tags have none, so that each value of the tag has a name.
fn beside_tags(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_of_tags =
        |one: &Diagnostic| one.to_string().contains("no alternative declares `kind of thing`");
    found.into_iter().filter(|one| !is_of_tags(one)).collect()
}

fn collisions(document: &Document) -> Vec<Diagnostic> {
    let found = beside_tags(document.as_crate().warnings.into_iter().collect());
    for diagnostic in &found {
        assert_eq!(diagnostic.code, Code::NameCollision, "{diagnostic}");
        assert_eq!(diagnostic.severity, Severity::Warning, "{diagnostic}");
        assert!(diagnostic.location.is_some(), "{diagnostic}");
        let at = diagnostic.pointer.as_ref().expect("a collision has a place");
        let (shown, name) = shown_entry(diagnostic);
        assert!(is_named(at, &shown), "{at}: {shown}");
        assert_eq!(name, "…");
    }
    found
}

fn check_pointers(part: Part, names: &[&str], expected: &[&str]) {
    let found = collisions(&part.document(names));
    let found: BTreeSet<&str> =
        found.iter().filter_map(|one| one.pointer.as_ref()).map(Pointer::as_str).collect();
    assert_eq!(found, expected.iter().copied().collect(), "{part:?} {names:?}");
}

#[test]
fn a_collision_is_told_where_it_is() {
    let twins = ["userName", "user_name", "plain"];
    let schema = "/components/schemas";
    check_pointers(Part::Schemas, &twins, &[&format!("{schema}/user_name")]);
    check_pointers(
        Part::Fields,
        &twins,
        &[
            // `user_name` is its own Rust spelling.
            &format!("{schema}/Optional/properties/userName"),
            &format!("{schema}/Required/properties/userName"),
            &format!("{schema}/Open/properties/userName"),
        ],
    );
    check_pointers(Part::Values, &twins, &[&format!("{schema}/Choice/enum/1")]);
    check_pointers(
        Part::Parameters,
        &twins,
        &["/paths/~1optional/post/parameters/0", "/paths/~1required/post/parameters/0"],
    );
    let operation = "/paths/~1at-757365724e616d65~1{id}/post";
    check_pointers(Part::Operations, &twins, &[operation]);
    check_pointers(Part::Schemes, &twins, &["/components/securitySchemes/user_name"]);
}

#[test]
fn a_name_with_a_meaning_is_told_too() {
    check_pointers(Part::Schemas, &["Option", "Client"], &["/components/schemas/Option"]);
    check_pointers(Part::Values, &["UnknownValue"], &["/components/schemas/Choice/enum/0"]);
    check_pointers(Part::Schemes, &["Client"], &["/components/securitySchemes/Client"]);
    check_pointers(
        Part::Parameters,
        &["send"],
        &["/paths/~1optional/post/parameters/0", "/paths/~1required/post/parameters/0"],
    );
}

#[test]
fn names_that_differ_are_nobodys_business() {
    let calm = ["type", "async", "1st", "2dsphereIndexVersion", "a-b", "é", "+1", "-1", "gen"];
    for part in Part::ALL {
        check_pointers(part, &calm, &[]);
    }
}

#[test]
fn the_users_choice_silences_the_warning() {
    for part in Part::ALL {
        let document = part.document(&NAMES);
        let found = collisions(&document);
        let choice =
            |(index, one): (usize, &Diagnostic)| (shown_entry(one).0, format!("chosen_{index}"));
        let rename: BTreeMap<String, String> = found.iter().enumerate().map(choice).collect();
        assert!(!rename.is_empty(), "{part:?}");
        let generated = document.renamed(rename.clone());
        let warnings = beside_tags(generated.warnings.into_iter().collect());
        assert!(warnings.is_empty(), "{part:?}\n{warnings:?}");
        let text: String = generated.files.iter().map(|file| file.text.to_lowercase()).collect();
        for name in rename.values() {
            let (snake, pascal) = (name.clone(), name.replace('_', ""));
            assert!(text.contains(&snake) || text.contains(&pascal), "{part:?} {name}");
        }
    }
}

#[test]
fn order_does_not_matter() {
    let mut backwards = NAMES;
    backwards.reverse();
    let mut turned = NAMES;
    turned.rotate_left(NAMES.len() / 2);
    for part in Part::ALL {
        let expected = items(&part.document(&NAMES));
        assert_eq!(items(&part.document(&backwards)), expected, "{part:?}");
        assert_eq!(items(&part.document(&turned)), expected, "{part:?}");
    }
}

#[test]
fn a_neighbour_moves_nobody() {
    for part in Part::ALL {
        let before = items(&part.document(&NAMES));
        for neighbour in ["zebra", "2ndHand", "Señor", "user", "UnknownValues", "café"] {
            let names: Vec<&str> = [neighbour].into_iter().chain(NAMES).collect();
            let after = items(&part.document(&names));
            let moved: Vec<&String> = before.difference(&after).collect();
            assert!(moved.is_empty(), "{part:?} with {neighbour}: {moved:#?}");
            assert!(after.len() > before.len(), "{part:?} with {neighbour}");
        }
    }
}
