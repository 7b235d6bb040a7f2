//! Proofs that a client is honest to its document, for documents of any size.
//!
//! - **Round trip**: random instances of every component schema, drawn from the raw document, go
//!   through the generated type and come back equal ([`roundtrip`]).
//! - **Calls**: every operation is called over HTTP; requests are judged and answers made by the
//!   document ([`calls`]).
//! - **Census**: where the generator says that the document leaves a value open, it does ([`census`]).
//!
//! All read the document by the code in [`draw`](crate::draw), and only what the client is called
//! by from the generator's report.

pub mod calls;
pub mod census;
pub mod roundtrip;
mod tally;

pub use self::tally::{Failure, Tally};
