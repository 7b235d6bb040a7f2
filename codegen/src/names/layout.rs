//! Which module holds what, where a module of the output is too much for one file or has to be
//! built in parts.

use std::collections::BTreeMap;

use super::Side;
use crate::ir::SchemaId;

/// The features of a crate, and the modules below `operations` and `types`. Without any, each of
/// the two is one module, and that is how a module that is included always has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    pub(super) features: Vec<String>,
    pub(super) operations: Vec<Module>,
    pub(super) types: Vec<Module>,
    pub(super) by_operation: Vec<usize>,
    pub(super) by_signature: Vec<usize>,
    pub(super) by_type: BTreeMap<(SchemaId, Side), usize>,
}

/// A module below another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Module {
    /// Its name, and that of its file.
    pub(crate) name: String,
    /// The features of which any one needs it; without any it is always there.
    pub(crate) features: Vec<String>,
}

impl Layout {
    /// The features of the crate.
    pub(crate) fn features(&self) -> &[String] {
        &self.features
    }

    /// The modules below `operations`; the client's methods lie in modules of the same names.
    pub(crate) fn operations(&self) -> &[Module] {
        &self.operations
    }

    /// The modules below `types`.
    pub(crate) fn types(&self) -> &[Module] {
        &self.types
    }

    /// The module of an operation's call.
    pub(crate) fn of_operation(&self, index: usize) -> Option<usize> {
        self.by_operation.get(index).copied()
    }

    /// The module of the error enum of a signature.
    pub(crate) fn of_signature(&self, index: usize) -> Option<usize> {
        self.by_signature.get(index).copied()
    }

    /// The module of a type.
    pub(crate) fn of_type(&self, id: SchemaId, side: Side) -> Option<usize> {
        self.by_type.get(&(id, side)).copied()
    }
}
