//! The variants of a union that is told apart by what its alternatives are made of.

use crate::attr::{self, Only, Wire};
use crate::decode::read;
use crate::error::Error;
use crate::fields::is_ruled;
use crate::parse::{Item, Variant};
use crate::union::{holds_any, payload};

/// A union without a discriminator.
pub(crate) struct Shapes {
    pub(crate) choices: Vec<Choice>,
    /// The variant for all other values, or none.
    pub(crate) other: Option<String>,
    /// Whether that keeps any JSON value.
    keeps_any: bool,
}

/// A variant and what it holds.
pub(crate) struct Choice {
    pub(crate) ident: String,
    /// The type, as it is written.
    pub(crate) payload: String,
    kind: &'static str,
    /// Properties of an object that hold one of a few values.
    only: Vec<Only>,
    ruled: bool,
}

impl Shapes {
    pub(crate) fn new(item: &Item, variants: &[Variant]) -> Result<Self, Error> {
        let mut shapes = Self { choices: Vec::new(), other: None, keeps_any: false };
        for variant in variants {
            shapes.add(variant)?;
        }
        if shapes.choices.is_empty() {
            let message = "a union names its discriminator, `#[wire(tag = \"…\")]`, or says of each \
                           variant which type of JSON it is, `#[wire(text)]`";
            return Err(Error::new(item.name.span(), message));
        }
        Ok(shapes)
    }

    fn add(&mut self, variant: &Variant) -> Result<(), Error> {
        let ident = variant.name.to_string();
        let (mut kind, mut only, mut other) = (None, Vec::new(), false);
        for (span, argument) in attr::wire(&variant.attrs)? {
            match argument {
                Wire::Kind(word) => kind = Some(word),
                Wire::Only(one) => only.push(one),
                Wire::Other if self.other.is_none() => other = true,
                Wire::Other
                | Wire::Name(_)
                | Wire::Integer(_)
                | Wire::Tag(_)
                | Wire::Nullable
                | Wire::Flatten => return Err(attr::misplaced(span, "an alternative")),
            }
        }
        let payload = payload(variant)?;
        match (kind, other) {
            (None, true) => {
                self.other = Some(ident);
                self.keeps_any = holds_any(variant);
            }
            (Some(kind), false) => {
                let ruled = variant.payload.as_deref().is_some_and(is_ruled);
                self.choices.push(Choice { ident, payload, kind, only, ruled });
            }
            _ => {
                let message = "an alternative says which type of JSON it is, or is `other`";
                return Err(Error::new(variant.name.span(), message));
            }
        }
        Ok(())
    }

    /// The alternatives that are objects.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(|choice| choice.kind == "object")
    }

    /// Whether all are objects.
    pub(crate) fn only_objects(&self) -> bool {
        self.choices.iter().all(|choice| choice.kind == "object")
    }
}

impl Choice {
    /// The alternative, as the runtime wants it described.
    fn alternative(&self) -> String {
        let payload = &self.payload;
        let object = format!(
            "v1::Alternative::object(<{payload} as v1::Decode>::FIELDS, <{payload} as v1::Decode>::OPEN)"
        );
        let alternative = match self.kind {
            "object" => object,
            kind => format!("v1::Alternative::{}", kind.to_uppercase()),
        };
        let pairs = |are_texts: bool| -> String {
            let only = self.only.iter().filter(|only| only.are_texts == are_texts);
            only.map(|only| format!("({}, {}),", only.property, only.values)).collect()
        };
        let mut described = alternative;
        for (method, pairs) in [("only", pairs(true)), ("only_values", pairs(false))] {
            if !pairs.is_empty() {
                described += &format!(".{method}(&[{pairs}])");
            }
        }
        described
    }
}

/// The impls of `Decode`, `Deserialize` and `Shaped`.
pub(crate) fn decode(name: &str, text: &str, shapes: &Shapes) -> String {
    let (mut alternatives, mut arms) = (String::new(), String::new());
    for (index, choice) in shapes.choices.iter().enumerate() {
        alternatives += &format!("{},", choice.alternative());
        let attempt = if choice.ruled { "attempt_int" } else { "attempt" };
        arms += &format!("{index} => v1::{attempt}(value).map(Self::{}),", choice.ident);
    }
    let other = match &shapes.other {
        Some(ident) => format!("v1::attempt(&value).map(Self::{ident}).ok_or(value)"),
        None => "v1::Err(value)".to_owned(),
    };
    let object = shapes.objects().next().map(|_| decode_object(name, text, shapes));
    let read = match shapes.only_objects() {
        true => read(shapes.other.as_deref().filter(|_| shapes.keeps_any)),
        false => "v1::decode_shape(from)".to_owned(),
    };
    format!(
        "#[automatically_derived]
        impl v1::Shaped for {name} {{
            const ALTERNATIVES: &'static [v1::Alternative] = &[{alternatives}];
            fn attempt(index: usize, value: &v1::Value) -> v1::Option<Self> {{
                match index {{ {arms} _ => v1::None }}
            }}
            fn other(value: v1::Value) -> v1::Result<Self, v1::Value> {{ {other} }}
        }}
        {}
        #[automatically_derived]
        impl<'de> v1::Deserialize<'de> for {name} {{
            fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                {read}
            }}
        }}",
        object.unwrap_or_default()
    )
}

/// Where an object is due, the alternatives that are objects count.
fn decode_object(name: &str, text: &str, shapes: &Shapes) -> String {
    let all = || shapes.objects().map(|choice| &choice.payload);
    let parts: String = all().map(|ty| format!("<{ty} as v1::Decode>::FIELDS,")).collect();
    let open: String = all().map(|ty| format!("|| <{ty} as v1::Decode>::OPEN")).collect();
    format!(
        "#[automatically_derived]
        impl v1::Decode for {name} {{
            const NAME: &'static str = \"{text}\";
            const FIELDS: &'static [&'static str] = {{
                const PARTS: &'static [&'static [&'static str]] = &[{parts}];
                const ALL: [&'static str; v1::field_count(PARTS)] = v1::join_fields(PARTS);
                &ALL
            }};
            const OPEN: bool = false {open};
            fn decode<'de, A: v1::MapAccess<'de>>(map: A) -> v1::Result<Self, A::Error> {{
                v1::decode_shape(v1::MapAccessDeserializer::new(map))
            }}
        }}"
    )
}

/// The impls of `Encode` and `Serialize`.
pub(crate) fn encode(name: &str, shapes: &Shapes) -> String {
    let (mut values, mut objects) = (String::new(), String::new());
    let all = shapes.choices.iter().map(|choice| (&choice.ident, choice.kind == "object"));
    for (ident, is_object) in all.chain(shapes.other.iter().map(|ident| (ident, true))) {
        values += &format!("Self::{ident}(value) => v1::Serialize::serialize(value, to),");
        if is_object {
            objects += &format!("Self::{ident}(value) => v1::Encode::encode(value, to),");
        }
    }
    if !shapes.only_objects() {
        objects += "_ => to.fail(\"an object is due here\"),";
    }
    let encode = shapes.objects().next().map(|_| {
        format!(
            "#[automatically_derived]
            impl v1::Encode for {name} {{
                fn encode<M: v1::SerializeMap>(&self, to: &mut v1::Writer<M>) {{
                    match self {{ {objects} }}
                }}
            }}"
        )
    });
    format!(
        "{}
        #[automatically_derived]
        impl v1::Serialize for {name} {{
            fn serialize<S: v1::Serializer>(&self, to: S) -> v1::Result<S::Ok, S::Error> {{
                match self {{ {values} }}
            }}
        }}",
        encode.unwrap_or_default()
    )
}

/// Wraps impls so that the names of the runtime are in scope for them alone.
pub(crate) fn scoped(impls: &str) -> String {
    format!("const _: () = {{ use ::specwright_runtime::codegen::v1; {impls} }};")
}
