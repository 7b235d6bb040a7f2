//! A tree as YAML that readers of 1.1 and of 1.2 take for the same tree.

use serde_json::{Map, Value};

use super::decimal::Decimals;
use super::scalar::{block, line};

/// A key that is longer is announced by a question mark (YAML 1.2, section 7.4.2: 1024 characters are the most
/// that are looked through for the colon behind it).
const LONGEST_KEY: usize = 128;

/// The text of a tree; its fractions are as `decimals` has them.
pub(super) fn text(root: &Value, decimals: Decimals) -> String {
    let mut writer = Writer { out: String::new(), decimals };
    match root {
        Value::Object(map) if !map.is_empty() => writer.map(map, 0, false),
        Value::Array(items) if !items.is_empty() => writer.list(items, 0, false),
        scalar => writer.scalar(scalar, 0),
    }
    writer.out
}

struct Writer {
    out: String,
    decimals: Decimals,
}

impl Writer {
    /// The members of an object; the first of them `follows` a dash.
    fn map(&mut self, map: &Map<String, Value>, indent: usize, mut follows: bool) {
        for (key, value) in map {
            self.start(indent, &mut follows);
            let key = line(key);
            if key.len() > LONGEST_KEY {
                self.out.push_str("? ");
                self.out.push_str(&key);
                self.out.push('\n');
                self.indent(indent);
            } else {
                self.out.push_str(&key);
            }
            self.out.push(':');
            match value {
                Value::Object(inner) if !inner.is_empty() => {
                    self.out.push('\n');
                    self.map(inner, indent + 2, false);
                }
                // The dashes of a list are indentation enough (section 8.2.1).
                Value::Array(items) if !items.is_empty() => {
                    self.out.push('\n');
                    self.list(items, indent, false);
                }
                scalar => {
                    self.out.push(' ');
                    self.scalar(scalar, indent);
                }
            }
        }
    }

    fn list(&mut self, items: &[Value], indent: usize, mut follows: bool) {
        for item in items {
            self.start(indent, &mut follows);
            self.out.push_str("- ");
            match item {
                Value::Object(inner) if !inner.is_empty() => self.map(inner, indent + 2, true),
                Value::Array(items) if !items.is_empty() => self.list(items, indent + 2, true),
                scalar => self.scalar(scalar, indent),
            }
        }
    }

    /// What has nothing below it, and the end of its line.
    fn scalar(&mut self, value: &Value, indent: usize) {
        match value {
            Value::Object(_) => self.out.push_str("{}"),
            Value::Array(_) => self.out.push_str("[]"),
            Value::Null => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Number(number) => {
                let text = self.decimals.text(number);
                self.out.push_str(&text);
            }
            Value::String(text) => match block(text) {
                Some((indicator, lines)) => {
                    self.out.push_str(indicator);
                    for line in lines {
                        self.out.push('\n');
                        if !line.is_empty() {
                            self.indent(indent + 2);
                            self.out.push_str(line);
                        }
                    }
                }
                None => self.out.push_str(&line(text)),
            },
        }
        self.out.push('\n');
    }

    fn start(&mut self, indent: usize, follows: &mut bool) {
        if !std::mem::take(follows) {
            self.indent(indent);
        }
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tree_is_read_as_it_was_written() {
        let tree = json!({
            "a": {"no": null, "<<": {"=": true}, "empty": {}, "none": [], "deep": {"er": [{}]}},
            "list": [[1, [2, "x\ny"]], {"a": {"b": [3]}, "c": "d"}, [], {}, "a\n", "- b"],
            "text": "one\n  two\n\nthree",
            "k".repeat(2000): {"k".repeat(130): [1]},
            "line\nkey": -1.5,
            "": 18_446_744_073_709_551_615_u64,
        });
        let written = text(&tree, Decimals::default());
        assert_eq!(serde_yaml::from_str::<Value>(&written).unwrap(), tree, "{written}");
        let start = "a:\n  'no': null\n  '<<':\n    '=': true\n  empty: {}\n  none: []\n  deep:\n    er:\n    - {}\n\
                     list:\n- - 1\n  - - 2\n    - |-\n      x\n      y\n- a:\n    b:\n    - 3\n  c: d\n- []\n";
        assert!(written.starts_with(start), "{written}");
    }
}
