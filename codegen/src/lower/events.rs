//! Server-sent events: whether a schema describes an event as a whole, or its data.
//!
//! ```yaml
//! oneOf:
//!   - properties: {event: {const: delta}, data: {$ref: '#/components/schemas/Delta'}}
//!   - properties: {event: {const: note}, data: {type: string}}
//! ```
//! An object of `data` and perhaps `event`, `id` and `retry` is the event as a whole, as OpenAPI 3.2
//! describes it (section 4.14.4). So is a choice of nothing but such objects, some of which may do
//! without `data`. Any other schema is the event's data. The data of a whole event is a text where
//! its schema is one, else JSON; where events are told apart by their name, each has its own.

use super::Lowerer;
use crate::diagnostics::Code;
use crate::ir::{Apart, EventData, EventPart, Kind, Object, SchemaId, Union};

/// The fields of an event.
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

/// How deep choices within choices are looked into.
const DEEPEST: usize = 16;

impl Lowerer<'_> {
    /// What of an event a schema describes.
    pub(super) fn part(&mut self, schema: SchemaId) -> EventPart {
        let id = self.target(schema);
        if is_text(&self.schemas[id.0].kind) {
            return EventPart::Text;
        }
        let Some(Some(data)) = self.data_of(id, DEEPEST) else { return EventPart::Data };
        match &self.schemas[id.0].kind {
            Kind::Union(union) if union.apart == Apart::Tag("event".to_owned()) => {
                self.by_name(union)
            }
            Kind::Union(_) => {
                self.report_either(id, data);
                EventPart::Whole(data)
            }
            _ => EventPart::Whole(data),
        }
    }

    /// What the data is of events that are described as a whole: nothing within where they have
    /// none, nothing at all where the schema describes something else.
    fn data_of(&self, schema: SchemaId, depth: usize) -> Option<Option<EventData>> {
        match &self.schemas[self.target(schema).0].kind {
            Kind::Object(object) => self.data_of_object(object),
            Kind::Union(union) if depth > 0 => {
                let mut all = None;
                for variant in &union.variants {
                    let data = self.data_of(variant.schema, depth - 1)?;
                    all = match (all, data) {
                        (Some(one), Some(other)) if one != other => Some(EventData::Either),
                        (one, other) => one.or(other),
                    };
                }
                Some(all)
            }
            _ => None,
        }
    }

    fn data_of_object(&self, object: &Object) -> Option<Option<EventData>> {
        let is_field = |name: &str| FIELDS.contains(&name);
        if !object.properties.iter().all(|one| is_field(&one.wire)) {
            return None;
        }
        let data = object.properties.iter().find(|one| one.wire == "data");
        Some(data.map(|data| self.data_in(data.schema)))
    }

    /// What data of a schema is.
    fn data_in(&self, schema: SchemaId) -> EventData {
        match &self.schemas[self.target(schema).0].kind {
            kind if is_text(kind) => EventData::Text,
            Kind::Union(union) => {
                let kinds =
                    union.variants.iter().map(|one| &self.schemas[self.target(one.schema).0]);
                let has_text = kinds.into_iter().any(|one| is_text(&one.kind));
                if has_text { EventData::Either } else { EventData::Json }
            }
            _ => EventData::Json,
        }
    }

    /// Events that their name tells apart. Under a name that is not listed, an event is what the
    /// schema says of all of them.
    fn by_name(&self, union: &Union) -> EventPart {
        let base = match &self.schemas[self.target(union.base).0].kind {
            Kind::Object(object) => self.data_of_object(object).flatten(),
            _ => None,
        };
        let others = base.unwrap_or(EventData::Either);
        let each = union.variants.iter().flat_map(|variant| {
            // Whatever comes as the data of an event that has none is passed over.
            let data = self.data_of(variant.schema, DEEPEST).flatten();
            let data = data.unwrap_or(EventData::Either);
            variant.tags.iter().map(move |tag| (tag.clone(), data))
        });
        EventPart::Named { names: each.filter(|(_, data)| *data != others).collect(), others }
    }

    /// Tells of data that may be a text or JSON, without a name that says which.
    fn report_either(&mut self, id: SchemaId, data: EventData) {
        if data != EventData::Either {
            return;
        }
        let at = self.schemas[id.0].at.clone();
        self.warn(
            Code::AmbiguousUnion,
            "the data of these events is JSON in some and a text in others, and `event` does not \
             tell which",
            &at,
            "data that can be read as JSON is taken as that; give each alternative its own `event`",
        );
    }
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::String(_) | Kind::Enum(_))
}
