//! Schemas that an earlier stage could not read.

use super::keywords::Keywords;
use crate::faults::Mark;
use crate::ir::Untyped;

/// Why a schema has no type, if it is one of those; the warning is already told.
pub(super) fn unreadable(keywords: &Keywords<'_>) -> Option<Untyped> {
    let extensions = keywords.extensions?;
    let (mark, why) = Mark::find(|key| extensions.get(key))?;
    Some(match mark {
        Mark::Fault => Untyped::Fault(why.to_owned()),
        Mark::Unfollowed => Untyped::Unsupported(why.to_owned()),
    })
}
