//! Security schemes that the specification does not have.

use serde_json::{Map, Value};

use super::{Edit, Mender};
use crate::nearest::aside;
use crate::shape::{Dialect, Object, Trail, words};

/// The types of OpenAPI 3, each with the keys without which nothing is known of it. What OAuth and
/// OpenID Connect ask for besides tells how to get a token, and a token can be had without.
const TYPES: [(&str, &[&str]); 4] =
    [("apiKey", &["name", "in"]), ("http", &["scheme"]), ("oauth2", &[]), ("openIdConnect", &[])];

/// Why nobody can know what a security scheme asks for, if that is so.
pub(super) fn unreadable(scheme: &Value) -> Option<String> {
    let Value::Object(map) = scheme else {
        return Some("a security scheme has to be a mapping".to_owned());
    };
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    let Some(kind) = text("type") else { return Some("its `type` is no text".to_owned()) };
    let Some((_, needed)) = TYPES.iter().find(|(known, _)| *known == kind) else {
        let near = aside(kind, TYPES.iter().map(|(known, _)| *known));
        return Some(format!("OpenAPI has no type `{kind}`{near}"));
    };
    if let Some(key) = needed.iter().find(|key| text(key).is_none()) {
        return Some(format!("it needs `{key}`"));
    }
    let place = text("in").filter(|_| kind == "apiKey")?;
    let places = words(Dialect::V30, Object::SecurityScheme, "in").unwrap_or_default();
    let near = || aside(place, places.iter().copied());
    (!places.contains(&place)).then(|| format!("no key can be `in: {place}`{}", near()))
}

impl Mender {
    /// What OAuth and OpenID Connect need by the specification, and a client with a token does not.
    pub(super) fn token_scheme(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let (key, empty) = match map.get("type").and_then(Value::as_str) {
            Some("oauth2") => ("flows", Value::Object(Map::new())),
            Some("openIdConnect") => ("openIdConnectUrl", "".into()),
            _ => return,
        };
        if !map.contains_key(key) {
            let message = format!("the security scheme needs `{key}`: the login takes a token");
            self.tell(message, format!("add the key `{key}`"), trail);
            self.edit(trail, Edit::Insert(key, empty));
        }
    }

    /// Flows without a URL. What has no token URL is told in `lower`.
    pub(super) fn flows(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let urls: [(&str, &[&str]); 4] = [
            ("implicit", &["authorizationUrl"]),
            ("password", &["tokenUrl"]),
            ("clientCredentials", &["tokenUrl"]),
            ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
        ];
        for (flow, keys) in urls {
            let Some(Value::Object(map)) = map.get(flow) else { continue };
            let trail = Trail::Key(trail, flow);
            for key in keys.iter().filter(|key| !map.contains_key(**key)) {
                if flow != "clientCredentials" {
                    let message = format!("the OAuth flow `{flow}` needs `{key}`");
                    self.tell(message, format!("add the key `{key}`"), &trail);
                }
                self.edit(&trail, Edit::Insert(key, "".into()));
            }
        }
    }
}
