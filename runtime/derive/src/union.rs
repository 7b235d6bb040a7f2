//! The variants of a union that is told apart by a property.

use proc_macro::TokenStream;

use crate::attr::{self, Wire};
use crate::error::Error;
use crate::parse::{Attr, Item, Variant};

/// A union.
pub(crate) struct Union {
    /// The property that tells, as a literal.
    pub(crate) tag: String,
    pub(crate) choices: Vec<Choice>,
    /// The variant for all other values of the tag, or none.
    pub(crate) other: Option<Choice>,
}

/// A variant and what it holds.
pub(crate) struct Choice {
    pub(crate) ident: String,
    /// The value of the tag, as a literal; empty on the variant for all others.
    pub(crate) value: String,
    pub(crate) payload: String,
}

impl Union {
    pub(crate) fn new(item: &Item, variants: &[Variant]) -> Result<Self, Error> {
        let span = item.name.span();
        let tag = tag(&item.attrs)?.ok_or_else(|| {
            Error::new(span, "a union names its discriminator: `#[wire(tag = \"…\")]`")
        })?;
        if variants.is_empty() {
            return Err(Error::new(span, "a union has variants"));
        }
        let mut union = Self { tag, choices: Vec::new(), other: None };
        for variant in variants {
            union.add(variant)?;
        }
        Ok(union)
    }

    fn add(&mut self, variant: &Variant) -> Result<(), Error> {
        let span = variant.name.span();
        let Some(payload) = &variant.payload else {
            return Err(Error::new(span, "a variant of a union holds one type"));
        };
        let payload = payload.iter().cloned().collect::<TokenStream>().to_string();
        let choice = |value| Choice { ident: variant.name.to_string(), value, payload };
        let mut arguments = attr::wire(&variant.attrs)?.into_iter();
        match (arguments.next(), arguments.next()) {
            (Some((span, Wire::Name(value))), None) => {
                if self.choices.iter().any(|choice| choice.value == value) {
                    return Err(Error::new(span, format!("the value {value} is given twice")));
                }
                self.choices.push(choice(value));
            }
            (Some((span, Wire::Other)), None) => {
                if self.other.is_some() {
                    return Err(Error::new(span, "only one variant can be `other`"));
                }
                self.other = Some(choice(String::new()));
            }
            (Some(_), Some((span, _))) | (Some((span, _)), None) => {
                return Err(attr::misplaced(span, "a variant of a union"));
            }
            (None, _) => {
                let message = "a variant of a union has `#[wire(\"value\")]` or `#[wire(other)]`";
                return Err(Error::new(span, message));
            }
        }
        Ok(())
    }

    /// The values of the tag, as the elements of an array.
    pub(crate) fn values(&self) -> String {
        self.choices.iter().map(|choice| format!("{},", choice.value)).collect()
    }

    /// All variants, the one for the others last.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().chain(&self.other)
    }
}

fn tag(attrs: &[Attr]) -> Result<Option<String>, Error> {
    let mut tag = None;
    for (span, argument) in attr::wire(attrs)? {
        match argument {
            Wire::Tag(name) => tag = Some(name),
            Wire::Name(_) | Wire::Nullable | Wire::Flatten | Wire::Other => {
                return Err(attr::misplaced(span, "a union"));
            }
        }
    }
    Ok(tag)
}
