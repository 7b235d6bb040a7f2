//! Setters for values that need more than the usual spelling, and bodies that are not JSON.

use serde::Serialize;

use super::tree::Tree;
use super::{Call, path, style};
use crate::body::{Body, Multipart, Part, value_parts};
use crate::codegen::RequestContent;

use super::style::Style;

impl Call {
    /// Fills in a parameter of the path in its style.
    pub fn path_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let Some(tree) = self.tree(name, value, style) else { return self };
        if has_control(&tree) {
            self.refuse(format!("path parameter `{name}` holds a control character"));
        }
        self.refuse_within("path parameter", name, &tree, style);
        let encoded = style::segment(name, &tree, style);
        self.parts.path.push((name, path::Value::Encoded(encoded)));
        self
    }

    /// Sets a query parameter in its style; setting it again replaces it, and a value that says
    /// nothing takes it back.
    pub fn query_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let Some(tree) = self.tree(name, value, style) else { return self };
        self.refuse_within("query parameter", name, &tree, style);
        self.set_query(name, style::pairs(name, &tree, style).join("&"));
        self
    }

    /// Sets a header parameter in its style.
    pub fn header_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        match self.tree(name, value, style) {
            None | Some(Tree::Null) => self,
            Some(tree) => {
                self.refuse_delimiter("header", name, style::within_header(&tree, style));
                self.header(name, style::header(&tree, style))
            }
        }
    }

    /// Sets a cookie. An exploded list is several cookies of one name: `&`, which OpenAPI's
    /// style `form` would put between them, has no meaning in `Cookie` (RFC 6265, section 4.2).
    pub fn cookie<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let Some(tree) = self.tree(name, value, style) else { return self };
        let encoded = style::cookies(name, &tree, style).join("; ");
        self.parts.cookies.retain(|(known, _)| *known != name);
        if !encoded.is_empty() {
            self.parts.cookies.push((name, encoded));
        }
        self
    }

    /// Says what the body is, where the document offers several media types.
    pub fn content_type(mut self, media_type: &'static str) -> Self {
        self.parts.content_type = Some(media_type);
        self
    }

    /// Sets the body to bytes or a stream.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.parts.body = Some(body.into());
        self
    }

    /// Sets the body to a text.
    pub fn text(self, body: &str) -> Self {
        self.body(body.to_owned())
    }

    /// Sets the body to a form, `application/x-www-form-urlencoded`. Properties in `styles` are
    /// spelled so; of the others a text is itself, a list is repeated, an object is JSON
    /// (OpenAPI 3.0, "Support for x-www-form-urlencoded Request Bodies").
    pub fn form<T: Serialize + ?Sized>(
        mut self,
        body: &T,
        styles: &[(&'static str, Style)],
    ) -> Self {
        let Ok(Tree::Pairs(properties)) = Tree::of(body).map(Tree::without_null) else {
            self.refuse("the body cannot be written as a form".to_owned());
            return self;
        };
        let properties: Vec<(String, Tree)> =
            properties.into_iter().map(|(name, tree)| (name, tree.without_null())).collect();
        let value = serde_json::to_value(body).unwrap_or_default();
        let mut pairs = Vec::new();
        for (name, tree) in &properties {
            let style = styles.iter().find(|(known, _)| known == name).map(|(_, style)| *style);
            if let Some(style) = style {
                self.refuse_within("field", name, tree, style);
            }
            pairs.extend(match (style, value.get(name)) {
                (Some(style), Some(value)) if style.is_json() => {
                    style::pairs(name, &json_text(value, tree), style)
                }
                (Some(style), _) => style::pairs(name, tree, style),
                (None, _) if matches!(tree, Tree::Text(_) | Tree::Word(_)) => {
                    style::pairs(name, tree, Style::FORM.exploded())
                }
                (None, Some(value)) => style::pairs(name, &plain(value), Style::FORM.exploded()),
                (None, None) => Vec::new(),
            });
        }
        self.body(pairs.join("&"))
    }

    /// Sets a part of a `multipart/form-data` body.
    pub fn part(self, name: &'static str, part: impl Into<Part>) -> Self {
        self.parts(name, [part])
    }

    /// Sets a part, of this media type unless it has one.
    pub fn part_of_type(
        self,
        name: &'static str,
        media_type: &'static str,
        part: impl Into<Part>,
    ) -> Self {
        self.parts(name, [part.into().or_media_type(media_type)])
    }

    /// Sets all parts of one name.
    pub fn parts<I>(mut self, name: &'static str, parts: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Part>,
    {
        let parts = parts.into_iter().map(Into::into).collect();
        self.parts.form.get_or_insert_default().replace(name, parts);
        self
    }

    /// Sets all parts of one name, of this media type unless they have one.
    pub fn parts_of_type<I>(self, name: &'static str, media_type: &'static str, parts: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Part>,
    {
        let parts = parts.into_iter().map(|part| part.into().or_media_type(media_type));
        self.parts(name, parts)
    }

    /// Sets a part that is no file: a text is itself, a list is repeated, an object is JSON.
    pub fn part_value<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.part_values(name, value_parts(value))
    }

    /// The same, of a media type of its own.
    pub fn part_value_of_type<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        media_type: &'static str,
        value: &T,
    ) -> Self {
        let typed = |part: Part| part.or_media_type(media_type);
        self.part_values(name, value_parts(value).map(|all| all.into_iter().map(typed).collect()))
    }

    /// Sets a part to JSON.
    pub fn part_json<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.part_json_of_type(name, "application/json", value)
    }

    /// Sets a part to JSON that goes by another name.
    pub fn part_json_of_type<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        media_type: &'static str,
        value: &T,
    ) -> Self {
        let json = serde_json::to_vec(value).map_err(|_| ());
        let part = json.map(|json| Part::new(json).with_media_type(media_type));
        self.part_values(name, part.map(|part| vec![part]))
    }

    /// Sets the whole form of several parts.
    pub fn multipart(mut self, form: Multipart) -> Self {
        self.parts.form = Some(form);
        self
    }

    /// Sets the body to one of several the document offers.
    pub fn one_of(self, body: impl RequestContent) -> Self {
        body.apply(self)
    }

    fn part_values(mut self, name: &'static str, parts: Result<Vec<Part>, ()>) -> Self {
        match parts {
            Ok(parts) => return self.parts(name, parts),
            Err(()) => self.refuse(format!("part `{name}` cannot be written")),
        }
        self
    }

    /// Refuses values that hold what their style puts between them.
    fn refuse_within(&mut self, what: &str, name: &str, value: &Tree, style: Style) {
        self.refuse_delimiter(what, name, style::within(value, style));
    }

    fn refuse_delimiter(&mut self, what: &str, name: &str, found: Option<char>) {
        if let Some(delimiter) = found {
            self.refuse(format!(
                "{what} `{name}` has `{delimiter}` in a value, which its style puts between values"
            ));
        }
    }

    /// The tree of a value, without nulls; JSON text is a text.
    fn tree<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: Style) -> Option<Tree> {
        let tree = if style.is_json() {
            serde_json::to_string(value).ok().map(Tree::Text)
        } else {
            Tree::of(value).ok().map(Tree::without_null)
        };
        if tree.is_none() {
            self.refuse(format!("parameter `{name}` cannot be written as text"));
        }
        tree
    }
}

/// A property of a form whose media type is JSON. A number is its own digits, more of which may count
/// than a JSON value keeps.
fn json_text(value: &serde_json::Value, tree: &Tree) -> Tree {
    match tree {
        Tree::Text(_) | Tree::Word(_) if value.is_number() => tree.clone(),
        Tree::Null | Tree::Text(_) | Tree::Word(_) | Tree::List(_) | Tree::Pairs(_) => {
            Tree::Text(value.to_string())
        }
    }
}

/// A property of a form: its items one by one, whatever has no spelling of its own as JSON, lists within a list
/// too.
fn plain(value: &serde_json::Value) -> Tree {
    use serde_json::Value;
    match value {
        Value::Null => Tree::Null,
        Value::String(text) => Tree::Text(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => Tree::Text(value.to_string()),
        Value::Array(items) => {
            let item = |item: &Value| match item {
                Value::Array(_) => Tree::Text(item.to_string()),
                other => plain(other),
            };
            Tree::List(items.iter().map(item).filter(|item| *item != Tree::Null).collect())
        }
    }
}

fn has_control(tree: &Tree) -> bool {
    match tree {
        Tree::Null | Tree::Word(_) => false,
        Tree::Text(text) => text.chars().any(char::is_control),
        Tree::List(items) => items.iter().any(has_control),
        Tree::Pairs(pairs) => pairs
            .iter()
            .any(|(name, value)| name.chars().any(char::is_control) || has_control(value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_within_an_item_keeps_its_types() {
        let text = |text: &str| Tree::Text(text.to_owned());
        let items = vec![text("[1,\"2\"]"), text("{\"a\":[3]}"), text("t"), text("4")];
        assert_eq!(plain(&json!([[1, "2"], {"a": [3]}, "t", null, 4])), Tree::List(items));
    }
}
