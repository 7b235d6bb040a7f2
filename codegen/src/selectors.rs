//! What the JSON pointers of a configuration lead to: schemas of the document as it is written.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Api, SchemaId};
use crate::names::type_place;
use crate::nearest::did_you_mean;
use crate::source::Origins;

/// Schemas of one sort, by their place.
#[derive(Debug)]
pub(crate) struct Places {
    /// What is said of a pointer that leads to none of them: `enum`.
    what: &'static str,
    by_pointer: BTreeMap<String, Vec<SchemaId>>,
}

impl Places {
    /// The schemas that are of this sort.
    pub(crate) fn of(
        api: &Api,
        origins: &Origins,
        what: &'static str,
        is_one: impl Fn(SchemaId) -> bool,
    ) -> Self {
        let mut by_pointer: BTreeMap<String, Vec<SchemaId>> = BTreeMap::new();
        for id in (0..api.schemas.len()).map(SchemaId).filter(|id| is_one(*id)) {
            let at = origins.of(&type_place(api, id)).to_string();
            by_pointer.entry(at).or_default().push(id);
        }
        Self { what, by_pointer }
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = SchemaId> {
        self.by_pointer.values().flatten().copied()
    }

    /// Those at the place that `pointer`, an entry of `key`, names. There may be several: one for each
    /// version of an operation, for one.
    pub(crate) fn at(&self, key: &'static str, pointer: &str) -> Result<&[SchemaId], Diagnostic> {
        self.by_pointer.get(pointer).map(Vec::as_slice).ok_or_else(|| {
            let places = self.by_pointer.keys().map(String::as_str);
            nowhere(key, pointer, self.what, places)
        })
    }
}

/// What is said of an entry of `key` that leads to no `what`.
pub(crate) fn nowhere<'p>(
    key: &'static str,
    pointer: &str,
    what: &str,
    places: impl Iterator<Item = &'p str>,
) -> Diagnostic {
    let message = format!("`{key}` names `{pointer}`, where no {what} stands");
    let help = did_you_mean(pointer, places)
        .unwrap_or_else(|| "remove the entry, or correct the JSON pointer".to_owned());
    Diagnostic::error(Code::Config, message).about(key, Some(pointer)).stale().help(help)
}
