//! A parameter's value as a small tree: what styles can spell.
//!
//! Any `Serialize` becomes one, so that generated types need nothing beside the derives they have.
//! Properties keep the order in which a type declares them.

use std::fmt::Display;

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

/// A value without types: RFC 6570 knows texts, lists and pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// Null or no value: expands to nothing (RFC 6570, section 2.3).
    Null,
    /// A text, a number or a truth value.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object.
    Pairs(Vec<(String, Tree)>),
}

/// The value cannot be spelled; why is the type's own affair and may quote it.
#[derive(Debug)]
pub(crate) struct Unspellable;

impl Display for Unspellable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the value cannot be written as text")
    }
}

impl std::error::Error for Unspellable {}

impl serde::ser::Error for Unspellable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl Tree {
    /// The tree of a value.
    ///
    /// # Errors
    /// The value has no such form: its own encoding fails, or it is bytes.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Unspellable> {
        value.serialize(Growing)
    }

    /// The same without null: not there, in lists and objects too.
    pub(crate) fn without_null(self) -> Self {
        match self {
            Self::Null | Self::Text(_) => self,
            Self::List(items) => {
                let items = items.into_iter().map(Self::without_null);
                Self::List(items.filter(|item| *item != Self::Null).collect())
            }
            Self::Pairs(pairs) => {
                let pairs = pairs.into_iter().map(|(name, value)| (name, value.without_null()));
                Self::Pairs(pairs.filter(|(_, value)| *value != Self::Null).collect())
            }
        }
    }

    /// Texts one level down; what is deeper has no spelling but JSON.
    pub(crate) fn flat(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(_) | Self::Pairs(_) => self.json().to_string(),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Text(text) => serde_json::Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::json).collect(),
            Self::Pairs(pairs) => {
                pairs.iter().map(|(name, value)| (name.clone(), value.json())).collect()
            }
        }
    }
}

struct Growing;

/// The field under which serde_json hands over JSON that is text already; here it is a number with
/// all its digits.
const RAW: &str = "$serde_json::private::RawValue";

/// A list on its way.
#[derive(Default)]
struct Items(Vec<Tree>);

/// An object on its way.
#[derive(Default)]
struct Entries {
    pairs: Vec<(String, Tree)>,
    key: String,
}

fn text(value: impl Display) -> Result<Tree, Unspellable> {
    Ok(Tree::Text(value.to_string()))
}

macro_rules! texts {
    ($($method:ident: $ty:ty),*) => {
        $(fn $method(self, value: $ty) -> Result<Tree, Unspellable> {
            text(value)
        })*
    };
}

impl Serializer for Growing {
    type Ok = Tree;
    type Error = Unspellable;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Impossible<Tree, Unspellable>;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Impossible<Tree, Unspellable>;

    texts! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Tree, Unspellable> {
        Err(Unspellable)
    }

    fn serialize_none(self) -> Result<Tree, Unspellable> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, Unspellable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, Unspellable> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, Unspellable> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, Unspellable> {
        text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Tree, Unspellable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Tree, Unspellable> {
        Err(Unspellable)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Unspellable> {
        Ok(Items::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Unspellable> {
        Ok(Items::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Unspellable> {
        Ok(Items::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unspellable> {
        Err(Unspellable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, Unspellable> {
        Ok(Entries::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries, Unspellable> {
        Ok(Entries::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unspellable> {
        Err(Unspellable)
    }
}

impl Items {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unspellable> {
        self.0.push(Tree::of(value)?);
        Ok(())
    }
}

impl SerializeSeq for Items {
    type Ok = Tree;
    type Error = Unspellable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unspellable> {
        self.add(value)
    }

    fn end(self) -> Result<Tree, Unspellable> {
        Ok(Tree::List(self.0))
    }
}

impl SerializeTuple for Items {
    type Ok = Tree;
    type Error = Unspellable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unspellable> {
        self.add(value)
    }

    fn end(self) -> Result<Tree, Unspellable> {
        Ok(Tree::List(self.0))
    }
}

impl SerializeTupleStruct for Items {
    type Ok = Tree;
    type Error = Unspellable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unspellable> {
        self.add(value)
    }

    fn end(self) -> Result<Tree, Unspellable> {
        Ok(Tree::List(self.0))
    }
}

impl SerializeMap for Entries {
    type Ok = Tree;
    type Error = Unspellable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unspellable> {
        match Tree::of(key)? {
            Tree::Text(key) => self.key = key,
            Tree::Null | Tree::List(_) | Tree::Pairs(_) => {
                return Err(Unspellable::custom("a key is text"));
            }
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unspellable> {
        let key = std::mem::take(&mut self.key);
        self.pairs.push((key, Tree::of(value)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, Unspellable> {
        Ok(Tree::Pairs(self.pairs))
    }
}

impl SerializeStruct for Entries {
    type Ok = Tree;
    type Error = Unspellable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unspellable> {
        self.pairs.push((key.to_owned(), Tree::of(value)?));
        Ok(())
    }

    fn end(mut self) -> Result<Tree, Unspellable> {
        match self.pairs.as_mut_slice() {
            [(name, Tree::Text(json))] if name == RAW => Ok(Tree::Text(std::mem::take(json))),
            _ => Ok(Tree::Pairs(self.pairs)),
        }
    }
}
