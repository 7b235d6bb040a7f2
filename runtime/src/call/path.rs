//! The path of a URI from its template.
//!
//! A value arrives as exactly the text it is, in exactly the place the template gives it, or the
//! call is refused. Percent-encoding does most of it. It cannot help a value `..`: parsers fold
//! `%2E%2E` as well (WHATWG URL, double-dot path segment).

use super::plain;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a value keeps as it is: unreserved characters and those of RFC 3986's `pchar` to which no
/// server gives a meaning of its own. `;` (path parameters), `=`, `&` and `+` are encoded, and `:`, behind
/// which many have a verb: `/jobs/{id}` with `a:cancel` is not `/jobs/{id}:cancel` (RFC 3986, section 2.2).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',');

/// What the template keeps: all of `pchar`, and `%`, because its escapes are the document's own.
const LITERAL: &AsciiSet =
    &VALUE.remove(b':').remove(b';').remove(b'=').remove(b'&').remove(b'+').remove(b'%');

/// The same where the slashes between segments are.
const PATH: &AsciiSet = &LITERAL.remove(b'/');

/// What a part keeps, and whether a slash is among it.
type Kept = (&'static AsciiSet, bool);

/// How many bytes of values, and of the query behind them, are made room for.
const USUAL: usize = 64;

/// A value on its way into the path.
#[derive(Clone)]
pub(crate) enum Value {
    /// As it is, to be checked and encoded.
    Text(String),
    /// Spelled by its style already.
    Encoded(String),
}

/// A template filled in.
#[derive(Debug, PartialEq)]
pub(crate) struct Expanded {
    pub(crate) url: String,
    /// Whether no parser of URLs touches the path.
    pub(crate) is_plain: bool,
    /// What of the query stands in the template.
    pub(crate) query: Vec<String>,
}

/// Puts `values` into `template`, behind `prefix`. The path begins with a slash; what the template has
/// behind a question mark comes as pairs for the query.
///
/// # Errors
/// Says which parameter is refused and why, without its value.
pub(crate) fn expand(
    prefix: &str,
    template: &str,
    values: &[(&str, Value)],
) -> Result<Expanded, String> {
    let (template, query) = plain::split_at(template, b'?').unwrap_or((template, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let mut out = String::new();
        expand_part(pair, (LITERAL, false), values, &mut out).map(|()| out)
    });
    let (url, is_plain) = expand_path(prefix, template, values)?;
    Ok(Expanded { url, is_plain, query: pairs.collect::<Result<_, _>>()? })
}

fn expand_path(
    prefix: &str,
    template: &str,
    values: &[(&str, Value)],
) -> Result<(String, bool), String> {
    let mut out = String::with_capacity(prefix.len() + template.len() + USUAL);
    out.push_str(prefix);
    out.push('/');
    expand_part(template.strip_prefix('/').unwrap_or(template), (PATH, true), values, &mut out)?;
    let path = out.get(prefix.len()..).unwrap_or_default();
    let is_plain = plain::path(path);
    if !is_plain && path.split('/').any(is_dots) {
        return Err("a segment of the path would be `.` or `..`".to_owned());
    }
    Ok((out, is_plain))
}

/// A part of the template: literals, which keep what `literals` does not have, and parameters in any
/// mixture, as in `{clusterName}:pin`.
fn expand_part(
    part: &str,
    literals: Kept,
    values: &[(&str, Value)],
    out: &mut String,
) -> Result<(), String> {
    let mut rest = part;
    while let Some((literal, after)) = plain::split_at(rest, b'{') {
        let Some((name, tail)) = plain::split_at(after, b'}') else { break };
        encode(literal, literals, out);
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let value = value.ok_or_else(|| format!("path parameter `{name}` has no value"))?;
        match value {
            Value::Text(value) if is_harmless(value) => out.push_str(value),
            Value::Text(value) => {
                check(name, value)?;
                out.extend(utf8_percent_encode(value, VALUE));
            }
            Value::Encoded(value) if value.is_empty() => {
                return Err(format!("path parameter `{name}` is empty"));
            }
            Value::Encoded(value) => out.push_str(value),
        }
        rest = tail;
    }
    encode(rest, literals, out);
    Ok(())
}

/// Most parts are plain, and encoding asks of each byte what a look at all of them tells.
fn encode(part: &str, (kept, keeps_slash): Kept, out: &mut String) {
    if plain::part(part, keeps_slash) {
        out.push_str(part);
    } else {
        out.extend(utf8_percent_encode(part, kept));
    }
}

/// Whether there is nothing to be refused and nothing to be encoded.
fn is_harmless(value: &str) -> bool {
    !value.is_empty() && !value.starts_with('.') && plain::part(value, false)
}

fn check(name: &str, value: &str) -> Result<(), String> {
    let refusal = if value.is_empty() {
        "is empty"
    } else if matches!(value, "." | "..") {
        "is `.` or `..`"
    } else if value.chars().any(char::is_control) {
        "holds a control character"
    } else {
        return Ok(());
    };
    Err(format!("path parameter `{name}` {refusal}"))
}

/// Whether a URL parser would take the segment for "here" or "one up".
fn is_dots(segment: &str) -> bool {
    let is = |dots: &[u8]| percent_decode_str(segment).eq(dots.iter().copied());
    is(b".") || is(b"..")
}

#[cfg(test)]
mod tests;
