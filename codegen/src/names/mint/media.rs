//! Names made of media types: the variants of bodies, the ways to send.

use super::{Claim, Minter};
use crate::ir::{ContentKind, Framing, Operation, Payload};
use crate::names::case::{self, Case};
use crate::names::scope::Scope;

impl Minter<'_> {
    /// Variants for the bodies of an operation that has several.
    pub(super) fn bodies(&mut self, operation: &Operation) -> Vec<String> {
        let contents = || operation.body.iter().flat_map(|body| &body.contents);
        let json = contents().filter(|content| matches!(content.kind, ContentKind::Json(_)));
        let only_json = json.count() == 1;
        let claims = contents().map(|content| Claim {
            wire: content.media_type.clone(),
            hint: Some(match &content.kind {
                ContentKind::Json(_) if only_json => "json".to_owned(),
                ContentKind::Json(_) => representation_word(&content.media_type),
                ContentKind::Form(..) => "form".to_owned(),
                ContentKind::Multipart(_) => "multipart".to_owned(),
                ContentKind::Text | ContentKind::Bytes => subtype(&content.media_type),
            }),
            at: content.at.clone(),
        });
        let scope = Scope::new(Case::Pascal).reserve(&["Self"]).reserved_suffix("Body");
        self.assign(&scope, claims.collect(), "media type")
    }
}

/// The word for a representation of an answer. A structured syntax suffix says it all (RFC 6838,
/// section 4.2.8: `csv` of `application/vnd.api.2023-01-01+csv`), except that several can be JSON:
/// `vnd.api.full+json` is `api.full`, and what differs in a parameter has it behind.
pub(super) fn representation_word(media_type: &str) -> String {
    let subtype = subtype(media_type);
    match subtype.rsplit_once('+') {
        Some((name, "json")) => {
            name.trim_start_matches("vnd.").to_owned() + &parameters(media_type)
        }
        Some((_, suffix)) => suffix.to_owned(),
        None if subtype == "json" => subtype + &parameters(media_type),
        None => subtype.trim_start_matches("vnd.").to_owned(),
    }
}

/// ` version 2` of `application/json;version=2`; a character set tells nothing apart.
fn parameters(media_type: &str) -> String {
    let each = media_type.split(';').skip(1).filter_map(|one| one.split_once('='));
    let named = each.filter(|(name, _)| !name.trim().eq_ignore_ascii_case("charset"));
    named
        .map(|(name, value)| format!(" {} {}", name.trim(), value.trim().trim_matches('"')))
        .collect()
}

/// What the method is called that asks for one of the further media types: `send csv`, and for a
/// stream `stream`, unless there are several or the call has a setter of that name.
pub(super) fn way(operation: &Operation, index: usize) -> String {
    let framing = |index: usize| {
        let other = operation.representations.get(index)?;
        other.successes.iter().find_map(|outcome| match &outcome.payload {
            Payload::Stream { framing, .. } => Some(framing),
            Payload::Empty
            | Payload::Json { .. }
            | Payload::Text { .. }
            | Payload::Bytes { .. } => None,
        })
    };
    let Some(own) = framing(index) else {
        let word = |index: usize| {
            let other = operation.representations.get(index);
            other.map(|other| representation_word(&other.media_type)).unwrap_or_default()
        };
        let own = word(index);
        let is_range =
            operation.representations.get(index).is_some_and(|one| one.media_type.contains('*'));
        let mut others = (0..operation.representations.len()).filter(|other| *other != index);
        // `text/*` and `text/plain` are both text.
        return match is_range && others.any(|other| word(other) == own) {
            true => format!("send any {own}"),
            false => format!("send {own}"),
        };
    };
    let parameters = operation.parameters.iter().map(|one| &one.wire);
    let mut setters = parameters.chain(operation.parts().iter().map(|one| &one.wire));
    let taken = setters.any(|wire| case::ident(wire, Case::Snake) == "stream");
    let is_first = (0..index).all(|before| framing(before).is_none());
    match own {
        _ if is_first && !taken => "stream".to_owned(),
        Framing::Events(_) => "stream events".to_owned(),
        Framing::Lines => "stream lines".to_owned(),
        Framing::Sequence => "stream sequence".to_owned(),
    }
}

/// `csv` of `text/csv; charset=utf-8`, `text` of `text/*`.
fn subtype(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some(("*", "*")) => "anything".to_owned(),
        Some((kind, "*")) => kind.to_owned(),
        Some(("text", "plain")) => "text".to_owned(),
        Some((_, subtype)) => subtype.trim_start_matches("x-").to_owned(),
        None => essence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::representation_word;

    #[test]
    fn representations_have_short_words() {
        for (media_type, expected) in [
            ("text/csv; charset=utf-8", "csv"),
            ("application/vnd.atlas.2023-01-01+csv", "csv"),
            ("application/vnd.atlas.2023-01-01+gzip", "gzip"),
            ("application/x-gzip", "gzip"),
            ("application/vnd.github.star+json", "github.star"),
            ("application/json", "json"),
            ("application/json; charset=utf-8", "json"),
            ("application/json; charset=utf-8; version=\"2\"", "json version 2"),
            ("application/vnd.api.full+json;q=1", "api.full q 1"),
            ("text/plain", "text"),
            ("application/vnd.kubernetes.protobuf", "kubernetes.protobuf"),
            ("image/*", "image"),
            ("*/*", "anything"),
        ] {
            assert_eq!(representation_word(media_type), expected, "{media_type}");
        }
    }
}
