//! Random instances of the schemas of a document, drawn from the raw document alone.
//!
//! This is a second reading of OpenAPI, independent of the generator: it works on the tree as
//! serde reads it, and knows nothing of the stages in `codegen`. What it draws is what a careful
//! server or client may send:
//!
//! - `type`, `format`, `enum`, bounds, lengths, `required`, `properties`, `additionalProperties`,
//!   `items`, `nullable` are honoured; `allOf` is merged; of `oneOf` and `anyOf` one alternative is
//!   taken, and its discriminator set.
//! - A `pattern` is honoured if it is made of classes, counts, groups and alternatives; one with
//!   look-around or back-references is replaced by the schema's example, or by plain text.
//! - A property that the document does not declare is drawn only where `additionalProperties`
//!   invites it.
//! - `readOnly` properties are not drawn for what is sent, `writeOnly` ones not for what is received.
//!
//! The first instance of a schema has only what is required, the second has everything, the others
//! are left to chance. Every instance depends on the seed, its schema and its number, and on nothing
//! else, so that a failure can be drawn again.

mod alternatives;
mod instance;
mod loose;
mod merge;
mod number;
mod object;
mod pattern;
mod raw;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub use self::instance::{Drawer, Way};
pub use self::loose::is_loose;
pub use self::raw::Raw;
