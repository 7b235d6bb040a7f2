//! The files that an example sends.

use super::super::code::Code;
use super::super::{Argument, ArgumentPlace};
use super::Call;
use super::example::READ;
use crate::ir::PartKind;

/// Kinds of files that people send, the most usual first: an example says one of these that the document
/// allows, in our words and not in those of the document.
const USUAL: [&str; 12] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/svg+xml",
    "application/pdf",
    "text/csv",
    "text/plain",
    "application/json",
    "application/zip",
    "video/mp4",
    "audio/mpeg",
];

impl Call<'_> {
    /// A part that is a file. Where it has to be of one of several types, or of a range of them, it says
    /// which.
    pub(super) fn file(&self, argument: &Argument) -> Code {
        let read = vec![Code::text("\"file\""), Code::text(READ)];
        let file = Code::call("specwright_runtime::Part::file", read);
        match self.types(argument).and_then(usual) {
            Some(name) => {
                let said = Code::call("with_media_type", vec![Code::text(format!("{name:?}"))]);
                Code::Chain(Box::new(file), vec![said])
            }
            None => file,
        }
    }

    /// The types that a part may have, where the call does not send it as one of its own accord.
    fn types(&self, argument: &Argument) -> Option<&[String]> {
        let (ArgumentPlace::Part { wire, media_type } | ArgumentPlace::Parts { wire, media_type }) =
            &argument.place
        else {
            return None;
        };
        let part = self.operation.parts().iter().find(|part| part.wire == *wire)?;
        match &part.kind {
            PartKind::File(types) | PartKind::Files(types) if media_type.is_none() => Some(types),
            PartKind::File(_) | PartKind::Files(_) | PartKind::Value(_) | PartKind::Json(_) => None,
        }
    }
}

fn usual(types: &[String]) -> Option<&'static str> {
    let allows = |said: &String, name: &str| {
        let essence = said.split(';').next().unwrap_or_default().trim();
        let range =
            essence.strip_suffix('*').filter(|range| range.len() > 1 && range.ends_with('/'));
        match range {
            Some(range) => name.starts_with(&range.to_ascii_lowercase()),
            None => essence.eq_ignore_ascii_case(name),
        }
    };
    USUAL.into_iter().find(|name| types.iter().any(|said| allows(said, name)))
}

#[cfg(test)]
mod tests {
    use super::usual;

    #[test]
    fn one_of_the_allowed_types_is_said() {
        let check = |types: &[&str], expected: Option<&str>| {
            let types: Vec<String> = types.iter().map(|&name| name.to_owned()).collect();
            assert_eq!(usual(&types), expected, "{types:?}");
        };
        check(&["image/jpeg", "image/png"], Some("image/png"));
        check(&["Image/*"], Some("image/png"));
        check(&["text/csv; charset=utf-8", "application/x-own"], Some("text/csv"));
        // Nothing has to be said, or we do not know what.
        check(&["*/*"], None);
        check(&["*"], None);
        check(&[], None);
        check(&["application/x-own", "application/x-other"], None);
    }
}
