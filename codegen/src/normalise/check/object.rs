//! The rules that concern several keys of one object, or the words a key may hold.

use serde_json::Value;

use crate::shape::Object;

/// Reports each rule that `value`, an `object` and a mapping, breaks.
pub(super) fn check(value: &Value, object: Object, refuse: &mut dyn FnMut(String)) {
    match object {
        Object::Parameter => {
            word(value, "in", &["path", "query", "header", "cookie"], refuse);
            style(value, value.get("in").and_then(Value::as_str).unwrap_or_default(), refuse);
            schema_or_content(value, object, refuse);
        }
        Object::Header => {
            style(value, "header", refuse);
            schema_or_content(value, object, refuse);
        }
        Object::Encoding => style(value, "query", refuse),
        Object::SecurityScheme => security_scheme(value, refuse),
        Object::OAuthFlows => oauth_flows(value, refuse),
        _ => {}
    }
}

fn word(value: &Value, key: &str, words: &[&str], refuse: &mut dyn FnMut(String)) {
    if let Some(word) = value.get(key).and_then(Value::as_str)
        && !words.contains(&word)
    {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        refuse(format!("`{key}` is one of {}, not `{word}`", words.join(", ")));
    }
}

/// OpenAPI 3.0.3 section 4.7.12.3, style values.
fn style(value: &Value, place: &str, refuse: &mut dyn FnMut(String)) {
    let styles: &[&str] = match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    word(value, "style", styles, refuse);
}

fn schema_or_content(value: &Value, object: Object, refuse: &mut dyn FnMut(String)) {
    match (value.get("schema"), value.get("content")) {
        (Some(_), Some(_)) => {
            refuse(format!("{} has either `schema` or `content`, not both", object.name()));
        }
        (None, None) => refuse(format!("{} needs `schema` or `content`", object.name())),
        _ => {}
    }
}

fn security_scheme(value: &Value, refuse: &mut dyn FnMut(String)) {
    let needed: &[&str] = match value.get("type").and_then(Value::as_str) {
        Some("apiKey") => {
            word(value, "in", &["query", "header", "cookie"], refuse);
            &["name", "in"]
        }
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => return word(value, "type", &["apiKey", "http", "oauth2", "openIdConnect"], refuse),
    };
    for key in needed.iter().filter(|key| value.get(key).is_none()) {
        refuse(format!("a security scheme of this type needs `{key}`"));
    }
}

fn oauth_flows(value: &Value, refuse: &mut dyn FnMut(String)) {
    let needed: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (flow, keys) in needed {
        let Some(value) = value.get(flow) else { continue };
        for key in keys.iter().filter(|key| value.get(key).is_none()) {
            refuse(format!("the OAuth flow `{flow}` needs `{key}`"));
        }
    }
}
