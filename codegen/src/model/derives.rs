//! The derives of a type: what it needs, then what the user adds.

use super::Wire;
use crate::rust_path::RustPath;

/// The macros, in the order in which they are written. What the user adds and is there already is not
/// there twice.
pub(super) fn derives<'p>(
    own: impl IntoIterator<Item = &'static str>,
    added: impl Iterator<Item = &'p RustPath>,
) -> Vec<RustPath> {
    let mut all: Vec<RustPath> = own.into_iter().map(RustPath::name).collect();
    for path in added {
        let is_there = |known: &RustPath| {
            known == path || (path.standard().is_some() && known.standard() == path.standard())
        };
        if !all.iter().any(is_there) {
            all.push(path.clone());
        }
    }
    all
}

/// The derives by which a type travels.
pub(super) fn of_wire(wire: Wire) -> impl Iterator<Item = &'static str> {
    let encode = wire.encode.then_some("Encode");
    encode.into_iter().chain(wire.decode.then_some("Decode"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_there_twice() {
        let added: Vec<RustPath> = ["Hash", "std::clone::Clone", "a::Clone", "Hash", "Eq"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        let all = derives(["Clone", "Debug"], added.iter());
        let all: Vec<String> = all.iter().map(RustPath::to_string).collect();
        assert_eq!(all, ["Clone", "Debug", "Hash", "a::Clone", "Eq"]);
    }
}
