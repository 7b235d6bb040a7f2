//! The derives of `specwright-runtime`, which re-exports them for generated code.
//!
//! `Encode` and `Decode` write and read JSON objects: structs, and enums told apart by a property.
//! `StringEnum` and `IntegerEnum` are for enumerations, `ServiceError` for the documented errors of an
//! operation. In go the tokens of an item, out come impls that name each field or variant once; the
//! work is done by generic functions in `specwright_runtime::codegen::v1`.
//!
//! There is no `syn` here: generated items have few forms, and a client's first build waits for this
//! crate. An expansion is written as text, from a template that looks like the output, and carries no
//! type but the payloads of a union, so inference does the rest.

mod attr;
mod case;
mod checked;
mod decode;
mod encode;
mod error;
mod fields;
mod from_variants;
mod integer_enum;
mod parse;
mod sample;
mod service_error;
mod shape;
mod string_enum;
mod union;

use proc_macro::TokenStream;

use error::Error;
use parse::Item;

/// Writes a value as a JSON object.
///
/// - On a field: `#[wire("name")]` where the name is not the field's camelCase, `#[wire(nullable)]` on
///   an `Option` that is sent as null, `#[wire(flatten)]` on the map of undeclared properties.
/// - On an enum: `#[wire(tag = "type")]`, with `#[wire("value")]` or `#[wire(1)]` on each variant,
///   which holds one type, and `#[wire(other)]` on at most one.
/// - On an enum without a discriminator: on each variant the JSON type it is, `#[wire(text)]`,
///   `number`, `boolean`, `list` or `object`; on an object `only("property", "value", …)` or
///   `only("property", Enum)` for each property that tells it from others, whose values may also be
///   numbers, `true`, `false` and `null`; and `#[wire(other)]` on at most one.
#[proc_macro_derive(Encode, attributes(wire))]
pub fn encode(input: TokenStream) -> TokenStream {
    expand(input, encode::expand)
}

/// Reads a value from a JSON object. Takes the attributes of `Encode`.
#[proc_macro_derive(Decode, attributes(wire))]
pub fn decode(input: TokenStream) -> TokenStream {
    expand(input, |item| with(decode::expand, sample::of_object, item))
}

/// Makes the enum of what one of its variants holds, boxed or not, where no other holds the same type.
///
/// For an enum of variants that hold one type each. `#[wire(other)]` is left out: who wants that variant
/// names it. What becomes the enum of a `String` becomes it of a `&str` as well.
#[proc_macro_derive(FromVariants, attributes(wire))]
pub fn from_variants(input: TokenStream) -> TokenStream {
    expand(input, from_variants::expand)
}

/// Turns an enum of unit variants into strings and back.
///
/// A variant's value is its name in camelCase, or `#[wire("value")]`. One variant may hold a `String`:
/// it keeps the values that are not declared. Without it such a value is refused.
#[proc_macro_derive(StringEnum, attributes(wire))]
pub fn string_enum(input: TokenStream) -> TokenStream {
    expand(input, |item| with(string_enum::expand, sample::of_leaf, item))
}

/// Turns an enum of unit variants into whole numbers and back.
///
/// Each variant says which: `#[wire(7)]`. One may hold an `i64` or a `u64`: it keeps the numbers that
/// are not declared. Without it such a number is refused.
#[proc_macro_derive(IntegerEnum, attributes(wire))]
pub fn integer_enum(input: TokenStream) -> TokenStream {
    expand(input, |item| with(integer_enum::expand, sample::of_leaf, item))
}

/// Makes a type of a text or number that is checked when it is made, and never when it is read.
///
/// For a struct of one field without a name. `#[check(…)]` takes `min_length`, `max_length` and
/// `pattern` for a `String`; `minimum`, `exclusive_minimum`, `maximum`, `exclusive_maximum` and
/// `multiple_of` for a number.
#[proc_macro_derive(Checked, attributes(check))]
pub fn checked(input: TokenStream) -> TokenStream {
    expand(input, |item| with(checked::expand, sample::of_leaf, item))
}

/// Chooses the variant of a documented error by status: `#[status(404)]`, `#[status(4)]` for the
/// range 4XX, `#[status(default)]`. A second argument, `text` or `bytes`, is for a body that is not
/// JSON.
#[proc_macro_derive(ServiceError, attributes(status))]
pub fn service_error(input: TokenStream) -> TokenStream {
    expand(input, |item| with(service_error::expand, service_error::sample, item))
}

type Write = fn(&Item) -> Result<String, Error>;

/// The expansion, and with the feature what only tests use.
fn with(expansion: Write, for_tests: Write, item: &Item) -> Result<String, Error> {
    let mut text = expansion(item)?;
    if cfg!(feature = "test-util") {
        text += &for_tests(item)?;
    }
    Ok(text)
}

/// Parses the item, writes the expansion and reads that as tokens.
fn expand(input: TokenStream, write: fn(&Item) -> Result<String, Error>) -> TokenStream {
    let text = Item::parse(input).and_then(|item| write(&item));
    let tokens =
        text.and_then(|text| text.parse().map_err(|error| Error::here(format!("{error}"))));
    tokens.unwrap_or_else(Error::into_compile_error)
}
