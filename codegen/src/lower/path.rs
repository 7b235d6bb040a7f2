//! Path templates: their parameters, and what no client can send.

use std::collections::BTreeMap;

use super::Lowerer;
use crate::diagnostics::Code;
use crate::ir::{Parameter, Place};
use crate::pointer::Pointer;

impl Lowerer<'_> {
    /// Tells of a path that no URL can have. What it stands for only the caller knows.
    pub(super) fn tell_of_no_path(&mut self, path: &str, at: &Pointer) {
        if !is_path(path) {
            self.warn(
                Code::FaultyDocument,
                "no URL can have this path: callers are asked for the whole URL",
                at,
                "write variable parts as `{name}`, each with a parameter of the path",
            );
        }
    }

    /// Tells of paths that are one to a server: they differ in nothing but what their parameters are
    /// called. Of two that differ in a fragment, which never goes out, somebody has thought.
    pub(super) fn tell_of_same_paths<'p>(&mut self, paths: impl Iterator<Item = &'p String>) {
        let mut known: BTreeMap<String, &str> = BTreeMap::new();
        for path in paths.filter(|path| is_path(path)) {
            let first = *known.entry(same_template(path)).or_insert(path);
            if first == path {
                continue;
            }
            self.warn(
                Code::FaultyDocument,
                format!("no server can tell this path from `{first}`"),
                &Pointer::root().push("paths").push(path),
                "each has its own methods, and both are called as they are written; put what they \
                 have under one path, whose parameters have one name",
            );
        }
    }

    /// Refuses a path that would arrive as another one: parsers fold `.` and `..`, however they
    /// are written (WHATWG URL, double-dot path segment).
    pub(super) fn check_path(&mut self, path: &str, at: &Pointer) {
        if !is_within_bounds(path) {
            self.error(
                Code::TooLarge,
                format!(
                    "the path is longer than {LONGEST} bytes or has more than {MOST_PARTS} \
                     variable parts"
                ),
                at,
                "leave the path out of the selection; no server has to take a URL this long",
            );
        }
        let before_query = sent(path).split('?').next().unwrap_or_default();
        let dots = |segment: &str| {
            let segment = segment.to_ascii_lowercase().replace("%2e", ".");
            segment == "." || segment == ".."
        };
        if before_query.split('/').any(dots) {
            self.error(
                Code::InvalidDocument,
                "the path has a segment `.` or `..`, which never reaches a server",
                at,
                "write the path that is meant",
            );
        }
    }
}

/// The longest path, in bytes: whoever sends or takes a URI has to be ready for 8,000 of them, and
/// need not be for more (RFC 9110, section 4.1).
const LONGEST: usize = 8_000;

/// The most variable parts of a path. Each is an argument of its own, and says where it stands, which
/// is the whole path.
const MOST_PARTS: usize = 64;

/// Whether a call of this path can be written and sent.
pub(super) fn is_within_bounds(path: &str) -> bool {
    path.len() <= LONGEST && template_names(template(path)).len() <= MOST_PARTS
}

/// What of a path goes out: a fragment never does (RFC 9110, section 7.1). Some documents have one
/// to tell two operations of one path apart.
pub(super) fn sent(path: &str) -> &str {
    path.split('#').next().unwrap_or_default()
}

/// Whether the path is one, with braces in pairs, and not words for one, as in `/<upload_url>`.
pub(super) fn is_path(path: &str) -> bool {
    let path = sent(path);
    let mut open = false;
    for c in path.chars() {
        match c {
            '{' if open => return false,
            '}' if !open => return false,
            '{' => open = true,
            '}' => open = false,
            '<' | '>' if !open => return false,
            _ => {}
        }
    }
    !open
}

/// The template whose parameters a call fills in: none where the path is none.
pub(super) fn template(path: &str) -> &str {
    if is_path(path) { sent(path) } else { "" }
}

/// What a template is without the names between its braces, by which alone it does not differ from
/// another one (OpenAPI 3.0.3, Paths Object).
fn same_template(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let rest = part.split_once('}').map_or("", |(_, rest)| rest);
        format!("{all}{{}}{rest}")
    })
}

/// Path parameters in the order of the path, then the rest in the document's.
pub(super) fn in_path_order(path: &str, mut parameters: Vec<Parameter>) -> Vec<Parameter> {
    let order = template_names(path);
    parameters.sort_by_key(|parameter| match parameter.place {
        Place::Path => order.iter().position(|name| *name == parameter.wire).unwrap_or(order.len()),
        Place::Query | Place::Header | Place::Cookie => order.len() + 1,
    });
    parameters
}

/// The names between braces, in order.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// What to do about a part of a path that no parameter describes. Templates of OpenAPI have names alone;
/// operators and modifiers are of URI Templates (RFC 6570, sections 2.2 and 2.4).
pub(super) fn advice_on(name: &str) -> &'static str {
    let is_length = |length: &str| !length.is_empty() && length.bytes().all(|c| c.is_ascii_digit());
    let is_modified =
        name.ends_with('*') || name.rsplit_once(':').is_some_and(|(_, length)| is_length(length));
    match name.chars().next() {
        Some('?' | '&') => {
            "a path of OpenAPI has no query, unlike a URI template (RFC 6570): take the braces out of \
             the path, and declare what is between them with `in: query`"
        }
        Some('+' | '#' | '.' | '/' | ';') => {
            "a path of OpenAPI has names alone between its braces, unlike a URI template (RFC 6570): \
             take the operator out, and declare the name with `in: path`, and a `style` if it needs one"
        }
        _ if is_modified || name.contains(',') => {
            "a path of OpenAPI has one name between its braces, unlike a URI template (RFC 6570): write \
             the name alone, and declare it with `in: path`"
        }
        _ => "add it to the operation's `parameters` with `in: path`",
    }
}

#[cfg(test)]
mod tests {
    use super::{advice_on, is_path, same_template};

    #[test]
    fn advice_depends_on_what_is_between_the_braces() {
        for (name, advice) in [
            ("id", "add it"),
            ("a:b", "add it"),
            ("id:", "add it"),
            ("", "add it"),
            ("?x,y", "a path of OpenAPI has no query"),
            ("&x", "a path of OpenAPI has no query"),
            ("+rest", "a path of OpenAPI has names alone"),
            (";x", "a path of OpenAPI has names alone"),
            ("rest*", "a path of OpenAPI has one name"),
            ("id:3", "a path of OpenAPI has one name"),
            ("x,y", "a path of OpenAPI has one name"),
        ] {
            assert!(advice_on(name).starts_with(advice), "{name}");
        }
    }

    #[test]
    fn templates_are_the_same_whatever_their_names_are() {
        for (path, other, is_same) in [
            ("/e/{x}", "/e/{y}", true),
            ("/e/{x}/{y}:z", "/e/{y}/{x}:z", true),
            ("/e/{x}", "/e/x", false),
            ("/e/{x}", "/e/{x}{y}", false),
            ("/e/{x}", "/E/{x}", false),
            ("/e/{x}", "/e/{y}/", false),
            ("/e/{x}#a", "/e/{y}#a", true),
            ("/e/{x}", "/e/{y}#a", false),
        ] {
            assert_eq!(same_template(path) == same_template(other), is_same, "{path} {other}");
        }
    }

    #[test]
    fn what_is_a_path() {
        for path in ["/", "/a/{b}", "/a/{b}-{c}:d?x={y}", "/a#<b>", "/{a<b>}", "/a b", ""] {
            assert!(is_path(path), "{path}");
        }
        for path in ["/<url>", "/a/{b", "/a/b}", "/{a{b}}", "/a>b", "/{a}}"] {
            assert!(!is_path(path), "{path}");
        }
    }
}
