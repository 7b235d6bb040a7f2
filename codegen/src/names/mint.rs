//! Filling the table, scope by scope.

mod credentials;
mod headers;
mod hooks;
mod media;
mod modules;
mod operations;
mod renames;
mod tags;
mod types;
mod waiters;

use std::collections::{BTreeMap, BTreeSet};

use syn::ext::IdentExt as _;
use syn::parse::Parser as _;

use super::scope::{Assigned, Collision, Scope, Wish};
use super::table::NameTable;
use crate::analyze::Facts;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::entries::Written;
use crate::ir::{Api, Operation, SchemaId};
use crate::pointer::Pointer;
use crate::source::Origins;

pub(crate) use self::types::{UNKNOWN_VARIANT, type_place};

/// Types that emitted code writes without a path, so that it reads as a person would write it.
const PRELUDE: &[&str] = &[
    "Box",
    "Checked",
    "Clone",
    "Debug",
    "Decode",
    "Default",
    "Encode",
    "Err",
    "From",
    "IntegerEnum",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "StringEnum",
    "ToString",
    "Vec",
];

/// What the user has a say in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices<'a> {
    /// Names by JSON pointer; an entry that matches nothing is an error.
    pub(crate) renames: &'a BTreeMap<String, String>,
    /// From the places of the tree to those of the document, which the user's pointers mean.
    pub(crate) origins: &'a Origins,
    /// How a place of the document is told.
    pub(crate) written: Written<'a>,
    /// Whether each tag has a group of its own rather than all methods being the client's.
    pub(crate) grouped: bool,
    /// Whether the output is a crate, which has features and many files.
    pub(crate) is_crate: bool,
}

/// Mints every name.
pub(crate) fn mint(api: &Api, facts: &Facts, choices: Choices<'_>) -> (NameTable, Diagnostics) {
    let renames = with_versions(choices.renames, api);
    let mut minter = Minter {
        renames: &renames,
        written: choices.renames,
        origins: choices.origins,
        shown: choices.written,
        grouped: choices.grouped,
        used: BTreeSet::new(),
        places: BTreeSet::new(),
        table: NameTable::default(),
        diagnostics: Diagnostics::default(),
    };
    minter.types(api, facts);
    for id in (0..api.schemas.len()).map(SchemaId) {
        minter.members(api, id);
    }
    minter.tags(api, facts);
    minter.operations(api, facts);
    minter.shared_errors(api, facts);
    minter.headers(facts);
    minter.hooks(api);
    if choices.is_crate {
        minter.modules(api, facts);
    }
    minter.credentials(&api.schemes);
    minter.report_stale();
    (minter.table, minter.diagnostics)
}

/// The user's names, with that of an operation given to each of its versions.
fn with_versions(renames: &BTreeMap<String, String>, api: &Api) -> BTreeMap<String, String> {
    let mut all = renames.clone();
    for operation in &api.operations {
        if let (Some(version), Some(name)) =
            (&operation.version, renames.get(operation.at.as_str()))
        {
            all.remove(operation.at.as_str());
            let place = operations::place(operation).to_string();
            all.entry(place).or_insert_with(|| format!("{name} {version}"));
        }
    }
    all
}

struct Minter<'a> {
    renames: &'a BTreeMap<String, String>,
    /// The names as the user wrote them.
    written: &'a BTreeMap<String, String>,
    origins: &'a Origins,
    /// How a place of the document is told.
    shown: Written<'a>,
    grouped: bool,
    used: BTreeSet<&'a str>,
    /// Whatever has a name, where the document has it.
    places: BTreeSet<Pointer>,
    table: NameTable,
    diagnostics: Diagnostics,
}

/// Something that wants a name.
#[derive(Clone)]
struct Claim {
    /// The text it goes by in the document.
    wire: String,
    /// The text the name is made of, where that is another.
    hint: Option<String>,
    at: Pointer,
}

impl Claim {
    /// The method of an operation. Two may have one label, but never one id: the id decides who
    /// keeps the name. A version is called after its operation and itself.
    fn of(operation: &Operation) -> Self {
        let (id, label) = (operation.id.clone(), operation.label.clone());
        let at = operations::place(operation);
        match &operation.version {
            None => Self { wire: id, hint: label, at },
            Some(version) => {
                let hint = label.map(|label| format!("{label} {version}"));
                Self { wire: format!("{id} {version}"), hint, at }
            }
        }
    }

    /// A name of our making: the document's own names go first where both want the same.
    fn invented(hint: String, at: Pointer) -> Self {
        Self { wire: at.to_string(), hint: Some(hint), at }
    }

    /// Whether the document has no name for it.
    fn is_invented(&self) -> bool {
        self.wire == self.at.as_str()
    }
}

impl<'a> Minter<'a> {
    /// Names for all claims of one scope, telling of each collision.
    fn assign(&mut self, scope: &Scope, claims: Vec<Claim>, what: &'static str) -> Vec<String> {
        let assigned = self.assign_silently(scope, &claims);
        let all: Vec<(Claim, Assigned)> = claims.into_iter().zip(assigned).collect();
        self.tell(&all, |_| what, |_| true);
        all.into_iter().map(|(_, own)| own.ident).collect()
    }

    /// Tells of the collisions in one scope, as far as `is_told`. `kind` says what each is, by position: a
    /// tag, an operation. That a name of the user's choice is not to be had is an error.
    fn tell(
        &mut self,
        scope: &[(Claim, Assigned)],
        kind: impl Fn(usize) -> &'static str,
        is_told: impl Fn(usize) -> bool,
    ) {
        let all = scope.iter().enumerate();
        let holders: BTreeMap<&str, (usize, &Claim)> =
            all.map(|(index, (claim, own))| (own.ident.as_str(), (index, claim))).collect();
        for (index, (claim, own)) in scope.iter().enumerate().filter(|(index, _)| is_told(*index)) {
            let Some(collision) = &own.collision else { continue };
            let (wanted, own_kind) = (collision.wanted(), kind(index));
            match holders.get(wanted).copied() {
                Some((other, holder)) if self.is_renamed(claim) || self.is_renamed(holder) => {
                    self.report_rename((claim, own, own_kind), (holder, kind(other)), wanted);
                }
                None if self.is_renamed(claim) && !claim.is_invented() => {
                    self.report_reserved(claim, wanted, own_kind);
                }
                Some(_) | None => self.report(claim, own, own_kind),
            }
        }
    }

    /// The same where nobody sees the names, or a warning has told of them already.
    fn assign_silently(&mut self, scope: &Scope, claims: &[Claim]) -> Vec<Assigned> {
        let chosen: Vec<Option<&'a str>> =
            claims.iter().map(|claim| self.renamed(&claim.at)).collect();
        let wishes: Vec<Wish<'_>> = claims
            .iter()
            .zip(&chosen)
            .map(|(claim, chosen)| match chosen {
                Some(name) => Wish { wire: name, hint: None },
                None => Wish { wire: &claim.wire, hint: claim.hint.as_deref() },
            })
            .collect();
        let assigned = scope.assign(&wishes);
        self.places.extend(claims.iter().map(|claim| self.origins.of(&claim.at)));
        for (at, (name, assigned)) in claims.iter().zip(chosen.iter().zip(&assigned)) {
            if let Some(name) = name {
                self.respelled(&at.at, name, assigned);
            }
        }
        assigned
    }

    /// A name that the user chose and Rust does not have.
    fn respelled(&mut self, at: &Pointer, name: &str, assigned: &Assigned) {
        let ident = assigned.ident.as_str();
        // A word that is no name even as `r#word`.
        let is_mended =
            assigned.collision.is_none() && ident.ends_with('_') && !name.ends_with('_');
        let pointer = self.origins.of(at);
        let is_written = self.written.get(pointer.as_str()).is_some_and(|written| written == name);
        if is_written && name.trim().is_empty() {
            let shown = pointer.as_str();
            let message = format!("`rename` gives `{shown}` no name");
            let error = Diagnostic::error(Code::Config, message).about("rename", Some(shown));
            self.diagnostics.push(error.help("write a name, or remove the entry"));
        } else if is_written && (is_mended || syn::Ident::parse_any.parse_str(name).is_err()) {
            let message = format!("`{name}` is no Rust name: it is called `{ident}`");
            let help = format!("correct the entry of `rename` for `{pointer}`");
            let warning = Diagnostic::warning(Code::Config, message);
            let warning = warning.about("rename", Some(pointer.as_str()));
            self.diagnostics.push(warning.help(help));
        }
    }

    /// A place as the user would write it.
    fn shown(&self, at: &Pointer) -> String {
        self.shown.shown(&self.origins.of(at))
    }

    fn renamed(&mut self, at: &Pointer) -> Option<&'a str> {
        let (key, name) = self.renames.get_key_value(self.origins.of(at).as_str())?;
        self.used.insert(key);
        Some(name)
    }

    fn report(&mut self, claim: &Claim, assigned: &Assigned, what: &str) {
        let (wanted, reason) = match &assigned.collision {
            None => return,
            Some(Collision::Reserved { wanted }) => (wanted, "that name has a meaning".to_owned()),
            Some(Collision::Taken { wanted, with, more }) => {
                let name = |wire: &String| match *wire == claim.wire {
                    true => "another of that name".to_owned(),
                    false => format!("`{wire}`"),
                };
                let with: Vec<String> = with.iter().map(name).collect();
                let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
                (wanted, format!("so could {}{more}", with.join(", ")))
            }
        };
        let message =
            format!("the {what} `{}` could be called `{wanted}`, but {reason}", claim.wire);
        let help = format!(
            "it is called `{}`; to choose the name yourself, write `rename = {{ {:?} = \"…\" }}` \
             in the client's table of specwright.toml",
            assigned.ident,
            self.shown(&claim.at),
        );
        let code = Code::NameCollision;
        self.diagnostics.push(Diagnostic::warning(code, message).at(&claim.at).help(help));
    }
}
