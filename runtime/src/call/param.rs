//! What a parameter may be.

use std::fmt::Display;

/// A value that fits into a path, a query or a header.
///
/// Whatever can be displayed does: text, numbers, truth values, UUIDs, timestamps, enumerations and
/// references to them. What the place needs by way of encoding is the call's business.
pub trait Param {
    /// The value as text, not yet encoded.
    fn to_param(&self) -> String;
}

impl<T: Display + ?Sized> Param for T {
    fn to_param(&self) -> String {
        self.to_string()
    }
}
