//! What stands in the place of a secret, and where else a secret that is known stands.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::redaction::{Redaction, tells};

/// A shorter value is removed where it is known to be a secret, and not wherever else it stands: it
/// would be found in every other word.
const TELLTALE: usize = 8;

/// RFC 3986, section 2.3: what is not encoded.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Removes secrets, and knows those that it has removed: each has a stand-in of its own, so that
/// what was one value stays one, and what was two stays two.
pub(super) struct Scrubber {
    rules: Redaction,
    known: Vec<Known>,
}

/// A secret.
struct Known {
    value: String,
    /// As which it is looked for, and as which not if it is too short.
    forms: Vec<String>,
}

/// `redacted-1`
const STAND_IN: &str = "redacted-";

impl Scrubber {
    pub(super) fn new(rules: Redaction) -> Self {
        let values = rules.values.iter().filter(|value| !value.is_empty());
        let known = values.map(|value| Known::new(value, true)).collect();
        Self { rules, known }
    }

    pub(super) fn rules(&self) -> &Redaction {
        &self.rules
    }

    /// The stand-in of a secret, which is known from here on.
    pub(super) fn hide(&mut self, value: &str) -> String {
        if value.is_empty() || is_stand_in(value) {
            return value.to_owned();
        }
        let found = self.known.iter().position(|known| known.value == value);
        let index = found.unwrap_or_else(|| {
            self.known.push(Known::new(value, value.len() >= TELLTALE));
            self.known.len() - 1
        });
        format!("{STAND_IN}{}", index + 1)
    }

    /// A text without the secrets that are known, without user and password in URLs, and without
    /// the parameters in them whose names tell.
    pub(super) fn text(&mut self, text: &str) -> String {
        let mut text = self.parameters_in(&without_userinfo(text));
        let mut known: Vec<(usize, &Known)> = self.known.iter().enumerate().collect();
        // A secret may begin another.
        known.sort_by_key(|(_, known)| std::cmp::Reverse(known.value.len()));
        for (index, known) in known {
            for form in &known.forms {
                if text.contains(form) {
                    text = text.replace(form, &format!("{STAND_IN}{}", index + 1));
                }
            }
        }
        text
    }

    /// `name=value` of a query or a form. What the login has `added` is a secret.
    pub(super) fn pair(&mut self, pair: &str, added: bool) -> String {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text: &str| {
            let mut pairs = form_urlencoded::parse(text.as_bytes());
            pairs.next().map(|(text, _)| text.into_owned()).unwrap_or_default()
        };
        if added || self.rules.hides_parameter(&decoded(name)) {
            return format!("{name}={}", self.hide(&decoded(value)));
        }
        self.text(pair)
    }

    /// JSON, whose numbers, `true` and `false` stay, unless a pointer leads to them.
    pub(super) fn json(&mut self, value: &mut Value) {
        self.values_in(value, false);
        for pointer in self.rules.pointers.clone() {
            self.at(value, &pointer);
        }
    }

    fn values_in(&mut self, value: &mut Value, secret: bool) {
        match value {
            Value::String(text) if secret => *text = self.hide(text),
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.values_in(item, secret)),
            Value::Object(object) => {
                for (name, value) in object {
                    self.values_in(value, secret || tells(name));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn at(&mut self, value: &mut Value, steps: &[String]) {
        let Some((step, rest)) = steps.split_first() else {
            match value {
                Value::Null => {}
                Value::String(text) => *text = self.hide(text),
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    *value = Value::String(self.hide(&value.to_string()));
                }
            }
            return;
        };
        match value {
            Value::Array(items) if step == "*" => {
                items.iter_mut().for_each(|item| self.at(item, rest));
            }
            Value::Object(object) if step == "*" => {
                object.values_mut().for_each(|value| self.at(value, rest));
            }
            Value::Array(items) => {
                let found = step.parse::<usize>().ok().and_then(|index| items.get_mut(index));
                found.into_iter().for_each(|item| self.at(item, rest));
            }
            Value::Object(object) => {
                object.get_mut(step).into_iter().for_each(|value| self.at(value, rest));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// `?sig=…` and `&sig=…` in a text.
    fn parameters_in(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(['?', '&']) {
            let (before, after) = rest.split_at(start + 1);
            out.push_str(before);
            let end = after.find(|c: char| c.is_whitespace() || "&#\"'<>\\;,)".contains(c));
            let (pair, next) = after.split_at(end.unwrap_or(after.len()));
            match pair.split_once('=') {
                Some((name, _)) if self.rules.hides_parameter(name) => {
                    out.push_str(&self.pair(pair, false));
                }
                Some(_) | None => out.push_str(pair),
            }
            rest = next;
        }
        out + rest
    }
}

impl Known {
    fn new(value: &str, everywhere: bool) -> Self {
        let forms = if everywhere { forms(value) } else { Vec::new() };
        Self { value: value.to_owned(), forms }
    }
}

/// The spellings of a value: as it is, in a URL, in a form, in JSON that is a text of JSON.
fn forms(value: &str) -> Vec<String> {
    let encoded = utf8_percent_encode(value, UNRESERVED).to_string();
    let lower = encoded.split('%').enumerate().map(|(index, part)| match part.get(..2) {
        Some(digits) if index > 0 => format!("%{}{}", digits.to_ascii_lowercase(), &part[2..]),
        Some(_) | None => part.to_owned(),
    });
    let lower: String = lower.collect();
    let json = Value::from(value).to_string();
    let mut forms = vec![
        value.to_owned(),
        utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        encoded,
        lower,
        form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        json.trim_matches('"').to_owned(),
    ];
    forms.dedup();
    forms
}

/// Whether the value is one that was removed before.
fn is_stand_in(value: &str) -> bool {
    value.strip_prefix(STAND_IN).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// The text with all stand-ins alike: which secret came first does not matter to who compares.
pub(super) fn alike(text: &str) -> String {
    let mut parts = text.split(STAND_IN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("redacted");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

/// `https://user:password@host` without what comes before the host (RFC 3986, section 3.2.1).
fn without_userinfo(text: &str) -> String {
    let mut parts = text.split("://");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c.is_whitespace() || "/?#\"'<>\\".contains(c));
        let (authority, rest) = part.split_at(end.unwrap_or(part.len()));
        out.push_str("://");
        out.push_str(authority.rsplit_once('@').map_or(authority, |(_, host)| host));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scrubbed(rules: Redaction, value: Value) -> Value {
        let mut value = value;
        Scrubber::new(rules).json(&mut value);
        value
    }

    #[test]
    fn names_tell() {
        // In an order that a map has whether it is sorted or keeps the order it was given.
        let value = json!({"API-Key": ["b", "a"], "clientSecret": "a", "name": "c", "tokens": 7});
        assert_eq!(
            scrubbed(Redaction::new(), value),
            json!({"API-Key": ["redacted-1", "redacted-2"], "clientSecret": "redacted-2",
                   "name": "c", "tokens": 7})
        );
    }

    #[test]
    fn pointers_lead() {
        let rules = Redaction::new().pointer("/users/*/email").pointer("/a~1b").pointer("/1/x");
        let value = json!({"users": [{"email": "e", "id": 1}, {"email": null}], "a/b": {"x": 1}});
        assert_eq!(
            scrubbed(rules.clone(), value),
            json!({"users": [{"email": "redacted-1", "id": 1}, {"email": null}],
                   "a/b": "redacted-2"})
        );
        assert_eq!(scrubbed(rules, json!([0, {"x": true}])), json!([0, {"x": "redacted-1"}]));
    }

    #[test]
    fn texts_with_urls() {
        let mut scrubber = Scrubber::new(Redaction::new().value("abc"));
        let text = "see <https://u:p@h/x?a=1&sig=s%2B1>; rel=\"next\", s+1 is 12345678 or abc";
        assert_eq!(
            scrubber.text(text),
            "see <https://h/x?a=1&sig=redacted-2>; rel=\"next\", s+1 is 12345678 or redacted-1"
        );
        assert_eq!(scrubber.hide("12345678"), "redacted-3");
        assert!(scrubber.text(text).contains("is redacted-3 or"));
        assert_eq!(scrubber.hide("redacted-3"), "redacted-3");
        assert_eq!(alike("a=redacted-3&b=redacted-12"), "a=redacted&b=redacted");
    }
}
