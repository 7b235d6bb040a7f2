//! What goes over the wire, in the words of OpenAPI and HTTP, and how two of these differ.

use super::words::Fact;

/// What the compiler knows nothing of: what is sent and what is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wire {
    /// What there are words for.
    pub(super) facts: Vec<Fact>,
    /// All of it, as code. What there are no words for yet is different all the same.
    pub(super) code: String,
}

impl Wire {
    pub(super) fn extend(&mut self, more: Self) {
        self.facts.extend(more.facts);
        self.code.push_str(&more.code);
    }

    /// What is another in the second, each a sentence; none where nothing is.
    pub(super) fn differing(&self, now: &Self) -> Vec<String> {
        let only = |these: &[Fact], those: &[Fact]| -> Vec<Fact> {
            these.iter().filter(|one| !those.contains(one)).cloned().collect()
        };
        let mut come = only(&now.facts, &self.facts);
        let mut gone = only(&self.facts, &now.facts);
        let mut told = Vec::new();
        gone.retain(|was| {
            let Some(at) = come.iter().position(|now| now.of == was.of) else { return true };
            let is = come.remove(at);
            let (before, now) = without_argument(&was.is, &is.is);
            told.push(format!("{}: {before} becomes {now}", was.of));
            false
        });
        match (gone.as_slice(), come.as_slice()) {
            ([was], [now]) => told.push(format!("{} becomes {}", was.whole(), now.whole())),
            (gone, come) => {
                told.extend(gone.iter().map(|was| format!("{} is gone", was.whole())));
                told.extend(come.iter().map(|now| format!("{} is new", now.whole())));
            }
        }
        if told.is_empty() && self.code != now.code {
            told.push("what is sent or read is another".to_owned());
        }
        told
    }
}

/// Which argument it is need not be said where it is the same.
fn without_argument<'a>(was: &'a str, is: &'a str) -> (&'a str, &'a str) {
    match (was.split_once(", "), is.split_once(", ")) {
        (Some((of, was)), Some((to, is))) if of == to && of.starts_with("argument ") => (was, is),
        _ => (was, is),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_sentences() {
        let wire = |facts: &[(&str, &str, bool)], code: &str| {
            let fact = |(of, is, stands): &(&str, &str, bool)| Fact {
                of: (*of).to_owned(),
                is: (*is).to_owned(),
                stands_alone: *stands,
            };
            Wire { facts: facts.iter().map(fact).collect(), code: code.to_owned() }
        };
        let check = |old: &Wire, new: &Wire, expected: &[&str]| {
            assert_eq!(old.differing(new), expected);
        };
        let query = wire(&[("the query parameter `a`", "style `form`", true)], "query");
        let deep = wire(&[("the query parameter `a`", "style `deepObject`", true)], "query");
        let header = wire(&[("the header `a`", "style `simple`", true)], "header");
        let login = wire(&[("the login", "`Key`", false)], "login");
        let none = wire(&[], "");
        check(&query, &query, &[]);
        check(&query, &deep, &["the query parameter `a`: style `form` becomes style `deepObject`"]);
        check(&query, &header, &["the query parameter `a` becomes the header `a`"]);
        let part = |is: &str| wire(&[("variable part 1 of the path", is, true)], "path");
        check(
            &part("argument 1, style `simple`"),
            &part("argument 1, style `label`"),
            &["variable part 1 of the path: style `simple` becomes style `label`"],
        );
        check(&login, &none, &["the login: `Key` is gone"]);
        check(&none, &query, &["the query parameter `a` is new"]);
        check(&none, &wire(&[], "other"), &["what is sent or read is another"]);
    }
}
