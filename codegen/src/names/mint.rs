//! Filling the table, scope by scope.

mod credentials;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Assigned, Collision, Scope, Wish};
use super::table::NameTable;
use crate::analyze::Facts;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, SchemaId};
use crate::pointer::Pointer;

pub(crate) use self::types::UNKNOWN_VARIANT;

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

/// Mints every name. `renames` holds the user's own choices by JSON pointer; an entry that
/// matches nothing is an error.
pub(crate) fn mint(
    api: &Api,
    facts: &Facts,
    renames: &BTreeMap<String, String>,
) -> (NameTable, Diagnostics) {
    let mut minter = Minter {
        renames,
        used: BTreeSet::new(),
        table: NameTable::default(),
        diagnostics: Diagnostics::default(),
    };
    minter.types(api, facts);
    for id in (0..api.schemas.len()).map(SchemaId) {
        minter.members(api, id);
    }
    minter.operations(api);
    minter.shared_errors(api, facts);
    minter.credentials(&api.schemes);
    minter.report_stale();
    (minter.table, minter.diagnostics)
}

struct Minter<'a> {
    renames: &'a BTreeMap<String, String>,
    used: BTreeSet<&'a str>,
    table: NameTable,
    diagnostics: Diagnostics,
}

/// Something that wants a name.
struct Claim {
    /// The text it goes by in the document.
    wire: String,
    /// The text the name is made of, where that is another.
    hint: Option<String>,
    at: Pointer,
}

impl Claim {
    /// A name of our making: the document's own names go first where both want the same.
    fn invented(hint: String, at: Pointer) -> Self {
        Self { wire: at.to_string(), hint: Some(hint), at }
    }
}

impl<'a> Minter<'a> {
    /// Names for all claims of one scope, with a warning for each collision.
    fn assign(&mut self, scope: &Scope, claims: Vec<Claim>, what: &str) -> Vec<String> {
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
        for (claim, assigned) in claims.iter().zip(&assigned) {
            self.report(claim, assigned, what);
        }
        assigned.into_iter().map(|assigned| assigned.ident).collect()
    }

    fn renamed(&mut self, at: &Pointer) -> Option<&'a str> {
        let (key, name) = self.renames.get_key_value(at.as_str())?;
        self.used.insert(key);
        Some(name)
    }

    fn report(&mut self, claim: &Claim, assigned: &Assigned, what: &str) {
        let (wanted, reason) = match &assigned.collision {
            None => return,
            Some(Collision::Reserved { wanted }) => (wanted, "that name has a meaning".to_owned()),
            Some(Collision::Taken { wanted, with }) => {
                let with: Vec<String> = with.iter().map(|wire| format!("`{wire}`")).collect();
                (wanted, format!("so could {}", with.join(", ")))
            }
        };
        let message =
            format!("the {what} `{}` could be called `{wanted}`, but {reason}", claim.wire);
        let help = format!(
            "it is called `{}`; to choose the name yourself, write `rename = {{ {:?} = \"…\" }}` \
             in the client's table of specwright.toml",
            assigned.ident,
            claim.at.as_str(),
        );
        let code = Code::NameCollision;
        self.diagnostics.push(Diagnostic::warning(code, message).at(&claim.at).help(help));
    }

    fn report_stale(&mut self) {
        for pointer in self.renames.keys().filter(|key| !self.used.contains(key.as_str())) {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::Config,
                    format!("`rename` names `{pointer}`, where nothing that has a name stands"),
                )
                .help("remove the entry, or correct the JSON pointer"),
            );
        }
    }
}
