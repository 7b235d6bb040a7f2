//! `normalise::Document` in, [`ir::Api`](crate::ir::Api) out: references resolved, `allOf` merged,
//! every node with its pointer.
//!
//! This is the last stage that knows OpenAPI. It decides nothing about Rust: what a schema *is*
//! is settled here, what it is *called* and *made of* is not. What cannot be expressed becomes a
//! diagnostic: a warning where the value can still travel untyped, an error where a call could
//! not be made as the document wants it.
//!
//! ```yaml
//! TakeSnapshotRequest:
//!   type: object
//!   properties:
//!     retentionInDays: {type: integer, format: int32, minimum: 1}
//! ```
//! becomes an `ir::Schema` of kind `Object` with one `Property`, whose schema is an
//! `Integer(Int32)` with the constraint `Minimum("1", false)`.

mod all_of;
mod allowance;
mod body;
mod both;
mod compose;
mod contradictions;
mod credentials;
mod cycles;
mod defaults;
mod docs;
mod encoding;
mod events;
mod families;
mod fault;
mod field;
mod foreign;
mod header;
mod hooks;
mod info;
mod keywords;
mod left_out;
mod links;
mod list;
mod listed;
mod media;
mod narrow;
mod object;
mod operation;
mod pages;
mod parameter;
mod parts;
mod path;
mod problem;
mod raw;
mod refined;
mod response;
mod scalar;
mod schema;
mod security;
mod server;
mod settle;
mod several;
mod steps;
mod stream;
mod union;
mod versions;
mod waiters;
mod whole;
mod words;

#[cfg(feature = "serve")]
pub(crate) use self::parameter::is_of_caller;
#[cfg(feature = "serve")]
pub(crate) use self::scalar::integer_format_named;
#[cfg(feature = "serve")]
pub(crate) use self::whole::widened;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr};

use crate::config::FixedValue;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::entries::Written;
use crate::ir::{Api, Constraint, Docs, Kind, Origin, Schema, SchemaId, Untyped};
use crate::normalise::Document;
use crate::pointer::{self, Pointer, percent_decode};
use crate::source::Origins;
use crate::versions::Versions;

use allowance::Allowance;
use families::Families;
use union::Pending;

/// What the user wants otherwise than the document has it.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    /// From the places of the tree to those of the document, which the user's pointers mean.
    pub(crate) origins: &'a Origins,
    /// How such a place is told.
    pub(crate) written: Written<'a>,
    /// Formats that the user has types of their own for.
    pub(crate) formats: BTreeSet<&'a str>,
    /// JSON pointers to schemas that the user has types of their own for.
    pub(crate) places: BTreeSet<&'a str>,
    /// JSON pointers to parameters that are never sent.
    pub(crate) drop: &'a [String],
    /// Parameters that always have the same value, by JSON pointer.
    pub(crate) fixed: &'a BTreeMap<String, FixedValue>,
    /// No pages but those that the document declares.
    pub(crate) only_declared_pages: bool,
}

/// Lowers a document. Errors are among the diagnostics; the `Api` is then incomplete.
///
/// `label` is the extension that holds the names of operations, where the user has named one.
pub(crate) fn lower<'d>(
    document: &'d Document,
    label: Option<&'d str>,
    versions: &Versions,
    asked: &Asked<'_>,
) -> (Api, Diagnostics) {
    let Document { openapi: document, beside: said, hooks, added, nameless, version } = document;
    let (placed, untold) = versions::placed(document, versions);
    let mut lowerer = Lowerer {
        document,
        said,
        nameless,
        version,
        label,
        families: Families::of(document),
        allowance: Allowance::of(document),
        schemas: Vec::new(),
        placed: BTreeMap::new(),
        later: BTreeMap::new(),
        depth: 0,
        binary: BTreeSet::new(),
        closed: BTreeSet::new(),
        pending: BTreeMap::new(),
        shortcuts: settle::Shortcuts::default(),
        at_once: BTreeMap::new(),
        demands: BTreeMap::new(),
        said_of: BTreeMap::new(),
        beside: BTreeMap::new(),
        says_object: BTreeSet::new(),
        diagnostics: untold.into_iter().collect(),
    };
    lowerer.components();
    // Only components can be referred to, so only they can be part of a circle. Choices are
    // settled between: second names must lead somewhere before, and a settled choice is a link.
    lowerer.break_cycles();
    lowerer.settle();
    lowerer.break_cycles();
    let schemes = lowerer.security_schemes();
    let servers = lowerer.servers();
    let variables = lowerer.server_variables();
    let error_code = lowerer.error_code();
    let mut operations = lowerer.operations(&placed);
    let hooks = lowerer.hooks(hooks, &operations);
    lowerer.settle();
    lowerer.settle_streams(&mut operations);
    let event = lowerer.event(&hooks);
    lowerer.drop_said_rules();
    lowerer.check_defaults();
    lowerer.tell_of_contradictions();
    lowerer.tell_of_patterns();
    let mut api = Api {
        info: info::info(document, added),
        servers,
        variables,
        error_code,
        schemes,
        tags: info::tags(document),
        schemas: lowerer.schemas,
        operations,
        waiters: Vec::new(),
        starts: Vec::new(),
        hooks,
        event,
    };
    lowerer.diagnostics.extend(left_out::lower(&mut api, asked));
    lowerer.diagnostics.extend(foreign::lower(&mut api, asked));
    refined::lower(&mut api);
    // Only now every field is what it is going to be.
    lowerer.diagnostics.extend(waiters::lower(&mut api, &placed));
    lowerer.diagnostics.extend(pages::lower(&mut api, &placed, asked.only_declared_pages));
    (api, lowerer.diagnostics)
}

/// The state of one lowering: schemas so far, and which place each came from.
struct Lowerer<'d> {
    document: &'d OpenAPI,
    /// Descriptions beside references, which stand for those of what is referred to.
    said: &'d BTreeMap<Pointer, String>,
    /// Components whose names are none of the document's.
    nameless: &'d BTreeSet<String>,
    /// The specification that it is written by.
    version: &'d str,
    label: Option<&'d str>,
    families: Families,
    /// What merging may still copy.
    allowance: Allowance<'d>,
    schemas: Vec<Schema>,
    placed: BTreeMap<Pointer, SchemaId>,
    /// Components that have a place and are not lowered yet, by name.
    later: BTreeMap<SchemaId, String>,
    /// How many components are being lowered.
    depth: usize,
    /// Schemas of format `binary`: files, where they are parts of a form.
    binary: BTreeSet<SchemaId>,
    /// Objects that may have no properties but those they declare.
    closed: BTreeSet<SchemaId>,
    /// Choices whose alternatives are lowered, and not yet compared.
    pending: BTreeMap<SchemaId, Pending>,
    /// Where second names lead, as far as that was asked.
    shortcuts: settle::Shortcuts,
    /// Choices of objects that may hold at once, and what those are made of.
    at_once: BTreeMap<SchemaId, settle::AtOnce>,
    /// Lists of properties of which a schema needs one.
    demands: BTreeMap<SchemaId, Vec<Constraint>>,
    /// Paragraphs about some of a schema's values, which its own words go before.
    said_of: BTreeMap<SchemaId, Vec<String>>,
    /// What the schemas around the alternatives that are being lowered declare, by alternative.
    beside: BTreeMap<Pointer, crate::ir::Object>,
    /// Choices that name the type `object` besides.
    says_object: BTreeSet<SchemaId>,
    diagnostics: Diagnostics,
}

impl<'d> Lowerer<'d> {
    fn warn(&mut self, code: Code, message: impl Into<String>, at: &Pointer, help: &str) {
        self.diagnostics.push(Diagnostic::warning(code, message).at(at).help(help));
    }

    fn error(&mut self, code: Code, message: impl Into<String>, at: &Pointer, help: &str) {
        self.diagnostics.push(Diagnostic::error(code, message).at(at).help(help));
    }

    /// The description of what stands here: that beside the reference to it, else its own.
    fn described(&self, here: &Pointer, own: Option<&str>) -> Option<String> {
        self.said.get(here).map(String::as_str).or(own).map(str::to_owned)
    }

    /// Every component schema is a root: without a choice of operations the user asked for all,
    /// and with one the tree holds only what the choice reaches.
    fn components(&mut self) {
        let Some(components) = &self.document.components else { return };
        for name in components.schemas.keys() {
            self.component(name);
            while let Some((&id, _)) = self.later.first_key_value() {
                self.lower_now(id);
            }
        }
    }

    /// Takes a place in the arena before the schema is lowered, so that recursion finds it.
    fn reserve(&mut self, at: &Pointer, origin: Origin) -> SchemaId {
        let id = self.push(Schema {
            at: at.clone(),
            origin,
            docs: Docs::default(),
            nullable: false,
            read_only: false,
            write_only: false,
            default: None,
            format: None,
            kind: Kind::Any(Untyped::DocumentSays),
        });
        self.placed.insert(at.clone(), id);
        id
    }

    fn push(&mut self, schema: Schema) -> SchemaId {
        self.schemas.push(schema);
        SchemaId(self.schemas.len() - 1)
    }
}

/// Follows a chain of references through one map of the components. `select` has made sure that
/// it ends; the bound is for documents that reach this stage by another road.
fn resolve<'d, T>(
    item: &'d ReferenceOr<T>,
    at: Pointer,
    section: &str,
    map: Option<&'d indexmap::IndexMap<String, ReferenceOr<T>>>,
) -> Option<(&'d T, Pointer)> {
    let mut item = item;
    let mut at = at;
    // What has not ended after as many steps as there are components goes in a circle.
    for _ in 0..=map.map_or(0, |map| map.len()) {
        match item {
            ReferenceOr::Item(value) => return Some((value, at)),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference, section)?;
                at = component_pointer(section, &name);
                item = map?.get(&name)?;
            }
        }
    }
    None
}

/// `#/components/<section>/<name>` → the name, with its escapes undone.
fn component_name(reference: &str, section: &str) -> Option<String> {
    let pointer = percent_decode(reference.strip_prefix('#')?)?;
    pointer::component(&pointer, section)
}

fn component_pointer(section: &str, name: &str) -> Pointer {
    Pointer::root().below(["components", section, name])
}
