//! Rust types of wire values: the one table from format to type.

use crate::ir::{IntegerFormat, NumberFormat, StringFormat};
use crate::rust_path::RustPath;

/// A Rust type, as far as it is decided here; how it is spelled is decided in `emit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// A type that every crate knows.
    Scalar(Scalar),
    /// A type of the generated module `types`, by the path that is good where it is mentioned.
    Named(String),
    /// A type of the user's own.
    Foreign(RustPath),
    /// `Vec<…>`.
    Vec(Box<Type>),
    /// `(…, …)`.
    Tuple(Vec<Type>),
    /// A map from text, in the order of its keys.
    Map(Box<Type>),
    /// `Option<…>`.
    Option(Box<Type>),
    /// The three-state type of the runtime.
    Nullable(Box<Type>),
    /// `Box<…>`.
    Boxed(Box<Type>),
    /// `&…`.
    Ref(Box<Type>),
    /// `str`, only behind a reference.
    Str,
    /// `&'static str`, of a constant.
    StaticStr,
    /// An enum of the generated module `operations`, by path.
    Sibling(String),
    /// A body of bytes, `Body` of the runtime.
    Body,
    /// A part of a form, `Part` of the runtime.
    Part,
    /// A form of the caller's own parts, `Multipart` of the runtime.
    Multipart,
}

/// Types that are not generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// `bool`.
    Bool,
    /// `i8`.
    I8,
    /// `i16`.
    I16,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u8`.
    U8,
    /// `u16`.
    U16,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// An instant.
    Timestamp,
    /// A calendar date.
    Date,
    /// A UUID.
    Uuid,
    /// An IPv4 address.
    Ipv4,
    /// Base64 of the runtime.
    Base64,
    /// A number with all its digits, of the runtime.
    Decimal,
    /// A text that nobody prints, of the runtime.
    Secret,
    /// Any JSON value.
    Value,
}

impl From<IntegerFormat> for Scalar {
    fn from(format: IntegerFormat) -> Self {
        match format {
            IntegerFormat::Int8 => Self::I8,
            IntegerFormat::Int16 => Self::I16,
            IntegerFormat::Int32 => Self::I32,
            IntegerFormat::Int64 => Self::I64,
            IntegerFormat::UInt8 => Self::U8,
            IntegerFormat::UInt16 => Self::U16,
            IntegerFormat::UInt32 => Self::U32,
            IntegerFormat::UInt64 => Self::U64,
        }
    }
}

impl From<NumberFormat> for Scalar {
    fn from(format: NumberFormat) -> Self {
        match format {
            NumberFormat::Float => Self::F32,
            NumberFormat::Double => Self::F64,
            NumberFormat::Decimal => Self::Decimal,
        }
    }
}

impl From<StringFormat> for Scalar {
    fn from(format: StringFormat) -> Self {
        match format {
            StringFormat::Plain => Self::String,
            StringFormat::DateTime => Self::Timestamp,
            StringFormat::Date => Self::Date,
            StringFormat::Uuid => Self::Uuid,
            StringFormat::Ipv4 => Self::Ipv4,
            StringFormat::Base64 => Self::Base64,
            StringFormat::Secret => Self::Secret,
        }
    }
}

impl Scalar {
    /// Whether values are copied rather than borrowed.
    pub(crate) fn is_copy(self) -> bool {
        match self {
            Self::String | Self::Base64 | Self::Decimal | Self::Secret | Self::Value => false,
            Self::Bool
            | Self::I8
            | Self::I16
            | Self::I32
            | Self::I64
            | Self::U8
            | Self::U16
            | Self::U32
            | Self::U64
            | Self::F32
            | Self::F64
            | Self::Timestamp
            | Self::Date
            | Self::Uuid
            | Self::Ipv4 => true,
        }
    }

    /// Whether values are numbers that have a fraction, which are neither hashed nor equal to
    /// themselves at all times.
    pub(crate) fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }

    /// Whether a function takes whatever becomes such a value, as people write literals for them.
    pub(crate) fn is_converted(self) -> bool {
        matches!(self, Self::String | Self::Base64 | Self::Decimal | Self::Secret)
    }
}

impl Type {
    /// Whether it is, or holds, a type of the user's own.
    pub(crate) fn has_foreign(&self) -> bool {
        match self {
            Self::Foreign(_) => true,
            Self::Vec(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::Ref(inner) => inner.has_foreign(),
            Self::Tuple(places) => places.iter().any(Self::has_foreign),
            Self::Scalar(_)
            | Self::Named(_)
            | Self::Str
            | Self::StaticStr
            | Self::Sibling(_)
            | Self::Body
            | Self::Part
            | Self::Multipart => false,
        }
    }

    pub(crate) fn by_ref(self) -> Self {
        Self::Ref(Box::new(self))
    }

    pub(crate) fn string() -> Self {
        Self::Scalar(Scalar::String)
    }

    pub(crate) fn value() -> Self {
        Self::Scalar(Scalar::Value)
    }

    pub(crate) fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    pub(crate) fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }

    /// What a generated type is called, wherever it is mentioned.
    #[cfg(feature = "preview")]
    pub(crate) fn name(&self) -> Option<&str> {
        let Self::Named(path) = self else { return None };
        path.rsplit("::").next()
    }
}
