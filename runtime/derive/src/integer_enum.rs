//! `IntegerEnum`: unit variants, each a whole number, and one that holds all other numbers.

use crate::attr::{self, Wire};
use crate::error::Error;
use crate::parse::{Body, Item, Variant};

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let Body::Enum(variants) = &item.body else {
        return Err(Error::new(item.name.span(), "`IntegerEnum` is for enums"));
    };
    attr::none(&item.attrs, "an enum of integers")?;
    let (open, units): (Vec<_>, Vec<_>) = variants.iter().partition(|v| v.payload.is_some());
    let [open] = open.as_slice() else {
        return Err(Error::new(item.name.span(), "one variant holds the other integers"));
    };
    let values = units.iter().map(|variant| value(variant)).collect::<Result<Vec<_>, _>>()?;
    let spans = units.iter().map(|variant| variant.name.span());
    attr::distinct(spans.zip(values.iter().map(String::as_str)), "the value")?;
    let (mut known, mut number) = (String::new(), String::new());
    for (variant, value) in units.iter().zip(&values) {
        let ident = &variant.name;
        known += &format!("{value} => Self::{ident},");
        number += &format!("Self::{ident} => {value},");
    }
    Ok(impls(item, open, &known, &number))
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

fn impls(item: &Item, open: &Variant, known: &str, number: &str) -> String {
    let (name, visibility, other) = (&item.name, &item.visibility, &open.name);
    let ty: String = open.payload.iter().flatten().map(ToString::to_string).collect();
    format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[automatically_derived]
            impl {name} {{
                /// The value as it stands on the wire.
                {visibility} const fn as_{ty}(&self) -> {ty} {{
                    match self {{ {number} Self::{other}(value) => *value }}
                }}
            }}
            #[automatically_derived]
            impl v1::From<{ty}> for {name} {{
                fn from(value: {ty}) -> Self {{
                    match value {{ {known} value => Self::{other}(value) }}
                }}
            }}
            #[automatically_derived]
            impl v1::From<{name}> for {ty} {{
                fn from(value: {name}) -> Self {{ value.as_{ty}() }}
            }}
            #[automatically_derived]
            impl v1::FromStr for {name} {{
                type Err = v1::ParseIntError;
                fn from_str(value: &str) -> v1::Result<Self, v1::ParseIntError> {{
                    <{ty} as v1::FromStr>::from_str(value).map(v1::From::from)
                }}
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
            #[automatically_derived]
            impl<'de> v1::Deserialize<'de> for {name} {{
                fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                    v1::decode_integer::<{ty}, D>(from).map(v1::From::from)
                }}
            }}
        }};"
    )
}
