//! Objects no struct is declared for, where a union may hold them, and boxes.

use std::collections::BTreeMap;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeOwned, MapAccess};
use serde::ser::{Serialize, SerializeMap};
use serde_json::{Map, Value};

use super::{Decode, Encode, Writer};

impl<T: Encode> Encode for Box<T> {
    fn encode<M: SerializeMap>(&self, to: &mut Writer<M>) {
        (**self).encode(to);
    }
}

impl<T: Decode> Decode for Box<T> {
    const NAME: &'static str = T::NAME;
    const FIELDS: &'static [&'static str] = T::FIELDS;
    const OPEN: bool = T::OPEN;

    fn decode<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::decode(map).map(Self::new)
    }
}

impl<T: Serialize> Encode for BTreeMap<String, T> {
    fn encode<M: SerializeMap>(&self, to: &mut Writer<M>) {
        to.extra(&[], self);
    }
}

impl Encode for Map<String, Value> {
    fn encode<M: SerializeMap>(&self, to: &mut Writer<M>) {
        for (name, value) in self {
            to.put(name, value);
        }
    }
}

impl Encode for Value {
    fn encode<M: SerializeMap>(&self, to: &mut Writer<M>) {
        match self {
            Value::Object(object) => object.encode(to),
            _ => to.fail("an object is due here"),
        }
    }
}

macro_rules! decode_open {
    ($($open:ty $(, $generic:ident)?;)*) => {$(
        impl$(<$generic: DeserializeOwned>)? Decode for $open {
            const NAME: &'static str = "any";
            const FIELDS: &'static [&'static str] = &[];
            const OPEN: bool = true;

            fn decode<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
                Self::deserialize(MapAccessDeserializer::new(map))
            }
        }
    )*};
}

decode_open! {
    BTreeMap<String, T>, T;
    Map<String, Value>;
    Value;
}
