//! Every Rust name of the output, minted once.
//!
//! In: the [`ir`](crate::ir), whose names are wire names. Out: a [`NameTable`], complete and never
//! changed again; later stages look up and never recase. Names are handed out by scope, and
//! within a scope they depend neither on order nor on neighbours they do not collide with
//! (ADR 0003). Types the document names live in `types`, what we invent in `operations`, so the
//! two cannot meet.

pub(crate) mod case;
mod keywords;
mod layout;
mod mint;
pub(crate) mod scope;
mod spelling;
mod status;
mod table;
pub(crate) mod wire;

pub(crate) use layout::Module;
pub(crate) use mint::{Choices, UNKNOWN_VARIANT, mint, type_place};
pub(crate) use status::is_phrase;
pub(crate) use table::{GroupNames, NameTable, OperationNames, Side, WayNames};
