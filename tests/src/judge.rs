//! What came back or arrived, held against the document.

mod operation;
mod request;
mod same;
mod style;
#[cfg(test)]
mod tests;

pub use self::operation::{Answer, Operation, Parameter};
pub use self::request::{Expected, is_json};
pub use self::same::{Exception, Verdict, same};
