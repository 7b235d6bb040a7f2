//! What the tests of this package share: the documents, the generator in one line, the compiler.
//!
//! | layer | where | proves |
//! |---|---|---|
//! | cases | `tests/cases` | the output for one construct is what a reviewer would accept, and it compiles |
//! | names | `tests/names` | whatever a document calls its things, the output has a name for it |
//! | hostile | `tests/hostile` | whatever a document says, and wherever, it stays text |
//! | fuzz | `src/mutate.rs`, `src/bin/fuzz.rs` | no document causes a panic, or a run without end |
//! | fresh | `tests/fresh.rs` | `generated/` is what this code makes of `spec/`, everywhere and every time |
//! | conformance | `tests/conformance` | `generated/` says what the document says, place by place |
//! | proof | `src/proof.rs`, `src/bin/proof.rs` | clients of whole documents take and give what the document says |
//! | build script | `buildrs` | the output works inside somebody else's crate |

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

pub mod awkward;
pub mod compile;
pub mod documents;
pub mod draw;
pub mod drive;
pub mod judge;
pub mod large;
pub mod mutate;
pub mod proof;
pub mod ring;
