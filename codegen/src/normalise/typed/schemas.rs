//! Schemas, of which openapiv3 has a kind for each type, and one for any mixture.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType,
    ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde_json::{Number, Value};

use super::{
    Read, Unfit, any, extend, fields, flag, leaf, list, map, referable, some, text, unlike,
};

/// Which keywords a schema has, a bit for each that tells kinds apart.
type Keywords = u32;

const PATTERN: Keywords = 1;
const MULTIPLE_OF: Keywords = 1 << 1;
const BOUNDS: Keywords = 1 << 2;
const PROPERTIES: Keywords = 1 << 3;
const ITEMS: Keywords = 1 << 4;
const ENUM: Keywords = 1 << 5;
const FORMAT: Keywords = 1 << 6;
const LENGTHS: Keywords = 1 << 7;
const ONE_OF: Keywords = 1 << 8;
const ALL_OF: Keywords = 1 << 9;
const ANY_OF: Keywords = 1 << 10;
const NOT: Keywords = 1 << 11;

const OF_TEXTS: Keywords = PATTERN | ENUM | FORMAT | LENGTHS;
const OF_NUMBERS: Keywords = MULTIPLE_OF | BOUNDS | ENUM | FORMAT;

/// Numbers as they are written, until it is known whether they are whole.
#[derive(Default)]
struct Numbers {
    multiple_of: Option<Number>,
    minimum: Option<Number>,
    maximum: Option<Number>,
}

impl Numbers {
    fn are_whole(&self) -> bool {
        let all = [&self.multiple_of, &self.minimum, &self.maximum];
        all.into_iter().flatten().all(Number::is_i64)
    }
}

pub(super) fn schema(value: Value) -> Read<Schema> {
    let mut data = SchemaData::default();
    let mut rest = AnySchema::default();
    let mut numbers = Numbers::default();
    let mut has: Keywords = 0;
    fields(value, |key, value| {
        // A keyword that is null is one that is not there.
        let bit = match key.as_str() {
            "nullable" => return flag(value).map(|value| data.nullable = value),
            "readOnly" => return flag(value).map(|value| data.read_only = value),
            "writeOnly" => return flag(value).map(|value| data.write_only = value),
            "deprecated" => return flag(value).map(|value| data.deprecated = value),
            "externalDocs" => return leaf(value).map(|value| data.external_docs = value),
            "example" => return some(value, any).map(|value| data.example = value),
            "title" => return some(value, text).map(|value| data.title = value),
            "description" => return some(value, text).map(|value| data.description = value),
            "discriminator" => return leaf(value).map(|value| data.discriminator = value),
            "default" => return some(value, any).map(|value| data.default = value),
            "type" => return some(value, text).map(|value| rest.typ = value),
            other if value.is_null() && !other.starts_with("x-") => return Ok(()),
            "pattern" => {
                rest.pattern = Some(text(value)?);
                PATTERN
            }
            "multipleOf" => {
                numbers.multiple_of = Some(number(value)?);
                MULTIPLE_OF
            }
            "exclusiveMinimum" => {
                rest.exclusive_minimum = Some(flag(value)?);
                BOUNDS
            }
            "exclusiveMaximum" => {
                rest.exclusive_maximum = Some(flag(value)?);
                BOUNDS
            }
            "minimum" => {
                numbers.minimum = Some(number(value)?);
                BOUNDS
            }
            "maximum" => {
                numbers.maximum = Some(number(value)?);
                BOUNDS
            }
            "properties" => {
                rest.properties = properties(value)?;
                PROPERTIES
            }
            "required" => {
                rest.required = list(value, text)?;
                PROPERTIES
            }
            "additionalProperties" => {
                rest.additional_properties = Some(additional_properties(value)?);
                PROPERTIES
            }
            "minProperties" => {
                rest.min_properties = Some(size(value)?);
                PROPERTIES
            }
            "maxProperties" => {
                rest.max_properties = Some(size(value)?);
                PROPERTIES
            }
            "items" => {
                rest.items = Some(boxed(value)?);
                ITEMS
            }
            "minItems" => {
                rest.min_items = Some(size(value)?);
                ITEMS
            }
            "maxItems" => {
                rest.max_items = Some(size(value)?);
                ITEMS
            }
            "uniqueItems" => {
                rest.unique_items = Some(flag(value)?);
                ITEMS
            }
            "enum" => {
                rest.enumeration = list(value, any)?;
                ENUM
            }
            "format" => {
                rest.format = Some(text(value)?);
                FORMAT
            }
            "minLength" => {
                rest.min_length = Some(size(value)?);
                LENGTHS
            }
            "maxLength" => {
                rest.max_length = Some(size(value)?);
                LENGTHS
            }
            "oneOf" => {
                rest.one_of = choices(value)?;
                ONE_OF
            }
            "allOf" => {
                rest.all_of = choices(value)?;
                ALL_OF
            }
            "anyOf" => {
                rest.any_of = choices(value)?;
                ANY_OF
            }
            "not" => {
                rest.not = Some(Box::new(referable(value, schema)?));
                NOT
            }
            _ => {
                extend(&mut data.extensions, key, value);
                return Ok(());
            }
        };
        has |= bit;
        Ok(())
    })?;
    Ok(Schema { schema_data: data, schema_kind: kind(rest, numbers, has)? })
}

/// The kind of a schema with these keywords: that of its type where all of them belong to it.
fn kind(rest: AnySchema, numbers: Numbers, has: Keywords) -> Read<SchemaKind> {
    let only = |keywords: Keywords| has & !keywords == 0;
    let values = &rest.enumeration;
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| value.is_null() || is(value));
    let made = match rest.typ.as_deref() {
        Some("string") if only(OF_TEXTS) && all(Value::is_string) => Type::String(StringType {
            format: rest.format.into(),
            pattern: rest.pattern,
            enumeration: rest.enumeration.into_iter().map(|value| text(value).ok()).collect(),
            min_length: rest.min_length,
            max_length: rest.max_length,
        }),
        Some("number") if only(OF_NUMBERS) && all(Value::is_number) => Type::Number(NumberType {
            format: rest.format.into(),
            multiple_of: float(numbers.multiple_of)?,
            exclusive_minimum: rest.exclusive_minimum.unwrap_or_default(),
            exclusive_maximum: rest.exclusive_maximum.unwrap_or_default(),
            minimum: float(numbers.minimum)?,
            maximum: float(numbers.maximum)?,
            enumeration: values.iter().map(Value::as_f64).collect(),
        }),
        Some("integer") if only(OF_NUMBERS) && all(Value::is_i64) && numbers.are_whole() => {
            let whole = |number: Option<Number>| number.and_then(|number| number.as_i64());
            Type::Integer(IntegerType {
                format: rest.format.into(),
                multiple_of: whole(numbers.multiple_of),
                exclusive_minimum: rest.exclusive_minimum.unwrap_or_default(),
                exclusive_maximum: rest.exclusive_maximum.unwrap_or_default(),
                minimum: whole(numbers.minimum),
                maximum: whole(numbers.maximum),
                enumeration: values.iter().map(Value::as_i64).collect(),
            })
        }
        Some("boolean") if only(ENUM) && all(Value::is_boolean) => {
            Type::Boolean(BooleanType { enumeration: values.iter().map(Value::as_bool).collect() })
        }
        Some("object") if only(PROPERTIES) => Type::Object(ObjectType {
            properties: rest.properties,
            required: rest.required,
            additional_properties: rest.additional_properties,
            min_properties: rest.min_properties,
            max_properties: rest.max_properties,
        }),
        Some("array") if only(ITEMS) => Type::Array(ArrayType {
            items: rest.items,
            min_items: rest.min_items,
            max_items: rest.max_items,
            unique_items: rest.unique_items.unwrap_or_default(),
        }),
        None if has == ONE_OF => return Ok(SchemaKind::OneOf { one_of: rest.one_of }),
        None if has == ALL_OF => return Ok(SchemaKind::AllOf { all_of: rest.all_of }),
        None if has == ANY_OF => return Ok(SchemaKind::AnyOf { any_of: rest.any_of }),
        typ => match rest.not {
            Some(not) if typ.is_none() && has == NOT => return Ok(SchemaKind::Not { not }),
            not => {
                return Ok(SchemaKind::Any(AnySchema {
                    not,
                    multiple_of: float(numbers.multiple_of)?,
                    minimum: float(numbers.minimum)?,
                    maximum: float(numbers.maximum)?,
                    ..rest
                }));
            }
        },
    };
    Ok(SchemaKind::Type(made))
}

fn properties(value: Value) -> Read<IndexMap<String, ReferenceOr<Box<Schema>>>> {
    map(value, boxed)
}

fn boxed(value: Value) -> Read<ReferenceOr<Box<Schema>>> {
    referable(value, |value| schema(value).map(Box::new))
}

fn choices(value: Value) -> Read<Vec<ReferenceOr<Schema>>> {
    list(value, |value| referable(value, schema))
}

fn additional_properties(value: Value) -> Read<AdditionalProperties> {
    match value {
        Value::Bool(may) => Ok(AdditionalProperties::Any(may)),
        value => {
            let schema = referable(value, schema)?;
            Ok(AdditionalProperties::Schema(Box::new(schema)))
        }
    }
}

fn number(value: Value) -> Read<Number> {
    match value {
        Value::Number(number) => Ok(number),
        other => Err(unlike("a number", &other)),
    }
}

fn float(number: Option<Number>) -> Read<Option<f64>> {
    let too_great = || Unfit::new("this number is too great");
    number.map(|number| number.as_f64().ok_or_else(too_great)).transpose()
}

fn size(value: Value) -> Read<usize> {
    let number = value.as_u64().and_then(|size| usize::try_from(size).ok());
    number.ok_or_else(|| Unfit::new(format!("this should be a whole number, and is {value}")))
}
