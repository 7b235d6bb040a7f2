//! From what a style writes (OpenAPI 3.0.4, sections 4.7.12.3 and 4.7.12.6) back to a value: of a parameter,
//! and of a field of a form, which has the styles of a query (section 4.7.15.1.1).

use serde_json::{Map, Value, json};

use super::pairs::Pairs;
use super::route::percent::decode;
use super::sample::kinds;
use super::tree::Place;

mod spelled;

/// How many brackets may stand behind a name: as many levels as `serde_json` reads.
const DEEPEST: usize = 127;

/// How a value is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style<'d> {
    form: &'d str,
    explode: bool,
}

impl<'d> Style<'d> {
    /// That of a parameter; `usual` is the one of its place.
    pub(super) fn of_parameter(described: &Place<'d>, usual: &'d str) -> Self {
        let form = described.text("style").unwrap_or(usual);
        let explode = described.value.get("explode").and_then(Value::as_bool);
        Self { form, explode: explode.unwrap_or(form == "form") }
    }

    /// That of a field, where its Encoding Object has one; `normalise` has written both of it.
    pub(super) fn of_field(encoding: &Place<'d>) -> Option<Self> {
        Some(Self { form: encoding.text("style")?, explode: encoding.is("explode") })
    }
}

/// What a value is made of, which is what its style writes it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Items.
    List,
    /// Properties.
    Object,
    /// Nothing: it is one text, number or truth value.
    Scalar,
}

impl Shape {
    /// That of the values of a type.
    pub(super) fn of(kind: &str) -> Self {
        match kind {
            "array" => Self::List,
            "object" => Self::Object,
            _ => Self::Scalar,
        }
    }
}

/// What is read: a value of this name, style and schema.
pub(super) struct Styled<'s, 'd> {
    pub(super) name: &'s str,
    pub(super) style: Style<'s>,
    pub(super) schema: Option<&'s Place<'d>>,
    kinds: Vec<&'d str>,
}

impl<'s, 'd> Styled<'s, 'd> {
    pub(super) fn new(name: &'s str, style: Style<'s>, schema: Option<&'s Place<'d>>) -> Self {
        let kinds = schema.map(|schema| kinds(schema.root, schema.value)).unwrap_or_default();
        Self { name, style, schema, kinds }
    }

    /// Of a choice of several shapes takes one.
    pub(super) fn take_for(&mut self, shape: Shape) {
        self.kinds.retain(|kind| Shape::of(kind) == shape);
    }

    fn can_be(&self, kind: &str) -> bool {
        self.kinds.contains(&kind)
    }

    /// The names under which its properties are sent, if each is by itself.
    pub(super) fn spread(&self) -> Vec<&'d str> {
        let is_spread =
            self.style.explode && self.style.form != "deepObject" && self.can_be("object");
        self.schema.filter(|_| is_spread).map(Place::property_names).unwrap_or_default()
    }

    /// Whether a pair is a part of it; `others` are the names of what stands beside it.
    pub(super) fn takes(&self, name: &str, others: &[&str]) -> bool {
        if name == self.name {
            return true;
        }
        if self.style.form == "deepObject" {
            return path_in(self.name, name).is_some();
        }
        // The properties stand beside one another, as if each were sent by itself.
        let is_spread = self.style.explode && self.can_be("object");
        is_spread
            && self.schema.is_some_and(|schema| {
                schema.property(name).is_some() || schema.has_others() && !is_of(others, name)
            })
    }

    /// The value out of pairs; nothing where it was not sent.
    ///
    /// # Errors
    /// It is sent several times, which is not how it is written; in words.
    pub(super) fn in_pairs(&self, pairs: &Pairs, others: &[&str]) -> Option<Result<Value, String>> {
        let own: Vec<(&str, &str)> =
            pairs.sent().filter(|(name, _)| self.takes(name, others)).collect();
        if own.is_empty() {
            return None;
        }
        let is_itself = own.iter().any(|(name, _)| *name == self.name);
        if self.style.form == "deepObject" {
            return Some(self.deep(&own));
        }
        if self.style.explode && self.can_be("object") && !is_itself {
            return Some(Ok(self.members(own.iter().copied())));
        }
        if self.style.explode && self.can_be("array") {
            return Some(Ok(own.iter().map(|(_, text)| self.item(&decode(text))).collect()));
        }
        Some(pairs.single(self.name)?.and_then(|raw| self.in_text(&raw)))
    }

    /// The value out of one text as it was sent.
    ///
    /// # Errors
    /// It is not written in this style; in words.
    pub(super) fn in_text(&self, raw: &str) -> Result<Value, String> {
        self.misspelled(raw).map_or_else(|| Ok(self.value(raw)), Err)
    }

    fn value(&self, raw: &str) -> Value {
        let (raw, separator) = self.trimmed(raw);
        if self.can_be("array") {
            let parts: Vec<&str> = if raw.is_empty() { vec![] } else { split(raw, separator) };
            return parts.iter().map(|part| self.item(&decode(self.own_name(part)))).collect();
        }
        if self.can_be("object") {
            return self.object(raw, separator);
        }
        coerced(self.schema, &decode(raw))
    }

    /// Without what a style writes in front, and what is between the parts.
    fn trimmed<'r>(&self, raw: &'r str) -> (&'r str, &'static str) {
        match self.style.form {
            "label" => {
                let separator = if self.style.explode { "." } else { "," };
                (raw.strip_prefix('.').unwrap_or(raw), separator)
            }
            "matrix" => {
                let raw = raw.strip_prefix(';').unwrap_or(raw);
                match self.style.explode {
                    true if self.can_be("array") || self.can_be("object") => (raw, ";"),
                    true => (named(self.name, raw).unwrap_or(raw), ";"),
                    false => (named(self.name, raw).unwrap_or(raw), ","),
                }
            }
            "spaceDelimited" => (raw, "%20"),
            "pipeDelimited" => (raw, "|"),
            _ => (raw, ","),
        }
    }

    /// An exploded matrix repeats the name before each part.
    fn own_name<'r>(&self, part: &'r str) -> &'r str {
        let is_repeated = self.style.form == "matrix" && self.style.explode;
        named(self.name, part).filter(|_| is_repeated).unwrap_or(part)
    }

    fn object(&self, raw: &str, separator: &str) -> Value {
        let parts = if raw.is_empty() { vec![] } else { split(raw, separator) };
        if self.style.explode {
            let pairs = parts.iter().map(|part| part.split_once('=').unwrap_or((part, "")));
            return self.members(pairs);
        }
        self.members(parts.chunks(2).filter_map(|pair| match pair {
            [name, value] => Some((*name, *value)),
            _ => None,
        }))
    }

    fn members<'r>(&self, pairs: impl Iterator<Item = (&'r str, &'r str)>) -> Value {
        let mut map = Map::new();
        for (name, value) in pairs {
            let name = decode(name);
            let schema = self.schema.and_then(|schema| schema.member(&name));
            map.insert(name, coerced(schema.as_ref(), &decode(value)));
        }
        Value::Object(map)
    }

    fn item(&self, text: &str) -> Value {
        coerced(self.schema.and_then(Place::items).as_ref(), text)
    }

    /// `name[key]=value`, as deep as it was written. Below the first level nothing is defined; what is
    /// read is what most write: further brackets, with positions for a list, or nothing in them.
    fn deep(&self, pairs: &[(&str, &str)]) -> Result<Value, String> {
        let mut value = Value::Null;
        for (name, text) in pairs {
            let Some(path) = path_in(self.name, name) else { continue };
            // Whoever sends it decides how deep it is; whatever reads the value goes down on the stack.
            if path.len() > DEEPEST {
                return Err(format!(
                    "is {} levels deep, and more than {DEEPEST} are not read",
                    path.len()
                ));
            }
            put(&mut value, self.schema.cloned(), &path, &decode(text))
                .map_err(|why| format!("`{name}` {why}"))?;
        }
        Ok(value)
    }
}

/// Whether a name is one of these, or has one of them in front of brackets.
fn is_of(others: &[&str], name: &str) -> bool {
    others.iter().any(|other| path_in(other, name).is_some())
}

/// What stands behind the name of a matrix: without an equals sign nothing does (RFC 6570, section
/// 3.2.7).
fn named<'r>(name: &str, text: &'r str) -> Option<&'r str> {
    let rest = text.strip_prefix(name)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('=') }
}

/// The keys in the brackets behind a name.
fn path_in<'r>(name: &str, text: &'r str) -> Option<Vec<&'r str>> {
    let mut rest = text.strip_prefix(name)?;
    let mut path = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
        path.push(key);
        rest = after;
    }
    Some(path)
}

/// Puts a text to where its path leads.
fn put(
    value: &mut Value,
    schema: Option<Place<'_>>,
    path: &[&str],
    text: &str,
) -> Result<(), String> {
    let kinds = schema.as_ref().map(|one| kinds(one.root, one.value)).unwrap_or_default();
    let is_list = kinds.contains(&"array");
    let Some((key, rest)) = path.split_first() else {
        // What may be a list and something else is one once there is a second.
        let is_first =
            value.is_null() && kinds.iter().any(|kind| !["array", "object"].contains(kind));
        if is_first || value.is_null() && !is_list {
            *value = coerced(schema.as_ref(), text);
            return Ok(());
        }
        if !is_list || value.is_object() {
            return Err("is sent twice and has one value".to_owned());
        }
        // A list whose items have no positions. What they may hold themselves has no brackets here: a list of
        // lists might go on forever.
        let item = coerced(schema.as_ref().and_then(Place::items).as_ref(), text);
        *value = match value.take() {
            Value::Array(items) => items.into_iter().chain([item]).collect(),
            Value::Null => json!([item]),
            first => json!([first, item]),
        };
        return Ok(());
    };
    let is_position = key.bytes().all(|byte| byte.is_ascii_digit());
    if is_list && is_position && !value.is_object() {
        if value.is_null() {
            *value = Value::Array(Vec::new());
        }
        let Value::Array(items) = value else { return Err("is a value and a list".to_owned()) };
        let items_schema = schema.as_ref().and_then(Place::items);
        // Positions only tell the items apart: a list has no gaps.
        let at = key.parse::<usize>().ok().filter(|at| *at < items.len());
        if at.is_none() {
            items.push(Value::Null);
        }
        let last = items.len().saturating_sub(1);
        return match items.get_mut(at.unwrap_or(last)) {
            Some(item) => put(item, items_schema, rest, text),
            None => Ok(()),
        };
    }
    if value.is_null() {
        *value = Value::Object(Map::new());
    }
    let Value::Object(map) = value else { return Err("is a value and an object".to_owned()) };
    let schema = schema.as_ref().and_then(|schema| schema.member(key));
    put(map.entry(*key).or_insert(Value::Null), schema, rest, text)
}

/// Splits at a separator, however it is escaped: some clients escape what the style means to be one.
fn split<'r>(raw: &'r str, separator: &str) -> Vec<&'r str> {
    match separator {
        "%20" if raw.contains('+') => raw.split('+').collect(),
        "|" if raw.contains("%7C") || raw.contains("%7c") => {
            raw.split("%7C").flat_map(|part| part.split("%7c")).collect()
        }
        other => raw.split(other).collect(),
    }
}

/// The text as the kind of value that the schema asks for; as it is, if it is none.
pub(super) fn coerced(schema: Option<&Place<'_>>, text: &str) -> Value {
    let Some(schema) = schema else { return Value::String(text.to_owned()) };
    let listed = schema.value.get("enum").and_then(Value::as_array).into_iter().flatten();
    // Space may stand around JSON, and is a part of the text that stands for a number.
    let is_bare = text.trim() == text;
    let read = serde_json::from_str::<Value>(text).ok();
    let read = read.filter(|value| is_bare || value.is_object() || value.is_array());
    let is_it = |value: &&Value| match value {
        Value::String(known) => known == text,
        other => read.as_ref() == Some(*other),
    };
    if let Some(listed) = listed.filter(|value| !value.is_null()).find(is_it) {
        return listed.clone();
    }
    let kind = kinds(schema.root, schema.value);
    let fits = |value: &Value| match value {
        Value::Bool(_) => kind.contains(&"boolean"),
        Value::Number(_) => kind.contains(&"integer") || kind.contains(&"number"),
        Value::Object(_) => kind.contains(&"object"),
        Value::Array(_) => kind.contains(&"array"),
        Value::Null | Value::String(_) => false,
    };
    read.filter(fits).unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;

    #[test]
    fn what_is_too_deep_is_not_read() {
        let schema = json!({"type": "object"});
        let schema = Place::root(&schema);
        let style = Style { form: "deepObject", explode: true };
        let styled = Styled::new("p", style, Some(&schema));
        for (levels, is_read) in
            [(1, true), (DEEPEST, true), (DEEPEST + 1, false), (1_000_000, false)]
        {
            let sent = format!("p{}=1", "[a]".repeat(levels));
            let read = styled.in_pairs(&Pairs::of_query(&sent), &[]);
            assert_eq!(read.is_some_and(|value| value.is_ok()), is_read, "{levels}");
        }
    }

    #[test]
    fn what_holds_itself_is_read_as_far_as_it_is_sent() {
        let schemas = json!({"components": {"schemas": {
            "L": {"type": "array", "items": {"$ref": "#/components/schemas/L"}},
            "T": {"oneOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/T"}},
                {"type": "array", "items": {"$ref": "#/components/schemas/T"}},
            ]},
        }}});
        let check = |name: &str, sent: &str, expected: Value| {
            let at = Pointer::parse(&format!("/components/schemas/{name}")).unwrap();
            let schema = Place::at(&schemas, &at).unwrap();
            let style = Style { form: "deepObject", explode: true };
            let read = Styled::new("p", style, Some(&schema)).in_pairs(&Pairs::of_query(sent), &[]);
            assert_eq!(read.unwrap().unwrap(), expected, "{sent}");
        };
        check("T", "p[a]=x", json!({"a": "x"}));
        check("T", "p[a]=x&p[a]=y", json!({"a": ["x", "y"]}));
        check("T", "p[a][b][]=x", json!({"a": {"b": ["x"]}}));
        check("L", "p[0]=x", json!([["x"]]));
        check("L", "p[0][0]=x&p[0][1]=y", json!([[["x"], ["y"]]]));
        check("L", "p=x&p=y", json!(["x", "y"]));
    }

    #[test]
    fn a_value_is_read_out_of_pairs() {
        let schema = json!({
            "type": "object",
            "properties": {
                "n": {"type": "integer"},
                "l": {"type": "array", "items": {"type": "integer"}},
                "o": {"type": "object", "additionalProperties": {"type": "boolean"}},
                "s": {"type": "string"},
            },
        });
        let numbers = json!({"type": "array", "items": {"type": "integer"}});
        let map = json!({"type": "object", "additionalProperties": {"type": "integer"}});
        let check = |form: &'static str, explode, schema: &Value, sent: &str, expected: Value| {
            let schema = Place::root(schema);
            let style = Style { form, explode };
            let read = Styled::new("p", style, Some(&schema));
            let value = read.in_pairs(&Pairs::of_query(sent), &["other"]);
            assert_eq!(value, Some(Ok(expected)), "{form} {explode} {sent}");
        };
        check("deepObject", true, &schema, "p[n]=1&p%5Bs%5D=2&q=1", json!({"n": 1, "s": "2"}));
        check("deepObject", true, &schema, "p[l][0]=1&p[l][1]=2", json!({"l": [1, 2]}));
        check("deepObject", true, &schema, "p[l][]=1&p[l]=2", json!({"l": [1, 2]}));
        check(
            "deepObject",
            true,
            &schema,
            "p[o][a]=true&p[x][y]=1",
            json!({"o": {"a": true}, "x": {"y": "1"}}),
        );
        check("deepObject", true, &numbers, "p%5B0%5D=1&p%5B1%5D=2", json!([1, 2]));
        check("form", true, &schema, "n=1&other=2&s=+a%2B", json!({"n": 1, "s": " a+"}));
        check("form", true, &map, "a=1&other=x&b=2&other[c]=x", json!({"a": 1, "b": 2}));
        check("form", false, &schema, "p=n,1,s,a%2Cb", json!({"n": 1, "s": "a,b"}));
        check("spaceDelimited", false, &schema, "p=n%201%20s%20x", json!({"n": 1, "s": "x"}));
        check("spaceDelimited", false, &numbers, "p=1+2%203", json!([1, 2, 3]));
        check("spaceDelimited", true, &numbers, "p=1&p=2", json!([1, 2]));
        check("pipeDelimited", false, &numbers, "p=1%7C2%7c3", json!([1, 2, 3]));
        check("pipeDelimited", false, &numbers, "p=1|2", json!([1, 2]));
        check("form", true, &numbers, "p=1&p=2", json!([1, 2]));
        check("form", true, &json!({"enum": [1, "2", true]}), "p=1", json!(1));
    }

    #[test]
    fn a_value_that_is_sent_twice_is_no_value() {
        let check = |schema: Value, form: &'static str, explode, sent: &str| {
            let schema = Place::root(&schema);
            let style = Style { form, explode };
            let read = Styled::new("p", style, Some(&schema)).in_pairs(&Pairs::of_query(sent), &[]);
            assert!(matches!(read, Some(Err(_))), "{sent}: {read:?}");
        };
        check(json!({"type": "integer"}), "form", true, "p=1&p=2");
        check(json!({"type": "array", "items": {}}), "form", false, "p=1&p=2");
        let object = json!({"type": "object", "properties": {"n": {"type": "integer"}}});
        check(object.clone(), "deepObject", true, "p[n]=1&p[n]=2");
        check(object, "deepObject", true, "p[n]=1&p[n][x]=2");
    }

    #[test]
    fn a_value_is_read_out_of_a_part_of_a_path() {
        let list = json!({"type": "array", "items": {"type": "integer"}});
        let texts = json!({"type": "array", "items": {"type": "string"}});
        let object = json!({"type": "object", "properties": {"a": {"type": "integer"}}});
        let single = json!({"type": "integer"});
        let check = |form: &'static str, explode, schema: &Value, sent: &str, expected: Value| {
            let schema = Place::root(schema);
            let style = Style { form, explode };
            let value = Styled::new("p", style, Some(&schema)).in_text(sent);
            assert_eq!(value, Ok(expected), "{form} {explode} {sent}");
        };
        check("simple", false, &list, "1,2", json!([1, 2]));
        check("simple", true, &object, "a=1,b=x%2C", json!({"a": 1, "b": "x,"}));
        check("label", false, &list, ".1,2", json!([1, 2]));
        check("label", true, &list, ".1.2", json!([1, 2]));
        check("label", true, &object, ".a=1", json!({"a": 1}));
        check("matrix", false, &single, ";p=5", json!(5));
        check("matrix", true, &single, ";p=5", json!(5));
        check("matrix", false, &list, ";p=1,2", json!([1, 2]));
        check("matrix", true, &list, ";p=1;p=2", json!([1, 2]));
        check("matrix", true, &texts, ";p;p=2", json!(["", "2"]));
        check("matrix", true, &object, ";a=1;b", json!({"a": 1, "b": ""}));
    }
}
