//! `Checked`: a text or a number that is held against rules when it is made.

use proc_macro::TokenTree;

use crate::error::Error;
use crate::parse::{Body, Item, is_punct};

const TEXT_RULES: [&str; 3] = ["min_length", "max_length", "pattern"];
const NUMBER_RULES: [&str; 5] =
    ["minimum", "exclusive_minimum", "maximum", "exclusive_maximum", "multiple_of"];

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let Body::Newtype(ty) = &item.body else {
        return Err(Error::new(item.name.span(), "`Checked` is for a struct of one unnamed field"));
    };
    let ty: String = ty.iter().map(ToString::to_string).collect();
    let (rules, own) = match ty.as_str() {
        "String" => (text_rules(item)?, text_impls(item)),
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => {
            (number_rules(item, &ty)?, number_impls(item, &ty, "v1::decode_integer(from)"))
        }
        "f32" => (number_rules(item, &ty)?, number_impls(item, &ty, "v1::decode_integer(from)")),
        "f64" => (
            number_rules(item, &ty)?,
            number_impls(item, &ty, "v1::Deserialize::deserialize(from)"),
        ),
        _ => {
            return Err(Error::new(
                item.name.span(),
                "a checked type holds a `String` or a number",
            ));
        }
    };
    let (name, visibility) = (&item.name, &item.visibility);
    Ok(format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            {rules}
            #[automatically_derived]
            impl {name} {{
                /// Takes a value as it is, where the server is known to allow more than its document.
                {visibility} fn unchecked(value: impl v1::Into<{ty}>) -> Self {{
                    Self(v1::Into::into(value))
                }}
                /// Holds the value against the rules of the document, which one that was received
                /// may break.
                ///
                /// # Errors
                ///
                /// The first rule that it breaks.
                {visibility} fn check(&self) -> v1::Result<(), v1::ConstraintError> {{
                    RULES.check(&self.0)
                }}
            }}
            #[automatically_derived]
            impl v1::TryFrom<{ty}> for {name} {{
                type Error = v1::ConstraintError;
                fn try_from(value: {ty}) -> v1::Result<Self, v1::ConstraintError> {{
                    RULES.check(&value)?;
                    v1::Ok(Self(value))
                }}
            }}
            #[automatically_derived]
            impl v1::From<{name}> for {ty} {{
                fn from(value: {name}) -> Self {{ value.0 }}
            }}
            #[automatically_derived]
            impl v1::Display for {name} {{
                fn fmt(&self, f: &mut v1::Formatter<'_>) -> v1::fmt::Result {{
                    v1::Display::fmt(&self.0, f)
                }}
            }}
            #[automatically_derived]
            impl v1::Serialize for {name} {{
                fn serialize<S: v1::Serializer>(&self, to: S) -> v1::Result<S::Ok, S::Error> {{
                    v1::Serialize::serialize(&self.0, to)
                }}
            }}
            {own}
        }};"
    ))
}

fn text_impls(item: &Item) -> String {
    let (name, visibility) = (&item.name, &item.visibility);
    format!(
        "#[automatically_derived]
        impl {name} {{
            /// The text.
            {visibility} fn as_str(&self) -> &str {{ &self.0 }}
        }}
        #[automatically_derived]
        impl v1::TryFrom<&str> for {name} {{
            type Error = v1::ConstraintError;
            fn try_from(value: &str) -> v1::Result<Self, v1::ConstraintError> {{
                RULES.check(value)?;
                v1::Ok(Self(v1::From::from(value)))
            }}
        }}
        #[automatically_derived]
        impl v1::FromStr for {name} {{
            type Err = v1::ConstraintError;
            fn from_str(value: &str) -> v1::Result<Self, v1::ConstraintError> {{
                v1::TryFrom::try_from(value)
            }}
        }}
        #[automatically_derived]
        impl v1::AsRef<str> for {name} {{
            fn as_ref(&self) -> &str {{ &self.0 }}
        }}
        #[automatically_derived]
        impl<'de> v1::Deserialize<'de> for {name} {{
            fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                v1::Deserialize::deserialize(from).map(Self)
            }}
        }}"
    )
}

fn number_impls(item: &Item, ty: &str, decode: &str) -> String {
    let (name, visibility) = (&item.name, &item.visibility);
    format!(
        "#[automatically_derived]
        impl {name} {{
            /// The number.
            {visibility} const fn get(&self) -> {ty} {{ self.0 }}
        }}
        #[automatically_derived]
        impl v1::FromStr for {name} {{
            type Err = v1::ParseCheckedError<<{ty} as v1::FromStr>::Err>;
            fn from_str(value: &str) -> v1::Result<Self, Self::Err> {{
                v1::parse_checked(value, &RULES).map(Self)
            }}
        }}
        #[automatically_derived]
        impl<'de> v1::Deserialize<'de> for {name} {{
            fn deserialize<D: v1::Deserializer<'de>>(from: D) -> v1::Result<Self, D::Error> {{
                {decode}.map(Self)
            }}
        }}"
    )
}

fn text_rules(item: &Item) -> Result<String, Error> {
    let (mut rules, mut pattern) = (String::new(), String::new());
    for (name, value) in arguments(item, &TEXT_RULES)? {
        if name == "pattern" {
            pattern = format!("static PATTERN: v1::Pattern = v1::Pattern::new({value});");
            rules += ".pattern(&PATTERN)";
        } else {
            rules += &format!(".{name}({value})");
        }
    }
    Ok(format!("{pattern} static RULES: v1::TextRules = v1::TextRules::new(){rules};"))
}

fn number_rules(item: &Item, ty: &str) -> Result<String, Error> {
    let rules = arguments(item, &NUMBER_RULES)?;
    let rules: String = rules.iter().map(|(name, value)| format!(".{name}({value})")).collect();
    Ok(format!("static RULES: v1::NumberRules<{ty}> = v1::NumberRules::new(){rules};"))
}

/// `name = value` of each argument of `check`; the value as it is written.
fn arguments(item: &Item, known: &[&str]) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    for attr in item.attrs.iter().filter(|attr| attr.name.to_string() == "check") {
        for argument in attr.arguments.split(|token| is_punct(token, ',')) {
            let (name, value) = match argument {
                [] => continue,
                [TokenTree::Ident(name), equals, value @ ..] if is_punct(equals, '=') => {
                    (name, value)
                }
                [first, ..] => return Err(Error::new(first.span(), "`name = value` is due here")),
            };
            if !known.contains(&name.to_string().as_str()) {
                let message = format!("`check` takes {} here", known.join(", "));
                return Err(Error::new(name.span(), message));
            }
            found.push((name.to_string(), value.iter().map(ToString::to_string).collect()));
        }
    }
    Ok(found)
}
