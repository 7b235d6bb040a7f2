//! The operations of a document, each once, or once for each of its versions.
//!
//! ```yaml
//! responses:
//!   '200':
//!     content:
//!       application/vnd.api.2023-01-01+json: {schema: {$ref: '#/components/schemas/Old'}}
//!       application/vnd.api.2024-08-05+json: {schema: {$ref: '#/components/schemas/New'}}
//! ```
//! is two operations where all versions are wanted. Where one is, `select` has left one.

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{MediaType, OpenAPI, Operation as Raw, PathItem, ReferenceOr};

use crate::versions::{Choice, Pattern, Version, Versions};

/// An operation and where it stands.
pub(super) struct Placed<'a> {
    pub(super) path: &'a str,
    pub(super) item: &'a PathItem,
    pub(super) method: &'a str,
    pub(super) raw: Cow<'a, Raw>,
    pub(super) version: Option<String>,
}

/// All operations in document order, versions of one from old to new.
pub(super) fn placed<'a>(document: &'a OpenAPI, versions: &Versions) -> Vec<Placed<'a>> {
    // `select` has refused a pattern that is none.
    let pattern = match versions.choice {
        Choice::All => Pattern::of(versions).ok(),
        Choice::Newest | Choice::UpTo(_) => None,
    };
    let mut all = Vec::new();
    for (path, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, raw) in item.iter() {
            let one = |raw, version| Placed { path, item, method, raw, version };
            match pattern.as_ref().map(|pattern| each_version(raw, pattern)) {
                Some(versions) if !versions.is_empty() => {
                    let versions = versions.into_iter();
                    all.extend(versions.map(|(raw, version)| one(Cow::Owned(raw), Some(version))));
                }
                Some(_) | None => all.push(one(Cow::Borrowed(raw), None)),
            }
        }
    }
    all
}

/// The operation in each of its versions. One version counts too: when the next one comes, its
/// name stays.
fn each_version(raw: &Raw, pattern: &Pattern) -> Vec<(Raw, String)> {
    let mut copy = raw.clone();
    let names = contents(&mut copy).into_iter().flat_map(|content| content.keys());
    let versions: BTreeSet<Version> = names.filter_map(|name| pattern.version(name)).collect();
    let pinned = |version: Version| {
        let mut one = raw.clone();
        for content in contents(&mut one) {
            let keep: BTreeSet<String> = {
                let names = content.keys().map(String::as_str);
                pattern.kept(names, &version).into_iter().map(str::to_owned).collect()
            };
            content.retain(|name, _| keep.contains(name));
        }
        (one, version.text)
    };
    versions.into_iter().map(pinned).collect()
}

/// The `content` of the request and of each answer written in place.
fn contents(operation: &mut Raw) -> Vec<&mut IndexMap<String, MediaType>> {
    let mut contents = Vec::new();
    if let Some(ReferenceOr::Item(body)) = &mut operation.request_body {
        contents.push(&mut body.content);
    }
    let responses = &mut operation.responses;
    for response in responses.responses.values_mut().chain(responses.default.as_mut()) {
        if let ReferenceOr::Item(response) = response {
            contents.push(&mut response.content);
        }
    }
    contents
}
