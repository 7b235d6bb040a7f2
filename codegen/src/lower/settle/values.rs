//! The values that a property of an alternative is limited to, of whatever kind they are.
//!
//! ```yaml
//! oneOf:
//!   - {type: object, required: [ok], properties: {ok: {const: true}, result: {type: string}}}
//!   - {type: object, required: [ok], properties: {ok: {const: false}, reason: {type: string}}}
//! ```
//! are told apart by `ok`. Values are compared as what they are in JSON: `1` and `"1"` differ, `1` and
//! `1.0` do not (RFC 8259, section 6), nor do objects that have the same in another order.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::Lowerer;
use super::super::union::Alternative;
use crate::ir::{Constraint, IntegerEnum, Kind, SchemaId};

impl Lowerer<'_> {
    /// The values that a schema lists, null among them where it is allowed.
    pub(super) fn listed_values(&self, id: SchemaId) -> Vec<Value> {
        let mut values = self.values_by_kind(id);
        if !values.is_empty() && self.is_nullable(id) && !values.iter().any(Value::is_null) {
            values.push(Value::Null);
        }
        values
    }

    fn values_by_kind(&self, id: SchemaId) -> Vec<Value> {
        match &self.schemas[self.target(id).0].kind {
            Kind::Enum(values) => {
                values.iter().map(|value| Value::from(value.wire.as_str())).collect()
            }
            Kind::IntegerEnum(IntegerEnum { values, .. }) => {
                values.iter().filter_map(|value| serde_json::from_str(&value.wire).ok()).collect()
            }
            // No type says which values there are, and a rule does.
            Kind::Boolean
            | Kind::Number(_)
            | Kind::Integer(_)
            | Kind::String(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Object(_)
            | Kind::Any(_) => {
                let ways = self.second_names(id);
                let mut rules = ways.flat_map(|id| &self.schemas[id.0].docs.constraints);
                let values = rules.find_map(|rule| match rule {
                    Constraint::OneOf(values) => Some(values),
                    _ => None,
                });
                let values = values.into_iter().flatten();
                values.filter_map(|value| serde_json::from_str(value).ok()).collect()
            }
            Kind::Alias(_) | Kind::Union(_) | Kind::Foreign(_) => Vec::new(),
        }
    }

    /// The values that a property of an object is limited to.
    fn values(&self, id: SchemaId, property: &str) -> Vec<Value> {
        let object = self.object_of(id).into_iter().flat_map(|object| &object.properties);
        let mut known = object.filter(|known| known.wire == property);
        known.next().map(|known| self.listed_values(known.schema)).unwrap_or_default()
    }

    /// The values of a discriminator that lead to an alternative, of the kind that its property has:
    /// the keys of a mapping are always texts.
    fn tag_values(&self, one: &Alternative, property: &str) -> Vec<Value> {
        if self.is_text(one.schema, property) {
            return one.tags.iter().map(|tag| Value::from(tag.as_str())).collect();
        }
        let mut values = self.values(one.schema, property);
        let mut known: BTreeSet<String> = values.iter().map(key).collect();
        let typed = one.tags.iter().filter_map(|tag| serde_json::from_str(tag).ok());
        let typed = typed.filter(|value: &Value| value.is_boolean() || value.is_number());
        values.extend(typed.filter(|value| known.insert(key(value))));
        values
    }

    /// Properties of an alternative that are limited to other values in some other one, even if they
    /// have some in common: a value that one of the two does not list is the other's. Of a
    /// discriminator the values of its mapping. Null alone tells it from an alternative where the property is
    /// never null: any value is read as what lists no other.
    pub(super) fn constants(
        &self,
        one: &Alternative,
        all: &[Alternative],
        property: Option<&str>,
    ) -> Vec<(String, Vec<Value>)> {
        if let (Some(property), false) = (property, one.tags.is_empty()) {
            let values = self.tag_values(one, property);
            if !values.is_empty() {
                return vec![(property.to_owned(), values)];
            }
        }
        let Some(object) = self.object_of(one.schema) else { return Vec::new() };
        let mut constants = Vec::new();
        for known in &object.properties {
            let own = self.listed_values(known.schema);
            let is_null = own.iter().all(Value::is_null);
            let tells = |other: &Alternative| {
                let others = self.values(other.schema, &known.wire);
                match others.is_empty() {
                    true => is_null && self.is_never_null(other.schema, &known.wire),
                    false => !are_same(&own, &others),
                }
            };
            if !own.is_empty() && all.iter().any(tells) {
                constants.push((known.wire.clone(), own));
            }
        }
        constants
    }

    /// Whether there is a property that holds another value in each of these objects, be it the
    /// discriminator or one that all of them require.
    pub(super) fn differ_in_a_value(&self, all: &[Alternative], tag: Option<&str>) -> bool {
        let [first, _, ..] = all else { return false };
        let Some(object) = self.object_of(first.schema) else { return false };
        let required = object.properties.iter().filter(|property| property.required);
        let differs = |property: &str| {
            let mut known: BTreeSet<String> = BTreeSet::new();
            all.iter().all(|one| {
                let is_tag = tag == Some(property);
                let values = match is_tag {
                    true => self.tag_values(one, property),
                    false if self.requires(one.schema, property) => {
                        self.values(one.schema, property)
                    }
                    false => Vec::new(),
                };
                let own: BTreeSet<String> = values.iter().map(key).collect();
                let is_apart = !own.is_empty() && own.iter().all(|key| !known.contains(key));
                known.extend(own);
                is_apart
            })
        };
        tag.into_iter().chain(required.map(|one| one.wire.as_str())).any(differs)
    }
}

/// Whether no value of one list is in the other.
pub(super) fn disjoint(left: &[Value], right: &[Value]) -> bool {
    let right: BTreeSet<String> = right.iter().map(key).collect();
    !left.iter().any(|value| right.contains(&key(value)))
}

/// Whether two lists have the same values.
fn are_same(left: &[Value], right: &[Value]) -> bool {
    let keys = |list: &[Value]| list.iter().map(key).collect::<BTreeSet<String>>();
    keys(left) == keys(right)
}

/// The same text for values that are the same.
pub(in super::super) fn key(value: &Value) -> String {
    /// Below it a float has all digits of the whole number that it is.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(key).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: BTreeMap<&String, String> =
                members.iter().map(|(name, value)| (name, key(value))).collect();
            format!("{members:?}")
        }
        _ => match value.as_f64() {
            Some(float) if value.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                (float as i64).to_string()
            }
            _ => value.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{are_same, disjoint};

    #[test]
    fn values_are_compared_as_json() {
        for (left, right, are_disjoint) in [
            (json!([1]), json!([1.0]), false),
            (json!([-0.0]), json!([0]), false),
            (json!([1]), json!(["1"]), true),
            (json!([true]), json!(["true"]), true),
            (json!([true]), json!([false]), true),
            (json!([true, false]), json!([false]), false),
            (json!([null]), json!(["null"]), true),
            (json!([1.5]), json!([1, 2]), true),
            (json!([u64::MAX]), json!([u64::MAX - 1]), true),
            (json!([[1, 2]]), json!([[1.0, 2]]), false),
            (json!([[1, 2]]), json!([[2, 1]]), true),
            (json!([{"a": 1, "b": [2]}]), json!([{"b": [2.0], "a": 1}]), false),
            (json!([{"a": 1}]), json!([{"a": 2}]), true),
            (json!([{}]), json!([[]]), true),
        ] {
            let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
            assert_eq!(disjoint(&list(&left), &list(&right)), are_disjoint, "{left} {right}");
        }
    }

    #[test]
    fn lists_are_the_same_in_any_order() {
        for (left, right, same) in [
            (json!([1, 2]), json!([2.0, 1]), true),
            (json!([1, 2]), json!([2, 3]), false),
            (json!([1]), json!([1, 2]), false),
        ] {
            let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
            assert_eq!(are_same(&list(&left), &list(&right)), same, "{left} {right}");
        }
    }
}
