//! Not written yet.

pub mod diagnostics;
pub mod load;
pub mod normalise;
pub mod pointer;
pub mod select;
pub mod source;
