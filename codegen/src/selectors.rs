//! What the JSON pointers of a configuration lead to: schemas of the document as it is written.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::entries::Written;
use crate::ir::{Api, SchemaId};
use crate::names::type_place;
use crate::nearest::did_you_mean_place;

/// Schemas of one sort, by their place.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    /// What is said of a pointer that leads to none of them: `enum`.
    what: &'static str,
    written: Written<'a>,
    by_pointer: BTreeMap<String, Vec<SchemaId>>,
}

impl<'a> Places<'a> {
    /// The schemas that are of this sort.
    pub(crate) fn of(
        api: &Api,
        written: Written<'a>,
        what: &'static str,
        is_one: impl Fn(SchemaId) -> bool,
    ) -> Self {
        let mut by_pointer: BTreeMap<String, Vec<SchemaId>> = BTreeMap::new();
        for id in (0..api.schemas.len()).map(SchemaId).filter(|id| is_one(*id)) {
            let at = written.origins.of(&type_place(api, id)).to_string();
            by_pointer.entry(at).or_default().push(id);
        }
        Self { what, written, by_pointer }
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = SchemaId> {
        self.by_pointer.values().flatten().copied()
    }

    /// Those at the place that `pointer`, an entry of `key`, names. There may be several: one for each
    /// version of an operation, for one.
    pub(crate) fn at(&self, key: &'static str, pointer: &str) -> Result<&[SchemaId], Diagnostic> {
        self.by_pointer
            .get(pointer)
            .map(Vec::as_slice)
            .ok_or_else(|| nowhere(key, pointer, self.what, self.by_pointer.keys(), self.written))
    }
}

/// What is said of an entry of `key` that leads to no `what`.
pub(crate) fn nowhere<'p>(
    key: &'static str,
    pointer: &str,
    what: &str,
    places: impl Iterator<Item = &'p String>,
    written: Written<'_>,
) -> Diagnostic {
    let places: Vec<String> = places.map(|place| written.text(place)).collect();
    let message = format!("`{key}` names `{pointer}`, where no {what} stands");
    let help = did_you_mean_place(pointer, places.iter().map(String::as_str))
        .unwrap_or_else(|| "remove the entry, or correct the JSON pointer".to_owned());
    Diagnostic::error(Code::Config, message).about(key, Some(pointer)).stale().help(help)
}
