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

use super::allowance::{Allowance, TooMuch};
use super::path::is_within_bounds;
use crate::diagnostics::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::versions::{Choice, Families, Pattern, Version, Versions};

/// An operation and where it stands.
pub(super) struct Placed<'a> {
    pub(super) path: &'a str,
    pub(super) item: &'a PathItem,
    pub(super) method: &'a str,
    pub(super) raw: Cow<'a, Raw>,
    pub(super) version: Option<String>,
}

/// All operations in document order, versions of one from old to new; up to the first that there is
/// no room for, with what is told of it.
pub(super) fn placed<'a>(
    document: &'a OpenAPI,
    versions: &Versions,
) -> (Vec<Placed<'a>>, Option<Diagnostic>) {
    // `select` has refused a pattern that is none.
    let pattern = match versions.choice {
        Choice::All => Pattern::of(versions).ok(),
        Choice::Newest | Choice::UpTo(_) => None,
    };
    let mut allowance = Allowance::for_declared(declared(document));
    let mut all = Vec::new();
    for (path, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        if !is_within_bounds(path) {
            // It is told of where paths are looked at.
            continue;
        }
        for (method, raw) in item.iter() {
            let one = |raw, version| Placed { path, item, method, raw, version };
            let shared = item.parameters.len();
            let each = pattern.as_ref().map(|all| each_version(raw, shared, all, &mut allowance));
            match each {
                Some(Err(TooMuch)) => return (all, Some(too_many_versions(path, method))),
                Some(Ok(versions)) if !versions.is_empty() => {
                    let versions = versions.into_iter();
                    all.extend(versions.map(|(raw, version)| one(Cow::Owned(raw), Some(version))));
                }
                Some(Ok(_)) | None => all.push(one(Cow::Borrowed(raw), None)),
            }
        }
    }
    (all, None)
}

fn too_many_versions(path: &str, method: &str) -> Diagnostic {
    let message = "the operations of this document have too many versions for each to be generated";
    Diagnostic::error(Code::TooLarge, message)
        .at(&Pointer::root().push("paths").push(path).push(method))
        .help("choose one version with `--api-version`, or fewer operations")
}

/// The operation in each of its versions. One version counts too: when the next one comes, its
/// name stays.
fn each_version(
    raw: &Raw,
    shared: usize,
    pattern: &Pattern,
    allowance: &mut Allowance<'_>,
) -> Result<Vec<(Raw, String)>, TooMuch> {
    // What every version has, and what each chooses from.
    let mut bare = raw.clone();
    let bodies: Vec<_> = contents(&mut bare).into_iter().map(std::mem::take).collect();
    let names = || bodies.iter().map(|content| content.keys().map(String::as_str));
    let versions: BTreeSet<Version> =
        names().flatten().filter_map(|name| pattern.version(name)).collect();
    let families: Vec<Families<'_>> = names().map(|names| pattern.families(names)).collect();
    let pinned = |version: Version| {
        let kept: Vec<BTreeSet<&str>> = families.iter().map(|all| all.kept(&version)).collect();
        let size = shared + weight(&bare) + kept.iter().map(BTreeSet::len).sum::<usize>();
        allowance.spend(size)?;
        let mut one = bare.clone();
        for ((content, all), kept) in contents(&mut one).into_iter().zip(&bodies).zip(kept) {
            let kept = all.iter().filter(|(name, _)| kept.contains(name.as_str()));
            content.extend(kept.map(|(name, media)| (name.clone(), media.clone())));
        }
        Ok((one, version.text))
    };
    versions.into_iter().map(pinned).collect()
}

/// What the operations of a document declare.
fn declared(document: &OpenAPI) -> usize {
    let items = document.paths.paths.values().filter_map(ReferenceOr::as_item);
    let each =
        items.flat_map(|item| item.iter().map(|(_, raw)| item.parameters.len() + weight(raw)));
    each.sum()
}

/// How much there is in an operation: itself, its parameters, its answers and their media types.
fn weight(raw: &Raw) -> usize {
    let answers = raw.responses.responses.values().chain(raw.responses.default.as_ref());
    let bodies = answers.clone().filter_map(ReferenceOr::as_item).map(|one| one.content.len());
    1 + raw.parameters.len() + answers.count() + bodies.sum::<usize>()
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
