//! Keys and tokens that operations of the document hand out: an answer to a login is known to whoever
//! wrote the client, and what it holds logs in as well as the test credentials do.
//!
//! Which member of an answer is the token no document says, so every text of it may be.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use http::{Response, header};
use serde_json::Value;

/// So many bytes of texts are kept; the same answer has the same ones, so that they are few.
const MOST: usize = 4 << 20;

/// The texts that were answered.
#[derive(Debug, Default)]
pub(in crate::serve) struct Given(Mutex<(BTreeSet<String>, usize)>);

impl Given {
    /// Keeps the texts of an answer, and its cookies (RFC 6265, section 4.1).
    pub(in crate::serve) fn keep(&self, response: &Response<Vec<u8>>) {
        let mut texts = Vec::new();
        for line in response.headers().get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            texts.extend(pair.split_once('=').map(|(_, value)| value.trim().to_owned()));
        }
        collect(serde_json::from_slice(response.body()).unwrap_or_default(), &mut texts);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for text in texts {
            let length = kept.1 + text.len();
            if !text.is_empty() && length <= MOST && kept.0.insert(text) {
                kept.1 = length;
            }
        }
    }

    pub(super) fn has(&self, text: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.contains(text)
    }
}

fn collect(value: Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, texts)),
        Value::Object(map) => map.into_iter().for_each(|(_, item)| collect(item, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
