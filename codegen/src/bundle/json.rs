//! A tree as JSON, with the digits that its numbers have in the files.

use serde_json::Value;

use super::decimal::Decimals;

/// The text of a tree; its fractions are as `decimals` has them.
pub(super) fn text(root: &Value, mut decimals: Decimals) -> String {
    let mut out = String::new();
    write(root, 0, &mut decimals, &mut out);
    out.push('\n');
    out
}

fn write(value: &Value, depth: usize, decimals: &mut Decimals, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (index, (key, value)) in map.iter().enumerate() {
                start(out, if index == 0 { '{' } else { ',' }, depth + 1);
                out.push_str(&quoted(key));
                out.push_str(": ");
                write(value, depth + 1, decimals, out);
            }
            out.push('\n');
            indent(out, depth);
            out.push('}');
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                start(out, if index == 0 { '[' } else { ',' }, depth + 1);
                write(item, depth + 1, decimals, out);
            }
            out.push('\n');
            indent(out, depth);
            out.push(']');
        }
        Value::Number(number) => out.push_str(&decimals.text(number)),
        Value::String(text) => out.push_str(&quoted(text)),
        Value::Object(_) | Value::Array(_) | Value::Null | Value::Bool(_) => {
            out.push_str(&value.to_string());
        }
    }
}

fn start(out: &mut String, mark: char, depth: usize) {
    out.push(mark);
    out.push('\n');
    indent(out, depth);
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_laid_out_as_usual() {
        let tree = json!({
            "a": {"b": [1, {}, [], {"c": null}], "\"\n\u{1}é": "x\\y"}, "n": [true, -3, 1.5],
        });
        let usual = format!("{}\n", serde_json::to_string_pretty(&tree).unwrap());
        assert_eq!(text(&tree, Decimals::default()), usual);
    }
}
