//! `ServiceError`: one arm for each documented status.

use proc_macro::TokenTree;

use crate::attr;
use crate::case;
use crate::error::Error;
use crate::parse::{Body, Item, Variant, is_punct};
use crate::sample::chosen;

/// A documented error.
struct Documented {
    ident: String,
    status: Status,
    /// The method of `ErrorParts` that reads the body.
    body: &'static str,
}

/// Ordered as they are tried.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Exact(u16),
    /// The first digit of a hundred statuses.
    Range(u16),
    Default,
}

pub(crate) fn expand(item: &Item) -> Result<String, Error> {
    let documented = all(item)?;
    let (mut decode, mut display) = (String::new(), String::new());
    for Documented { ident, status, body } in &documented {
        let pattern = status.pattern();
        decode += &format!("{pattern} => v1::Ok(Self::{ident}(parts.{body}())),");
        display += &format!("Self::{ident}(_) => {:?},", status.title(ident));
    }
    if documented.last().is_none_or(|error| error.status != Status::Default) {
        decode += "_ => v1::Err(parts),";
    }
    let name = &item.name;
    Ok(format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[automatically_derived]
            impl v1::ServiceError for {name} {{
                #[inline]
                fn decode(parts: v1::ErrorParts) -> v1::Result<Self, v1::ErrorParts> {{
                    match parts.status() {{ {decode} }}
                }}
            }}
            #[automatically_derived]
            impl v1::Display for {name} {{
                fn fmt(&self, f: &mut v1::Formatter<'_>) -> v1::fmt::Result {{
                    f.pad(match *self {{ {display} }})
                }}
            }}
            #[automatically_derived]
            impl v1::Error for {name} {{}}
        }};"
    ))
}

/// How a test's error is written as the server would: the first status that is read as it, and the
/// body.
pub(crate) fn sample(item: &Item) -> Result<String, Error> {
    let documented = all(item)?;
    let (mut arms, mut written) = (String::new(), 0);
    for (index, Documented { ident, status, body }) in documented.iter().enumerate() {
        // Those before it are tried before it.
        let Some(code) = status.example(&documented[..index]) else { continue };
        written += 1;
        let value = chosen("value");
        arms += &match *body {
            "json" => format!(
                "Self::{ident}(body) => v1::ErrorSample::json(
                    {code}, body.bytes(), body.get().map(|value| {value})
                ),"
            ),
            other => format!("Self::{ident}(body) => v1::ErrorSample::{other}({code}, body),"),
        };
    }
    if written < documented.len() {
        arms += "_ => v1::ErrorSample::unreachable(),";
    }
    let name = &item.name;
    Ok(format!(
        "const _: () = {{
            use ::specwright_runtime::codegen::v1;
            #[allow(unused_imports)]
            use v1::{{ByNothing as _, BySample as _, BySerialize as _}};
            #[automatically_derived]
            impl v1::SampleError for {name} {{
                fn sample(&self) -> v1::ErrorSample {{ match self {{ {arms} }} }}
            }}
        }};"
    ))
}

/// All documented errors, in the order in which they are tried.
fn all(item: &Item) -> Result<Vec<Documented>, Error> {
    let Body::Enum(variants) = &item.body else {
        return Err(Error::new(item.name.span(), "`ServiceError` is for enums"));
    };
    if variants.is_empty() {
        let message = "an operation without documented errors uses `NoError`";
        return Err(Error::new(item.name.span(), message));
    }
    let mut documented = variants.iter().map(documented).collect::<Result<Vec<_>, _>>()?;
    let statuses: Vec<_> = documented.iter().map(|error| error.status.shown()).collect();
    let spans = variants.iter().map(|variant| variant.name.span());
    attr::distinct(spans.zip(statuses.iter().map(String::as_str)), "the status")?;
    documented.sort_by_key(|error| error.status);
    Ok(documented)
}

fn documented(variant: &Variant) -> Result<Documented, Error> {
    let span = variant.name.span();
    let Some(payload) = &variant.payload else {
        return Err(Error::new(span, "a documented error holds an `ErrorBody`"));
    };
    let Some(attr) = variant.attrs.iter().find(|attr| attr.name.to_string() == "status") else {
        return Err(Error::new(span, "a documented error has `#[status(…)]`"));
    };
    let mut arguments = attr.arguments.split(|token| is_punct(token, ','));
    let status = status(arguments.next().unwrap_or_default())
        .ok_or_else(|| Error::new(attr.name.span(), "`status` takes 404, 4 or default first"))?;
    let body = match arguments.next() {
        None | Some([]) if is_empty_body(payload) => "empty",
        None | Some([]) => "json",
        Some([word]) if word.to_string() == "text" => "text",
        Some([word]) if word.to_string() == "bytes" => "bytes",
        Some(_) => {
            return Err(Error::new(attr.name.span(), "`status` takes text or bytes second"));
        }
    };
    Ok(Documented { ident: variant.name.to_string(), status, body })
}

fn status(argument: &[TokenTree]) -> Option<Status> {
    let [argument] = argument else { return None };
    let text = argument.to_string();
    match text.parse().ok() {
        Some(class @ 1..=5) => Some(Status::Range(class)),
        Some(status @ 100..=999) => Some(Status::Exact(status)),
        None if text == "default" => Some(Status::Default),
        _ => None,
    }
}

/// Whether the payload is written `ErrorBody<()>`.
fn is_empty_body(payload: &[TokenTree]) -> bool {
    match payload {
        [.., open, TokenTree::Group(unit), close] => {
            is_punct(open, '<') && is_punct(close, '>') && unit.stream().is_empty()
        }
        _ => false,
    }
}

impl Status {
    fn shown(self) -> String {
        match self {
            Self::Exact(status) => status.to_string(),
            Self::Range(class) => format!("{class}XX"),
            Self::Default => "default".to_owned(),
        }
    }

    /// A status that leads here and to none of `before`: of a default, a failure of the server.
    fn example(self, before: &[Documented]) -> Option<u16> {
        let is_free = |code: &u16| !before.iter().any(|other| other.status.holds(*code));
        match self {
            Self::Exact(status) => Some(status),
            Self::Range(class) => (class * 100..class * 100 + 100).find(is_free),
            Self::Default => (500..600).chain(400..500).find(is_free),
        }
    }

    fn holds(self, code: u16) -> bool {
        match self {
            Self::Exact(status) => status == code,
            Self::Range(class) => class == code / 100,
            Self::Default => true,
        }
    }

    fn pattern(self) -> String {
        match self {
            Self::Exact(status) => status.to_string(),
            Self::Range(class) => format!("{class}00..={class}99"),
            Self::Default => "_".to_owned(),
        }
    }

    /// What `Display` writes; the status of a default is not known to the variant.
    fn title(self, ident: &str) -> String {
        let words = case::words(ident);
        match self {
            Self::Exact(_) | Self::Range(_) => format!("{} {words}", self.shown()),
            Self::Default => words,
        }
    }
}
