//! What a call gives: one type, or one of several by status.

use super::super::{Answer, AnswerEnum, AnswerVariant, Docs, Payload, docs, markdown};
use super::{Call, received, status_words};
use crate::ir;

impl Call<'_> {
    pub(super) fn answer(&self, payload: Option<&ir::Payload>) -> Answer {
        let Some(names) = &self.names.answer else {
            let payload = payload.map_or(Payload::Empty, |payload| received(self.context, payload));
            return Answer::One(payload);
        };
        let each = self.operation.successes.iter().zip(&names.variants);
        let variants = each.map(|(outcome, name)| {
            let words = markdown::inline(&outcome.description);
            let words = if words.is_empty() { name.clone() } else { words };
            AnswerVariant {
                docs: vec![format!("{}: {}", status_words(outcome.status), docs::sentence(&words))],
                name: name.clone(),
                status: outcome.status,
                payload: received(self.context, &outcome.payload),
            }
        });
        let method = self.context.method_link(self.index);
        Answer::OneOf(AnswerEnum {
            docs: vec![format!("What {method} answers, chosen by status.")],
            name: names.name.clone(),
            variants: variants.collect(),
        })
    }

    /// The media types of several answers, each once.
    pub(super) fn accept(&self) -> Option<String> {
        self.names.answer.as_ref()?;
        let mut all: Vec<&str> = Vec::new();
        for outcome in &self.operation.successes {
            if let Some(media_type) = outcome.payload.media_type()
                && !all.contains(&media_type)
            {
                all.push(media_type);
            }
        }
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// The headers of successes, each once.
    pub(super) fn header_docs(&self) -> Option<Docs> {
        let mut named: Vec<&str> = Vec::new();
        let mut lines = Vec::new();
        for (name, text) in self.operation.successes.iter().flat_map(|outcome| &outcome.headers) {
            if named.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                continue;
            }
            named.push(name);
            let words = text.description.as_deref().map(markdown::inline).unwrap_or_default();
            let name = markdown::code(name);
            lines.push(match words.as_str() {
                "" => format!("- {name}"),
                words => format!("- {name}: {}", docs::sentence(words)),
            });
        }
        let title = "The answer's headers, for `send_with_metadata` and its `header_as`:";
        (!lines.is_empty()).then(|| docs::join(vec![vec![title.to_owned()], lines]))
    }
}
