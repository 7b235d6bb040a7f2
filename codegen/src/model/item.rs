//! Items of the module `types`, every decision taken.

use super::types::{Scalar, Type};
use super::{Docs, policy};
use crate::rust_path::RustPath;

/// A second name.
#[derive(Clone, Debug)]
pub(crate) struct Alias {
    pub(crate) docs: Docs,
    /// What else it is found under.
    pub(crate) alias: Option<String>,
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
    /// What else it is found under.
    pub(crate) alias: Option<String>,
    pub(crate) name: String,
    pub(crate) derives: Vec<RustPath>,
    /// No field is required, so that an empty one makes sense.
    pub(crate) default: bool,
    /// Everything that is required is known, so that what the constructor makes is the default.
    pub(crate) default_is_new: bool,
    /// The document says something of each field.
    pub(crate) speaks: bool,
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
    /// Whether clippy could take the value for a badly written π or another constant of `std`.
    pub(crate) looks_famous: bool,
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
    /// What else it is found under.
    pub(crate) alias: Option<String>,
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// The wire name, where it is not the field's camelCase.
    pub(crate) rename: Option<String>,
    pub(crate) role: FieldRole,
    /// The setter, for fields that need not be there.
    pub(crate) setter: Option<String>,
    /// What it is in a value that is made here, where it must be there and can only be that.
    pub(crate) fixed: Option<ConstValue>,
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

/// An enum of texts.
#[derive(Clone, Debug)]
pub(crate) struct StringEnum {
    pub(crate) docs: Docs,
    /// What else it is found under.
    pub(crate) alias: Option<String>,
    pub(crate) name: String,
    pub(crate) derives: Vec<RustPath>,
    pub(crate) variants: Vec<TextVariant>,
    /// The variant that keeps other texts; a closed enum has none.
    pub(crate) unknown: Option<&'static str>,
}

/// One listed text.
#[derive(Clone, Debug)]
pub(crate) struct TextVariant {
    pub(crate) docs: Docs,
    /// What else it is found under.
    pub(crate) alias: Option<String>,
    pub(crate) name: String,
    pub(crate) rename: Option<String>,
}

/// An enum of whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct IntegerEnum {
    pub(crate) docs: Docs,
    /// What else it is found under.
    pub(crate) alias: Option<String>,
    pub(crate) name: String,
    pub(crate) derives: Vec<RustPath>,
    pub(crate) variants: Vec<NumberVariant>,
    /// The variant that keeps other numbers; a closed enum has none.
    pub(crate) unknown: Option<&'static str>,
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
    /// What else it is found under.
    pub(crate) alias: Option<String>,
    pub(crate) name: String,
    pub(crate) derives: Vec<RustPath>,
    pub(crate) holds: Scalar,
    pub(crate) rules: Vec<crate::checked::Rule>,
}

/// A union.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) docs: Docs,
    /// What else it is found under.
    pub(crate) alias: Option<String>,
    pub(crate) name: String,
    pub(crate) derives: Vec<RustPath>,
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
    /// The union's tag is one of these texts.
    Tag(Vec<String>),
    /// The union's tag is one of these numbers.
    Number(Vec<i64>),
    /// The value is of this type of JSON, with properties that hold one of a few values.
    Shape(Form, Vec<(String, Allowed)>),
}

/// A few values of a property.
#[derive(Clone, Debug)]
pub(crate) enum Allowed {
    /// These, none of which is a list or an object.
    Listed(Vec<serde_json::Value>),
    /// All texts that an enum lists.
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
    /// What it gives of a value that is no alternative.
    pub(crate) otherwise: Otherwise,
}

/// What an accessor gives of the variant that keeps what is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// The same field, which that variant has as well.
    Same,
    /// `None`, and of the alternatives what is read.
    Nothing,
    /// `None`, and of the alternatives `Some` of what is read.
    NothingElseSome,
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
