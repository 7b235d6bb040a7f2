//! How values are spelled outside JSON: the table of styles (OpenAPI 3.0.4, Parameter Object).

use serde_json::Value;

use super::operation::Parameter;

/// What a parameter of the query or a cookie adds, decoded.
pub(super) fn pairs(parameter: &Parameter<'_>, value: &Value) -> Vec<(String, String)> {
    let name = parameter.name.to_owned();
    if parameter.content.is_some() {
        return vec![(name, value.to_string())];
    }
    let separator = match parameter.style {
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        _ => ",",
    };
    match value {
        Value::Array(items) if items.is_empty() => Vec::new(),
        Value::Object(members) if members.is_empty() => Vec::new(),
        Value::Array(items) if parameter.explode => {
            items.iter().map(|item| (name.clone(), text(item))).collect()
        }
        Value::Array(items) => {
            vec![(name, items.iter().map(text).collect::<Vec<_>>().join(separator))]
        }
        Value::Object(members) if parameter.style == "deepObject" => {
            members.iter().map(|(key, one)| (format!("{name}[{key}]"), text(one))).collect()
        }
        Value::Object(members) if parameter.explode => {
            members.iter().map(|(key, one)| (key.clone(), text(one))).collect()
        }
        Value::Object(members) => {
            let flat = members.iter().flat_map(|(key, one)| [key.clone(), text(one)]);
            vec![(name, flat.collect::<Vec<_>>().join(separator))]
        }
        _ => vec![(name, text(value))],
    }
}

/// What stands in the path or in a header for a parameter, decoded.
pub(super) fn segment(parameter: &Parameter<'_>, value: &Value) -> String {
    let name = parameter.name;
    let (start, separator) = match (parameter.style, parameter.explode) {
        ("label", true) => (".".to_owned(), "."),
        ("label", false) => (".".to_owned(), ","),
        ("matrix", true) => (";".to_owned(), ";"),
        ("matrix", false) => (format!(";{name}="), ","),
        _ => (String::new(), ","),
    };
    let exploded_matrix = parameter.style == "matrix" && parameter.explode;
    let body = match value {
        Value::Array(items) => {
            let item = |item| match exploded_matrix {
                true => format!("{name}={}", text(item)),
                false => text(item),
            };
            items.iter().map(item).collect::<Vec<_>>().join(separator)
        }
        Value::Object(members) => {
            let between = if parameter.explode { "=" } else { "," };
            let member = |(key, one): (&String, &Value)| format!("{key}{between}{}", text(one));
            members.iter().map(member).collect::<Vec<_>>().join(separator)
        }
        _ if exploded_matrix => format!("{name}={}", text(value)),
        _ => text(value),
    };
    format!("{start}{body}")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
