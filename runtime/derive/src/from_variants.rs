//! `FromVariants`: what a variant holds becomes the enum, where no other variant holds the same.

use proc_macro::{TokenStream, TokenTree};

use crate::attr::{self, Wire};
use crate::error::Error;
use crate::parse::{Body, Item, Variant, is_punct};

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let Body::Enum(variants) = &item.body else {
        return Err(Error::new(item.name.span(), "`FromVariants` is for enums"));
    };
    let held = variants.iter().map(Held::of).collect::<Result<Vec<_>, _>>()?;
    let mut impls = String::new();
    for (variant, one) in variants.iter().zip(&held) {
        let is_only = held.iter().filter(|other| other.ty == one.ty).count() == 1;
        if is_only && !is_other(variant)? {
            impls += &one.impls(&item.name.to_string(), &variant.name.to_string());
        }
    }
    Ok(format!("const _: () = {{ use ::specwright_runtime::codegen::v1; {impls} }};"))
}

/// The variant for all other values is asked for by its name.
fn is_other(variant: &Variant) -> Result<bool, Error> {
    let arguments = attr::wire(&variant.attrs)?;
    Ok(arguments.iter().any(|(_, argument)| matches!(argument, Wire::Other)))
}

/// What a variant holds.
struct Held {
    /// The type, without its box.
    ty: String,
    boxed: bool,
}

impl Held {
    fn of(variant: &Variant) -> Result<Self, Error> {
        let Some(tokens) = &variant.payload else {
            return Err(Error::new(variant.name.span(), "a variant of a union holds one type"));
        };
        let (inner, boxed) = match tokens.as_slice() {
            [TokenTree::Ident(name), open, inner @ .., close]
                if name.to_string() == "Box" && is_punct(open, '<') && is_punct(close, '>') =>
            {
                (inner, true)
            }
            all => (all, false),
        };
        Ok(Self { ty: inner.iter().cloned().collect::<TokenStream>().to_string(), boxed })
    }

    fn impls(&self, name: &str, variant: &str) -> String {
        let ty = &self.ty;
        let value = if self.boxed { "::std::boxed::Box::new(value)" } else { "value" };
        let mut impls = one(name, ty, &format!("Self::{variant}({value})"));
        if ty == "String" && !self.boxed {
            impls += &one(name, "&str", &format!("Self::{variant}(v1::From::from(value))"));
        }
        impls
    }
}

fn one(name: &str, ty: &str, value: &str) -> String {
    format!(
        "#[automatically_derived]
        impl v1::From<{ty}> for {name} {{
            #[inline]
            fn from(value: {ty}) -> Self {{ {value} }}
        }}"
    )
}
