//! The Rust about to be printed: items with identifiers, types, attributes and docs all decided.
//!
//! In: [`ir::Api`](crate::ir::Api), facts and names. Out: [`Crate`]. Nothing after this stage
//! makes a choice; `emit` only spells what is here.

mod about;
mod alias;
mod build;
mod client;
mod code;
mod credentials;
mod defaults;
mod derives;
mod docs;
mod elsewhere;
mod enums;
mod errors;
mod fixed;
mod guide;
mod headers;
mod hooks;
mod item;
mod items;
mod links;
mod markdown;
#[cfg(feature = "preview")]
pub(crate) mod mentions;
mod operations;
mod page;
mod pages;
mod place;
mod places;
pub(crate) mod policy;
mod samples;
pub(crate) mod types;
mod unions;
mod waiter;
mod waiters;

pub(crate) use build::build;
pub(crate) use item::{
    Accessor, Alias, Allowed, CheckedType, ConstValue, Constant, Field, FieldRole, Form,
    IntegerEnum, Item, KnownBy, NumberVariant, Otherwise, Read, StringEnum, Struct, TextVariant,
    Union, UnionVariant, Wire,
};
pub(crate) use page::{Paged, Taken};
use types::Type;
pub(crate) use waiter::{
    Access, AndWait, AwaitedState, Holds, Hop, Onward, Pattern, Turned, Wait, WaitGoal,
};

use crate::names::Module;

/// Doc lines, without the slashes.
pub(crate) type Docs = Vec<String>;

/// Everything one client consists of.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    /// Docs of the crate or module.
    pub(crate) docs: Docs,
    /// The lines of a new crate's `README.md`.
    pub(crate) readme: Docs,
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
    /// What reads webhooks.
    pub(crate) webhooks: Hooks,
    /// What reads callbacks.
    pub(crate) callbacks: Hooks,
    /// Types of the document.
    pub(crate) types: Vec<Item>,
    /// Of each type the module below `types` where it stands.
    pub(crate) type_places: Vec<Option<usize>>,
    /// How far the compiler must follow types through one another, where that is further than usual.
    pub(crate) recursion_limit: Option<usize>,
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
    /// Variables in them that have no default.
    pub(crate) demanded: Vec<String>,
    /// Where in the body of an error its name stands.
    pub(crate) error_code: Option<String>,
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
    /// What else the method is found under.
    pub(crate) alias: Option<String>,
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
    /// What is always sent, each with its text.
    pub(crate) fixed: Vec<(ArgumentPlace, String)>,
    /// What the method takes, in order.
    pub(crate) arguments: Vec<Argument>,
    /// What the call can be given besides.
    pub(crate) setters: Vec<Setter>,
    /// The ways to send it, the usual one first.
    pub(crate) ways: Vec<Way>,
    /// The methods that read its answers page by page.
    pub(crate) pages: Option<Paged>,
    /// The methods that make it again and again.
    pub(crate) waits: Vec<Wait>,
    /// The method that goes on with a wait.
    pub(crate) and_wait: Option<AndWait>,
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
    /// Where it is called.
    pub(crate) located: crate::ir::Located,
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
    /// Values, each as soon as it is there.
    Stream(Values),
}

/// The values of a stream.
#[derive(Clone, Debug)]
pub(crate) struct Values {
    pub(crate) framing: crate::ir::Framing,
    /// What each is; without a type it is what the wire has.
    pub(crate) item: Option<Type>,
    /// The data that ends them.
    pub(crate) end: Option<String>,
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
        media_type: Option<String>,
    },
    PartValue {
        wire: String,
        media_type: Option<String>,
    },
    PartJson {
        wire: String,
        media_type: Option<String>,
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

/// The functions of one module that read what the API sends.
#[derive(Clone, Debug)]
pub(crate) struct Hooks {
    /// Docs of the module.
    pub(crate) docs: Docs,
    pub(crate) parsers: Vec<Parser>,
}

/// A function that reads a body.
#[derive(Clone, Debug)]
pub(crate) struct Parser {
    pub(crate) docs: Docs,
    /// Why callers should look for something else, where they should.
    pub(crate) deprecated: Option<String>,
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// The features of which any one has that type; without any it is always there.
    pub(crate) features: Vec<String>,
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
