//! What a call asked for: in the extensions of its requests, before the client, a login or a
//! middleware has added anything.

use http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;

use crate::call::{Parts, path};
use crate::codegen::Operation;

/// The operation of a request, and its arguments but for the body.
pub(crate) struct Asked {
    pub(crate) operation: &'static Operation,
    pub(crate) uri: Uri,
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) headers: HeaderMap,
    /// Encoded.
    pub(super) cookies: Vec<String>,
}

impl Asked {
    pub(crate) fn new(parts: &Parts, uri: Uri) -> Self {
        let path = parts.path.iter().map(|(name, value)| match value {
            path::Value::Text(text) => (*name, text.clone()),
            path::Value::Encoded(text) => {
                (*name, percent_decode_str(text).decode_utf8_lossy().into_owned())
            }
        });
        Self {
            operation: parts.operation,
            uri,
            path: path.collect(),
            headers: parts.headers.clone(),
            cookies: parts.cookies.iter().map(|(_, encoded)| encoded.clone()).collect(),
        }
    }
}
