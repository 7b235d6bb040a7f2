//! Bodies: what is sent, and what comes back under which status.

use super::{Docs, Framing, SchemaId, Style, Untyped};
use crate::pointer::Pointer;

/// A request body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Whether the call needs it.
    pub(crate) required: bool,
    /// What it may be; one of them is sent.
    pub(crate) contents: Vec<Content>,
    /// Prose.
    pub(crate) docs: Docs,
}

/// One thing that a request body may be.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// The exact media type.
    pub(crate) media_type: String,
    /// The range that the document has instead, of which the caller may say which type it is.
    pub(crate) range: Option<String>,
    /// What it consists of.
    pub(crate) kind: ContentKind,
    /// What is said of it that no type says.
    pub(crate) raw: Opaque,
}

/// What a schema says of a body that is text, bytes or parts in any case.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Opaque {
    /// Its words and rules.
    pub(crate) docs: Docs,
    /// Why it has no type, where the schema says more than text or bytes.
    pub(crate) untyped: Option<Untyped>,
}

/// What a request body consists of.
#[derive(Clone, Debug)]
pub(crate) enum ContentKind {
    /// JSON of a schema.
    Json(SchemaId),
    /// Pairs in the way of a query, with the styles of properties that have one of their own.
    Form(SchemaId, Vec<(String, Style)>),
    /// Several parts.
    Multipart(Form),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A body of several parts.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Each of them; without any, the parts are the caller's own.
    pub(crate) parts: Vec<Part>,
    /// Why there are none.
    pub(crate) untyped: Option<Untyped>,
    /// The names of those that the document has and the caller makes, with whether they are required.
    pub(crate) named: Vec<(String, bool)>,
}

impl From<Untyped> for Form {
    fn from(untyped: Untyped) -> Self {
        Self { parts: Vec::new(), untyped: Some(untyped), named: Vec::new() }
    }
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// Its name on the wire.
    pub(crate) wire: String,
    /// Its schema.
    pub(crate) schema: SchemaId,
    /// Whether the body needs it.
    pub(crate) required: bool,
    /// What it holds.
    pub(crate) kind: PartKind,
}

impl PartKind {
    /// Whether it is one file or several.
    pub(crate) fn is_file(&self) -> bool {
        match self {
            Self::File(_) | Self::Files(_) => true,
            Self::Value(_) | Self::Json(_) => false,
        }
    }

    /// The media type that it is sent under unless the caller says otherwise, where it is not the
    /// usual one.
    pub(crate) fn media_type(&self) -> Option<&String> {
        match self {
            Self::File(types) | Self::Files(types) => match &types[..] {
                [only] if !only.contains('*') => Some(only),
                _ => None,
            },
            Self::Value(media_type) => media_type.as_ref(),
            Self::Json(media_type) => Some(media_type).filter(|name| *name != "application/json"),
        }
    }
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// A file, or what the caller has written himself: of one of these media types, or of any.
    File(Vec<String>),
    /// Any number of files.
    Files(Vec<String>),
    /// A text, a list of texts, or JSON, by its schema; with the media type that the document wants.
    Value(Option<String>),
    /// JSON whatever the schema, under this name.
    Json(String),
}

/// What an answer consists of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Payload {
    /// Nothing.
    Empty,
    /// JSON of a schema.
    Json {
        /// The exact media type.
        media_type: String,
        /// The schema of the value.
        schema: SchemaId,
    },
    /// Text.
    Text {
        /// The exact media type.
        media_type: String,
        /// What its schema says.
        raw: Opaque,
    },
    /// Bytes.
    Bytes {
        /// The exact media type.
        media_type: String,
        /// What its schema says.
        raw: Opaque,
    },
    /// Values, each as soon as it is there.
    Stream {
        /// The exact media type.
        media_type: String,
        /// How they are told apart.
        framing: Framing,
        /// The schema of each.
        schema: Option<SchemaId>,
        /// The data that ends them.
        end: Option<String>,
    },
}

impl Payload {
    /// The media type, where there is a body.
    pub(crate) fn media_type(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            Self::Json { media_type, .. }
            | Self::Text { media_type, .. }
            | Self::Bytes { media_type, .. }
            | Self::Stream { media_type, .. } => Some(media_type),
        }
    }
}

/// A documented answer.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// The status it is for.
    pub(crate) status: Status,
    /// What comes with it.
    pub(crate) payload: Payload,
    /// The media type to ask for, which may say more than what is read of the body, such as a
    /// version.
    pub(crate) accept: Option<String>,
    /// The document's words.
    pub(crate) description: String,
    /// Documented headers.
    pub(crate) headers: Vec<Header>,
}

/// A header of an answer.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// Its name on the wire.
    pub(crate) wire: String,
    /// The schema of its value, where that is a single value or a list of such; else it is a text.
    pub(crate) schema: Option<SchemaId>,
    /// Prose.
    pub(crate) docs: Docs,
}

/// A key of `responses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// One status.
    Exact(u16),
    /// `4XX`: all that begin with this digit.
    Range(u16),
    /// Everything else.
    Default,
}
