use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Assigned, Collision, Scope, Wish};
use crate::names::case::Case;
use crate::names::keywords::unraw;

fn wish(wire: &str) -> Wish<'_> {
    Wish { wire, hint: None }
}

fn invented<'a>(hint: &'a str, wire: &'a str) -> Wish<'a> {
    Wish { wire, hint: Some(hint) }
}

fn idents(scope: &Scope, wishes: &[Wish<'_>]) -> Vec<String> {
    scope.assign(wishes).into_iter().map(|assigned| assigned.ident).collect()
}

fn check(case: Case, rows: &[(&str, &str)]) {
    let (wires, names): (Vec<_>, Vec<_>) = rows.iter().map(|(w, n)| (wish(w), *n)).unzip();
    assert_eq!(idents(&Scope::new(case), &wires), names);
}

fn types() -> Scope {
    Scope::new(Case::Pascal).reserve(&["Option", "Vec", "String", "Box"]).reserved_suffix("Type")
}

#[test]
fn the_rust_spelling_keeps_the_plain_name() {
    check(
        Case::Snake,
        &[
            ("createdAt", "created_at_camel"),
            ("created_at", "created_at"),
            ("created-at", "created_at_kebab"),
            ("CreatedAt", "created_at_pascal"),
            ("CREATED_AT", "created_at_upper"),
            ("created.at", "created_dot_at"),
            ("created at", "created_space_at"),
        ],
    );
    check(
        Case::Pascal,
        &[("fooBar", "FooBarCamel"), ("foo_bar", "FooBarSnake"), ("FooBar", "FooBar")],
    );
}

#[test]
fn decoration_is_spelled_where_it_matters() {
    check(
        Case::Snake,
        &[
            ("_id", "underscore_id"),
            ("id", "id"),
            ("$id", "dollar_id"),
            ("@id", "at_id"),
            ("#id", "hash_id"),
            ("type", "r#type"),
            ("@type", "at_type"),
            ("Type", "type_pascal"),
        ],
    );
}

#[test]
fn without_a_rust_spelling_camel_comes_before_snake_before_kebab() {
    check(Case::Pascal, &[("a-b", "ABKebab"), ("a_b", "AB")]);
    check(Case::Pascal, &[("a-b", "ABKebab"), ("a_b", "ABSnake"), ("aB", "AB")]);
    check(Case::Pascal, &[("FOO", "FooUpper"), ("foo", "Foo")]);
    check(Case::Pascal, &[("-x.y", "MinusXY"), ("x.y", "XY"), ("x/y", "XSlashY")]);
}

#[test]
fn digits_are_no_reason_to_collide() {
    check(Case::Pascal, &[("1.5", "N1_5"), ("15", "N15"), ("+1", "Plus1"), ("-1", "Minus1")]);
}

#[test]
fn a_plain_name_that_nobody_else_wants_is_never_lost() {
    // `FooBarKebab` is the second choice of `foo-bar`, and the first of another.
    let wishes = ["foo-bar", "foo_bar", "FooBarKebab"].map(wish);
    let names = idents(&Scope::new(Case::Pascal), &wishes);
    assert_eq!(names[1..], ["FooBar", "FooBarKebab"]);
    assert!(names[0].starts_with("FooBarX"), "{names:?}");
}

#[test]
fn a_reserved_name_gets_the_suffix() {
    let names =
        |wires: &[&str]| idents(&types(), &wires.iter().map(|wire| wish(wire)).collect::<Vec<_>>());
    assert_eq!(names(&["Option", "Snapshot"]), ["OptionType", "Snapshot"]);
    assert_eq!(names(&["Option", "option"]), ["OptionType", "OptionTypeLower"]);
    assert_eq!(names(&["Option", "OptionType"]), ["OptionTypePascal", "OptionType"]);
    let fields = Scope::new(Case::Snake).reserve(&["r#type", "request"]);
    assert_eq!(idents(&fields, &["type", "request"].map(wish)), ["type_value", "request_value"]);
}

#[test]
fn what_we_invent_makes_way_for_the_document() {
    let wishes = [invented("Snapshot status", "#/a"), wish("SnapshotStatus")];
    assert_eq!(idents(&types(), &wishes), ["SnapshotStatusType", "SnapshotStatus"]);
    let twice = [invented("Foo bar", "#/b"), invented("FooBar", "#/a")];
    assert_eq!(idents(&types(), &twice), ["FooBarType", "FooBar"]);
}

#[test]
fn a_collision_says_who_and_why() {
    let assigned = types().assign(&["a-b", "aB", "a_b", "Vec", "c"].map(wish));
    let collision = |index: usize| -> &Option<Collision> { &assigned[index].collision };
    assert_eq!(
        *collision(0),
        Some(Collision::Taken {
            wanted: "AB".into(),
            with: vec!["aB".into(), "a_b".into()],
            more: 0
        })
    );
    assert_eq!(*collision(1), None);
    assert_eq!(*collision(3), Some(Collision::Reserved { wanted: "Vec".into() }));
    assert_eq!(assigned[4], Assigned { ident: "C".into(), collision: None });
}

#[test]
fn the_same_text_twice_still_gives_two_names() {
    let names = idents(&types(), &["a", "a", "a", "a", "a"].map(wish));
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 5, "{names:?}");
}

const PROPERTIES: [Case; 2] = [Case::Snake, Case::Pascal];

fn scope(case: Case) -> Scope {
    Scope::new(case).reserve(&["a", "A", "AType", "AB", "a_1"]).reserved_suffix("Type")
}

/// Wire texts that collide often, each once.
fn wires() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof!["[abAB_$1-]{0,4}", "a(-|_|)b(-|_|)(kebab|snake|camel|Type|lower)?"];
    prop::collection::btree_set(text, 0..12).prop_map(|set| set.into_iter().collect())
}

fn by_wire<'a>(case: Case, wires: &[&'a str]) -> BTreeMap<&'a str, Assigned> {
    let wishes: Vec<_> = wires.iter().map(|wire| wish(wire)).collect();
    wires.iter().copied().zip(scope(case).assign(&wishes)).collect()
}

/// Those that may depend on `root`: they share a step of their ladders, directly or through others.
fn related<'a>(case: Case, wires: &[&'a str], root: &'a str) -> BTreeSet<&'a str> {
    let steps = |wire: &str| -> BTreeSet<String> {
        let scope = scope(case);
        let ladder = scope.ladder(wish(wire));
        (0..4).filter_map(|step| ladder.name(step, case)).collect()
    };
    let mut found = BTreeSet::from([root]);
    loop {
        let names: BTreeSet<String> = found.iter().flat_map(|wire| steps(wire)).collect();
        let more: BTreeSet<&str> =
            wires.iter().copied().filter(|wire| !steps(wire).is_disjoint(&names)).collect();
        if more.is_subset(&found) {
            return found;
        }
        found.extend(more);
    }
}

proptest! {
    #[test]
    fn names_are_distinct_and_allowed(wires in wires()) {
        for case in PROPERTIES {
            let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
            let names = by_wire(case, &wires);
            let bare: BTreeSet<&str> = names.values().map(|name| unraw(&name.ident)).collect();
            prop_assert_eq!(bare.len(), wires.len());
            for assigned in names.values() {
                prop_assert!(!scope(case).is_reserved(&assigned.ident));
                prop_assert!(syn::parse_str::<syn::Ident>(&assigned.ident).is_ok());
            }
        }
    }

    #[test]
    fn any_texts_get_distinct_names(wires in prop::collection::vec(any::<String>(), 0..6)) {
        let wishes: Vec<_> = wires.iter().map(|wire| wish(wire)).collect();
        let names = idents(&types(), &wishes);
        prop_assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), wishes.len());
    }

    #[test]
    fn order_does_not_matter(
        (wires, shuffled) in wires().prop_flat_map(|w| (Just(w.clone()), Just(w).prop_shuffle())),
    ) {
        for case in PROPERTIES {
            let [one, two] = [&wires, &shuffled].map(|wires| {
                by_wire(case, &wires.iter().map(String::as_str).collect::<Vec<_>>())
            });
            prop_assert_eq!(one, two);
        }
    }

    #[test]
    fn a_neighbour_moves_only_what_it_collides_with(wires in wires()) {
        for case in PROPERTIES {
            let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
            let Some((gone, rest)) = wires.split_first() else { continue };
            let related = related(case, &wires, gone);
            let (with, without) = (by_wire(case, &wires), by_wire(case, rest));
            for wire in rest {
                // Who has the plain name and is not wanted for it keeps it, whatever else is near.
                let same_group = scope(case).ladder(wish(wire)).plain
                    == scope(case).ladder(wish(gone)).plain;
                if !related.contains(wire) || (!same_group && with[wire].collision.is_none()) {
                    prop_assert_eq!(&with[wire].ident, &without[wire].ident);
                }
            }
        }
    }
}
