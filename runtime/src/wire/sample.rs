//! Writing what a client only reads: how a test's values become the answers of a mock.
//!
//! An answer's type has `Decode` and nothing else, because a client never sends it. With the feature
//! `test-util` the derive of `Decode` adds [`Sample`], which is `Serialize` under another name: a type
//! that has that as well still compiles, and nothing is printed for it. The trait is there without the
//! feature too, so that a derive that was built with it, for another crate of the same program, finds
//! it.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::ser::{Error, Serialize, SerializeTuple, Serializer};
use serde_json::{Map, Value};

use super::Writer;
use crate::nullable::Nullable;
use crate::value::{Base64, Decimal, Secret};

/// A value that a mock can answer with.
#[diagnostic::on_unimplemented(
    message = "a mock cannot be told to answer with `{Self}`",
    note = "an expectation of `send()` takes what the call gives; `then_reply` takes any answer, \
            `then_events` and `then_values` take streams",
    note = "the types of a client can be answered with if the feature `test-util` of \
            `specwright-runtime` is on"
)]
pub trait Sample {
    /// Writes the value as the server would.
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;

    /// The value as a body that is not JSON, if it can be one.
    fn raw(&self) -> Option<Bytes> {
        None
    }
}

/// Writes an object, whose fields `fields` knows.
pub fn sample_object<S: Serializer>(
    to: S,
    fields: impl FnOnce(&mut Writer<S::SerializeMap>),
) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new(to.serialize_map(None)?);
    fields(&mut writer);
    writer.end()
}

/// A [`Sample`] for serde.
pub struct Sampled<'a, T: ?Sized>(pub &'a T);

impl<T: Sample + ?Sized> Serialize for Sampled<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.sample(to)
    }
}

/// A field of which the derive knows no type: `(&&&Probe(&field)).chosen()` is the first of
/// [`BySample`], [`BySerialize`] and [`ByNothing`] that its type allows, because methods are looked
/// for with as few references taken off as possible.
pub struct Probe<'a, T: ?Sized>(pub &'a T);

/// What the client reads itself.
pub trait BySample {
    /// What serde writes.
    type Chosen: Serialize;
    /// The value for serde.
    fn chosen(&self) -> Self::Chosen;
}

impl<'a, T: Sample + ?Sized> BySample for &&Probe<'a, T> {
    type Chosen = Sampled<'a, T>;
    fn chosen(&self) -> Sampled<'a, T> {
        Sampled(self.0)
    }
}

/// What serde can write: leaves, and types of the user's own.
pub trait BySerialize {
    /// What serde writes.
    type Chosen: Serialize;
    /// The value for serde.
    fn chosen(&self) -> Self::Chosen;
}

impl<'a, T: Serialize + ?Sized> BySerialize for &Probe<'a, T> {
    type Chosen = &'a T;
    fn chosen(&self) -> &'a T {
        self.0
    }
}

/// A type of the user's own that can only be read: known when a test uses it, and not before, so
/// that it breaks no other test.
pub trait ByNothing {
    /// What serde writes.
    type Chosen: Serialize;
    /// The value for serde.
    fn chosen(&self) -> Self::Chosen;
}

impl<T> ByNothing for Probe<'_, T> {
    type Chosen = Unwritable;
    fn chosen(&self) -> Unwritable {
        Unwritable(std::any::type_name::<T>())
    }
}

/// The name of a type that cannot be written.
pub struct Unwritable(&'static str);

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom(format_args!("{} does not implement Serialize", self.0)))
    }
}

impl<T: Sample> Sample for Option<T> {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Sampled).serialize(to)
    }
}

impl<T: Sample> Sample for Nullable<T> {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.value().map(Sampled).serialize(to)
    }
}

impl<T: Sample + ?Sized> Sample for Box<T> {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (**self).sample(to)
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(Sampled))
    }
}

impl<T: Sample> Sample for BTreeMap<String, T> {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter().map(|(name, value)| (name, Sampled(value))))
    }
}

impl Sample for String {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.serialize(to)
    }

    fn raw(&self) -> Option<Bytes> {
        Some(self.clone().into())
    }
}

impl Sample for Bytes {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self)
    }

    fn raw(&self) -> Option<Bytes> {
        Some(self.clone())
    }
}

impl Sample for () {
    fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit()
    }

    fn raw(&self) -> Option<Bytes> {
        Some(Bytes::new())
    }
}

macro_rules! sample_by_serialize {
    ($($leaf:ty)*) => {$(
        impl Sample for $leaf {
            fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.serialize(to)
            }
        }
    )*};
}

sample_by_serialize! {
    bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64
    Value Map<String, Value> Base64 Decimal Secret uuid::Uuid
    jiff::Timestamp jiff::civil::Date jiff::civil::DateTime jiff::civil::Time
    jiff::SignedDuration jiff::Span
}

macro_rules! sample_tuples {
    ($($count:literal: $($place:ident $index:tt)*;)*) => {$(
        impl<$($place: Sample),*> Sample for ($($place,)*) {
            fn sample<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let mut to = to.serialize_tuple($count)?;
                $(to.serialize_element(&Sampled(&self.$index))?;)*
                to.end()
            }
        }
    )*};
}

sample_tuples! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 F 4;
    6: A 0 B 1 C 2 D 3 F 4 G 5;
    7: A 0 B 1 C 2 D 3 F 4 G 5 H 6;
    8: A 0 B 1 C 2 D 3 F 4 G 5 H 6 I 7;
    9: A 0 B 1 C 2 D 3 F 4 G 5 H 6 I 7 J 8;
    10: A 0 B 1 C 2 D 3 F 4 G 5 H 6 I 7 J 8 K 9;
    11: A 0 B 1 C 2 D 3 F 4 G 5 H 6 I 7 J 8 K 9 L 10;
    12: A 0 B 1 C 2 D 3 F 4 G 5 H 6 I 7 J 8 K 9 L 10 N 11;
}
