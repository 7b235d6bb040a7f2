//! The variants of a union that is told apart by a property.

use proc_macro::TokenStream;

use crate::attr::{self, Wire};
use crate::error::Error;
use crate::fields::is_any;
use crate::parse::{Attr, Item, Variant};

/// A union.
pub(crate) struct Union {
    /// The property that tells, as a literal.
    pub(crate) tag: String,
    /// Whether the property is a whole number rather than a text.
    pub(crate) numbers: bool,
    pub(crate) choices: Vec<Choice>,
    /// The variant for all other values of the tag, or none.
    pub(crate) other: Option<Choice>,
}

/// A variant and what it holds.
pub(crate) struct Choice {
    pub(crate) ident: String,
    /// The values of the tag, as literals; none on the variant for all others.
    pub(crate) values: Vec<String>,
    pub(crate) payload: String,
    /// Whether it holds any JSON value.
    pub(crate) any: bool,
}

impl Union {
    /// The union of an enum that names its discriminator; nothing if it names none.
    pub(crate) fn new(item: &Item, variants: &[Variant]) -> Result<Option<Self>, Error> {
        let Some(tag) = tag(&item.attrs)? else { return Ok(None) };
        if variants.is_empty() {
            return Err(Error::new(item.name.span(), "a union has variants"));
        }
        let mut union = Self { tag, numbers: false, choices: Vec::new(), other: None };
        for variant in variants {
            union.add(variant)?;
        }
        let values = union.choices.iter().flat_map(|choice| &choice.values);
        attr::distinct(values.map(|value| (item.name.span(), value.as_str())), "the value")?;
        let numbers = union.choices.iter().flat_map(|choice| &choice.values);
        union.numbers = numbers.clone().any(|value| is_number(value));
        if union.numbers && !numbers.clone().all(|value| is_number(value)) {
            let message = "the values of a tag are all texts or all numbers";
            return Err(Error::new(item.name.span(), message));
        }
        Ok(Some(union))
    }

    fn add(&mut self, variant: &Variant) -> Result<(), Error> {
        let payload = payload(variant)?;
        let any = holds_any(variant);
        let ident = variant.name.to_string();
        let mut values = Vec::new();
        let mut other = false;
        for (span, argument) in attr::wire(&variant.attrs)? {
            match argument {
                Wire::Name(value) | Wire::Integer(value) => values.push(value),
                Wire::Other if self.other.is_some() => {
                    return Err(Error::new(span, "only one variant can be `other`"));
                }
                Wire::Other => other = true,
                Wire::Tag(_) | Wire::Nullable | Wire::Flatten | Wire::Kind(_) | Wire::Only(_) => {
                    return Err(attr::misplaced(span, "a variant of a union"));
                }
            }
        }
        match (values.is_empty(), other) {
            (true, true) => self.other = Some(Choice { ident, values, payload, any }),
            (false, false) => self.choices.push(Choice { ident, values, payload, any }),
            _ => {
                let message = "a variant of a union has `#[wire(\"value\")]` or `#[wire(other)]`";
                return Err(Error::new(variant.name.span(), message));
            }
        }
        Ok(())
    }

    /// The values of the tag, as the elements of an array.
    pub(crate) fn values(&self) -> String {
        let all = self.choices.iter().flat_map(|choice| &choice.values);
        all.map(|value| format!("{value},")).collect()
    }

    /// The variant that keeps all other values, if it keeps those too that are no objects.
    pub(crate) fn keeps_any(&self) -> Option<&str> {
        self.other.as_ref().filter(|other| other.any).map(|other| other.ident.as_str())
    }

    /// All variants, the one for the others last.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().chain(&self.other)
    }
}

/// Whether a value is written as a number: texts begin with a quote or an `r`.
fn is_number(value: &str) -> bool {
    value.starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// Whether a variant holds any JSON value.
pub(crate) fn holds_any(variant: &Variant) -> bool {
    variant.payload.as_deref().is_some_and(is_any)
}

/// What a variant holds.
pub(crate) fn payload(variant: &Variant) -> Result<String, Error> {
    let Some(payload) = &variant.payload else {
        return Err(Error::new(variant.name.span(), "a variant of a union holds one type"));
    };
    Ok(payload.iter().cloned().collect::<TokenStream>().to_string())
}

fn tag(attrs: &[Attr]) -> Result<Option<String>, Error> {
    let mut tag = None;
    for (span, argument) in attr::wire(attrs)? {
        match argument {
            Wire::Tag(name) => tag = Some(name),
            Wire::Name(_)
            | Wire::Integer(_)
            | Wire::Nullable
            | Wire::Flatten
            | Wire::Other
            | Wire::Kind(_)
            | Wire::Only(_) => {
                return Err(attr::misplaced(span, "a union"));
            }
        }
    }
    Ok(tag)
}
