//! `IntegerEnum`: unit variants, each a whole number, and perhaps one that holds all other numbers.

use crate::attr::{self, Wire};
use crate::error::Error;
use crate::parse::{Body, Item, Variant};

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let Body::Enum(variants) = &item.body else {
        return Err(Error::new(item.name.span(), "`IntegerEnum` is for enums"));
    };
    attr::none(&item.attrs, "an enum of integers")?;
    let (open, units): (Vec<_>, Vec<_>) = variants.iter().partition(|v| v.payload.is_some());
    let open = match open.as_slice() {
        [] => None,
        [open] => Some(*open),
        [_, second, ..] => {
            return Err(Error::new(second.name.span(), "one variant holds the other integers"));
        }
    };
    if variants.is_empty() {
        return Err(Error::new(item.name.span(), "an enum of integers has variants"));
    }
    let values = units.iter().map(|variant| value(variant)).collect::<Result<Vec<_>, _>>()?;
    let spans = units.iter().map(|variant| variant.name.span());
    attr::distinct(spans.zip(values.iter().map(String::as_str)), "the value")?;
    let (mut known, mut number, mut list) = (String::new(), String::new(), String::new());
    for (variant, value) in units.iter().zip(&values) {
        let ident = &variant.name;
        let found = format!("Self::{ident}");
        let found = if open.is_some() { found } else { format!("v1::Ok({found})") };
        known += &format!("{value} => {found},");
        number += &format!("Self::{ident} => {value},");
        list += &format!("\"{value}\",");
    }
    Ok(match open {
        Some(open) => {
            let (other, ty) = (&open.name, holds(open));
            number += &format!("Self::{other}(value) => *value,");
            impls(
                item,
                &ty,
                &number,
                &open_impls(item, &ty, &format!("{known} value => Self::{other}(value)")),
            )
        }
        None => {
            let ty = narrowest(&values);
            impls(item, ty, &number, &closed_impls(item, ty, &known, &list))
        }
    })
}

/// What the variant for all others holds.
fn holds(open: &Variant) -> String {
    open.payload.iter().flatten().map(ToString::to_string).collect()
}

/// The type for the numbers of an enum without such a variant.
fn narrowest(values: &[String]) -> &'static str {
    if values.iter().all(|value| value.parse::<i64>().is_ok()) { "i64" } else { "u64" }
}

/// The value of a variant, as digits.
fn value(variant: &Variant) -> Result<String, Error> {
    match attr::wire(&variant.attrs)?.into_iter().next() {
        Some((_, Wire::Integer(value))) => Ok(value),
        Some((
            span,
            Wire::Name(_)
            | Wire::Nullable
            | Wire::Flatten
            | Wire::Other
            | Wire::Tag(_)
            | Wire::Kind(_)
            | Wire::Only(_),
        )) => Err(attr::misplaced(span, "an integer")),
        None => Err(Error::new(variant.name.span(), "`#[wire(7)]` is due here")),
    }
}

/// What open and closed enums have in common; `reading` is what they have not.
fn impls(item: &Item, ty: &str, number: &str, reading: &str) -> String {
    let (name, visibility) = (&item.name, &item.visibility);
    format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[automatically_derived]
            impl {name} {{
                /// The value as it stands on the wire.
                {visibility} const fn as_{ty}(&self) -> {ty} {{
                    match self {{ {number} }}
                }}
            }}
            #[automatically_derived]
            impl v1::From<{name}> for {ty} {{
                fn from(value: {name}) -> Self {{ value.as_{ty}() }}
            }}
            #[automatically_derived]
            impl v1::Display for {name} {{
                fn fmt(&self, f: &mut v1::Formatter<'_>) -> v1::fmt::Result {{
                    v1::Display::fmt(&self.as_{ty}(), f)
                }}
            }}
            #[automatically_derived]
            impl v1::Serialize for {name} {{
                fn serialize<S: v1::Serializer>(&self, to: S) -> v1::Result<S::Ok, S::Error> {{
                    to.serialize_{ty}(self.as_{ty}())
                }}
            }}
            {reading}
        }};"
    )
}

/// Every number is a value.
fn open_impls(item: &Item, ty: &str, arms: &str) -> String {
    let name = &item.name;
    format!(
        "#[automatically_derived]
        impl v1::From<{ty}> for {name} {{
            fn from(value: {ty}) -> Self {{ match value {{ {arms} }} }}
        }}
        #[automatically_derived]
        impl v1::FromStr for {name} {{
            type Err = v1::ParseIntError;
            fn from_str(value: &str) -> v1::Result<Self, v1::ParseIntError> {{
                <{ty} as v1::FromStr>::from_str(value).map(v1::From::from)
            }}
        }}
        #[automatically_derived]
        impl<'de> v1::Deserialize<'de> for {name} {{
            fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                v1::decode_integer::<{ty}, D>(from).map(v1::From::from)
            }}
        }}"
    )
}

/// Other numbers are refused.
fn closed_impls(item: &Item, ty: &str, arms: &str, list: &str) -> String {
    let name = &item.name;
    format!(
        "#[automatically_derived]
        impl v1::TryFrom<{ty}> for {name} {{
            type Error = v1::InvalidValue;
            fn try_from(value: {ty}) -> v1::Result<Self, v1::InvalidValue> {{
                match value {{ {arms} _ => v1::Err(v1::InvalidValue::none_of(&[{list}])) }}
            }}
        }}
        #[automatically_derived]
        impl v1::FromStr for {name} {{
            type Err = v1::InvalidValue;
            fn from_str(value: &str) -> v1::Result<Self, v1::InvalidValue> {{
                match <{ty} as v1::FromStr>::from_str(value) {{
                    v1::Ok(value) => v1::TryFrom::try_from(value),
                    v1::Err(_) => v1::Err(v1::InvalidValue::none_of(&[{list}])),
                }}
            }}
        }}
        #[automatically_derived]
        impl<'de> v1::Deserialize<'de> for {name} {{
            fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                v1::decode_listed::<{ty}, Self, D>(from)
            }}
        }}"
    )
}
