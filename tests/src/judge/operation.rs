//! One operation, as the raw document describes it.

use serde_json::{Map, Value, json};

use crate::draw::Raw;

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation<'d> {
    raw: &'d Raw,
    node: &'d Value,
    /// The method in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Its parameters, the path's among them.
    pub parameters: Vec<Parameter<'d>>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter<'d> {
    /// Its name.
    pub name: &'d str,
    /// `path`, `query`, `header` or `cookie`.
    pub place: &'d str,
    /// Whether a request must have it.
    pub required: bool,
    /// `style`, or its default for the place.
    pub style: &'d str,
    /// `explode`, or its default for the style.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
    /// Its schema.
    pub schema: Value,
    /// The media type of a parameter with `content`.
    pub content: Option<&'d str>,
}

/// The documented answer under one status.
#[derive(Clone, Debug)]
pub struct Answer<'d> {
    /// A status that it is for.
    pub status: u16,
    /// Its key in the document.
    pub key: &'d str,
    /// Media types and what the document says about them.
    pub content: Vec<(&'d str, &'d Value)>,
    /// Whether an object without properties is no answer (`x-specwright-nonempty`).
    pub is_nonempty: bool,
}

impl<'d> Operation<'d> {
    /// The operation at a JSON pointer.
    pub fn at(raw: &'d Raw, pointer: &str) -> Option<Self> {
        let node = raw.at(pointer)?;
        let (item, method) = pointer.rsplit_once('/')?;
        let path = item.strip_prefix("/paths/")?.replace("~1", "/").replace("~0", "~");
        let list = |value: &'d Value| value.get("parameters").and_then(Value::as_array);
        let own = list(node).into_iter().flatten();
        let shared = list(raw.at(item)?).into_iter().flatten();
        let mut parameters: Vec<Parameter<'d>> = Vec::new();
        for parameter in own.chain(shared).filter_map(|one| parameter(raw.resolve(one))) {
            let slot = |known: &Parameter<'_>| {
                (known.name, known.place) == (parameter.name, parameter.place)
            };
            if !parameters.iter().any(slot) && !decided_elsewhere(&parameter) {
                parameters.push(parameter);
            }
        }
        Some(Self { raw, node, method: method.to_uppercase(), path, parameters })
    }

    /// The schema of the request body under a media type, if it has that one.
    pub fn body(&self, media_type: &str) -> Option<&'d Value> {
        let body = self.raw.resolve(self.node.get("requestBody")?);
        body.get("content")?.get(media_type)?.get("schema")
    }

    /// Whether a request must have a body.
    pub fn needs_body(&self) -> bool {
        let body = self.node.get("requestBody").map(|body| self.raw.resolve(body));
        body.and_then(|body| body.get("required")?.as_bool()).unwrap_or_default()
    }

    /// The documented successes. Without any, a redirect is what the operation is for, else the
    /// default answer stands for one.
    pub fn successes(&self) -> Vec<Answer<'d>> {
        let among = |statuses: std::ops::Range<u16>| {
            let inside =
                |answer: &Answer<'_>| statuses.contains(&answer.status) && answer.status != 304;
            let mut found: Vec<Answer<'d>> = self.answers().into_iter().filter(inside).collect();
            found.sort_by_key(|answer| answer.status);
            found
        };
        let (successes, redirects) = (among(200..300), among(300..400));
        let default = self.answers().into_iter().filter(|answer| answer.key == "default");
        match (successes.is_empty(), redirects.is_empty()) {
            (false, _) => successes,
            (true, false) => redirects,
            (true, true) => default.map(|answer| Answer { status: 200, ..answer }).collect(),
        }
    }

    /// The documented errors with a status of their own.
    pub fn errors(&self) -> Vec<Answer<'d>> {
        let is_error = |answer: &Answer<'_>| answer.status >= 400 && answer.key != "default";
        self.answers().into_iter().filter(is_error).collect()
    }

    /// Whether there are answers, and all of them are interim or nonsense.
    pub fn is_only_interim(&self) -> bool {
        let answers = self.answers();
        !answers.is_empty() && answers.iter().all(|one| !(200..600).contains(&one.status))
    }

    fn answers(&self) -> Vec<Answer<'d>> {
        let responses = self.node.get("responses").and_then(Value::as_object);
        responses.into_iter().flatten().filter_map(|(key, value)| self.answer(key, value)).collect()
    }

    fn answer(&self, key: &'d str, value: &'d Value) -> Option<Answer<'d>> {
        let status = match key {
            "default" => 500,
            _ => key.to_uppercase().replace("XX", "18").parse().ok()?,
        };
        let value = self.raw.resolve(value);
        let is_nonempty = value.get("x-specwright-nonempty") == Some(&Value::Bool(true));
        let content = value.get("content").and_then(Value::as_object);
        let content = content.into_iter().flatten().map(|(name, media)| (name.as_str(), media));
        Some(Answer { status, key, content: content.collect(), is_nonempty })
    }
}

impl<'d> Answer<'d> {
    /// Whether the document has an example of any media type.
    pub fn has_example(&self, raw: &Raw) -> bool {
        self.content.iter().any(|(name, _)| !self.examples(raw, name).is_empty())
    }

    /// The document's own examples of one media type.
    pub fn examples<'r>(&self, raw: &'r Raw, media_type: &str) -> Vec<&'r Value>
    where
        'd: 'r,
    {
        let Some((_, media)) = self.content.iter().find(|(name, _)| *name == media_type) else {
            return Vec::new();
        };
        let several = media.get("examples").and_then(Value::as_object).into_iter().flatten();
        let several = several.filter_map(|(_, example)| raw.resolve(example).get("value"));
        media.get("example").into_iter().chain(several).collect()
    }
}

/// A parameter; none for the one that wraps every answer, which has cases of its own.
fn parameter<'d>(node: &'d Value) -> Option<Parameter<'d>> {
    if node.get("x-specwright-envelope").is_some() {
        return None;
    }
    let text = |key: &str| node.get(key).and_then(Value::as_str);
    let flag = |key: &str| node.get(key).and_then(Value::as_bool);
    let place = text("in")?;
    let usual = if matches!(place, "path" | "header") { "simple" } else { "form" };
    let style = text("style").unwrap_or(usual);
    let none = Map::new();
    let content = node.get("content").and_then(Value::as_object).unwrap_or(&none);
    let media = content.iter().next();
    let under_media = media.and_then(|(_, media)| media.get("schema"));
    Some(Parameter {
        name: text("name")?,
        place,
        required: flag("required").unwrap_or_default() || place == "path",
        style,
        explode: flag("explode").unwrap_or(style == "form"),
        reserved: flag("allowReserved").unwrap_or_default(),
        schema: node.get("schema").or(under_media).cloned().unwrap_or_else(|| json!({})),
        content: node
            .get("content")
            .and_then(Value::as_object)
            .and_then(|content| content.keys().next())
            .map(String::as_str),
    })
}

/// Header parameters of these names are ignored (OpenAPI 3.0.3, Parameter Object, `name`).
fn decided_elsewhere(parameter: &Parameter<'_>) -> bool {
    let name = parameter.name.to_lowercase();
    parameter.place == "header"
        && ["accept", "content-type", "authorization"].contains(&name.as_str())
}
