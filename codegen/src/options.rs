//! What a run is told: the document, and what the user wants of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::config::{DerivePath, FixedValue, TypePath, Which};
use crate::entries::Written;
use crate::load::Limits;
use crate::select::Selection;
use crate::source::Source;
use crate::{lower, names, package};

/// What to generate from one document.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// Folders that references may lead into, beside that of the document.
    pub allow_refs: Vec<PathBuf>,
    /// How much is read.
    pub limits: Limits,
    /// The name of the package, which the examples in its documentation use; made from the document's
    /// title otherwise. A module has none.
    pub crate_name: Option<String>,
    /// Overlays that change the document, in their order.
    pub overlays: Vec<PathBuf>,
    /// The operations to generate, and in which version; all of them if nothing is chosen.
    pub selection: Selection,
    /// Names of the user's own choice, by JSON pointer into the document.
    pub rename: BTreeMap<String, String>,
    /// The extension of an operation that holds its name, such as `x-method-name`. An operation
    /// without it is named after its `operationId`.
    pub operation_name: Option<String>,
    /// The component schemas that become checked types.
    pub checked: Which,
    /// The enums that have no variant for values that the document does not list.
    pub closed: Which,
    /// Enums that stay open where all others are closed, by JSON pointer into the document.
    pub open: Vec<String>,
    /// Macros that every type derives.
    pub derives: Vec<DerivePath>,
    /// Macros that one type derives, by JSON pointer into the document.
    pub type_derives: BTreeMap<String, Vec<DerivePath>>,
    /// Types of the user's own for texts and numbers, by format.
    pub formats: BTreeMap<String, TypePath>,
    /// Types of the user's own for schemas, by JSON pointer into the document.
    pub types: BTreeMap<String, TypePath>,
    /// Parameters that are never sent, by JSON pointer into the document.
    pub drop_parameters: Vec<String>,
    /// Parameters that always have the same value, by JSON pointer into the document.
    pub fixed_parameters: BTreeMap<String, FixedValue>,
    /// How the operations are found from the client.
    pub group_by: GroupBy,
    /// One file with nested modules, to be included, rather than the files of a crate.
    pub module_only: bool,
    /// Warnings fail the run.
    pub strict: bool,
    /// Every type can be encoded and decoded, not only in the direction it travels.
    pub both_directions: bool,
    /// Answers come in pages only where the document declares it.
    pub only_declared_pages: bool,
    /// What these options or an overlay name and the document does not have is a note rather than an
    /// error, as for one of two versions that are compared; [`Selection::may_be_stale`] says the same of
    /// the choice of operations.
    pub may_be_stale: bool,
    /// Equal warnings are told one by one, however many there are.
    pub verbose: bool,
}

/// How operations are found from the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// Every operation is a method of the client: `client.take_snapshot(…)`.
    #[default]
    Nothing,
    /// The first tag of an operation says where it is: `client.cloud_backups().take_snapshot(…)`.
    Tag,
}

impl Options {
    /// The crates that types and derives of the user's name, as Rust calls them, each with the key and
    /// the entry that names it.
    pub fn crates<'o>(&'o self) -> BTreeMap<&'o str, (&'static str, String)> {
        let mut all = BTreeMap::new();
        let mut add = |key: &'static str, entry: &str, crates: Vec<&'o str>| {
            all.extend(crates.into_iter().map(|name| (name, (key, entry.to_owned()))));
        };
        for (entry, paths) in &self.type_derives {
            paths.iter().for_each(|path| add("type-derives", entry, path.crates()));
        }
        self.derives.iter().for_each(|path| add("derives", &path.0.to_string(), path.crates()));
        self.types.iter().for_each(|(at, path)| add("types", at, path.crates()));
        self.formats.iter().for_each(|(name, path)| add("formats", name, path.crates()));
        all
    }

    /// What the user wants otherwise than the document has it.
    pub(crate) fn asked<'a>(&'a self, written: Written<'a>) -> lower::Asked<'a> {
        lower::Asked {
            origins: written.origins,
            written,
            formats: self.formats.keys().map(String::as_str).collect(),
            places: self.types.keys().map(String::as_str).collect(),
            drop: &self.drop_parameters,
            fixed: &self.fixed_parameters,
            only_declared_pages: self.only_declared_pages,
        }
    }

    /// What others call the crate.
    pub(crate) fn krate(&self, title: &str) -> Option<String> {
        let name = self.crate_name.clone().unwrap_or_else(|| package::named_after(title));
        let is_known = !self.module_only && package::is_sound(&name);
        is_known.then(|| package::krate(&name))
    }

    pub(crate) fn choices<'a>(&'a self, source: &'a Source) -> names::Choices<'a> {
        names::Choices {
            renames: &self.rename,
            origins: source.origins(),
            written: source.as_written(),
            grouped: self.group_by == GroupBy::Tag,
            is_crate: !self.module_only,
        }
    }
}
