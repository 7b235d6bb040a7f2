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
    /// `only("property", "value", …)`, with texts, numbers, `true`, `false` and `null`, or
    /// `only("property", Enum)` for all values of an enum
    Only(Only),
}

/// A property that holds one of a few values.
pub(crate) struct Only {
    /// Its name, as a literal.
    pub(crate) property: String,
    /// The values, as an array or the constant that is one.
    pub(crate) values: String,
    /// Whether all of them are texts, and the array one of literals.
    pub(crate) are_texts: bool,
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
    let is_text = |argument: &&[TokenTree]| matches!(argument, [literal @ TokenTree::Literal(_)] if string(literal).is_ok());
    let are_texts = rest.iter().all(is_text);
    let (values, are_texts) = match rest.as_slice() {
        [] => return Err(unknown(first)),
        [[TokenTree::Ident(word), behind @ ..]]
            if word_constant(&word.to_string()).is_none()
                && !matches!(behind, [TokenTree::Group(_)]) =>
        {
            let path: TokenStream = rest.concat().into_iter().collect();
            (format!("<{path} as v1::StringEnum>::VALUES"), true)
        }
        values => {
            let each = values.iter().map(|value| match are_texts {
                true => value.first().map_or(Err(unknown(first)), string),
                false => constant(first, value),
            });
            let each = each.collect::<Result<Vec<_>, _>>()?;
            (format!("&[{}]", each.join(",")), are_texts)
        }
    };
    Ok(Only { property, values, are_texts })
}

/// A value of any kind, as the runtime wants it written.
fn constant(first: &TokenTree, value: &[TokenTree]) -> Result<String, Error> {
    let (sign, value) = match value {
        [minus, rest @ ..] if is_punct(minus, '-') => ("-", rest),
        whole => ("", whole),
    };
    match value {
        [TokenTree::Ident(word)] if sign.is_empty() => {
            word_constant(&word.to_string()).map(str::to_owned).ok_or_else(|| unknown(first))
        }
        [literal @ TokenTree::Literal(number)] => {
            let number = number.to_string();
            if is_integer(&number) {
                Ok(format!("v1::Constant::Integer({sign}{number})"))
            } else if number.starts_with(|c: char| c.is_ascii_digit()) {
                Ok(format!("v1::Constant::Number({sign}{number})"))
            } else if sign.is_empty() {
                Ok(format!("v1::Constant::Text({})", string(literal)?))
            } else {
                Err(unknown(first))
            }
        }
        [TokenTree::Ident(word), TokenTree::Group(text)]
            if sign.is_empty() && word.to_string() == "json" =>
        {
            match open_groups(text.stream()).as_slice() {
                [text] => Ok(format!("v1::Constant::Json({})", string(text)?)),
                _ => Err(unknown(first)),
            }
        }
        _ => Err(unknown(first)),
    }
}

/// A value that is written as a word.
fn word_constant(word: &str) -> Option<&'static str> {
    match word {
        "null" => Some("v1::Constant::Null"),
        "true" => Some("v1::Constant::Boolean(true)"),
        "false" => Some("v1::Constant::Boolean(false)"),
        _ => None,
    }
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
