//! Schemas that an earlier stage could not read.

use super::Lowerer;
use super::keywords::Keywords;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::faults::Mark;
use crate::ir::{Kind, Untyped};

impl Lowerer<'_> {
    /// A value that stays JSON because what the document says of it means nothing.
    pub(super) fn broken(&mut self, why: String, site: &Site) -> Kind {
        let message = format!("{why}: the value stays `serde_json::Value`");
        self.warn(Code::FaultyDocument, message, &site.at, "name a type that OpenAPI has");
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
