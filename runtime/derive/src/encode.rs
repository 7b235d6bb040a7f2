//! `Encode`: one call for each field.

use crate::error::Error;
use crate::fields::{self, Presence, Property};
use crate::parse::{Body, Item};
use crate::shape::{self, Shapes};
use crate::union::Union;

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let (body, write) = match &item.body {
        Body::Struct(fields) => {
            (fields_body(&fields::properties(&item.attrs, fields)?), OBJECT.to_owned())
        }
        Body::Enum(variants) => match Union::new(item, variants)? {
            Some(union) => (union_body(&union, "v1::Encode::encode(value, to)"), write(&union)),
            None => {
                let shapes = Shapes::new(item, variants)?;
                return Ok(shape::scoped(&shape::encode(&item.name.to_string(), &shapes)));
            }
        },
        Body::Newtype(_) => {
            return Err(Error::new(item.name.span(), "`Encode` is for structs with named fields"));
        }
    };
    let name = &item.name;
    Ok(format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[automatically_derived]
            impl v1::Encode for {name} {{
                fn encode<M: v1::SerializeMap>(&self, to: &mut v1::Writer<M>) {{ {body} }}
            }}
            #[automatically_derived]
            impl v1::Serialize for {name} {{
                fn serialize<S: v1::Serializer>(&self, to: S) -> v1::Result<S::Ok, S::Error> {{
                    {write}
                }}
            }}
        }};"
    ))
}

/// What writes an object.
const OBJECT: &str = "v1::encode_object(self, to)";

/// What writes a union; what is kept without being an object is written as it is.
fn write(union: &Union) -> String {
    match union.keeps_any().filter(|_| !union.choices.is_empty()) {
        Some(other) => format!(
            "match self {{
                Self::{other}(value) => v1::Serialize::serialize(value, to),
                _ => {OBJECT},
            }}"
        ),
        None => OBJECT.to_owned(),
    }
}

fn fields_body(properties: &[Property]) -> String {
    let declared = fields::declared(properties);
    let mut body = String::from("let _ = to;");
    for Property { ident, name, presence, .. } in properties {
        body += &match presence {
            Presence::Required => format!("to.put({name}, &self.{ident});"),
            Presence::Optional => format!("to.option({name}, &self.{ident});"),
            Presence::ThreeState => format!("to.nullable({name}, &self.{ident});"),
            Presence::Flatten => format!("to.extra(&[{declared}], &self.{ident});"),
        };
    }
    body
}

/// The tag and the value of a variant; `write` is what writes a `value` that is an object.
pub(crate) fn union_body(union: &Union, write: &str) -> String {
    let mut arms = String::new();
    for choice in &union.choices {
        let (ident, tag) = (&choice.ident, &union.tag);
        // Where several values lead to one variant, its own field says which one it is.
        let written = match choice.values.as_slice() {
            [value] if union.numbers => format!("to.tag_number({tag}, {value});"),
            [value] => format!("to.tag({tag}, {value});"),
            _ => String::new(),
        };
        arms += &format!("Self::{ident}(value) => {{ {written} {write} }}");
    }
    if let Some(other) = &union.other {
        arms += &format!("Self::{}(value) => {write},", other.ident);
    }
    format!("match self {{ {arms} }}")
}
