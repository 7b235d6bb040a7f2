//! The fields of a struct: name on the wire, and how each is present.

use proc_macro::TokenTree;

use crate::attr::{self, Wire};
use crate::case;
use crate::error::Error;
use crate::parse::{Attr, Field, is_punct};

/// A field of a struct.
pub(crate) struct Property {
    /// The identifier, with `r#` if it has that.
    pub(crate) ident: String,
    /// The name on the wire, as a literal.
    pub(crate) name: String,
    pub(crate) presence: Presence,
    /// Whether the type is one that the runtime reads by rules of its own.
    pub(crate) ruled: bool,
    /// Whether the type is any JSON value, perhaps one that may be left out.
    pub(crate) any: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Any other type, or an `Option` that is nullable: always there.
    Required,
    /// `Option`: left out when `None`.
    Optional,
    /// `Nullable`: absent, null or a value.
    ThreeState,
    /// The map of what is not declared.
    Flatten,
}

/// Reads all fields; the one that is flattened comes last.
pub(crate) fn properties(attrs: &[Attr], fields: &[Field]) -> Result<Vec<Property>, Error> {
    attr::none(attrs, "a struct")?;
    let mut properties = fields.iter().map(property).collect::<Result<Vec<_>, _>>()?;
    let spans = fields.iter().map(|field| field.name.span());
    let named = spans.zip(&properties).filter(|(_, p)| p.presence != Presence::Flatten);
    attr::distinct(named.map(|(span, p)| (span, p.name.as_str())), "the name")?;
    properties.sort_by_key(|property| property.presence == Presence::Flatten);
    let flattened = properties.iter().filter(|p| p.presence == Presence::Flatten).count();
    if flattened > 1 {
        return Err(Error::here("only one field can be flattened"));
    }
    Ok(properties)
}

fn property(field: &Field) -> Result<Property, Error> {
    let ident = field.name.to_string();
    let mut name = format!("{:?}", case::field(&ident));
    let mut presence = match head(&field.ty).as_str() {
        "Option" => Presence::Optional,
        "Nullable" => Presence::ThreeState,
        _ => Presence::Required,
    };
    let arguments = attr::wire(&field.attrs)?;
    let alone = arguments.len() == 1;
    for (index, (span, argument)) in arguments.into_iter().enumerate() {
        match argument {
            Wire::Name(text) if index == 0 => name = text,
            Wire::Name(_) => return Err(Error::new(span, "one name, and it comes first")),
            Wire::Nullable if presence == Presence::Optional => presence = Presence::Required,
            Wire::Nullable => {
                return Err(Error::new(span, "`nullable` is for a field of type `Option`"));
            }
            Wire::Flatten if alone => presence = Presence::Flatten,
            Wire::Flatten => return Err(Error::new(span, "`flatten` stands alone")),
            Wire::Integer(_) | Wire::Other | Wire::Tag(_) | Wire::Kind(_) | Wire::Only(_) => {
                return Err(attr::misplaced(span, "a field"));
            }
        }
    }
    Ok(Property { ident, name, presence, ruled: is_ruled(&field.ty), any: is_any(&field.ty) })
}

/// The last segment of a type's path, without its arguments.
fn head(ty: &[TokenTree]) -> String {
    let path = ty.split(|token| is_punct(token, '<')).next().unwrap_or_default();
    path.last().map_or_else(String::new, ToString::to_string)
}

/// Whether `ty` is `serde_json::Value`, perhaps in an `Option`: null is one of its values, and not
/// the lack of one.
pub(crate) fn is_any(ty: &[TokenTree]) -> bool {
    let text: String = ty.iter().map(ToString::to_string).collect();
    let inner = text.split_once("Option<").map_or(text.as_str(), |(_, inner)| inner);
    inner.trim_end_matches('>').ends_with("serde_json::Value") && !inner.contains('<')
}

/// Whether the runtime reads `ty` by rules of its own, which serde does not know: an integer, a float
/// of 32 bits, a point in time, perhaps in wrappers that the runtime sees through.
pub(crate) fn is_ruled(ty: &[TokenTree]) -> bool {
    match head(ty).as_str() {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "f32" => true,
        // A document may well have a type of its own that is called so.
        "Timestamp" => is_jiff(ty),
        // Of a map these are the key, which is text, and the value, whose last segment counts.
        "Option" | "Nullable" | "Vec" | "Box" | "BTreeMap" => {
            let open = ty.iter().position(|token| is_punct(token, '<'));
            open.and_then(|open| ty.get(open + 1..ty.len() - 1)).is_some_and(is_ruled)
        }
        _ => false,
    }
}

/// Whether the path ends in `jiff::` and one name.
fn is_jiff(ty: &[TokenTree]) -> bool {
    ty.iter().rev().nth(3).is_some_and(|module| module.to_string() == "jiff")
}

/// The names of all that are declared, as the elements of an array.
pub(crate) fn declared(properties: &[Property]) -> String {
    let declared = properties.iter().filter(|property| property.presence != Presence::Flatten);
    declared.map(|property| format!("{},", property.name)).collect()
}
