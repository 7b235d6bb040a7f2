//! The catalogue: every kind of problem the generator can report, under a name that scripts may
//! rely on.

use std::fmt;

use super::Severity;

/// The kind of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A file cannot be read or written.
    Io,
    /// The configuration or an argument makes no sense.
    Config,
    /// The output folder holds files that are not ours.
    OutputNotOurs,
    /// A file of the output is not what the document gives (`--check`).
    OutOfDate,
    /// The document is not UTF-8 text.
    Encoding,
    /// The document is neither JSON nor YAML.
    Syntax,
    /// A mapping holds a key twice.
    DuplicateKey,
    /// A YAML merge key, `<<`.
    MergeKey,
    /// A number that JSON does not have: NaN or an infinity.
    NotANumber,
    /// Nesting beyond what the generator reads.
    TooDeep,
    /// A document beyond what the generator reads, before or after its aliases are expanded.
    TooLarge,
    /// The document is not of a version the generator reads.
    UnsupportedVersion,
    /// The document is not what the OpenAPI specification says it should be.
    InvalidDocument,
    /// The document breaks the specification, and something true is left to generate.
    FaultyDocument,
    /// A key that the specification does not have in such an object.
    UnknownKey,
    /// A key that another object or another version of the specification has.
    MisplacedKey,
    /// A value of another kind than its key wants, at a place that nothing reads.
    WrongValue,
    /// A `$ref` to something the document does not have.
    UnresolvedReference,
    /// A `$ref` the generator does not follow, such as one into another file.
    UnsupportedReference,
    /// A chain of `$ref`s that comes back to its start without meeting a value.
    ReferenceCycle,
    /// An operation was chosen that the document does not have.
    UnknownOperation,
    /// Two operations share an `operationId`.
    RepeatedOperationId,
    /// Two names of the document become one Rust name.
    NameCollision,
    /// A union of alternatives that a value does not tell apart.
    AmbiguousUnion,
    /// A schema that has no Rust type yet.
    UnsupportedSchema,
    /// A parameter that cannot be sent yet.
    UnsupportedParameter,
    /// A request or response body that cannot be sent or read yet.
    UnsupportedBody,
    /// A security scheme that the runtime does not have yet.
    UnsupportedSecurity,
    /// Something the document says that the output does not express.
    Ignored,
    /// Operations in several versions, of which one is generated.
    SeveralVersions,
    /// A bug of the generator.
    Internal,
}

impl Code {
    /// The name, in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Io => "io",
            Self::Config => "config",
            Self::OutputNotOurs => "output-not-ours",
            Self::OutOfDate => "out-of-date",
            Self::Encoding => "encoding",
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::MergeKey => "merge-key",
            Self::NotANumber => "not-a-number",
            Self::TooDeep => "too-deep",
            Self::TooLarge => "too-large",
            Self::UnsupportedVersion => "unsupported-version",
            Self::InvalidDocument => "invalid-document",
            Self::FaultyDocument => "faulty-document",
            Self::UnknownKey => "unknown-key",
            Self::MisplacedKey => "misplaced-key",
            Self::WrongValue => "wrong-value",
            Self::UnresolvedReference => "unresolved-reference",
            Self::UnsupportedReference => "unsupported-reference",
            Self::ReferenceCycle => "reference-cycle",
            Self::UnknownOperation => "unknown-operation",
            Self::RepeatedOperationId => "repeated-operation-id",
            Self::NameCollision => "name-collision",
            Self::AmbiguousUnion => "ambiguous-union",
            Self::UnsupportedSchema => "unsupported-schema",
            Self::UnsupportedParameter => "unsupported-parameter",
            Self::UnsupportedBody => "unsupported-body",
            Self::UnsupportedSecurity => "unsupported-security",
            Self::Ignored => "ignored",
            Self::SeveralVersions => "several-versions",
            Self::Internal => "internal",
        }
    }

    /// The severity such a problem usually has.
    pub fn severity(self) -> Severity {
        match self {
            Self::AmbiguousUnion
            | Self::FaultyDocument
            | Self::UnknownKey
            | Self::MisplacedKey
            | Self::WrongValue
            | Self::NameCollision
            | Self::RepeatedOperationId
            | Self::Ignored
            | Self::SeveralVersions => Severity::Warning,
            Self::Io
            | Self::Config
            | Self::OutputNotOurs
            | Self::OutOfDate
            | Self::Encoding
            | Self::Syntax
            | Self::DuplicateKey
            | Self::MergeKey
            | Self::NotANumber
            | Self::TooDeep
            | Self::TooLarge
            | Self::UnsupportedVersion
            | Self::InvalidDocument
            | Self::UnresolvedReference
            | Self::UnsupportedReference
            | Self::ReferenceCycle
            | Self::UnknownOperation
            | Self::UnsupportedSchema
            | Self::UnsupportedParameter
            | Self::UnsupportedBody
            | Self::UnsupportedSecurity
            | Self::Internal => Severity::Error,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
