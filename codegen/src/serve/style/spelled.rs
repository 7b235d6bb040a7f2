//! Whether a text is written in its style at all (OpenAPI 3.0.4, section 4.7.12.3; RFC 6570, sections 3.2.5
//! and 3.2.7).

use super::{Styled, named, split};

impl Styled<'_, '_> {
    /// What of a text is not as its style writes it, whatever the value: the delimiter in front, its own
    /// name, the halves of a pair. An empty text has none of these, and says nothing.
    pub(super) fn misspelled(&self, raw: &str) -> Option<String> {
        let front = match self.style.form {
            "label" => ".",
            "matrix" => ";",
            _ => "",
        };
        if raw.is_empty() {
            return None;
        }
        let Some(rest) = raw.strip_prefix(front) else {
            let form = self.style.form;
            return Some(format!("does not begin with `{front}`, as style `{form}` writes it"));
        };
        let is_object = self.can_be("object") && !self.can_be("array");
        let is_spread = is_object && self.style.explode;
        if self.style.form == "matrix" && !is_spread {
            let parts = if self.style.explode { split(rest, ";") } else { vec![rest] };
            let is_named = parts.iter().all(|part| named(self.name, part).is_some());
            let message = || format!("does not begin with `;{}`", self.name);
            return (!is_named).then(message).or_else(|| self.unpaired(raw, is_object));
        }
        self.unpaired(raw, is_object)
    }

    fn unpaired(&self, raw: &str, is_object: bool) -> Option<String> {
        let (rest, separator) = self.trimmed(raw);
        let parts = if rest.is_empty() { Vec::new() } else { split(rest, separator) };
        if !is_object {
            return None;
        }
        if !self.style.explode {
            let is_odd = parts.len() % 2 == 1;
            return is_odd
                .then(|| format!("has {} parts, and names and values are pairs", parts.len()));
        }
        // Without an equals sign, the value of a matrix is empty.
        let mut alone = parts.iter().filter(|part| !part.contains('='));
        let alone = alone.next().filter(|_| self.style.form != "matrix");
        alone.map(|part| format!("has `{part}`, which is no pair of name and value"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::serve::style::{Style, Styled};
    use crate::serve::tree::Place;

    #[test]
    fn what_a_style_does_not_write_is_told() {
        let list = json!({"type": "array", "items": {"type": "integer"}});
        let object = json!({"type": "object", "additionalProperties": {"type": "integer"}});
        let single = json!({"type": "integer"});
        for (form, explode, schema, sent, expected) in [
            ("label", false, &list, "1,2", "does not begin with `.`"),
            ("label", true, &object, ".a=1.b", "has `b`, which is no pair"),
            ("label", true, &object, ".a=1.b=", ""),
            ("label", false, &object, ".a,1,b", "has 3 parts"),
            ("matrix", false, &single, "p=5", "does not begin with `;`"),
            ("matrix", false, &single, ";q=5", "does not begin with `;p`"),
            ("matrix", false, &single, ";p", ""),
            ("matrix", true, &list, ";p=1;q=2", "does not begin with `;p`"),
            ("matrix", true, &object, ";a=1;b", ""),
            ("matrix", false, &object, ";p=a,1,b", "has 3 parts"),
            ("simple", false, &object, "k,v,w", "has 3 parts"),
            ("simple", true, &object, "k=1,w", "has `w`, which is no pair"),
            ("simple", false, &list, "", ""),
            ("form", false, &object, "a,1,b,2", ""),
        ] {
            let schema = Place::root(schema);
            let styled = Styled::new("p", Style { form, explode }, Some(&schema));
            let told = styled.misspelled(sent).unwrap_or_default();
            assert_eq!(told.is_empty(), expected.is_empty(), "{form} {sent}: {told}");
            assert!(told.starts_with(expected), "{form} {sent}: {told}");
        }
    }
}
