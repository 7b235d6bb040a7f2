//! Path templates: their parameters, and what no client can send.

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

#[cfg(test)]
mod tests {
    use super::is_path;

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
