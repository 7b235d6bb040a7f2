//! A client that no file of the repository holds: the build script makes it.

use specwright_runtime::serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length, which the program has a type of its own for.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Millimetres(pub f64);

impl Serialize for Millimetres {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.0 / 10.0)
    }
}

impl<'de> Deserialize<'de> for Millimetres {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        f64::deserialize(from).map(|centimetres| Self(centimetres * 10.0))
    }
}

/// A client of the garden.
pub mod garden {
    specwright_runtime::include_client!("garden");
}

/// A client that has scalars of every kind.
pub mod scalars {
    specwright_runtime::include_client!("scalars");
}
