//! Rust types of wire values: the one table from format to type.

use crate::ir::{IntegerFormat, NumberFormat, StringFormat};

/// A Rust type, as far as it is decided here; how it is spelled is decided in `emit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// A type that every crate knows.
    Scalar(Scalar),
    /// A type of the generated module `types`.
    Named(String),
    /// `Vec<…>`.
    Vec(Box<Type>),
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
    /// An enum of the generated module `operations`.
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
    /// `i32`.
    I32,
    /// `i64`.
    I64,
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
    /// Any JSON value.
    Value,
}

impl From<IntegerFormat> for Scalar {
    fn from(format: IntegerFormat) -> Self {
        match format {
            IntegerFormat::Int32 => Self::I32,
            IntegerFormat::Int64 => Self::I64,
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
        }
    }
}

impl Scalar {
    /// Whether values are copied rather than borrowed.
    pub(crate) fn is_copy(self) -> bool {
        !matches!(self, Self::String | Self::Value)
    }
}

impl Type {
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
}
