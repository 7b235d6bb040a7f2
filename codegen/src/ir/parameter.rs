//! Parameters, and how their values are spelled.

use super::{Docs, SchemaId};
use crate::pointer::Pointer;

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// Where the operation, or its path, says that it takes it; a reference may stand there.
    pub(crate) site: Pointer,
    /// Its name on the wire.
    pub(crate) wire: String,
    /// Path, query or header.
    pub(crate) place: Place,
    /// Its schema.
    pub(crate) schema: SchemaId,
    /// Whether a call without it makes no sense.
    pub(crate) required: bool,
    /// How its value is spelled.
    pub(crate) style: Style,
    /// Prose of the parameter itself, which wins over its schema's.
    pub(crate) docs: Docs,
}

/// A parameter that callers are not asked for, because the user has said what it is.
#[derive(Clone, Debug)]
pub(crate) struct FixedParameter {
    /// The parameter.
    pub(crate) parameter: Parameter,
    /// What it always is, not yet encoded.
    pub(crate) value: String,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How a value is spelled as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// `style`.
    pub(crate) form: StyleForm,
    /// `explode`.
    pub(crate) explode: bool,
    /// `allowReserved`.
    pub(crate) reserved: bool,
}

/// The values of `style`, and `content`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleForm {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// `content` with a JSON media type.
    Json,
}
