//! What a document says of itself: what it is about, who is behind it, and under which terms.

use super::Docs;
use crate::pointer::Pointer;

/// The Info Object, and where the document says that more is to be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Info {
    /// `info.title`.
    pub(crate) title: String,
    /// `info.version`.
    pub(crate) version: String,
    /// `info.summary`, which OpenAPI 3.1 has.
    pub(crate) summary: Option<String>,
    /// `info.description`.
    pub(crate) description: Option<String>,
    /// `info.contact`.
    pub(crate) contact: Contact,
    /// `info.license`.
    pub(crate) license: Option<License>,
    /// `info.termsOfService`, a URL.
    pub(crate) terms: Option<String>,
    /// `externalDocs` of the document.
    pub(crate) more: Option<ExternalDocs>,
}

/// Whom to ask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contact {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
}

/// The licence of the API, which says nothing about a client.
#[derive(Clone, Debug)]
pub(crate) struct License {
    pub(crate) name: String,
    /// An expression of SPDX, which OpenAPI 3.1 has.
    pub(crate) identifier: Option<String>,
    pub(crate) url: Option<String>,
}

/// Where more is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalDocs {
    /// `url`, as it is written.
    pub(crate) url: String,
    /// `description`.
    pub(crate) description: Option<String>,
}

/// What the document says of a tag.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// Its name, by which operations refer to it.
    pub(crate) name: String,
    /// Prose.
    pub(crate) docs: Docs,
}
