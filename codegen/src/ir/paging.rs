//! Answers in pages.

use super::FieldPath;
use crate::pointer::Pointer;

/// How the answers of an operation lead on to one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    /// Where it is declared, or the operation that it is read off.
    pub(crate) at: Pointer,
    /// Whether the document does not say so in so many words.
    pub(crate) is_inferred: bool,
    /// What makes a call that of the next page.
    pub(crate) turn: Turn,
    /// The parameter that says how many items a page has, by its wire name.
    pub(crate) size: Option<String>,
    /// Where the items of a page are; the page itself where it has no steps.
    pub(crate) items: FieldPath,
    /// What leads to the next page, or is there as long as there is one.
    pub(crate) next: Option<Vec<Step>>,
    /// What is true as long as there is another page.
    pub(crate) more: Option<Vec<Step>>,
}

/// What makes a call that of the next page. Parameters are of the query, and go by their wire names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// A parameter counts pages, from this number on.
    Number(String, i64),
    /// A parameter counts items, from this number on.
    Offset(String, i64),
    /// A parameter takes what the page before gives.
    Cursor(String),
    /// The page before has a link in its body.
    Link,
    /// The page before has a header `Link`.
    Header,
}

/// A step from a JSON value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The property of this name.
    Name(String),
    /// The last item of a list.
    Last,
    /// The first item of a list whose property of this name is this text.
    Where(String, String),
}

/// The steps as a path (RFC 9535), without its `$.`.
pub(crate) fn spelled(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Name(name) if path.is_empty() => path.push_str(name),
            Step::Name(name) => path.extend([".", name]),
            Step::Last => path.push_str("[-1]"),
            Step::Where(name, value) => {
                path.extend(["[?@.", name, "=='", value, "']"]);
            }
        }
    }
    path
}
