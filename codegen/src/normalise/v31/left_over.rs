//! What 3.1 says and the output does not: one warning for each keyword, at its first place.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{branches, collections, types, walk};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::Object;

/// A keyword that loses meaning, with what becomes of it and what to do.
type Row = (Object, &'static str, &'static str, &'static str);

const CHECK: &str = "check it yourself where it matters; values travel as they are";

const LONG: &str = "the places of this list (`prefixItems`) are not told apart: there are more than \
                    12, which is as many as a tuple has";

const OPEN: &str = "a key that no pattern of `patternProperties` matches may have any value here, so \
                    that the values stay JSON";

const NO_LIST: &str = "`prefixItems` beside a type that is no list means nothing";

const NO_TEXT: &str = "`contentSchema` beside a type that is no text means nothing";

const FORBIDS: &str = "`dependentSchemas` is not checked: properties that it excludes may be there";

const PARTS: &str = "encode such a body yourself and send it as bytes";

const CUT: &str = "some of what this condition brings along by reference is not declared: the conditions of \
                   the document lead to more than 100,000 schemas and properties";

const FEWER: &str = "choose fewer operations, or declare what it brings along in the schema itself";

const NULL_ALONE: &str =
    "`type` allows null alone, and `enum` lists other values: these are not read";

const NO_NULL: &str = "`enum` lists null alone, and `type` does not allow it: it is read as a value that \
                       may be null";

const ROWS: &[Row] = &[
    (
        Object::PathItem,
        "query",
        "operations of the method QUERY are not generated",
        "send such a request with the transport of the client; read one that arrives yourself",
    ),
    (
        Object::PathItem,
        "additionalOperations",
        "operations of other methods (`additionalOperations`) are not generated",
        "send such a request with the transport of the client; read one that arrives yourself",
    ),
    (Object::MediaType, "prefixEncoding", "`prefixEncoding` is not read", PARTS),
    (Object::MediaType, "itemEncoding", "`itemEncoding` is not read", PARTS),
    (Object::Encoding, "encoding", "an encoding within an encoding is not read", PARTS),
    (Object::Encoding, "prefixEncoding", "`prefixEncoding` is not read", PARTS),
    (Object::Encoding, "itemEncoding", "`itemEncoding` is not read", PARTS),
    (
        Object::Discriminator,
        "defaultMapping",
        "`defaultMapping` is not read: a value that the discriminator does not list stays JSON",
        CHECK,
    ),
    (
        Object::OAuthFlows,
        "deviceAuthorization",
        "the flow `deviceAuthorization` is a bearer token that you obtain",
        "give the client the token as a bearer token",
    ),
    (
        Object::MediaType,
        "itemSchema",
        "`itemSchema` is not read here: the body is text or bytes",
        "streams of events and of JSON are read, in answers; the component schemas are generated",
    ),
    (
        Object::Schema,
        "if",
        "conditions (`if`) are not checked: what they bring along may be missing",
        CHECK,
    ),
    (
        Object::Schema,
        "dependentSchemas",
        "`dependentSchemas` is not checked: the properties it brings along may be missing",
        CHECK,
    ),
    (Object::Schema, "dependentSchemas", FORBIDS, CHECK),
    (Object::Schema, "dependentRequired", "`dependentRequired` is not checked", CHECK),
    (Object::Schema, "contains", "`contains` is not checked", CHECK),
    (Object::Schema, "propertyNames", "`propertyNames` is not checked", CHECK),
    (Object::Schema, "contentSchema", "`contentSchema` is not read: the value is a text", CHECK),
    (Object::Schema, "contentSchema", NO_TEXT, "take it out, or correct the type"),
    (
        Object::Schema,
        "patternProperties",
        "the patterns of `patternProperties` are not checked: any key may have such a value",
        CHECK,
    ),
    (
        Object::Schema,
        "patternProperties",
        OPEN,
        "say `additionalProperties: false` where there are no other keys: then the patterns give the \
         type",
    ),
    (
        Object::Schema,
        "prefixItems",
        "the places of this list (`prefixItems`) are not told apart: some may be missing, or more may \
         follow",
        "where each place always has a value, and nothing follows, say so with `minItems` and \
         `items: false`",
    ),
    (
        Object::Schema,
        "prefixItems",
        LONG,
        "values travel as they are; describe an object where each place has a meaning of its own",
    ),
    (Object::Schema, "prefixItems", NO_LIST, "take it out, or correct the type"),
    (
        Object::Schema,
        "$dynamicRef",
        "`$dynamicRef` is read as `$ref`: nothing overrides its anchor",
        "write a schema of its own for what overrides it",
    ),
    (Object::Schema, "enum", NULL_ALONE, "let `type` say what the values are, or take them out"),
    (
        Object::Schema,
        "enum",
        NO_NULL,
        "add `null` to a list of types, or list the values there are",
    ),
    (Object::Schema, "then", CUT, FEWER),
    (Object::Schema, "else", CUT, FEWER),
    (Object::Schema, "dependentSchemas", CUT, FEWER),
];

/// Warnings for the keywords that `root` still has. In documents of 3.0 these mean nothing.
pub(in crate::normalise) fn report(root: &Value) -> Diagnostics {
    let mut found: BTreeMap<usize, (Pointer, usize)> = BTreeMap::new();
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        for (index, (holder, key, message, _)) in ROWS.iter().enumerate() {
            let concerns = match *key {
                key if *message == CUT => value.get(branches::CUT).is_some_and(|cut| *cut == key),
                "enum" => value.get(types::NULL).is_some_and(|mark| {
                    *mark == if *message == NULL_ALONE { types::ALL } else { types::NONE }
                }),
                "prefixItems" if !collections::is_list(value.get("type")) => *message == NO_LIST,
                "prefixItems" if collections::is_long(value) => *message == LONG,
                "prefixItems" => *message != LONG && *message != NO_LIST,
                "contentSchema" => (*message == NO_TEXT) != is_text(value.get("type")),
                "dependentSchemas" => (*message == FORBIDS) == only_forbids(value),
                "patternProperties" => (*message == OPEN) == collections::is_open(value),
                _ => true,
            };
            if *holder == object && concerns && value.get(key).is_some_and(says_something) {
                found.entry(index).or_insert_with(|| (at.push(key), 0)).1 += 1;
            }
        }
    });
    found.into_iter().map(|(index, (first, count))| warning(&ROWS[index], &first, count)).collect()
}

/// Whether values may be texts, perhaps among others (JSON Schema 2020-12 validation, section 8.2: of others
/// the keywords about contents say nothing).
fn is_text(said: Option<&Value>) -> bool {
    match said {
        None => true,
        Some(Value::Array(types)) => types.contains(&json!("string")),
        Some(one) => *one == "string",
    }
}

/// Whether each of the `dependentSchemas` is `false`: they bring nothing along.
fn only_forbids(schema: &Value) -> bool {
    let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
    let nothing = json!({"not": {}});
    dependent.is_some_and(|all| all.values().all(|one| *one == nothing || *one == json!(false)))
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Bool(flag) => !flag,
        Value::Null | Value::Number(_) => false,
        Value::String(_) => true,
    }
}

fn warning((_, _, message, help): &Row, first: &Pointer, count: usize) -> Diagnostic {
    let number = match count {
        1 => String::new(),
        many => format!(" ({many} places, of which this is the first)"),
    };
    let message = format!("{message}{number}");
    Diagnostic::warning(Code::Ignored, message).at(first).help(*help)
}
