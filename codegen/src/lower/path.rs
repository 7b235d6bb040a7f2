//! Path templates: their parameters, and what no client can send.

use super::Lowerer;
use crate::diagnostics::Code;
use crate::ir::{Parameter, Place};
use crate::pointer::Pointer;

impl Lowerer<'_> {
    /// Refuses a path that would arrive as another one: parsers fold `.` and `..`, however they
    /// are written (WHATWG URL, double-dot path segment).
    pub(super) fn check_path(&mut self, path: &str, at: &Pointer) {
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

/// What of a path goes out: a fragment never does (RFC 9110, section 7.1). Some documents have one
/// to tell two operations of one path apart.
pub(super) fn sent(path: &str) -> &str {
    path.split('#').next().unwrap_or_default()
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
