//! Credential types and the arguments of their constructors.

use super::{Claim, Minter, PRELUDE};
use crate::ir::{SchemeKind, SecurityScheme};
use crate::names::case::Case;
use crate::names::scope::Scope;
use crate::names::table::CredentialNames;

/// What the crate root declares beside the credentials.
const ROOT: &[&str] = &["Client", "Error"];

impl Minter<'_> {
    pub(super) fn credentials(&mut self, schemes: &[SecurityScheme]) {
        let claims = schemes.iter().map(|scheme| Claim {
            wire: scheme.type_name.clone().unwrap_or_else(|| scheme.name.clone()),
            hint: None,
            at: scheme.at.clone(),
        });
        let scope = Scope::new(Case::Pascal).reserve(PRELUDE).reserve(ROOT);
        let scope = scope.reserved_suffix("Credentials");
        let names = self.assign(&scope, claims.collect(), "security scheme");
        for (scheme, type_name) in schemes.iter().zip(names) {
            let usual = usual_arguments(&scheme.kind);
            let listed = (scheme.fields.len() == usual.len()).then_some(&scheme.fields);
            let claims = usual.iter().enumerate().map(|(index, usual)| Claim {
                wire: listed.map_or_else(|| (*usual).to_owned(), |fields| fields[index].clone()),
                hint: None,
                at: scheme.at.push("x-specwright-credentials").push("fields").index(index),
            });
            let scope = Scope::new(Case::Snake).reserved_suffix("value");
            let arguments = self.assign(&scope, claims.collect(), "credential");
            self.table.credentials.push(CredentialNames { type_name, arguments });
        }
    }
}

/// What the constructor of a scheme's credential type takes.
fn usual_arguments(kind: &SchemeKind) -> &'static [&'static str] {
    match kind {
        SchemeKind::ClientCredentials { .. } => &["client_id", "client_secret"],
        SchemeKind::Digest | SchemeKind::Basic => &["username", "password"],
        SchemeKind::Bearer => &["token"],
        SchemeKind::HeaderKey(_) | SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) => &["key"],
    }
}
