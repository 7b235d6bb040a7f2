//! `StringEnum`: unit variants, each a string, and perhaps one that holds all other strings.

use crate::attr::{self, Wire};
use crate::case;
use crate::error::Error;
use crate::parse::{Body, Item, Variant};

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let Body::Enum(variants) = &item.body else {
        return Err(Error::new(item.name.span(), "`StringEnum` is for enums"));
    };
    attr::none(&item.attrs, "an enum of strings")?;
    let (open, units): (Vec<_>, Vec<_>) = variants.iter().partition(|v| v.payload.is_some());
    let values = units.iter().map(|variant| value(variant)).collect::<Result<Vec<_>, _>>()?;
    let spans = units.iter().map(|variant| variant.name.span());
    attr::distinct(spans.zip(values.iter().map(String::as_str)), "the value")?;
    let open = match open.as_slice() {
        [] => None,
        [open] => Some(open.name.to_string()),
        [_, second, ..] => {
            return Err(Error::new(second.name.span(), "only one variant can hold a string"));
        }
    };
    if variants.is_empty() {
        return Err(Error::new(item.name.span(), "an enum of strings has variants"));
    }
    let (mut known, mut text, mut list) = (String::new(), String::new(), String::new());
    for (variant, value) in units.iter().zip(&values) {
        let ident = &variant.name;
        known += &format!("{value} => v1::Some(Self::{ident}),");
        text += &format!("Self::{ident} => {value},");
        list += &format!("{value},");
    }
    let unknown = match &open {
        Some(ident) => {
            text += &format!("Self::{ident}(value) => value,");
            format!("v1::Ok(Self::{ident}(value))")
        }
        None => "v1::Err(value)".to_owned(),
    };
    let impls = impls(item, open.as_deref(), &text);
    let name = &item.name;
    Ok(format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[automatically_derived]
            impl v1::StringEnum for {name} {{
                const VALUES: &'static [&'static str] = &[{list}];
                #[inline]
                fn known(value: &str) -> v1::Option<Self> {{
                    match value {{ {known} _ => v1::None }}
                }}
                #[inline]
                fn unknown(value: v1::String) -> v1::Result<Self, v1::String> {{ {unknown} }}
            }}
            {impls}
        }};"
    ))
}

/// The value of a variant, as a literal.
fn value(variant: &Variant) -> Result<String, Error> {
    let mut value = format!("{:?}", case::variant(&variant.name.to_string()));
    for (span, argument) in attr::wire(&variant.attrs)? {
        match argument {
            Wire::Name(text) => value = text,
            Wire::Integer(_)
            | Wire::Nullable
            | Wire::Flatten
            | Wire::Other
            | Wire::Tag(_)
            | Wire::Kind(_)
            | Wire::Only(_) => {
                return Err(attr::misplaced(span, "a value"));
            }
        }
    }
    Ok(value)
}

/// What users call: all but `as_str` delegates.
///
/// A client has hundreds of such enums, and few programs use more than some of them. With `#[inline]`
/// it is they that compile what they use, and not the client.
fn impls(item: &Item, open: Option<&str>, text: &str) -> String {
    let (name, visibility) = (&item.name, &item.visibility);
    let parse = match open {
        Some(open) => format!(
            "#[automatically_derived]
            impl v1::From<&str> for {name} {{
                #[inline]
                fn from(value: &str) -> Self {{ v1::known_or(value, Self::{open}) }}
            }}
            #[automatically_derived]
            impl v1::From<v1::String> for {name} {{
                #[inline]
                fn from(value: v1::String) -> Self {{ v1::known_or(value, Self::{open}) }}
            }}
            #[automatically_derived]
            impl v1::FromStr for {name} {{
                type Err = v1::Infallible;
                #[inline]
                fn from_str(value: &str) -> v1::Result<Self, v1::Infallible> {{
                    v1::Ok(v1::From::from(value))
                }}
            }}"
        ),
        None => format!(
            "#[automatically_derived]
            impl v1::FromStr for {name} {{
                type Err = v1::InvalidValue;
                #[inline]
                fn from_str(value: &str) -> v1::Result<Self, v1::InvalidValue> {{
                    v1::parse_string(value)
                }}
            }}"
        ),
    };
    format!(
        "#[automatically_derived]
        impl {name} {{
            /// The value as it stands on the wire.
            #[inline]
            {visibility} fn as_str(&self) -> &str {{ match self {{ {text} }} }}
        }}
        {parse}
        #[automatically_derived]
        impl v1::Display for {name} {{
            #[inline]
            fn fmt(&self, f: &mut v1::Formatter<'_>) -> v1::fmt::Result {{ f.pad(self.as_str()) }}
        }}
        #[automatically_derived]
        impl v1::AsRef<str> for {name} {{
            #[inline]
            fn as_ref(&self) -> &str {{ self.as_str() }}
        }}
        #[automatically_derived]
        impl v1::Serialize for {name} {{
            fn serialize<S: v1::Serializer>(&self, to: S) -> v1::Result<S::Ok, S::Error> {{
                to.serialize_str(self.as_str())
            }}
        }}
        #[automatically_derived]
        impl<'de> v1::Deserialize<'de> for {name} {{
            fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                v1::decode_string(from)
            }}
        }}"
    )
}
