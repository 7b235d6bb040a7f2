//! The query of a URI, in OpenAPI's style `form`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters. A space becomes `%20`, which form decoders
/// read as well as `+`, while `+` is read as a plus by others.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `name=value`.
pub(crate) fn pair(name: &str, value: &str) -> String {
    let mut out = String::with_capacity(name.len() + value.len() + 1);
    out.extend(utf8_percent_encode(name, ENCODED));
    out.push('=');
    out.extend(utf8_percent_encode(value, ENCODED));
    out
}

/// The value of a [`pair`].
pub(crate) fn value(pair: &str) -> Option<String> {
    let (_, encoded) = pair.split_once('=')?;
    Some(percent_decode_str(encoded).decode_utf8_lossy().into_owned())
}

/// A list, repeated or joined. A comma inside a value is encoded, one between values is not.
pub(crate) fn list(name: &str, values: &[String], explode: bool) -> String {
    if values.is_empty() {
        return String::new();
    }
    if explode {
        let pairs: Vec<String> = values.iter().map(|value| pair(name, value)).collect();
        return pairs.join("&");
    }
    let encoded: Vec<String> = values.iter().map(|value| encode(value)).collect();
    format!("{}={}", encode(name), encoded.join(","))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_encoded() {
        assert_eq!(pair("pretty", "true"), "pretty=true");
        assert_eq!(pair("a b", "x&y=z+1#é"), "a%20b=x%26y%3Dz%2B1%23%C3%A9");
        assert_eq!(pair("filter[]", "'"), "filter%5B%5D=%27");
        assert_eq!(pair("a", ""), "a=");
        assert_eq!(value(&pair("a=b", "x&y=z+1#é")).as_deref(), Some("x&y=z+1#é"));
    }

    #[test]
    fn lists_repeat_or_join() {
        let values = ["1".to_owned(), "2,3".to_owned()];
        assert_eq!(list("id", &values, true), "id=1&id=2%2C3");
        assert_eq!(list("id", &values, false), "id=1,2%2C3");
        assert_eq!(list("id", &[], true), "");
        assert_eq!(list("id", &[], false), "");
    }
}
