//! Drawn instances against expectations written by hand.

use serde_json::{Value, json};

use super::{Drawer, Raw, Way};

const MANY: usize = 60;

/// Draws many instances of the schema `A` among others.
fn draw_among(schemas: &Value, way: Way) -> Vec<Value> {
    let raw = Raw { root: json!({"components": {"schemas": schemas}}) };
    let drawer = Drawer::new(&raw, 3);
    (0..MANY).filter_map(|number| drawer.draw("/components/schemas/A", way, number)).collect()
}

/// Draws many instances of one schema; each must hold.
fn check(schema: &Value, holds: impl Fn(&Value) -> bool) {
    let drawn = draw_among(&json!({"A": schema}), Way::Both);
    assert_eq!(drawn.len(), MANY);
    for value in drawn {
        assert!(holds(&value), "{schema} gave {value}");
    }
}

#[test]
fn scalars_stay_within_their_bounds() {
    check(&json!({"type": "integer", "minimum": 3, "maximum": 5}), |value| {
        (3..=5).contains(&value.as_i64().unwrap())
    });
    check(
        &json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true, "multipleOf": 7, "maximum": 70}),
        |value| value.as_i64().is_some_and(|it| it > 0 && it <= 70 && it % 7 == 0),
    );
    check(&json!({"type": "integer", "format": "int32"}), |value| {
        i32::try_from(value.as_i64().unwrap()).is_ok()
    });
    check(&json!({"type": "number", "minimum": 0, "maximum": 0.5}), |value| {
        (0.0..=0.5).contains(&value.as_f64().unwrap())
    });
    check(&json!({"type": "string", "minLength": 2, "maxLength": 4}), |value| {
        (2..=4).contains(&value.as_str().unwrap().chars().count())
    });
    check(&json!({"enum": ["a", 7]}), |value| *value == json!("a") || *value == json!(7));
    check(&json!({"type": "string", "pattern": "^v[0-9]+$"}), |value| {
        value
            .as_str()
            .and_then(|text| text.strip_prefix('v'))
            .is_some_and(|n| n.parse::<u32>().is_ok())
    });
}

#[test]
fn lists_have_the_length_that_is_asked_for() {
    check(
        &json!({"type": "array", "items": {"type": "boolean"}, "minItems": 2, "maxItems": 3}),
        |value| {
            let items = value.as_array().unwrap();
            (2..=3).contains(&items.len()) && items.iter().all(Value::is_boolean)
        },
    );
    check(&json!({"type": "array", "items": {"type": "boolean"}, "uniqueItems": true}), |value| {
        value.as_array().unwrap().len() <= 2
    });
}

#[test]
fn objects_have_what_is_required_and_nothing_undeclared() {
    let schema = json!({
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
    });
    check(&schema, |value| {
        let object = value.as_object().unwrap();
        object["a"].is_string() && object.keys().all(|key| key == "a" || key == "b")
    });
    let drawn = draw_among(&json!({"A": schema}), Way::Both);
    assert_eq!(drawn[0].as_object().unwrap().len(), 1, "the first has only what is required");
    assert_eq!(drawn[1].as_object().unwrap().len(), 2, "the second has everything");
    let map =
        json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1});
    check(&map, |value| {
        let object = value.as_object().unwrap();
        !object.is_empty() && object.values().all(Value::is_i64)
    });
}

#[test]
fn properties_go_the_way_they_travel() {
    let schemas = json!({"A": {"type": "object", "required": ["read", "write"], "properties": {
        "read": {"type": "string", "readOnly": true},
        "write": {"type": "string", "writeOnly": true},
    }}});
    let keys = |way| {
        let drawn = draw_among(&schemas, way);
        drawn[1].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(Way::Sent), ["write"]);
    assert_eq!(keys(Way::Received), ["read"]);
    assert_eq!(keys(Way::Both), ["read", "write"]);
}

#[test]
fn all_of_is_one_schema() {
    let schemas = json!({
        "A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"required": ["b", "c"], "properties": {
            "b": {"type": "number", "maximum": 2},
            "c": {"type": "boolean"},
        }}]},
        "B": {"type": "object", "properties": {"b": {"type": "integer", "minimum": 1}}},
    });
    for value in draw_among(&schemas, Way::Both) {
        assert!((1..=2).contains(&value["b"].as_i64().unwrap()), "{value}");
        assert!(value["c"].is_boolean(), "{value}");
    }
}

#[test]
fn a_discriminator_names_the_alternative() {
    let variant = |key: &str| {
        json!({"type": "object", "required": ["kind", key], "properties": {
            "kind": {"type": "string"},
            key: {"type": "string"},
        }})
    };
    let mapping = json!({"one": "#/components/schemas/B"});
    let discriminator = json!({"propertyName": "kind", "mapping": mapping});
    let both = json!([{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/C"}]);
    for base in [
        json!({"oneOf": both, "discriminator": discriminator}),
        json!({"type": "object", "properties": {"kind": {"type": "string"}}, "discriminator": {
            "propertyName": "kind",
            "mapping": {"one": "B", "C": "#/components/schemas/C"},
        }}),
    ] {
        let schemas = json!({"A": base, "B": variant("b"), "C": variant("c")});
        let drawn = draw_among(&schemas, Way::Both);
        assert!(drawn.iter().any(|value| value["kind"] == "C"));
        for value in drawn {
            let expected = if value["kind"] == "one" { "b" } else { "c" };
            assert!(value[expected].is_string(), "{value}");
        }
    }
}

#[test]
fn null_only_where_every_member_allows_it() {
    let nulls = |schema: Value| {
        draw_among(&json!({"A": schema}), Way::Both).iter().filter(|value| value.is_null()).count()
    };
    assert!(nulls(json!({"type": "string", "nullable": true})) > 0);
    assert_eq!(nulls(json!({"allOf": [{"type": "string"}], "nullable": true})), 0);
}

#[test]
fn what_says_nothing_is_loose() {
    let raw = Raw { root: json!({}) };
    let check = |schema: Value, expected| {
        assert_eq!(super::is_loose(&raw, &schema), expected, "{schema}");
    };
    check(json!({}), true);
    check(json!({"type": "object", "description": "Anything."}), true);
    check(json!({"nullable": true, "additionalProperties": true}), true);
    check(json!({"oneOf": [{"type": "string"}, {}]}), true);
    check(json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}), false);
    check(json!({"allOf": [{}, {"properties": {"a": {}}}]}), false);
    check(json!({"type": "array"}), false);
    check(json!({"additionalProperties": {}}), false);
    check(json!({"enum": [1]}), false);
}

#[test]
fn recursion_ends() {
    let tree = json!({"A": {"type": "object", "properties": {
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/A"}},
        "next": {"$ref": "#/components/schemas/A"},
    }}});
    assert_eq!(draw_among(&tree, Way::Both).len(), MANY);
    let endless = json!({"A": {"type": "object", "required": ["next"], "properties": {
        "next": {"$ref": "#/components/schemas/A"},
    }}});
    assert_eq!(draw_among(&endless, Way::Both), Vec::<Value>::new());
}

#[test]
fn the_same_seed_draws_the_same() {
    let schemas = json!({"A": {"type": "object", "additionalProperties": true}});
    assert_eq!(draw_among(&schemas, Way::Both), draw_among(&schemas, Way::Both));
}
