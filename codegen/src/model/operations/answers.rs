//! What a call gives: one type, or one of several by status; once for each way to send it.

use super::super::{
    Answer, AnswerEnum, AnswerVariant, Docs, Payload, SendMethod, Values, Way, docs, markdown,
};
use super::{Call, received, status_words};
use crate::ir::{self, Outcome};
use crate::names::{Side, WayNames, is_phrase};

impl Call<'_> {
    /// The ways to send the call. Without a documented success the usual one gives `payload`.
    pub(super) fn ways(&self, payload: Option<&ir::Payload>) -> Vec<Way> {
        let named = self.operation.ways().zip(&self.names.ways).enumerate();
        named
            .map(|(index, (successes, names))| {
                let payload = successes.first().map(|outcome| &outcome.payload).or(payload);
                let accept = (index > 0).then(|| media_types(successes)).flatten();
                self.way(successes, names, payload, accept)
            })
            .collect()
    }

    fn way(
        &self,
        successes: &[Outcome],
        names: &WayNames,
        payload: Option<&ir::Payload>,
        accept: Option<String>,
    ) -> Way {
        let answer = self.answer(successes, names, payload);
        let asks = accept.as_deref().map(|types| format!(" for {}", in_words(types)));
        let asks = asks.unwrap_or_default();
        let (body, metadata, streams) = match &answer {
            Answer::One(Payload::Empty) => {
                ("the answer has no body", "gives status and headers of the answer", false)
            }
            Answer::One(Payload::Text | Payload::Bytes) => {
                ("gives the body of the answer", "gives the body with status and headers", true)
            }
            Answer::Stream(_) => {
                ("gives what comes, one by one", "gives what comes with status and headers", false)
            }
            Answer::One(Payload::Json(_)) | Answer::OneOf(_) => {
                ("gives the body of the answer", "gives the body with status and headers", false)
            }
        };
        let method = |name: &String, gives: &str| SendMethod {
            docs: vec![format!("Makes the call{asks}; {gives}.")],
            name: name.clone(),
        };
        Way {
            send: method(&names.send, body),
            with_metadata: method(&names.with_metadata, metadata),
            stream: streams
                .then(|| method(&names.stream, "gives status, headers and the body as it arrives")),
            accept,
            answer,
        }
    }

    fn answer(
        &self,
        successes: &[Outcome],
        names: &WayNames,
        payload: Option<&ir::Payload>,
    ) -> Answer {
        let Some(own) = &names.answer else {
            return self.only(payload);
        };
        let variants = successes.iter().zip(&own.variants).map(|(outcome, name)| {
            let status = status_words(outcome.status);
            let said = docs::of_status(&status, &outcome.description, name);
            let body = self.context.payload_docs(&outcome.payload);
            AnswerVariant {
                docs: docs::join(std::iter::once(said).chain(body).collect()),
                name: name.clone(),
                status: outcome.status,
                payload: received(self.context, &outcome.payload),
            }
        });
        let method = self.context.method_link(self.index);
        Answer::OneOf(AnswerEnum {
            docs: vec![format!("What {method} answers to `{}`, chosen by status.", names.send)],
            name: own.name.clone(),
            variants: variants.collect(),
        })
    }

    fn only(&self, payload: Option<&ir::Payload>) -> Answer {
        let Some(payload) = payload else { return Answer::One(Payload::Empty) };
        let ir::Payload::Stream { framing, schema, end, .. } = payload else {
            return Answer::One(received(self.context, payload));
        };
        let item = schema.map(|schema| self.context.element_type(schema, Side::Plain));
        Answer::Stream(Values { framing: framing.clone(), item, end: end.clone() })
    }

    /// What the operation usually accepts. Without documented successes that is `payload`.
    pub(super) fn accept(&self, payload: Option<&ir::Payload>) -> Option<String> {
        match self.operation.successes.as_slice() {
            [] => payload.and_then(ir::Payload::media_type).map(str::to_owned),
            successes => media_types(successes),
        }
    }

    /// The further media types of the answer and how they are asked for.
    pub(super) fn other_ways(&self) -> Option<String> {
        let others = self.operation.representations.iter().zip(self.names.ways.iter().skip(1));
        let call = &self.names.call;
        let each = others.map(|(other, names)| {
            let send = names.send.trim_start_matches("r#");
            let path = self.context.call_path(&format!("{call}::{send}"));
            let link = format!("[`{send}`]({path})");
            format!("{} by {link}", markdown::code(&other.media_type))
        });
        let each: Vec<String> = each.collect();
        (!each.is_empty()).then(|| format!("- Also answers {}.", each.join(", ")))
    }

    /// What the document says of the one success, where that is more than its status says. Of several
    /// each variant has its own words.
    pub(super) fn only_answer(&self) -> Docs {
        let [outcome] = self.operation.successes.as_slice() else { return Docs::new() };
        let words = markdown::inline(&outcome.description);
        if words.is_empty() || is_phrase(outcome.status, &words) {
            return Docs::new();
        }
        let status = format!("Answers {}", status_words(outcome.status));
        markdown::behind("-".to_owned(), docs::of_status(&status, &outcome.description, ""))
    }

    /// The headers of successes, each once.
    pub(super) fn header_docs(&self) -> Option<Docs> {
        let mut listed = Vec::new();
        let mut lines = Vec::new();
        for header in self.operation.successes.iter().flat_map(|outcome| &outcome.headers) {
            let Some(index) = self.context.facts.header(self.context.api, header) else { continue };
            if listed.contains(&index) {
                continue;
            }
            listed.push(index);
            let words = header.docs.description.as_deref().map(markdown::inline);
            let words = words.filter(|words| !words.is_empty()).unwrap_or(header.wire.clone());
            let name = self.context.names.header(index);
            let path = self.context.call_path(&format!("headers::{name}"));
            lines.push(format!("- [`{name}`]({path}): {}", docs::sentence(&words)));
        }
        let title = "The answer's headers, for `send_with_metadata`:";
        (!lines.is_empty()).then(|| docs::join(vec![vec![title.to_owned()], lines]))
    }
}

/// The media types of several answers, each once.
fn media_types(successes: &[Outcome]) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for media_type in successes.iter().filter_map(|outcome| outcome.accept.as_deref()) {
        if !all.contains(&media_type) {
            all.push(media_type);
        }
    }
    (!all.is_empty()).then(|| all.join(", "))
}

/// The media types of an `Accept`, for readers.
pub(super) fn in_words(media_types: &str) -> String {
    let each: Vec<String> = media_types.split(", ").map(markdown::code).collect();
    each.join(" or ")
}
