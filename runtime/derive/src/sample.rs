//! `Sample`: how a test's value is written as the server would. In the place of `Encode`, with which
//! it shares no impl, so that a type can have both.

use crate::encode;
use crate::error::Error;
use crate::fields::{self, Presence, Property};
use crate::parse::{Body, Item};
use crate::shape::Shapes;
use crate::union::Union;

/// For what is read as an object, or told apart by shape.
pub(crate) fn of_object(item: &Item) -> Result<String, Error> {
    let body = match &item.body {
        Body::Struct(fields) => object(&fields_body(&fields::properties(&item.attrs, fields)?)),
        Body::Enum(variants) => match Union::new(item, variants)? {
            Some(union) => {
                let write = format!("to.object(&{})", chosen("value"));
                object(&encode::union_body(&union, &write))
            }
            None => shapes_body(&Shapes::new(item, variants)?),
        },
        // Refused by the derive itself.
        Body::Newtype(_) => return Ok(String::new()),
    };
    Ok(scoped(item, &body))
}

/// For what `Serialize` writes.
pub(crate) fn of_leaf(item: &Item) -> Result<String, Error> {
    Ok(scoped(item, "v1::Serialize::serialize(self, to)"))
}

/// The expression that serde can write, whatever the type of `value`.
pub(crate) fn chosen(value: &str) -> String {
    format!("(&&&v1::Probe({value})).chosen()")
}

fn scoped(item: &Item, body: &str) -> String {
    let name = &item.name;
    format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[allow(unused_imports)]
            use v1::{{ByNothing as _, BySample as _, BySerialize as _}};
            #[automatically_derived]
            impl v1::Sample for {name} {{
                fn sample<S: v1::Serializer>(&self, to: S) -> v1::Result<S::Ok, S::Error> {{
                    {body}
                }}
            }}
        }};"
    )
}

fn object(body: &str) -> String {
    format!("v1::sample_object(to, |to| {{ let _ = &to; {body} }})")
}

fn fields_body(properties: &[Property]) -> String {
    let declared = fields::declared(properties);
    let mut body = String::new();
    for Property { ident, name, presence, .. } in properties {
        let (field, value) = (chosen(&format!("&self.{ident}")), chosen("value"));
        body += &match presence {
            Presence::Required => format!("to.put({name}, &{field});"),
            Presence::Optional => {
                format!("if let v1::Some(value) = &self.{ident} {{ to.put({name}, &{value}); }}")
            }
            Presence::ThreeState => {
                format!("if !self.{ident}.is_absent() {{ to.put({name}, &{field}); }}")
            }
            Presence::Flatten => format!(
                "for (name, value) in &self.{ident} {{ to.more(&[{declared}], name, &{value}); }}"
            ),
        };
    }
    body
}

fn shapes_body(shapes: &Shapes) -> String {
    let idents = shapes.choices.iter().map(|choice| &choice.ident).chain(&shapes.other);
    let value = chosen("value");
    let arms = idents
        .map(|ident| format!("Self::{ident}(value) => v1::Serialize::serialize(&{value}, to),"));
    format!("match self {{ {} }}", arms.collect::<String>())
}
