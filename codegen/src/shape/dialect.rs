//! The grammars that a document may follow.

use serde_json::Value;

use super::{Field, Object, Shape, fields, later, members, swagger};

/// A version of the specification, as far as its objects have other keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Swagger 2.0, in which keys of 3.0 keep their meaning.
    V20,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and 3.2, which are read alike, and in which keys of 3.0 keep their meaning.
    V31,
}

impl Dialect {
    /// What the document says it follows; YAML makes a number of `openapi: 3.1`.
    pub(crate) fn of(root: &Value) -> Option<Self> {
        let version = |key| match root.get(key) {
            Some(Value::String(version)) => Some(version.clone()),
            Some(Value::Number(version)) => version.as_f64().map(|number| format!("{number:.1}")),
            _ => None,
        };
        let is = |version: &str, minor: &str| {
            version.strip_prefix(minor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        match (version("openapi"), version("swagger")) {
            (Some(version), _) if is(&version, "3.0") => Some(Self::V30),
            (Some(version), _) if is(&version, "3.1") || is(&version, "3.2") => Some(Self::V31),
            (None, Some(version)) if version == "2" || is(&version, "2.0") => Some(Self::V20),
            _ => None,
        }
    }

    /// Its name and version.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V20 => "Swagger 2.0",
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
        }
    }

    /// The shape of what an object holds under `key`, if the specification says.
    pub(crate) fn shape(self, object: Object, key: &str) -> Option<Shape> {
        let field = self.fields(object).find(|field| field.key == key);
        field.map(|field| field.shape).or_else(|| members(object, key))
    }

    /// The keys of an object that the specification fixes. One that two versions have comes twice,
    /// first as this one means it.
    pub(crate) fn fields(self, object: Object) -> impl Iterator<Item = &'static Field> {
        let tables: [&[Field]; 4] = match self {
            Self::V20 => [
                swagger::own(object),
                if swagger::keeps(object) { fields(object) } else { &[] },
                if swagger::is_typed(object) { fields(Object::Schema) } else { &[] },
                &[],
            ],
            Self::V30 => [fields(object), &[], &[], &[]],
            Self::V31 => [later::of_31(object), later::of_32(object), fields(object), &[]],
        };
        tables.into_iter().flatten()
    }

    /// The name of another version that has the key in objects of this kind.
    pub(crate) fn elsewhere(self, object: Object, key: &str) -> Option<&'static str> {
        let versions: [(&str, &[Field]); 4] = [
            (Self::V20.name(), swagger::own(object)),
            (Self::V30.name(), fields(object)),
            (Self::V31.name(), later::of_31(object)),
            ("OpenAPI 3.2", later::of_32(object)),
        ];
        let knows = |(_, fields): &(_, &[Field])| fields.iter().any(|field| field.key == key);
        versions.into_iter().find(knows).map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_says_what_it_follows() {
        let check = |root: Value, expected| assert_eq!(Dialect::of(&root), expected, "{root}");
        check(json!({"openapi": "3.0.3"}), Some(Dialect::V30));
        check(json!({"openapi": 3.0}), Some(Dialect::V30));
        check(json!({"openapi": "3.1.0-rc1"}), Some(Dialect::V31));
        check(json!({"openapi": 3.2}), Some(Dialect::V31));
        check(json!({"swagger": "2.0"}), Some(Dialect::V20));
        check(json!({"swagger": 2}), Some(Dialect::V20));
        check(json!({"openapi": "3.10.0"}), None);
        check(json!({"openapi": "3.3.0"}), None);
        check(json!({"swagger": "1.2"}), None);
        check(json!({}), None);
    }

    #[test]
    fn keys_have_versions() {
        let elsewhere =
            |dialect: Dialect, object, key| dialect.elsewhere(object, key).unwrap_or_default();
        assert_eq!(elsewhere(Dialect::V30, Object::Schema, "const"), "OpenAPI 3.1");
        assert_eq!(elsewhere(Dialect::V30, Object::PathItem, "query"), "OpenAPI 3.2");
        assert_eq!(elsewhere(Dialect::V30, Object::Response, "schema"), "Swagger 2.0");
        assert_eq!(elsewhere(Dialect::V20, Object::Response, "content"), "OpenAPI 3.0");
        assert_eq!(elsewhere(Dialect::V31, Object::Document, "host"), "Swagger 2.0");
        assert_eq!(elsewhere(Dialect::V30, Object::Schema, "nothing"), "");
        assert_eq!(elsewhere(Dialect::V30, Object::Parameter, "nullable"), "");
        let shape = |dialect: Dialect, object, key| dialect.shape(object, key);
        assert_eq!(shape(Dialect::V31, Object::Schema, "nullable"), Some(Shape::Flag));
        assert_eq!(shape(Dialect::V20, Object::Schema, "nullable"), Some(Shape::Flag));
        assert_eq!(shape(Dialect::V20, Object::Parameter, "enum"), Some(Shape::Values));
        assert_eq!(shape(Dialect::V20, Object::Parameter, "style"), None);
    }
}
