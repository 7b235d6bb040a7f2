//! Media types: which one of a body's is used, and what it makes of the body.

use openapiv3::{MediaType, ReferenceOr};

use super::Lowerer;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::Payload;

impl<'d> Lowerer<'d> {
    /// The payload of a `content` map: its first JSON type, else its first type at all. The others
    /// are named in a warning.
    pub(super) fn payload(
        &mut self,
        content: &'d indexmap::IndexMap<String, MediaType>,
        site: &Site,
    ) -> Payload {
        let json = content.iter().position(|(name, _)| is_json(name));
        let chosen = json.unwrap_or(0);
        let Some((name, media)) = content.get_index(chosen) else { return Payload::Empty };
        self.report_others(content, chosen, site);
        let below = Site { at: site.at.push("content").push(name), path: site.path.clone() };
        let media_type = name.clone();
        if is_json(name) || (name == "*/*" && self.is_structured(media)) {
            // A media type without a schema says that there is no content to speak of.
            let Some(schema) = &media.schema else { return Payload::Empty };
            let place = Site { at: below.at.push("schema"), path: below.path };
            let schema = self.schema(schema.into(), &place);
            return Payload::Json { media_type, schema };
        }
        if is_text(name) && holds_text(media) {
            return Payload::Text { media_type };
        }
        Payload::Bytes { media_type }
    }

    fn report_others(
        &mut self,
        content: &indexmap::IndexMap<String, MediaType>,
        chosen: usize,
        site: &Site,
    ) {
        for (index, name) in content.keys().enumerate() {
            if index != chosen {
                self.warn(
                    Code::Ignored,
                    format!("the media type `{name}` is not used"),
                    &site.at.push("content").push(name),
                    "one media type a body is generated: the first that is JSON, else the first",
                );
            }
        }
    }
}

/// `application/json` or a structured syntax suffix `+json` (RFC 6839), parameters aside.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// `text/…`, and XML under its other names (RFC 7303).
pub(super) fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.starts_with("text/") || essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// Text is decoded as text unless the schema says that it is binary.
fn holds_text(media: &MediaType) -> bool {
    match &media.schema {
        Some(ReferenceOr::Item(schema)) => {
            super::keywords::Keywords::of(schema).format.as_deref() != Some("binary")
        }
        _ => true,
    }
}
