//! Path items, operations, and what they send and receive.

use std::mem;

use indexmap::IndexMap;
use openapiv3::{
    Example, Header, MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    PathItem, RequestBody, Response, Responses, StatusCode,
};
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::StrDeserializer;
use serde_json::Value;

use super::schemas::schema;
use super::{
    Read, Unfit, any, extend, fields, flag, leaf, list, map, referable, referables, some, text,
};

pub(super) fn path_item(value: Value) -> Read<PathItem> {
    let mut made = PathItem::default();
    fields(value, |key, value| {
        match key.as_str() {
            "summary" => made.summary = some(value, text)?,
            "description" => made.description = some(value, text)?,
            "get" => made.get = some(value, operation)?,
            "put" => made.put = some(value, operation)?,
            "post" => made.post = some(value, operation)?,
            "delete" => made.delete = some(value, operation)?,
            "options" => made.options = some(value, operation)?,
            "head" => made.head = some(value, operation)?,
            "patch" => made.patch = some(value, operation)?,
            "trace" => made.trace = some(value, operation)?,
            "servers" => made.servers = leaf(value)?,
            "parameters" => made.parameters = list(value, |one| referable(one, parameter))?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    Ok(made)
}

pub(super) fn operation(value: Value) -> Read<Operation> {
    let mut made = Operation::default();
    let mut answers = None;
    fields(value, |key, value| {
        match key.as_str() {
            "tags" => made.tags = list(value, text)?,
            "summary" => made.summary = some(value, text)?,
            "description" => made.description = some(value, text)?,
            "externalDocs" => made.external_docs = leaf(value)?,
            "operationId" => made.operation_id = some(value, text)?,
            "parameters" => made.parameters = list(value, |one| referable(one, parameter))?,
            "requestBody" => {
                made.request_body = some(value, |body| referable(body, request_body))?;
            }
            "responses" => answers = Some(responses(value)?),
            "callbacks" => made.callbacks = leaf(value)?,
            "deprecated" => made.deprecated = flag(value)?,
            "security" => made.security = leaf(value)?,
            "servers" => made.servers = leaf(value)?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    made.responses = answers.ok_or_else(|| Unfit::missing("responses"))?;
    Ok(made)
}

fn responses(value: Value) -> Read<Responses> {
    let mut made = Responses::default();
    fields(value, |key, value| {
        if key == "default" {
            made.default = some(value, |value| referable(value, response))?;
        } else if let Some(status) = status(key) {
            made.responses.insert(status, referable(value, response)?);
        } else {
            extend(&mut made.extensions, key, value);
        }
        Ok(())
    })?;
    Ok(made)
}

fn status(key: &str) -> Option<StatusCode> {
    let key: StrDeserializer<'_, serde::de::value::Error> = key.into_deserializer();
    StatusCode::deserialize(key).ok()
}

pub(super) fn response(value: Value) -> Read<Response> {
    let mut made = Response::default();
    let mut description = None;
    fields(value, |key, value| {
        match key.as_str() {
            "description" => description = Some(text(value)?),
            "headers" => made.headers = referables(value, header)?,
            "content" => made.content = map(value, media_type)?,
            "links" => made.links = leaf(value)?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    made.description = description.ok_or_else(|| Unfit::missing("description"))?;
    Ok(made)
}

pub(super) fn request_body(value: Value) -> Read<RequestBody> {
    let mut made = RequestBody::default();
    fields(value, |key, value| {
        match key.as_str() {
            "description" => made.description = some(value, text)?,
            "content" => made.content = map(value, media_type)?,
            "required" => made.required = flag(value)?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    Ok(made)
}

fn media_type(value: Value) -> Read<MediaType> {
    let mut made = MediaType::default();
    fields(value, |key, value| {
        match key.as_str() {
            "schema" => made.schema = some(value, |value| referable(value, schema))?,
            "example" => made.example = some(value, any)?,
            "examples" => made.examples = referables(value, example)?,
            "encoding" => made.encoding = leaf(value)?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    Ok(made)
}

pub(super) fn example(value: Value) -> Read<Example> {
    let mut made = Example::default();
    fields(value, |key, value| {
        match key.as_str() {
            "summary" => made.summary = some(value, text)?,
            "description" => made.description = some(value, text)?,
            "value" => made.value = some(value, any)?,
            "externalValue" => made.external_value = some(value, text)?,
            _ => extend(&mut made.extensions, key, value),
        }
        Ok(())
    })?;
    Ok(made)
}

/// What a Parameter Object and a Header Object share (OpenAPI 3.0.4 sections 4.7.12 and 4.7.21).
#[derive(Default)]
struct Described {
    name: Option<String>,
    description: Option<String>,
    required: bool,
    deprecated: Option<bool>,
    /// The first of `schema` and `content`.
    format: Option<ParameterSchemaOrContent>,
    example: Option<Value>,
    examples: IndexMap<String, openapiv3::ReferenceOr<Example>>,
    explode: Option<bool>,
    extensions: IndexMap<String, Value>,
}

impl Described {
    fn take(&mut self, key: &mut String, value: Value) -> Read<()> {
        let is_first = self.format.is_none();
        match key.as_str() {
            "name" => self.name = Some(text(value)?),
            "description" => self.description = some(value, text)?,
            "required" => self.required = flag(value)?,
            "deprecated" => self.deprecated = some(value, flag)?,
            "schema" if is_first => {
                self.format = Some(ParameterSchemaOrContent::Schema(referable(value, schema)?));
            }
            "content" if is_first => {
                self.format = Some(ParameterSchemaOrContent::Content(map(value, media_type)?));
            }
            "example" => self.example = some(value, any)?,
            "examples" => self.examples = referables(value, example)?,
            "explode" => self.explode = some(value, flag)?,
            _ => extend(&mut self.extensions, key, value),
        }
        Ok(())
    }

    fn format(&mut self) -> Read<ParameterSchemaOrContent> {
        self.format.take().ok_or_else(|| Unfit::new("there is neither `schema` nor `content`"))
    }

    fn of_parameter(mut self) -> Read<ParameterData> {
        let format = self.format()?;
        Ok(ParameterData {
            name: self.name.ok_or_else(|| Unfit::missing("name"))?,
            description: self.description,
            required: self.required,
            deprecated: self.deprecated,
            format,
            example: self.example,
            examples: self.examples,
            explode: self.explode,
            extensions: self.extensions,
        })
    }
}

pub(super) fn parameter(value: Value) -> Read<Parameter> {
    let mut described = Described::default();
    let (mut place, mut style) = (None, None);
    let (mut allow_reserved, mut allow_empty_value) = (Value::Bool(false), Value::Null);
    fields(value, |key, value| {
        match key.as_str() {
            "in" => place = Some(text(value)?),
            "style" => style = Some(value),
            "allowReserved" => allow_reserved = value,
            "allowEmptyValue" => allow_empty_value = value,
            _ => described.take(key, value)?,
        }
        Ok(())
    })?;
    let parameter_data = described.of_parameter()?;
    // What only a query may say is not looked at elsewhere.
    Ok(match place.ok_or_else(|| Unfit::missing("in"))?.as_str() {
        "query" => Parameter::Query {
            parameter_data,
            allow_reserved: flag(allow_reserved)?,
            style: style.map_or_else(|| Ok(Default::default()), leaf)?,
            allow_empty_value: some(allow_empty_value, flag)?,
        },
        "header" => Parameter::Header {
            parameter_data,
            style: style.map_or_else(|| Ok(Default::default()), leaf)?,
        },
        "path" => Parameter::Path {
            parameter_data,
            style: style.map_or_else(|| Ok(Default::default()), leaf)?,
        },
        "cookie" => Parameter::Cookie {
            parameter_data,
            style: style.map_or_else(|| Ok(Default::default()), leaf)?,
        },
        other => return Err(Unfit::new(format!("`{other}` is no place for a parameter"))),
    })
}

pub(super) fn header(value: Value) -> Read<Header> {
    let mut described = Described::default();
    let mut style = None;
    fields(value, |key, value| {
        match key.as_str() {
            "style" => style = Some(leaf(value)?),
            // No header has these.
            "name" | "explode" => {}
            _ => described.take(key, value)?,
        }
        Ok(())
    })?;
    Ok(Header {
        format: described.format()?,
        description: described.description,
        style: style.unwrap_or_default(),
        required: described.required,
        deprecated: described.deprecated,
        example: described.example,
        examples: described.examples,
        extensions: mem::take(&mut described.extensions),
    })
}
