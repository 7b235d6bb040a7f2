//! Media types of many values, and how the values are told apart.

/// How the values of a stream are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events.
    Events(EventPart),
    /// JSON, one value a line.
    Lines,
    /// JSON, each value behind a record separator (RFC 7464).
    Sequence,
}

/// What of a server-sent event its schema describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EventPart {
    /// Its data, as JSON.
    Data,
    /// Its data, as a text.
    Text,
    /// All of it.
    Whole(EventData),
    /// All of it, with data that its name tells.
    Named {
        /// What the data of events of these names is.
        names: Vec<(String, EventData)>,
        /// What it is under any other name.
        others: EventData,
    },
}

/// What the data is of an event that is described as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventData {
    /// JSON.
    Json,
    /// A text.
    Text,
    /// JSON where it can be read as such, and else a text.
    Either,
}

impl Framing {
    /// How the values of a media type are told apart, if it is one of several values.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let subtype = essence.split_once('/').map_or(essence.as_str(), |(_, subtype)| subtype);
        let name = subtype.rsplit_once('+').map_or(subtype, |(_, suffix)| suffix);
        match name.trim_start_matches("x-") {
            _ if essence == "text/event-stream" => Some(Self::Events(EventPart::Data)),
            _ if subtype == "stream+json" => Some(Self::Lines),
            "jsonl" | "jsonlines" | "json-lines" | "ndjson" => Some(Self::Lines),
            "json-seq" => Some(Self::Sequence),
            "json" if has_parameter(media_type, "stream") => Some(Self::Lines),
            _ => None,
        }
    }
}

/// Whether a media type has a parameter (RFC 9110, section 5.6.6), as in `…;stream=watch`.
fn has_parameter(media_type: &str, name: &str) -> bool {
    let parameters = media_type.split(';').skip(1);
    let names = parameters.map(|one| one.split('=').next().unwrap_or_default().trim());
    names.into_iter().any(|found| found.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_of_many_values() {
        let events = Some(Framing::Events(EventPart::Data));
        for (media_type, expected) in [
            ("text/event-stream", events.clone()),
            ("Text/Event-Stream; charset=utf-8", events.clone()),
            ("application/x-ndjson", Some(Framing::Lines)),
            ("application/ndjson", Some(Framing::Lines)),
            ("application/jsonl", Some(Framing::Lines)),
            ("application/x-jsonl", Some(Framing::Lines)),
            ("application/x-jsonlines", Some(Framing::Lines)),
            ("application/vnd.api+jsonl", Some(Framing::Lines)),
            ("application/stream+json", Some(Framing::Lines)),
            ("application/json;stream=watch", Some(Framing::Lines)),
            ("application/vnd.api+json; Stream=watch", Some(Framing::Lines)),
            ("application/json-seq", Some(Framing::Sequence)),
            ("application/geo+json-seq", Some(Framing::Sequence)),
            ("application/json", None),
            ("application/json; charset=utf-8", None),
            ("application/vnd.stream+json", None),
            ("application/octet-stream", None),
            ("application/vnd.api.protobuf;stream=watch", None),
        ] {
            assert_eq!(Framing::of(media_type), expected, "{media_type}");
        }
    }
}
