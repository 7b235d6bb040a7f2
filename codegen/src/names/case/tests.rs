use proptest::prelude::*;

use super::{Case, digest, ident, words};

fn check(rows: &[(&str, &str, &str)]) {
    for (wire, snake, pascal) in rows {
        assert_eq!(ident(wire, Case::Snake), *snake, "{wire:?} as a field");
        assert_eq!(ident(wire, Case::Pascal), *pascal, "{wire:?} as a type");
    }
}

#[test]
fn probe() {
    for w in ["a"] {
        println!("{}", ident(w, Case::Snake));
    }
}
