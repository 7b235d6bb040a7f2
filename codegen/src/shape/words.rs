//! Closed lists: keys whose value is one of a few words.

use super::{Dialect, Object};

/// The words that a key of an object may hold, where the specification lists them. A style is one of
/// these in some place; which of them is right in this one is for `normalise` to say.
pub(crate) fn words(
    dialect: Dialect,
    object: Object,
    key: &str,
) -> Option<&'static [&'static str]> {
    let is_old = dialect == Dialect::V20;
    Some(match (object, key) {
        (Object::Parameter, "in") if is_old => &["query", "header", "path", "formData", "body"],
        (Object::Parameter, "in") if dialect == Dialect::V31 => {
            &["path", "query", "header", "cookie", "querystring"]
        }
        (Object::Parameter, "in") => &["path", "query", "header", "cookie"],
        (Object::Parameter | Object::Header | Object::Items, "collectionFormat") if is_old => {
            &["csv", "ssv", "tsv", "pipes", "multi"]
        }
        (Object::Document | Object::Operation, "schemes") if is_old => {
            &["http", "https", "ws", "wss"]
        }
        (Object::SecurityScheme, "type") if is_old => &["basic", "apiKey", "oauth2"],
        (Object::SecurityScheme, "flow") if is_old => {
            &["implicit", "password", "application", "accessCode"]
        }
        (Object::SecurityScheme, "in") if is_old => &["query", "header"],
        (Object::SecurityScheme, "in") => &["query", "header", "cookie"],
        (Object::Parameter | Object::Header | Object::Encoding, "style") if !is_old => {
            &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]
        }
        _ => return None,
    })
}
