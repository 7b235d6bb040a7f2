//! Places of the document as they should be written in a configuration: without positions.

use serde_json::Value;

use super::element::{List, scalar};
use crate::pointer::Pointer;
use crate::source::Origins;

/// The document as later stages have it, and the way back to what is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written<'a> {
    pub(crate) origins: &'a Origins,
    pub(crate) root: &'a Value,
}

impl Written<'_> {
    /// A place of the document as it is written, with names for positions where there are any.
    pub(crate) fn shown(&self, written: &Pointer) -> String {
        let tokens: Vec<String> = written.tokens().collect();
        let (mut at, mut shown) = (Pointer::root(), Pointer::root());
        let mut before = "";
        for token in &tokens {
            at = at.push(token);
            let is_counted = token.bytes().all(|byte| byte.is_ascii_digit());
            let list = List::under(before).filter(|_| is_counted);
            let name = list.and_then(|list| self.name(list, &at));
            shown = shown.push(name.as_ref().unwrap_or(token));
            before = token;
        }
        shown.to_string()
    }

    /// [`Written::shown`] for a place that is a text by now.
    pub(crate) fn text(&self, written: &str) -> String {
        Pointer::parse(written).map_or_else(|| written.to_owned(), |written| self.shown(&written))
    }

    fn name(&self, list: List, written: &Pointer) -> Option<String> {
        let place = self.origins.destination(written, self.root)?;
        let all = place.parent()?.lookup(self.root)?.as_array()?;
        let index: usize = place.last()?.parse().ok()?;
        match (list, all.get(index)?) {
            // Alternatives of one value each have become the values of an enum.
            (List::Schemas, value) if !value.is_object() => {
                Some(format!("const={}", scalar(value)?))
            }
            (_, _) => list.name(self.root, all, index),
        }
    }
}
