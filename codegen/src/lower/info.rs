//! What the document says of itself and of its tags.

use openapiv3::OpenAPI;

use super::docs::elsewhere;
use crate::ir::{Contact, Docs, Info, License, Tag};
use crate::normalise::Added;
use crate::pointer::Pointer;

pub(super) fn info(document: &OpenAPI, added: &Added) -> Info {
    let info = &document.info;
    let contact = info.contact.clone().unwrap_or_default();
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        summary: added.summary.clone(),
        description: info.description.clone(),
        contact: Contact { name: contact.name, url: contact.url, email: contact.email },
        license: info.license.clone().map(|license| License {
            name: license.name,
            identifier: added.license.clone(),
            url: license.url,
        }),
        terms: info.terms_of_service.clone(),
        more: document.external_docs.as_ref().map(elsewhere),
    }
}

pub(super) fn tags(document: &OpenAPI) -> Vec<Tag> {
    let at = Pointer::root().push("tags");
    let tag = |(index, tag): (usize, &openapiv3::Tag)| Tag {
        at: at.index(index),
        name: tag.name.clone(),
        docs: Docs {
            description: tag.description.clone(),
            links: tag.external_docs.iter().map(elsewhere).collect(),
            ..Docs::default()
        },
    };
    document.tags.iter().enumerate().map(tag).collect()
}
