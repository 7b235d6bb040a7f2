//! `Decode`: a slot for each field, and one arm that fills it.

use crate::error::Error;
use crate::fields::{self, Presence, Property};
use crate::parse::{Body, Item};
use crate::shape::{self, Shapes};
use crate::union::Union;

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let (constants, body, read) = match &item.body {
        Body::Struct(fields) => {
            let properties = fields::properties(&item.attrs, fields)?;
            (struct_constants(&properties), struct_body(&properties), read(None))
        }
        Body::Enum(variants) => match Union::new(item, variants)? {
            Some(union) => (union_constants(&union), union_body(&union), read(union.keeps_any())),
            None => {
                let shapes = Shapes::new(item, variants)?;
                let impls = shape::decode(&item.name.to_string(), &plain(&item.name), &shapes);
                return Ok(shape::scoped(&impls));
            }
        },
        Body::Newtype(_) => {
            return Err(Error::new(item.name.span(), "`Decode` is for structs with named fields"));
        }
    };
    let name = &item.name;
    let text = plain(name);
    Ok(format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[automatically_derived]
            impl v1::Decode for {name} {{
                const NAME: &'static str = \"{text}\";
                {constants}
                fn decode<'de, A: v1::MapAccess<'de>>(map: A) -> v1::Result<Self, A::Error> {{
                    {body}
                }}
            }}
            #[automatically_derived]
            impl<'de> v1::Deserialize<'de> for {name} {{
                fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                    {read}
                }}
            }}
        }};"
    ))
}

/// What reads an object from `from`, and anything else into the variant that keeps any value.
pub(crate) fn read(other: Option<&str>) -> String {
    match other {
        Some(other) => format!("v1::decode_any(from, Self::{other})"),
        None => "v1::decode_object(from)".to_owned(),
    }
}

/// A name without its `r#`, for messages.
fn plain(name: &proc_macro::Ident) -> String {
    let text = name.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

fn struct_constants(properties: &[Property]) -> String {
    let names = fields::declared(properties);
    // Each constant is a body of its own to the compiler, so the usual one is left to the trait.
    let open = match properties.iter().any(|property| property.presence == Presence::Flatten) {
        true => "const OPEN: bool = true;",
        false => "",
    };
    format!("const FIELDS: &'static [&'static str] = &[{names}]; {open}")
}

/// The names are `f0`, `f1` and so on, in the order of the declared names; that number itself is
/// the end of the object, anything above it is not declared.
fn struct_body(properties: &[Property]) -> String {
    let (mut slots, mut arms, mut inits) = (String::new(), String::new(), String::new());
    let mut unknown = "_ => from.skip(),".to_owned();
    let mut keep = "";
    let mut end = 0;
    for (index, property) in properties.iter().enumerate() {
        let (ident, ruled) = (&property.ident, property.ruled);
        let method = match property.presence {
            Presence::Required | Presence::ThreeState if ruled => "int",
            Presence::Required | Presence::ThreeState => "value",
            Presence::Optional if ruled => "int_option",
            Presence::Optional if property.any => "value",
            Presence::Optional => "option",
            Presence::Flatten => {
                slots += &format!("let mut f{index} = v1::default();");
                let extra = if ruled { "int_extra" } else { "extra" };
                unknown = format!("_ => from.{extra}(&mut f{index}),");
                inits += &format!("{ident}: f{index},");
                keep = ".keep_unknown()";
                continue;
            }
        };
        end = index + 1;
        slots += &format!("let mut f{index} = v1::None;");
        arms += &format!("{index} => from.{method}(&mut f{index}),");
        inits += &match property.presence {
            Presence::Required => format!("{ident}: from.required(f{index}, {index})?,"),
            Presence::Optional | Presence::Flatten => format!("{ident}: f{index},"),
            Presence::ThreeState => format!("{ident}: f{index}.unwrap_or_default(),"),
        };
    }
    format!(
        "let mut from = v1::Reader::new(map, Self::FIELDS){keep};
        {slots}
        loop {{
            match from.field()? {{ {arms} {end} => break, {unknown} }}?;
        }}
        v1::Ok(Self {{ {inits} }})"
    )
}

fn union_constants(union: &Union) -> String {
    let tag = &union.tag;
    let all = || union.all().map(|choice| &choice.payload);
    let parts: String = all().map(|ty| format!("<{ty} as v1::Decode>::FIELDS,")).collect();
    let open: String = all().map(|ty| format!("|| <{ty} as v1::Decode>::OPEN")).collect();
    format!(
        "const FIELDS: &'static [&'static str] = {{
            const PARTS: &'static [&'static [&'static str]] = &[&[{tag}], {parts}];
            const ALL: [&'static str; v1::field_count(PARTS)] = v1::join_fields(PARTS);
            &ALL
        }};
        const OPEN: bool = false {open};"
    )
}

fn union_body(union: &Union) -> String {
    let (tag, values) = (&union.tag, union.values());
    let (mut arms, mut next) = (String::new(), 0);
    for choice in &union.choices {
        let last = next + choice.values.len() - 1;
        let range = if last == next { next.to_string() } else { format!("{next}..={last}") };
        arms += &format!("{range} => from.variant().map(Self::{}),", choice.ident);
        next = last + 1;
    }
    arms += &match &union.other {
        Some(other) => format!("_ => from.other().map(Self::{}),", other.ident),
        None if union.numbers => "_ => from.unknown(&[]),".to_owned(),
        None => format!("_ => from.unknown(&[{values}]),"),
    };
    let read = if union.numbers { "read_number" } else { "read" };
    format!(
        "let (choice, from) = v1::Tagged::{read}(map, {tag}, &[{values}])?;
        match choice {{ {arms} }}"
    )
}
