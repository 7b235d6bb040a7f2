//! Properties that can only be one thing, so that nobody is asked for them (ADR 0077).
//!
//! ```yaml
//! Circle: {type: object, required: [kind, radius], properties: {kind: {const: circle}, radius: {type: number}}}
//! ```
//! has `Circle::new(radius)`. The field stays: what is received need not be what the document says.

use super::ConstValue;
use super::items::Shape;
use super::types::Type;
use crate::ir::{Kind, Property};

impl Shape<'_> {
    /// The one value of a required property: its schema lists no other, or it is the tag by which
    /// every union knows this type.
    pub(super) fn fixed(&self, property: &Property, ty: &Type) -> Option<ConstValue> {
        let context = self.context;
        let id = context.api.resolve(property.schema);
        let tag = context.facts.known_tag(self.id);
        let tag = tag.filter(|(name, _)| *name == property.wire).map(|(_, tag)| tag);
        let variant = |index: usize| {
            let is_own = matches!(ty, Type::Named(_));
            context.names.variants(id).get(index).filter(|_| is_own).cloned()
        };
        let index = match &context.api.schema(id).kind {
            Kind::Enum(values) if values.len() == 1 => 0,
            Kind::Enum(values) => values.iter().position(|one| Some(one.wire.as_str()) == tag)?,
            Kind::IntegerEnum(numbers) if numbers.values.len() == 1 => 0,
            Kind::String(_) if *ty == Type::string() => {
                return tag.map(|tag| ConstValue::Text(tag.to_owned()));
            }
            Kind::IntegerEnum(_)
            | Kind::String(_)
            | Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => return None,
        };
        variant(index).map(ConstValue::Variant)
    }
}
