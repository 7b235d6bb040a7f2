//! The Rust about to be printed: items with identifiers, types, attributes and docs all decided.
//!
//! In: [`ir::Api`](crate::ir::Api), facts and names. Out: [`Crate`]. Nothing after this stage
//! makes a choice; `emit` only spells what is here.

mod build;
mod client;
mod credentials;
mod defaults;
mod docs;
mod enums;
mod errors;
mod headers;
mod items;
mod markdown;
mod operations;
mod place;
pub(crate) mod policy;
pub(crate) mod types;
mod unions;

pub(crate) use build::{Wishes, build};
use types::{Scalar, Type};

use crate::names::Module;

/// Doc lines, without the slashes.
pub(crate) type Docs = Vec<String>;

/// Everything one client consists of.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    /// Docs of the crate or module.
    pub(crate) docs: Docs,
    /// The client itself.
    pub(crate) client: Client,
    /// One type a tag, if operations are grouped by it.
    pub(crate) groups: Vec<Group>,
    /// One type a security scheme.
    pub(crate) credentials: Vec<Credential>,
    /// One call an operation.
    pub(crate) operations: Vec<Operation>,
    /// Error enums, each followed by the operations that share it.
    pub(crate) errors: Vec<ErrorEnum>,
    /// Second names of shared error enums.
    pub(crate) error_aliases: Vec<Alias>,
    /// Headers of answers.
    pub(crate) headers: Vec<Header>,
    /// Types of the document.
    pub(crate) types: Vec<Item>,
    /// Of each type the module below `types` where it stands.
    pub(crate) type_places: Vec<Option<usize>>,
    /// The features of the crate.
    pub(crate) features: Vec<String>,
    /// The modules below `operations`, and below what holds the methods.
    pub(crate) operation_modules: Vec<Module>,
    /// The modules below `types`.
    pub(crate) type_modules: Vec<Module>,
}

/// The client struct.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) docs: Docs,
    /// Title of the document, for the user agent of a client that is not a crate.
    pub(crate) title: String,
    /// Version of the document.
    pub(crate) version: String,
    /// Base URLs, the first being the default.
    pub(crate) servers: Vec<String>,
    /// Variables in them with their defaults.
    pub(crate) variables: Vec<(String, String)>,
}

/// The operations of one tag.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) docs: Docs,
    /// The module below `groups` where it stands.
    pub(crate) module: Option<usize>,
    /// Whether some of its methods stand in another.
    pub(crate) is_spread: bool,
    pub(crate) name: String,
    /// Docs of the client's method that gives one.
    pub(crate) accessor_docs: Docs,
    pub(crate) accessor: String,
}

/// A credential type.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    /// The scheme in the document.
    pub(crate) scheme: String,
    /// The type of the runtime it wraps.
    pub(crate) inner: &'static str,
    /// The function of that type that makes one.
    pub(crate) constructor: &'static str,
    /// Arguments of the constructor that the document fixes, before the caller's.
    pub(crate) fixed: Vec<String>,
    /// Arguments of the caller.
    pub(crate) arguments: Vec<String>,
    /// Environment variables, one an argument, if the document names them.
    pub(crate) env: Vec<String>,
}

/// One operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The group whose method it is; without one it is the client's.
    pub(crate) group: Option<usize>,
    /// The module below `operations` where the call stands.
    pub(crate) module: Option<usize>,
    /// Docs of the client's method.
    pub(crate) method_docs: Docs,
    /// Docs of the call struct.
    pub(crate) call_docs: Docs,
    pub(crate) method: String,
    pub(crate) call: String,
    /// The call, as the method speaks of it.
    pub(crate) call_path: String,
    pub(crate) metadata: String,
    /// Why callers should look for something else, where they should.
    pub(crate) deprecated: Option<String>,
    pub(crate) request: Request,
    /// What the method takes, in order.
    pub(crate) arguments: Vec<Argument>,
    /// What the call can be given besides.
    pub(crate) setters: Vec<Setter>,
    /// The ways to send it, the usual one first.
    pub(crate) ways: Vec<Way>,
    /// The enum of its bodies, where there are several.
    pub(crate) bodies: Option<BodyEnum>,
    /// The error enum, if the document lists any error.
    pub(crate) error: Option<String>,
}

/// What never changes about the requests of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) id: String,
    pub(crate) http_method: String,
    pub(crate) path: String,
    pub(crate) accept: Option<String>,
    pub(crate) content_type: Option<String>,
    /// Statuses that are successes; a single digit stands for its range.
    pub(crate) success: Vec<u16>,
    pub(crate) security: Vec<Vec<String>>,
    pub(crate) envelope: Option<crate::ir::Envelope>,
    pub(crate) nonempty: bool,
    /// The server of this operation alone.
    pub(crate) server: Option<String>,
}

/// A way to send a call.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// What it asks for, where that is not what the operation usually accepts.
    pub(crate) accept: Option<String>,
    pub(crate) answer: Answer,
    pub(crate) send: SendMethod,
    pub(crate) with_metadata: SendMethod,
    /// For answers that need not be held as a whole.
    pub(crate) stream: Option<SendMethod>,
}

/// A method that makes a call.
#[derive(Clone, Debug)]
pub(crate) struct SendMethod {
    pub(crate) docs: Docs,
    pub(crate) name: String,
}

/// What a success gives.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// The same whatever its status.
    One(Payload),
    /// One of several, by status.
    OneOf(AnswerEnum),
}

/// An enum of successes.
#[derive(Clone, Debug)]
pub(crate) struct AnswerEnum {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    /// Exact statuses first, then ranges.
    pub(crate) variants: Vec<AnswerVariant>,
}

/// One documented success.
#[derive(Clone, Debug)]
pub(crate) struct AnswerVariant {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) status: crate::ir::Status,
    pub(crate) payload: Payload,
}

/// An enum of bodies.
#[derive(Clone, Debug)]
pub(crate) struct BodyEnum {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) variants: Vec<BodyVariant>,
}

/// One of several bodies.
#[derive(Clone, Debug)]
pub(crate) struct BodyVariant {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) ty: Type,
    pub(crate) body: BodyKind,
}

/// A positional argument.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) input: Input,
    pub(crate) place: ArgumentPlace,
}

/// A setter of a call.
#[derive(Clone, Debug)]
pub(crate) struct Setter {
    pub(crate) docs: Docs,
    /// Why callers should do without, where they should.
    pub(crate) deprecated: Option<String>,
    pub(crate) name: String,
    pub(crate) input: Input,
    pub(crate) place: ArgumentPlace,
}

/// Where an argument goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentPlace {
    Path {
        wire: String,
    },
    Query {
        wire: String,
    },
    QueryList {
        wire: String,
        explode: bool,
    },
    Header {
        wire: String,
    },
    /// In a style of its own.
    Styled {
        place: crate::ir::Place,
        wire: String,
        style: crate::ir::Style,
    },
    Envelope,
    Body(BodyKind),
    /// A part of the body; with a media type where the document has one for it.
    Part {
        wire: String,
        media_type: Option<String>,
    },
    Parts {
        wire: String,
    },
    PartValue {
        wire: String,
    },
    PartJson {
        wire: String,
    },
}

/// How a body is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind {
    Json,
    /// With the styles of properties that have one.
    Form(Vec<(String, crate::ir::Style)>),
    Multipart,
    Text,
    Bytes,
    /// Whichever the caller's value says.
    OneOf,
}

/// How an argument is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// `impl AsRef<str>`.
    Text,
    /// By value.
    Value(Type),
    /// An iterator over values, `impl IntoIterator<Item = …>`.
    Each(Type),
    /// An iterator over text, `impl IntoIterator<Item = impl AsRef<str>>`.
    EachText,
    /// Anything that becomes this type, `impl Into<…>`.
    Into(Type),
    /// An iterator over what becomes this type.
    EachInto(Type),
}

/// A body, sent or received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    Empty,
    Json(Type),
    Text,
    Bytes,
}

/// An enum of documented errors.
#[derive(Clone, Debug)]
pub(crate) struct ErrorEnum {
    pub(crate) docs: Docs,
    /// The module below `operations` where it stands.
    pub(crate) module: Option<usize>,
    pub(crate) name: String,
    pub(crate) variants: Vec<ErrorVariant>,
}

/// One documented error.
#[derive(Clone, Debug)]
pub(crate) struct ErrorVariant {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) status: crate::ir::Status,
    pub(crate) payload: Payload,
}

/// A header that answers may have.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) wire: String,
    /// What its value is read as.
    pub(crate) ty: Type,
    /// The features of which any one has that type; without any it is always there.
    pub(crate) features: Vec<String>,
}

/// A second name.
#[derive(Clone, Debug)]
pub(crate) struct Alias {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) target: Type,
}

/// A type of the document.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Struct(Struct),
    Enum(StringEnum),
    IntegerEnum(IntegerEnum),
    Checked(CheckedType),
    Union(Union),
    Alias(Alias),
}

impl Item {
    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::IntegerEnum(item) => &item.name,
            Self::Checked(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Alias(item) => &item.name,
        }
    }
}

/// Which derives of the runtime a type carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wire {
    pub(crate) encode: bool,
    pub(crate) decode: bool,
}

/// A struct with named fields.
#[derive(Clone, Debug)]
pub(crate) struct Struct {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) wire: Wire,
    /// No field is required, so that an empty one makes sense.
    pub(crate) default: bool,
    pub(crate) fields: Vec<Field>,
    /// Defaults of its fields.
    pub(crate) constants: Vec<Constant>,
}

/// A constant of a struct.
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) value: ConstValue,
}

/// What a constant is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ConstValue {
    Bool(bool),
    /// Its digits.
    Integer(String),
    Float(f64),
    Text(String),
    /// A variant of its type.
    Variant(String),
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// The wire name, where it is not the field's camelCase.
    pub(crate) rename: Option<String>,
    pub(crate) role: FieldRole,
    /// The setter, for fields that a constructor does not ask for.
    pub(crate) setter: Option<String>,
    /// Type a setter or constructor takes, without the wrapping of presence.
    pub(crate) bare: Type,
    /// Whether `bare` is boxed in the field.
    pub(crate) boxed: bool,
}

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldRole {
    /// A declared property.
    Property(policy::Presence),
    /// The map of undeclared properties.
    Rest,
}

/// An open enum of texts.
#[derive(Clone, Debug)]
pub(crate) struct StringEnum {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) variants: Vec<TextVariant>,
    /// The variant that keeps other texts.
    pub(crate) unknown: &'static str,
}

/// One listed text.
#[derive(Clone, Debug)]
pub(crate) struct TextVariant {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) rename: Option<String>,
}

/// An open enum of whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct IntegerEnum {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) variants: Vec<NumberVariant>,
    /// The variant that keeps other numbers.
    pub(crate) unknown: &'static str,
    /// What it keeps them in.
    pub(crate) holds: Type,
}

/// One listed number.
#[derive(Clone, Debug)]
pub(crate) struct NumberVariant {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    /// Its digits.
    pub(crate) value: String,
}

/// A text or number that is held against rules when it is made.
#[derive(Clone, Debug)]
pub(crate) struct CheckedType {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) holds: Scalar,
    pub(crate) rules: Vec<crate::checked::Rule>,
}

/// A union.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) wire: Wire,
    /// The property that tells the alternatives apart; without one their shape does.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<UnionVariant>,
    /// The variant that keeps what is not listed.
    pub(crate) unknown: &'static str,
    /// What that variant holds.
    pub(crate) base: Type,
    /// Fields that all alternatives share.
    pub(crate) accessors: Vec<Accessor>,
}

/// One alternative.
#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) known_by: KnownBy,
    pub(crate) ty: Type,
}

/// How an alternative is recognised.
#[derive(Clone, Debug)]
pub(crate) enum KnownBy {
    /// The union's tag has one of these values.
    Tag(Vec<String>),
    /// The value is of this type of JSON, with properties that hold one of a few texts.
    Shape(Form, Vec<(String, Texts)>),
}

/// A few texts.
#[derive(Clone, Debug)]
pub(crate) enum Texts {
    /// These.
    Listed(Vec<String>),
    /// All that an enum lists.
    Of(Type),
}

/// Types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Number,
    Boolean,
    List,
    Object,
}

/// A method that reads a field all alternatives have.
#[derive(Clone, Debug)]
pub(crate) struct Accessor {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) returns: Type,
    pub(crate) read: Read,
}

/// How an accessor reads its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// `&T` of a `T`.
    Borrow,
    /// `T` of a `T` that is `Copy`.
    Copy,
    /// `Option<&T>` of an `Option<T>`.
    BorrowInside,
    /// `Option<&T>` of an `Option<Box<T>>`, `Option<&str>` of an `Option<String>`.
    DerefInside,
}
