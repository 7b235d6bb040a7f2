//! Keys of `content` that are no media types.

use serde_json::{Map, Value, json};

use super::{Edit, Mender};
use crate::shape::{Object, Trail};

const HELP: &str = "a media type is a type and a subtype, such as `application/json`";

impl Mender {
    /// Leaves out what is no media type. A body of nothing else is bytes.
    pub(super) fn media_types(
        &mut self,
        map: &Map<String, Value>,
        object: Object,
        trail: &Trail<'_>,
    ) {
        let Some(Value::Object(content)) = map.get("content") else { return };
        let trail = Trail::Key(trail, "content");
        let mut known: Vec<String> = Vec::with_capacity(content.len());
        for key in content.keys() {
            let (essence, parameters) = key.split_once(';').unwrap_or((key, ""));
            let one = format!("{};{}", essence.trim().to_ascii_lowercase(), parameters.trim());
            if is_media_type(key) && known.contains(&one) {
                let trail = Trail::Key(&trail, key);
                let message = format!("`{key}` is there twice, in other letters: it is left out");
                let help =
                    "capital letters make no difference (RFC 9110, section 8.3.1): take one out";
                self.tell(message, help, &trail);
                self.edit(&trail, Edit::Remove);
            }
            known.push(one);
        }
        let wrong: Vec<&String> = content.keys().filter(|key| !is_media_type(key)).collect();
        let bytes = match object {
            Object::Response => "*/*",
            _ => "application/octet-stream",
        };
        let is_lost = wrong.len() == content.len();
        for key in &wrong {
            let trail = Trail::Key(&trail, key);
            let becomes = if is_lost { "the body is taken for bytes" } else { "it is left out" };
            self.tell(format!("`{key}` is no media type: {becomes}"), HELP, &trail);
            if !is_lost {
                self.edit(&trail, Edit::Remove);
            }
        }
        if is_lost && !wrong.is_empty() {
            self.edit(&trail, Edit::Set(json!({ bytes: {} })));
        }
    }
}

impl Mender {
    /// The types of a part, of which nothing that is no media type can be sent.
    pub(super) fn part_type(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let Some(types) = map.get("contentType").and_then(Value::as_str) else { return };
        if !types.split(',').all(|one| is_media_type(one.trim())) {
            let trail = Trail::Key(trail, "contentType");
            self.tell(format!("`{types}` is no media type: it is left out"), HELP, &trail);
            self.edit(&trail, Edit::Remove);
        }
    }
}

/// Type and subtype, perhaps with parameters (RFC 9110, section 8.3.1); or a range, in which the subtype
/// may be `*`, and the type beside it (section 12.5.1).
fn is_media_type(key: &str) -> bool {
    let (essence, parameters) = key.split_once(';').unwrap_or((key, ""));
    let Some((kind, subtype)) = essence.trim().split_once('/') else { return false };
    let is_token = |text: &str| {
        let symbol = |c: char| "!#$%&'*+-.^_`|~".contains(c);
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || symbol(c))
    };
    if kind == "*" && subtype.trim() != "*" {
        return false;
    }
    let is_visible = |c: char| c == ' ' || c.is_ascii_graphic();
    // Values may be quoted, and hold what separates parameters; all that is asked of them is to be
    // visible.
    let is_parameter = |text: &str| {
        let Some((name, value)) = text.split_once('=') else {
            return text.chars().all(|c| c == ' ');
        };
        is_token(name.trim()) && value.chars().all(is_visible)
    };
    let is_quoted = parameters.contains('"') && parameters.chars().all(is_visible);
    is_token(kind) && is_token(subtype) && (is_quoted || parameters.split(';').all(is_parameter))
}

#[cfg(test)]
mod tests {
    use super::is_media_type;

    #[test]
    fn what_is_a_media_type() {
        for key in [
            "application/json",
            "application/json; charset=utf-8",
            "*/*",
            "text/*",
            "application/vnd.a+json;version=\"1\"",
        ] {
            assert!(is_media_type(key), "{key}");
        }
        for key in [
            "*/json",
            "",
            "json",
            "application/",
            "a b/c",
            "a/b/c",
            "a/b, a/c",
            "a/b;\u{fc}=1",
            "a/b;\n",
        ] {
            assert!(!is_media_type(key), "{key}");
        }
    }
}
