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
    /// A text.
    Text(String),
    /// A number or a truth value, as JSON has it: within a list in a list it stays that.
    Word(String),
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

    /// The same without the items and properties that are null: of them nothing is written. Below that a
    /// value is JSON, which has null, or a `deepObject`, which leaves it out by itself.
    pub(crate) fn without_null(self) -> Self {
        match self {
            Self::Null | Self::Text(_) | Self::Word(_) => self,
            Self::List(items) => {
                Self::List(items.into_iter().filter(|item| *item != Self::Null).collect())
            }
            Self::Pairs(pairs) => {
                Self::Pairs(pairs.into_iter().filter(|(_, value)| *value != Self::Null).collect())
            }
        }
    }

    /// Texts one level down; what is deeper has no spelling but JSON.
    pub(crate) fn flat(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) | Self::Word(text) => text.clone(),
            Self::List(_) | Self::Pairs(_) => self.json(),
        }
    }

    /// The value as JSON, a number with all the digits it has.
    fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Word(word) => word.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Pairs(pairs) => {
                let pair =
                    |(name, value): &(String, Self)| format!("{}:{}", quoted(name), value.json());
                let pairs: Vec<String> = pairs.iter().map(pair).collect();
                format!("{{{}}}", pairs.join(","))
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

fn word(value: impl Display) -> Result<Tree, Unspellable> {
    Ok(Tree::Word(value.to_string()))
}

/// JSON has no number for what is none (RFC 8259, section 6).
fn float(value: f64, written: impl Display) -> Result<Tree, Unspellable> {
    if value.is_finite() { word(written) } else { text(written) }
}

macro_rules! each {
    ($by:ident $($method:ident: $ty:ty),*) => {
        $(fn $method(self, value: $ty) -> Result<Tree, Unspellable> {
            $by(value)
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

    each! {
        word serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
    }

    each! { text serialize_char: char, serialize_str: &str }

    fn serialize_f32(self, value: f32) -> Result<Tree, Unspellable> {
        float(value.into(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<Tree, Unspellable> {
        float(value, value)
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
            Tree::Text(key) | Tree::Word(key) => self.key = key,
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
            [(name, Tree::Text(json))] if name == RAW => Ok(Tree::Word(std::mem::take(json))),
            _ => Ok(Tree::Pairs(self.pairs)),
        }
    }
}
