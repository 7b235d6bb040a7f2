//! Schemas that an earlier stage could not read.

use super::Lowerer;
use super::keywords::Keywords;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::faults::Mark;
use crate::ir::{Kind, Untyped};
use crate::nearest::did_you_mean;

impl Lowerer<'_> {
    /// A value whose `type` is none.
    pub(super) fn unknown_type(&mut self, name: &str, site: &Site) -> Kind {
        let why = format!("`type: {name}` is not a type of {}", self.version);
        let message = format!("{why}: the value stays `serde_json::Value`");
        let known = ["string", "number", "integer", "boolean", "object", "array"];
        let help = did_you_mean(name, known.into_iter())
            .unwrap_or_else(|| "name a type that OpenAPI has".to_owned());
        self.warn(Code::FaultyDocument, message, &site.at, &help);
        Kind::Any(Untyped::Fault(why))
    }
}

/// Why a schema has no type, if it is one of those; the warning is already told.
pub(super) fn unreadable(keywords: &Keywords<'_>) -> Option<Untyped> {
    let extensions = keywords.extensions?;
    let (mark, why) = Mark::find(|key| extensions.get(key))?;
    Some(match mark {
        Mark::Fault => Untyped::Fault(why.to_owned()),
        Mark::Unfollowed => Untyped::Unsupported(why.to_owned()),
    })
}
