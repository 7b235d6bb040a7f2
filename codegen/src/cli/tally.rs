//! The census in a few lines for a person.

use std::fmt::Display;

use specwright::census::{Cause, Census, UntypedPlace};

/// How many places of one kind are named; `--report` has them all.
const NAMED: usize = 5;

/// `1 type`, `2 types`.
pub(super) fn count<N: From<u8> + PartialEq + Display>(number: N, what: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// How many places have a type, and which have none, by who is to blame.
pub(super) fn lines(census: &Census) -> Vec<String> {
    let all = census.typed + census.untyped.len();
    let mut lines = vec![format!("  {} of {} typed", census.typed, count(all, "place"))];
    for (cause, why) in [
        (Cause::Generator, "left as JSON for lack of a way to express them:"),
        (Cause::Fault, "left as JSON because the document is broken there:"),
        (Cause::Document, "left as JSON because the document says no more of their shape:"),
    ] {
        let places: Vec<&UntypedPlace> = census.untyped_by(cause).collect();
        if places.is_empty() {
            continue;
        }
        lines.push(format!("  {} {why}", places.len()));
        lines.extend(places.iter().take(NAMED).map(|place| line(place)));
        if places.len() > NAMED {
            lines.push(format!("    and {} more; `--report FILE` has all", places.len() - NAMED));
        }
    }
    lines
}

fn line(place: &UntypedPlace) -> String {
    let UntypedPlace { pointer, what, cause: _, reason } = place;
    format!("    {} #{pointer}: {reason}", what.as_str())
}

#[cfg(test)]
mod tests {
    use specwright::census::{Cause, Census, UntypedPlace, What};
    use specwright::pointer::Pointer;

    use super::lines;

    #[test]
    fn a_few_places_are_named_and_the_rest_counted() {
        let place = |at: usize| UntypedPlace {
            pointer: Pointer::root().index(at),
            what: What::Property,
            cause: Cause::Document,
            reason: "any value is allowed".to_owned(),
        };
        let census = Census { typed: 3, untyped: (0..7).map(place).collect(), ..Census::default() };
        let lines = lines(&census);
        assert_eq!(lines[0], "  3 of 10 places typed");
        assert_eq!(lines[1], "  7 left as JSON because the document says no more of their shape:");
        assert_eq!(lines[2], "    property #/0: any value is allowed");
        assert_eq!(lines[7], "    and 2 more; `--report FILE` has all");
        assert_eq!(lines.len(), 8);
    }
}
