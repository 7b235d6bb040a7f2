//! Answers that are streams of values.
//!
//! ```yaml
//! text/event-stream: {schema: {$ref: '#/components/schemas/Chunk'}}
//! ```
//! is any number of server-sent events, each with a `Chunk` as its data. What a schema describes
//! can only be told once all schemas are lowered:
//!
//! - a list is the list of values, so its items are what each of them is;
//! - of an event it may be the whole, or the data alone, as `events` finds out;
//! - a file, and a text in lines of JSON, say nothing about values: the body is taken as it is.

use openapiv3::MediaType;
use serde_json::Value;

use super::Lowerer;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{
    EventData, EventPart, Framing, Kind, Opaque, Operation, Outcome, Payload, SchemaId,
};

const END: &str = "x-specwright-stream-end";

impl<'d> Lowerer<'d> {
    /// A stream whose schema is not yet looked into.
    pub(super) fn stream(
        &mut self,
        framing: Framing,
        name: &str,
        media: &'d MediaType,
        place: &Site,
    ) -> Payload {
        let schema = media.schema.as_ref().map(|schema| self.schema(schema.into(), place));
        let end = media.extensions.get(END).and_then(Value::as_str).map(str::to_owned);
        if end.is_none() || !matches!(framing, Framing::Events(_)) {
            self.tell_of_end(media, place);
        }
        Payload::Stream { media_type: name.to_owned(), framing, schema, end }
    }

    /// Tells of an end that nothing comes to: no text, or of a body that is no stream of events.
    pub(super) fn tell_of_end(&mut self, media: &MediaType, place: &Site) {
        if media.extensions.contains_key(END) {
            let at = place.at.parent().unwrap_or_else(|| place.at.clone()).push(END);
            self.warn(
                Code::Ignored,
                format!("`{END}` is a text that ends server-sent events"),
                &at,
                "write the data of the event behind which nothing comes, such as `[DONE]`",
            );
        }
    }

    /// Looks into the schemas of all streams.
    pub(super) fn settle_streams(&mut self, operations: &mut [Operation]) {
        for operation in operations {
            let others = operation.representations.iter_mut().map(|other| &mut other.successes);
            for successes in std::iter::once(&mut operation.successes).chain(others) {
                for outcome in successes.iter_mut() {
                    self.settle_stream(&mut outcome.payload);
                }
                self.one_stream_or_none(successes);
            }
        }
    }

    fn settle_stream(&mut self, payload: &mut Payload) {
        let Payload::Stream { media_type, framing, schema, .. } = payload else { return };
        let Some(schema) = schema else {
            // Without a schema an event is what it is.
            if let Framing::Events(part) = framing {
                *part = EventPart::Whole(EventData::Text);
            }
            return;
        };
        let values = self.target(*schema);
        if let Kind::Array(items) = self.schemas[values.0].kind {
            *schema = items;
        }
        let kind = &self.schemas[self.target(*schema).0].kind;
        if self.binary.contains(&self.target(*schema)) {
            *payload =
                Payload::Bytes { media_type: std::mem::take(media_type), raw: Opaque::default() };
            return;
        }
        match framing {
            Framing::Events(part) => *part = self.part(*schema),
            Framing::Lines | Framing::Sequence if matches!(kind, Kind::String(_)) => {
                *payload = Payload::Text {
                    media_type: std::mem::take(media_type),
                    raw: Opaque::default(),
                };
            }
            Framing::Lines | Framing::Sequence => {}
        }
    }

    /// Statuses are told apart when a body is there as a whole. A stream beside answers of another
    /// sort is taken as a text; one that is empty is a stream of nothing.
    fn one_stream_or_none(&mut self, successes: &mut [Outcome]) {
        let is_stream = |outcome: &&Outcome| matches!(outcome.payload, Payload::Stream { .. });
        let Some(first) = successes.iter().find(is_stream).map(|found| found.payload.clone())
        else {
            return;
        };
        let fits = |outcome: &Outcome| {
            outcome.payload == Payload::Empty || self.is_alike(&outcome.payload, &first)
        };
        if successes.iter().all(fits) {
            successes.iter_mut().for_each(|outcome| outcome.payload = first.clone());
            return;
        }
        for outcome in successes {
            let Payload::Stream { media_type, .. } = &mut outcome.payload else { continue };
            let message = "this stream is read as one text: other successes are something else";
            let help = "document them as errors, or describe the stream in an operation of its own";
            self.warn(Code::Ignored, message, &outcome.at, help);
            outcome.payload =
                Payload::Text { media_type: std::mem::take(media_type), raw: Opaque::default() };
        }
    }

    fn is_alike(&self, one: &Payload, other: &Payload) -> bool {
        let target = |schema: &Option<SchemaId>| schema.map(|schema| self.target(schema));
        match (one, other) {
            (
                Payload::Stream { framing, schema, end, .. },
                Payload::Stream { framing: its_framing, schema: its_schema, end: its_end, .. },
            ) => framing == its_framing && end == its_end && target(schema) == target(its_schema),
            _ => false,
        }
    }
}
