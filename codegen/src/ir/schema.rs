//! Schemas: shapes of values, with their prose and what the document asks of them.

use std::collections::BTreeSet;

use super::rules::all_hold;
use super::{ExternalDocs, Foreign, SchemaId};
use crate::pointer::Pointer;

/// Prose that goes with a node.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Docs {
    /// `title` of a schema or `summary` of an operation.
    pub(crate) summary: Option<String>,
    /// `description`.
    pub(crate) description: Option<String>,
    /// `externalDocs`, of each schema of the value.
    pub(crate) links: Vec<ExternalDocs>,
    /// Marked `deprecated`.
    pub(crate) deprecated: bool,
    /// Constraints, in words of ours: `at least 1`, `matches ^a$`.
    pub(crate) constraints: Vec<Constraint>,
    /// The value the server takes when none is sent.
    pub(crate) default: Option<String>,
    /// A `format` that the type does not say by itself.
    pub(crate) format: Option<String>,
}

impl Docs {
    /// These words, and what `other` says where they say nothing; the rules of both.
    pub(crate) fn or(self, other: Self) -> Self {
        let constraints = match (self.constraints, other.constraints) {
            (own, none) if none.is_empty() => own,
            (none, others) if none.is_empty() => others,
            (own, others) => all_hold(others.into_iter().chain(own)),
        };
        Self {
            summary: self.summary.or(other.summary),
            description: self.description.or(other.description),
            links: if self.links.is_empty() { other.links } else { self.links },
            deprecated: self.deprecated || other.deprecated,
            constraints,
            format: self.format.or(other.format),
            default: self.default.or(other.default),
        }
    }

    /// These words, or else those of `other`; the rules of both. Words about a place are not mixed
    /// with those about what stands there.
    pub(crate) fn over(self, other: &Self) -> Self {
        let mut other = other.clone();
        if self.has_words() {
            (other.summary, other.description, other.links) = Default::default();
        }
        self.or(other)
    }

    /// The words of several schemas of one value, none of which goes before the others: all
    /// descriptions, the titles of the later ones before theirs, all links, and the last default.
    pub(crate) fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        let mut said = Self::default();
        let mut texts: Vec<String> = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for mut docs in all {
            let title = docs.summary.take().filter(|text| known.insert(text.clone()));
            let text = docs.description.take().filter(|text| known.insert(text.clone()));
            // The first title is that of the whole, where no text goes before it.
            if said.summary.is_none() && texts.is_empty() {
                said.summary = title;
            } else {
                texts.extend(title.map(sentence));
            }
            texts.extend(text);
            said.default = docs.default.take().or(said.default);
            for link in std::mem::take(&mut docs.links) {
                if !said.links.contains(&link) {
                    said.links.push(link);
                }
            }
            said = said.or(docs);
        }
        said.description = (!texts.is_empty()).then(|| texts.join("\n\n"));
        said
    }

    /// These words as a paragraph about one thing among others: `` `a`: The first. ``
    pub(crate) fn about(&self, what: &str) -> Option<String> {
        let said = self.summary.clone().map(sentence).into_iter().chain(self.description.clone());
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| format!("{what}: {}", said.join(" ")))
    }

    /// Whether there is something to read but for rules.
    pub(crate) fn has_words(&self) -> bool {
        self.summary.is_some() || self.description.is_some()
    }
}

/// A title as a paragraph of its own.
fn sentence(mut title: String) -> String {
    if !title.ends_with(['.', '!', '?', ':']) {
        title.push('.');
    }
    title
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
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// An `enum` on something that is not text.
    OneOf(Vec<String>),
    /// `anyOf` or `oneOf` of lists of properties, one of which has to be there.
    RequiresOneOf(Vec<Vec<String>>),
    /// `not`: some values are excluded.
    Not,
    /// `false`, or `not` of what allows any value: no value is one.
    Never,
    /// `format`, where it is that of one alternative.
    Format(String),
    /// `contentMediaType`: what the text is.
    Content(String),
    /// Alternatives of one type, each with its rules: those of one of them hold.
    EitherOf(Vec<Vec<Self>>),
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
    /// The value the server takes when none is sent, if it is a value of this shape.
    pub(crate) default: Option<serde_json::Value>,
    /// `format`, as it is written.
    pub(crate) format: Option<String>,
    /// Its shape.
    pub(crate) kind: Kind,
}

impl Schema {
    /// Whether it has a name of its own in the document.
    pub(crate) fn is_component(&self) -> bool {
        matches!(self.origin, Origin::Component(_))
    }
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
    /// What the document says, whatever the user has a type for.
    pub(crate) fn said(&self) -> &Self {
        match self {
            Self::Foreign(foreign) => &foreign.instead,
            said => said,
        }
    }

    /// Whether a value is one text, in whatever style it is spelled.
    pub(crate) fn is_single(&self) -> bool {
        match self {
            Self::Boolean
            | Self::Integer(_)
            | Self::Number(_)
            | Self::String(_)
            | Self::Enum(_)
            | Self::IntegerEnum(_) => true,
            Self::Any(_)
            | Self::Alias(_)
            | Self::Array(_)
            | Self::Tuple(_)
            | Self::Map(_)
            | Self::Object(_)
            | Self::Union(_)
            // Nobody knows how it is displayed.
            | Self::Foreign(_) => false,
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
    /// A whole number out of a list, as open as one of texts.
    IntegerEnum(IntegerEnum),
    /// A list.
    Array(SchemaId),
    /// A list of so many items, each with a schema of its own.
    Tuple(Vec<SchemaId>),
    /// An object whose keys are data.
    Map(SchemaId),
    /// An object with declared properties.
    Object(Object),
    /// One of several.
    Union(Union),
    /// What the user has a type for.
    Foreign(Foreign),
}

/// Why a value has no type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Untyped {
    /// The document allows anything here.
    DocumentSays,
    /// The document allows any object here: `type: object` and no more.
    AnyObject,
    /// What the document says here is broken, in this way; a warning says so too.
    Fault(String),
    /// The document says more than we can express, namely this; a warning says so too.
    Unsupported(String),
}

/// Formats of `type: integer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntegerFormat {
    /// 8 bits, signed.
    Int8,
    /// 16 bits, signed.
    Int16,
    /// 32 bits, signed.
    Int32,
    /// 64 bits, signed; also what an integer without format is.
    Int64,
    /// 8 bits, unsigned.
    UInt8,
    /// 16 bits, unsigned.
    UInt16,
    /// 32 bits, unsigned.
    UInt32,
    /// 64 bits, unsigned.
    UInt64,
}

impl IntegerFormat {
    /// The numbers it holds.
    pub(crate) fn range(self) -> std::ops::RangeInclusive<i128> {
        match self {
            Self::Int8 => i8::MIN.into()..=i8::MAX.into(),
            Self::Int16 => i16::MIN.into()..=i16::MAX.into(),
            Self::Int32 => i32::MIN.into()..=i32::MAX.into(),
            Self::Int64 => i64::MIN.into()..=i64::MAX.into(),
            Self::UInt8 => u8::MIN.into()..=u8::MAX.into(),
            Self::UInt16 => u16::MIN.into()..=u16::MAX.into(),
            Self::UInt32 => u32::MIN.into()..=u32::MAX.into(),
            Self::UInt64 => u64::MIN.into()..=u64::MAX.into(),
        }
    }
}

/// Formats of `type: number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// Single precision.
    Float,
    /// Double precision; also what a number without format is.
    Double,
    /// As many digits as the server sends.
    Decimal,
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
    /// An IPv4 address in dotted form (RFC 2673, section 3.2).
    Ipv4,
    /// Bytes as base64 (RFC 4648).
    Base64,
    /// Text that nobody prints.
    Secret,
}

/// One value of an `enum`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EnumValue {
    /// The text on the wire, of a number its digits.
    pub(crate) wire: String,
    /// Its position in the document's list.
    pub(crate) index: usize,
    /// Where it is, if that is elsewhere: in one of several alternatives that became one list.
    pub(crate) at: Option<Pointer>,
    /// What the document would have it called.
    pub(crate) name: Option<String>,
    /// What the document says of it.
    pub(crate) description: Option<String>,
    /// Whether the document calls it deprecated.
    pub(crate) deprecated: bool,
}

/// An enum of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IntegerEnum {
    /// The listed numbers, in document order.
    pub(crate) values: Vec<EnumValue>,
    /// Whether they are the numbers from 0 to beyond 63 bits; otherwise they have a sign.
    pub(crate) unsigned: bool,
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

/// A value that is one of several.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// How the alternatives are told apart.
    pub(crate) apart: Apart,
    /// The alternatives in document order.
    pub(crate) variants: Vec<Variant>,
    /// What a value that is none of them still has.
    pub(crate) base: SchemaId,
}

/// What tells the alternatives of a union apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// The text of this property, which all of them have.
    Tag(String),
    /// The whole number of this property, which all of them have; tags are its digits.
    Number(String),
    /// What they are made of.
    Shape,
}

/// One alternative of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// What it goes by: the tag's value, or the name of its schema.
    pub(crate) name: String,
    /// Where it is listed.
    pub(crate) at: Pointer,
    /// The tag's values on the wire; none where shapes tell.
    pub(crate) tags: Vec<String>,
    /// Where shapes tell: properties that hold one of these values, none of which is an object or a
    /// list.
    pub(crate) constants: Vec<(String, Vec<serde_json::Value>)>,
    /// The value it stands for.
    pub(crate) schema: SchemaId,
}
