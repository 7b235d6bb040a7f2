//! The arguments of `#[wire(…)]`.

use proc_macro::{Span, TokenStream, TokenTree};

use crate::error::Error;
use crate::parse::{Attr, is_punct, open_groups};

/// One argument. Literals are kept as they are written, quotes and escapes included, since they go
/// back into code.
pub(crate) enum Wire {
    /// `"name"`
    Name(String),
    /// `7` or `-1`
    Integer(String),
    /// `tag = "type"`
    Tag(String),
    /// `nullable`
    Nullable,
    /// `flatten`
    Flatten,
    /// `other`
    Other,
    /// `text`, `number`, `boolean`, `list` or `object`
    Kind(&'static str),
    /// `only("property", "value", …)`, or `only("property", Enum)` for all values of an enum
    Only(Only),
}

/// A property that holds one of a few texts.
pub(crate) struct Only {
    /// Its name, as a literal.
    pub(crate) property: String,
    /// The texts, as an array of literals or the constant that is one.
    pub(crate) texts: String,
}

/// The JSON types by which an alternative is known.
const KINDS: [&str; 5] = ["text", "number", "boolean", "list", "object"];

/// All arguments of all `wire` attributes.
pub(crate) fn wire(attrs: &[Attr]) -> Result<Vec<(Span, Wire)>, Error> {
    let mut found = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.name.to_string() == "wire") {
        for argument in attr.arguments.split(|token| is_punct(token, ',')) {
            if let Some(first) = argument.first() {
                found.push((first.span(), one(first, argument)?));
            }
        }
    }
    Ok(found)
}

fn one(first: &TokenTree, argument: &[TokenTree]) -> Result<Wire, Error> {
    match argument {
        [TokenTree::Literal(number)] if is_integer(&number.to_string()) => {
            Ok(Wire::Integer(number.to_string()))
        }
        [minus, TokenTree::Literal(number)]
            if is_punct(minus, '-') && is_integer(&number.to_string()) =>
        {
            Ok(Wire::Integer(format!("-{number}")))
        }
        [TokenTree::Literal(_)] => string(first).map(Wire::Name),
        [TokenTree::Ident(word), equals, value]
            if word.to_string() == "tag" && is_punct(equals, '=') =>
        {
            string(value).map(Wire::Tag)
        }
        [TokenTree::Ident(word)] => match word.to_string().as_str() {
            "nullable" => Ok(Wire::Nullable),
            "flatten" => Ok(Wire::Flatten),
            "other" => Ok(Wire::Other),
            word => match KINDS.into_iter().find(|kind| *kind == word) {
                Some(kind) => Ok(Wire::Kind(kind)),
                None => Err(unknown(first)),
            },
        },
        [TokenTree::Ident(word), TokenTree::Group(list)] if word.to_string() == "only" => {
            only(first, &open_groups(list.stream())).map(Wire::Only)
        }
        _ => Err(unknown(first)),
    }
}

fn only(first: &TokenTree, arguments: &[TokenTree]) -> Result<Only, Error> {
    let mut arguments = arguments.split(|token| is_punct(token, ','));
    let Some([property]) = arguments.next() else { return Err(unknown(first)) };
    let property = string(property)?;
    let rest: Vec<&[TokenTree]> = arguments.filter(|argument| !argument.is_empty()).collect();
    let texts = match rest.as_slice() {
        [] => return Err(unknown(first)),
        [[TokenTree::Ident(_), ..]] => {
            let path: TokenStream = rest.concat().into_iter().collect();
            format!("<{path} as v1::StringEnum>::VALUES")
        }
        texts => {
            let literal = |text: &&[TokenTree]| text.first().map_or(Err(unknown(first)), string);
            let texts = texts.iter().map(literal).collect::<Result<Vec<_>, _>>()?;
            format!("&[{}]", texts.join(","))
        }
    };
    Ok(Only { property, texts })
}

fn unknown(token: &TokenTree) -> Error {
    let message = "`wire` takes \"name\", a whole number, nullable, flatten, other, tag = \"name\", the JSON type of \
                   an alternative, or only(\"property\", \"value\")";
    Error::new(token.span(), message)
}

fn is_integer(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

/// The text of a string literal.
fn string(token: &TokenTree) -> Result<String, Error> {
    let text = token.to_string();
    if text.ends_with('"') && (text.starts_with('"') || text.starts_with('r')) {
        return Ok(text);
    }
    Err(Error::new(token.span(), "a string literal is due here"))
}

/// Refuses an argument that has no meaning where it stands.
pub(crate) fn misplaced(span: Span, place: &str) -> Error {
    Error::new(span, format!("this `wire` argument has no meaning on {place}"))
}

/// Refuses all arguments on the item itself.
pub(crate) fn none(attrs: &[Attr], place: &str) -> Result<(), Error> {
    match wire(attrs)?.first() {
        Some((span, _)) => Err(misplaced(*span, place)),
        None => Ok(()),
    }
}

/// Refuses a name that was given before.
pub(crate) fn distinct<'a>(
    names: impl IntoIterator<Item = (Span, &'a str)>,
    what: &str,
) -> Result<(), Error> {
    let mut seen = std::collections::BTreeSet::new();
    for (span, name) in names {
        if !seen.insert(name) {
            return Err(Error::new(span, format!("{what} {name} is given twice")));
        }
    }
    Ok(())
}
