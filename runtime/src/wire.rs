//! JSON objects to values and back: what the derives of `specwright-derive` expand to.
//!
//! An expansion names each field once and leaves all work to the generic functions here, because a
//! client of 600 types pays for every line of it. One function a direction: [`Encode::encode`] writes
//! the fields through a [`Writer`], [`Decode::decode`] reads them through a [`Reader`]; the impls of
//! serde's traits only delegate. Nothing here reads a sequence, so an array is refused where an
//! object is due (serde's own derive takes it for a struct).
//!
//! A misplaced attribute is refused where it stands:
//!
//! ```compile_fail
//! #[derive(specwright_runtime::codegen::v1::Decode)]
//! struct Snapshot {
//!     #[wire(nullable)]
//!     id: String,
//! }
//! ```

mod lenient;
mod open;
mod reader;
mod sample;
mod shape;
mod string_enum;
mod union;
mod writer;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serializer};

pub use lenient::decode_integer;
pub use reader::Reader;
#[cfg(feature = "test-util")]
pub(crate) use sample::Sampled;
pub use sample::{ByNothing, BySample, BySerialize, Probe, Sample, sample_object};
pub use shape::{Alternative, Constant, Shaped, attempt, attempt_int, decode_shape};
pub use string_enum::{
    InvalidValue, StringEnum, decode_listed, decode_string, known_or, parse_string,
};
pub use union::{Tagged, decode_any, field_count, join_fields};
pub use writer::Writer;

/// A type that is written as a JSON object, field by field.
pub trait Encode {
    /// Writes the fields to `to`, which remembers the first failure.
    fn encode<M: SerializeMap>(&self, to: &mut Writer<M>);
}

/// A type that is read from a JSON object.
pub trait Decode: Sized {
    /// The type's name, for messages.
    const NAME: &'static str;
    /// The wire names of all declared properties.
    const FIELDS: &'static [&'static str];
    /// Whether properties other than [`FIELDS`](Self::FIELDS) are kept too.
    const OPEN: bool = false;

    /// Reads the rest of an object of which nothing has been taken yet.
    fn decode<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Serializes `value` as an object.
pub fn encode_object<T: Encode, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new(serializer.serialize_map(None)?);
    value.encode(&mut writer);
    writer.end()
}

/// Deserializes a `T` from an object.
///
/// A type that declares all it reads says so to the deserializer by `deserialize_struct`, which is
/// how the call learns the declared names without decoding anything.
pub fn decode_object<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if T::OPEN {
        deserializer.deserialize_map(Object(PhantomData))
    } else {
        deserializer.deserialize_struct(T::NAME, T::FIELDS, Object(PhantomData))
    }
}

/// The empty value; expansions cannot count on `Default` being in scope under that name.
pub fn default<T: Default>() -> T {
    T::default()
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::decode(map)
    }
}
