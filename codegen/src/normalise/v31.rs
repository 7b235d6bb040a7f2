//! OpenAPI 3.1 said in the words of 3.0.
//!
//! The schemas of 3.1 are those of JSON Schema 2020-12. Most of what it adds is another spelling
//! of what 3.0 can say, or something to which the nearest 3.0 comes close, and is rewritten here
//! on the whole raw tree, before anything is chosen: all behind knows one grammar. Keywords that
//! lose some of their meaning on the way stay in the tree, where openapiv3 does not see them and
//! `left_over` does, once the choice is made.
//!
//! ```yaml
//! Widget:
//!   type: [object, "null"]
//!   properties: {kind: {const: round}, size: {type: number, exclusiveMinimum: 0}}
//! ```
//! becomes
//! ```yaml
//! Widget:
//!   type: object
//!   nullable: true
//!   properties:
//!     kind: {enum: [round]}
//!     size: {type: number, minimum: 0, exclusiveMinimum: true}
//! ```
//!
//! What moves on the way is noted, so that pointers lead back to where it is written. One to
//! something that was made leads to the nearest holder that the text has.

mod anchors;
mod branches;
mod collections;
mod conditions;
mod document;
mod events;
mod hoist;
mod left_over;
mod listed;
mod moves;
mod query_string;
mod schema;
mod types;
mod walk;
mod write_out;

use std::mem;

use super::version::{self, Version};
use crate::diagnostics::Diagnostics;
use crate::source::Source;

pub(crate) use self::collections::TUPLE;
pub(super) use self::hoist::way_to;
pub(super) use self::left_over::report;
use self::moves::Moves;
pub(crate) use self::schema::CONTENT;

/// The document in the grammar of 3.0, and what could not be brought along. One of 3.0 passes as it is,
/// and so does one of a version that is not read, of which `select` says so.
pub(crate) fn upgrade(mut source: Source) -> (Source, Diagnostics) {
    if !matches!(version::check(&source), Ok(Version::V31)) {
        return (source, Diagnostics::new());
    }
    let mut root = mem::take(&mut source.root);
    let mut moves = Moves::default();
    let warnings = document::rewrite(&mut root, &mut moves);
    anchors::resolve(&mut root);
    hoist::hoist(&mut root, &mut moves);
    if branches::spread(&mut root) {
        // What they share with another schema has a name of its own from here on.
        hoist::hoist(&mut root, &mut moves);
    }
    events::rewrite(&mut root, &mut moves);
    schema::rewrite(&mut root, &mut moves);
    (source.converted(root, moves.into_origins()), warnings)
}

#[cfg(test)]
mod tests;
