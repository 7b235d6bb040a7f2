//! The grammar of OpenAPI: which key of which object holds what.
//!
//! One table, of 3.0, for all who walk the raw tree: `select` looks for references where the
//! specification allows them (and leaves a `$ref` inside an example alone), `normalise` checks that
//! each value is what openapiv3 will expect. What other versions have besides is in tables of their
//! own (`later`, `swagger`), for those who see the document as it is written: `keys`, which reports
//! every key that is in no table, and the rewrite of 3.1.

mod dialect;
mod kinds;
mod later;
mod ours;
pub(crate) mod remedy;
mod swagger;
mod table;
mod walk;
mod words;

pub(crate) use self::dialect::Dialect;
pub(crate) use self::kinds::{is_beyond, kind};
pub(crate) use self::ours::{PREFIX, ours};
pub(crate) use self::table::{fields, members};
pub(crate) use self::walk::{
    Trail, for_each_child, holds_schemas, is_no_schema, reference, shape_at, shape_of,
};
pub(crate) use self::words::words;

/// An object of the specification (OpenAPI 3.0.3, section 4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Object {
    Callback,
    Components,
    Contact,
    Discriminator,
    Document,
    Encoding,
    Example,
    ExternalDocs,
    Header,
    Info,
    /// Items of a parameter or header that is no body (Swagger 2.0).
    Items,
    License,
    Link,
    MediaType,
    OAuthFlow,
    OAuthFlows,
    Operation,
    Parameter,
    PathItem,
    Paths,
    RequestBody,
    Response,
    Responses,
    Schema,
    SecurityRequirement,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Xml,
}

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Anything,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// An integer that is not negative.
    Count,
    Text,
    /// A list of text.
    Texts,
    /// A list of anything.
    Values,
    /// A mapping from anything to text.
    TextMap,
    /// A mapping from anything to anything.
    ValueMap,
    One(Object),
    List(Object),
    Map(Object),
    /// `additionalProperties`: a boolean or a schema.
    FlagOrSchema,
}

/// A key that the specification gives a meaning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
}

impl Object {
    /// All of them.
    pub(crate) const ALL: [Self; 30] = [
        Self::Callback,
        Self::Components,
        Self::Contact,
        Self::Discriminator,
        Self::Document,
        Self::Encoding,
        Self::Example,
        Self::ExternalDocs,
        Self::Header,
        Self::Info,
        Self::Items,
        Self::License,
        Self::Link,
        Self::MediaType,
        Self::OAuthFlow,
        Self::OAuthFlows,
        Self::Operation,
        Self::Parameter,
        Self::PathItem,
        Self::Paths,
        Self::RequestBody,
        Self::Response,
        Self::Responses,
        Self::Schema,
        Self::SecurityRequirement,
        Self::SecurityScheme,
        Self::Server,
        Self::ServerVariable,
        Self::Tag,
        Self::Xml,
    ];

    /// What it is called in a message, with its article.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Callback => "a callback",
            Self::Components => "the components object",
            Self::Contact => "a contact",
            Self::Discriminator => "a discriminator",
            Self::Document => "an OpenAPI document",
            Self::Encoding => "an encoding",
            Self::Example => "an example",
            Self::ExternalDocs => "external documentation",
            Self::Header => "a header",
            Self::Info => "the info object",
            Self::Items => "the items of a parameter",
            Self::License => "a licence",
            Self::Link => "a link",
            Self::MediaType => "a media type",
            Self::OAuthFlow => "an OAuth flow",
            Self::OAuthFlows => "the OAuth flows",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::PathItem => "a path item",
            Self::Paths => "the paths object",
            Self::RequestBody => "a request body",
            Self::Response => "a response",
            Self::Responses => "the responses object",
            Self::Schema => "a schema",
            Self::SecurityRequirement => "a security requirement",
            Self::SecurityScheme => "a security scheme",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Tag => "a tag",
            Self::Xml => "an XML object",
        }
    }

    /// The section of `components` that holds such objects. These are the ones a `$ref` may stand
    /// for, and path items besides.
    pub(crate) fn section(self) -> Option<&'static str> {
        match self {
            Self::Callback => Some("callbacks"),
            Self::Example => Some("examples"),
            Self::Header => Some("headers"),
            Self::Link => Some("links"),
            Self::Parameter => Some("parameters"),
            Self::RequestBody => Some("requestBodies"),
            Self::Response => Some("responses"),
            Self::Schema => Some("schemas"),
            Self::SecurityScheme => Some("securitySchemes"),
            Self::Components
            | Self::Contact
            | Self::Discriminator
            | Self::Document
            | Self::Encoding
            | Self::ExternalDocs
            | Self::Info
            | Self::Items
            | Self::License
            | Self::MediaType
            | Self::OAuthFlow
            | Self::OAuthFlows
            | Self::Operation
            | Self::PathItem
            | Self::Paths
            | Self::Responses
            | Self::SecurityRequirement
            | Self::Server
            | Self::ServerVariable
            | Self::Tag
            | Self::Xml => None,
        }
    }

    /// The object that a section of `components` holds.
    pub(crate) fn of_section(section: &str) -> Option<Self> {
        match fields(Self::Components).iter().find(|field| field.key == section)?.shape {
            Shape::Map(object) => Some(object),
            _ => None,
        }
    }

    /// Whether `{$ref: …}` may stand in its place.
    pub(crate) fn may_be_reference(self) -> bool {
        self.section().is_some() || self == Self::PathItem
    }
}

#[cfg(test)]
mod tests;
