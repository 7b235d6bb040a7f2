//! What the user wishes of the types besides their names: which are checked, which enums are closed,
//! what is derived.
//!
//! In: the [`ir`](crate::ir), the names and the options. Out: [`Wishes`], by schema. A pointer that
//! leads to nothing of its sort is an error.

mod own_crate;

use std::collections::{BTreeMap, BTreeSet};

use crate::Options;
use crate::checked::{self, CheckedTypes};
use crate::config::Which;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::entries::Written;
use crate::ir::{Api, By, Kind, SchemaId};
use crate::names::{NameTable, Side};
use crate::rust_path::RustPath;
use crate::selectors::Places;

/// The wishes of the user, by what they are about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wishes {
    /// Types that are checked when they are made.
    pub(crate) checked: CheckedTypes,
    /// Enums without a variant for values that the document does not list.
    closed: BTreeSet<SchemaId>,
    /// What every type derives besides.
    derives: Vec<RustPath>,
    /// What one type derives besides.
    type_derives: BTreeMap<SchemaId, Vec<RustPath>>,
    /// Types of the user's own, by what they stand for.
    foreign: BTreeMap<By, RustPath>,
    /// Every type can be encoded and decoded, whichever way it travels.
    pub(crate) both_directions: bool,
    /// What others call the crate; a module has no such name.
    pub(crate) krate: Option<String>,
}

impl Wishes {
    /// Whether an enum has no variant for values that the document does not list.
    pub(crate) fn is_closed(&self, id: SchemaId) -> bool {
        self.closed.contains(&id)
    }

    /// The type of the user's own that stands for this.
    pub(crate) fn foreign(&self, by: &By) -> Option<&RustPath> {
        self.foreign.get(by)
    }

    /// What a type derives besides what it needs.
    pub(crate) fn derives(&self, id: SchemaId) -> impl Iterator<Item = &RustPath> {
        self.derives.iter().chain(self.type_derives.get(&id).into_iter().flatten())
    }
}

/// Follows the user's wishes.
pub(crate) fn take(
    api: &Api,
    names: &NameTable,
    options: &Options,
    written: Written<'_>,
) -> (Wishes, Diagnostics) {
    let (checked, mut diagnostics) = checked::choose(api, &options.checked, written);
    diagnostics.extend(own_crate::check(options));
    let has_type = |id: SchemaId| {
        let is_own = match api.schema(id).kind {
            Kind::Enum(_) | Kind::IntegerEnum(_) | Kind::Object(_) | Kind::Union(_) => true,
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Foreign(_) => checked.rules(id).is_some(),
        };
        is_own && [Side::Plain, Side::Input].iter().any(|side| names.type_name(id, *side).is_some())
    };
    let types = Places::of(api, written, "struct or enum", has_type);
    let mut type_derives: BTreeMap<SchemaId, Vec<RustPath>> = BTreeMap::new();
    for (pointer, paths) in &options.type_derives {
        match types.at("type-derives", pointer) {
            Ok(found) => found.iter().for_each(|id| {
                type_derives.entry(*id).or_default().extend(paths.iter().map(|one| one.0.clone()));
            }),
            Err(error) => diagnostics.push(error),
        }
    }
    let closed = closed(api, options, written, &mut diagnostics);
    let derives = options.derives.iter().map(|one| one.0.clone()).collect();
    let both_directions = options.both_directions;
    let foreign = foreign(options);
    let krate = options.krate(&api.info.title);
    let wishes = Wishes { checked, closed, derives, type_derives, foreign, both_directions, krate };
    (wishes, diagnostics)
}

fn foreign(options: &Options) -> BTreeMap<By, RustPath> {
    let formats = options.formats.iter().map(|(key, path)| (By::Format(key.clone()), path));
    let places = options.types.iter().map(|(key, path)| (By::Place(key.clone()), path));
    formats.chain(places).map(|(by, path)| (by, path.0.clone())).collect()
}

/// The enums that are closed.
fn closed(
    api: &Api,
    options: &Options,
    written: Written<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<SchemaId> {
    let is_enum =
        |id: SchemaId| matches!(api.schema(id).kind, Kind::Enum(_) | Kind::IntegerEnum(_));
    let enums = Places::of(api, written, "enum", is_enum);
    let mut listed = |key: &'static str, pointers: &[String]| -> BTreeSet<SchemaId> {
        let mut all = BTreeSet::new();
        for pointer in pointers {
            match enums.at(key, pointer) {
                Ok(found) => all.extend(found),
                Err(error) => diagnostics.push(error),
            }
        }
        all
    };
    let open = listed("open", &options.open);
    match &options.closed {
        Which::Flag(true) => enums.all().filter(|id| !open.contains(id)).collect(),
        Which::Flag(false) | Which::Listed(_) if !options.open.is_empty() => {
            let message = "`open` makes exceptions from `closed = true`, which is not said";
            let help = "remove `open`: enums are open unless `closed` names them";
            let error = Diagnostic::error(Code::Config, message).about("open", None);
            diagnostics.push(error.help(help));
            BTreeSet::new()
        }
        Which::Flag(false) => BTreeSet::new(),
        Which::Listed(pointers) => listed("closed", pointers),
    }
}
