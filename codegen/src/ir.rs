//! The API in terms no language owns: schemas by id, references resolved, every node with the
//! place it came from.
//!
//! `lower` fills it; it is the last type that remembers OpenAPI's words and the first that has
//! none of its shapes. There is no identifier in here: names are wire names, and only the stage
//! `names` makes Rust of them.

use crate::pointer::Pointer;

/// Index of a schema in [`Api::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaId(pub usize);

/// A whole document, reduced to what the client needs.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    /// What the document says of itself.
    pub(crate) info: Info,
    /// Base URLs in document order.
    pub(crate) servers: Vec<String>,
    /// Variables in server URLs, with their defaults.
    pub(crate) variables: Vec<(String, String)>,
    /// Security schemes in document order.
    pub(crate) schemes: Vec<SecurityScheme>,
    /// Every schema, components and anonymous ones alike.
    pub(crate) schemas: Vec<Schema>,
    /// Operations in document order.
    pub(crate) operations: Vec<Operation>,
}

impl Api {
    /// The schema behind an id.
    pub(crate) fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// The schema behind an id, aliases followed. References that never reach a value are refused
    /// long before.
    pub(crate) fn resolved(&self, id: SchemaId) -> &Schema {
        &self.schemas[self.resolve(id).0]
    }

    /// The id at the end of a chain of aliases.
    pub(crate) fn resolve(&self, mut id: SchemaId) -> SchemaId {
        while let Kind::Alias(next) = self.schemas[id.0].kind {
            id = next;
        }
        id
    }

    /// How many schemas have no type, for this reason.
    pub(crate) fn untyped(&self, reason: Untyped) -> usize {
        let same = |schema: &&Schema| matches!(schema.kind, Kind::Any(why) if why == reason);
        self.schemas.iter().filter(same).count()
    }

    /// Whether null is a legal value here, said by the schema or by one it stands for.
    pub(crate) fn nullable(&self, id: SchemaId) -> bool {
        self.any_on_chain(id, |schema| schema.nullable)
    }

    /// Whether a property of this schema is only ever received.
    pub(crate) fn read_only(&self, id: SchemaId) -> bool {
        self.any_on_chain(id, |schema| schema.read_only)
    }

    /// Whether a property of this schema is only ever sent.
    pub(crate) fn write_only(&self, id: SchemaId) -> bool {
        self.any_on_chain(id, |schema| schema.write_only)
    }

    fn any_on_chain(&self, mut id: SchemaId, holds: impl Fn(&Schema) -> bool) -> bool {
        loop {
            let schema = &self.schemas[id.0];
            if holds(schema) {
                return true;
            }
            let Kind::Alias(next) = schema.kind else { return false };
            id = next;
        }
    }
}

/// Title, version and description of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Info {
    /// `info.title`.
    pub(crate) title: String,
    /// `info.version`.
    pub(crate) version: String,
    /// `info.description`.
    pub(crate) description: Option<String>,
}

/// Prose that goes with a node.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Docs {
    /// `title` of a schema or `summary` of an operation.
    pub(crate) summary: Option<String>,
    /// `description`.
    pub(crate) description: Option<String>,
    /// `externalDocs.url`.
    pub(crate) link: Option<String>,
    /// Marked `deprecated`.
    pub(crate) deprecated: bool,
    /// Constraints, in words of ours: `at least 1`, `matches ^a$`.
    pub(crate) constraints: Vec<Constraint>,
    /// The value the server takes when none is sent.
    pub(crate) default: Option<String>,
}

/// A rule the document states about a value. It is documented, never enforced on answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constraint {
    /// `minimum`, with whether it is exclusive.
    Minimum(String, bool),
    /// `maximum`, with whether it is exclusive.
    Maximum(String, bool),
    /// `multipleOf`.
    MultipleOf(String),
    /// `minLength` in characters.
    MinLength(usize),
    /// `maxLength` in characters.
    MaxLength(usize),
    /// `pattern`, an ECMA-262 regular expression.
    Pattern(String),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// An `enum` on something that is not text.
    OneOf(Vec<String>),
}

/// One schema.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// What it would be called.
    pub(crate) origin: Origin,
    /// Prose.
    pub(crate) docs: Docs,
    /// `nullable`.
    pub(crate) nullable: bool,
    /// `readOnly`: as a property, only in answers.
    pub(crate) read_only: bool,
    /// `writeOnly`: as a property, only in requests.
    pub(crate) write_only: bool,
    /// Its shape.
    pub(crate) kind: Kind,
}

/// Where the name of a schema comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A key of `components.schemas`.
    Component(String),
    /// An anonymous schema: the names on the way to it, outermost first.
    Inline(Vec<String>),
}

impl std::fmt::Display for Origin {
    /// The name, or the names on the way joined by dots.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Component(name) => f.write_str(name),
            Self::Inline(path) => f.write_str(&path.join(".")),
        }
    }
}

impl Kind {
    /// Whether a value is one text, in whatever style it is spelled.
    pub(crate) fn is_single(&self) -> bool {
        match self {
            Self::Boolean
            | Self::Integer(_)
            | Self::Number(_)
            | Self::String(_)
            | Self::Enum(_) => true,
            Self::Any(_)
            | Self::Alias(_)
            | Self::Array(_)
            | Self::Map(_)
            | Self::Object(_)
            | Self::Union(_) => false,
        }
    }
}

/// The shape of a schema.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Any JSON value.
    Any(Untyped),
    /// The same values as another schema; prose and nullability may differ.
    Alias(SchemaId),
    /// `true` or `false`.
    Boolean,
    /// Whole numbers.
    Integer(IntegerFormat),
    /// Numbers.
    Number(NumberFormat),
    /// Text.
    String(StringFormat),
    /// Text out of a list. The list is open: servers add to it.
    Enum(Vec<EnumValue>),
    /// A list.
    Array(SchemaId),
    /// An object whose keys are data.
    Map(SchemaId),
    /// An object with declared properties.
    Object(Object),
    /// One of several objects, told apart by a property.
    Union(Union),
}

/// Why a value has no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untyped {
    /// The document allows anything here.
    DocumentSays,
    /// The document says more than we can express; a warning says so too.
    Unsupported,
}

/// Formats of `type: integer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntegerFormat {
    /// 32 bits, signed.
    Int32,
    /// 64 bits, signed; also what an integer without format is.
    Int64,
    /// 32 bits, unsigned.
    UInt32,
    /// 64 bits, unsigned.
    UInt64,
}

/// Formats of `type: number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// Single precision.
    Float,
    /// Double precision; also what a number without format is.
    Double,
}

/// Formats of `type: string` that change the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StringFormat {
    /// Text as it is; formats we only document end here too.
    Plain,
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 3339 full-date.
    Date,
    /// RFC 9562 UUID.
    Uuid,
}

/// One value of an `enum`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EnumValue {
    /// The text on the wire.
    pub(crate) wire: String,
    /// Its position in the document's list.
    pub(crate) index: usize,
}

/// An object with declared properties.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    /// Properties in document order.
    pub(crate) properties: Vec<Property>,
    /// The schema of undeclared properties, where the document gives one.
    pub(crate) additional: Option<SchemaId>,
}

/// A declared property.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// Its key on the wire.
    pub(crate) wire: String,
    /// Where it is written.
    pub(crate) at: Pointer,
    /// Its schema.
    pub(crate) schema: SchemaId,
    /// Whether `required` lists it.
    pub(crate) required: bool,
}

/// A union told apart by a discriminator property.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// The property that tells.
    pub(crate) tag: String,
    /// The alternatives in document order.
    pub(crate) variants: Vec<Variant>,
    /// What an unlisted tag still has, as an object schema.
    pub(crate) base: SchemaId,
}

/// One alternative of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The tag's value on the wire.
    pub(crate) tag: String,
    /// The object it stands for.
    pub(crate) schema: SchemaId,
}

/// One method of one path.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// `operationId`, or a stand-in made of method and path.
    pub(crate) id: String,
    /// The method in upper case.
    pub(crate) method: String,
    /// The path template.
    pub(crate) path: String,
    /// Tags in document order.
    #[expect(dead_code, reason = "read by people, through `inspect --stage ir`")]
    pub(crate) tags: Vec<String>,
    /// Prose.
    pub(crate) docs: Docs,
    /// Roles the caller needs (`x-rolesRequirements`).
    pub(crate) roles: Vec<String>,
    /// Parameters: path ones in the path's order, then the others in the document's.
    pub(crate) parameters: Vec<Parameter>,
    /// What is sent.
    pub(crate) body: Option<Body>,
    /// The server of this operation alone.
    pub(crate) server: Option<String>,
    /// Documented successes.
    pub(crate) successes: Vec<Outcome>,
    /// Documented errors.
    pub(crate) errors: Vec<Outcome>,
    /// Alternatives, each a set of schemes by name. Empty: no login.
    pub(crate) security: Vec<Vec<String>>,
    /// Query parameters that are left out because they would change the shape of every answer.
    pub(crate) withheld: Vec<String>,
    /// The wrapper its answers may come in.
    pub(crate) envelope: Option<Envelope>,
    /// `x-specwright-nonempty`: an empty object is not an answer.
    pub(crate) nonempty: bool,
}

impl Operation {
    /// The parts of a body that is a form of several parts and nothing else.
    pub(crate) fn parts(&self) -> &[Part] {
        match self.body.as_ref().map(|body| body.contents.as_slice()) {
            Some([Content { kind: ContentKind::Multipart(parts), .. }]) => parts,
            _ => &[],
        }
    }

    /// Whether successes differ in what they carry.
    pub(crate) fn has_several_answers(&self, api: &Api) -> bool {
        let key = |outcome: &Outcome| match &outcome.payload {
            Payload::Empty => (0, None),
            Payload::Text { .. } => (1, None),
            Payload::Bytes { .. } => (2, None),
            Payload::Json { schema, .. } => (3, Some(api.resolve(*schema))),
        };
        let mut keys = self.successes.iter().map(key);
        let first = keys.next();
        keys.any(|other| Some(other) != first)
    }
}

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// Where it is written.
    pub(crate) at: Pointer,
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

/// The wrapper of `x-specwright-envelope`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// Wire name of the query parameter that asks for it.
    pub(crate) parameter: String,
    /// Field that holds the HTTP status.
    pub(crate) status: String,
    /// Field that holds the body.
    pub(crate) content: String,
}

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
    /// What it consists of.
    pub(crate) kind: ContentKind,
}

/// What a request body consists of.
#[derive(Clone, Debug)]
pub(crate) enum ContentKind {
    /// JSON of a schema.
    Json(SchemaId),
    /// Pairs in the way of a query, with the styles of properties that have one of their own.
    Form(SchemaId, Vec<(String, Style)>),
    /// Several parts; without any, parts of the caller's own.
    Multipart(Vec<Part>),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
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

/// What a part holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// A file, with its media type where the document has exactly one.
    File(Option<String>),
    /// Any number of files.
    Files,
    /// A text, a list of texts, or JSON, by its schema.
    Value,
    /// JSON whatever the schema.
    Json,
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
    },
    /// Bytes.
    Bytes {
        /// The exact media type.
        media_type: String,
    },
}

impl Payload {
    /// The media type, where there is a body.
    pub(crate) fn media_type(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            Self::Json { media_type, .. }
            | Self::Text { media_type }
            | Self::Bytes { media_type } => Some(media_type),
        }
    }
}

/// A documented answer.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// The status it is for.
    pub(crate) status: Status,
    /// What comes with it.
    pub(crate) payload: Payload,
    /// The document's words.
    pub(crate) description: String,
    /// Documented headers with their prose.
    pub(crate) headers: Vec<(String, Docs)>,
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

/// A security scheme that can be used.
#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// Its key in the document.
    pub(crate) name: String,
    /// What it does.
    pub(crate) kind: SchemeKind,
    /// Prose.
    pub(crate) description: Option<String>,
    /// `x-specwright-credentials`: the type's name.
    pub(crate) type_name: Option<String>,
    /// `x-specwright-credentials`: environment variables, one for each argument.
    pub(crate) env: Vec<String>,
    /// `x-specwright-credentials`: names of the constructor's arguments.
    pub(crate) fields: Vec<String>,
}

/// The schemes the runtime can speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// OAuth 2.0 client credentials, with the token URL.
    ClientCredentials {
        /// Absolute, or relative to the server.
        token_url: String,
    },
    /// HTTP Digest.
    Digest,
    /// HTTP Basic.
    Basic,
    /// HTTP Bearer.
    Bearer,
    /// A key in a header.
    HeaderKey(String),
    /// A key in the query.
    QueryKey(String),
    /// A key in a cookie.
    CookieKey(String),
}
