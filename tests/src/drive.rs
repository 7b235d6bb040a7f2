//! A program that puts generated clients to work, written from their own source files.
//!
//! The program is dumb: a line says which type a text is to be decoded into, or which operation is to
//! be called with which arguments, and a line comes back with what became of it. Everything that is
//! to be judged is judged outside, against the document.
//!
//! What the clients offer is read from their source by `syn`, as a user would read it: methods of
//! the client, setters and `send` of the calls, variants of the enums.

mod build;
mod program;
mod rust;
mod server;
mod signatures;
mod talk;
#[cfg(test)]
mod tests;

pub use self::build::{OperationUnderTest, Subject, TypeUnderTest, build};
pub use self::program::Callable;
pub use self::rust::bare;
pub use self::server::{Reply, Seen};
pub use self::talk::Driver;
