//! What a document says beside what the API does: who is behind it and under which terms, and what
//! its tags are.

use super::build::Context;
use super::{Docs, docs, elsewhere, markdown};
use crate::ir::{Contact, Info, License, Tag};

/// The summary, unless the description begins with it.
pub(super) fn summary(info: &Info) -> Option<String> {
    let summary = markdown::inline(info.summary.as_deref().unwrap_or_default());
    let text = markdown::inline(info.description.as_deref().unwrap_or_default());
    let is_said = summary.is_empty() || text.starts_with(&summary);
    (!is_said).then(|| docs::sentence(&summary))
}

/// Whom to ask, what is allowed and where more is to be read, below a heading of this level.
pub(super) fn section(info: &Info, heading: &str) -> Docs {
    let lines: Docs = [
        contact(&info.contact).map(|words| format!("- Contact: {words}.")),
        info.license
            .as_ref()
            .and_then(license)
            .map(|words| format!("- Licence of the API: {words}.")),
        terms(info).map(|address| format!("- Terms of service: {address}.")),
        info.more.as_ref().and_then(elsewhere::see_also).map(|words| format!("- {words}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if lines.is_empty() {
        return Docs::new();
    }
    docs::join(vec![vec![format!("{heading} About the API")], lines])
}

fn contact(contact: &Contact) -> Option<String> {
    listed([
        name(contact.name.as_deref(), contact.url.as_deref()),
        contact.url.as_deref().and_then(elsewhere::url),
        contact.email.as_deref().and_then(elsewhere::email),
    ])
}

fn license(license: &License) -> Option<String> {
    let identifier = license.identifier.as_deref().map(str::trim);
    let identifier = identifier.filter(|text| !text.is_empty() && *text != license.name.trim());
    listed([
        name(Some(&license.name), license.url.as_deref()),
        identifier.map(|text| format!("SPDX {}", markdown::code(text))),
        license.url.as_deref().and_then(elsewhere::url),
    ])
}

fn terms(info: &Info) -> Option<String> {
    info.terms.as_deref().and_then(elsewhere::url)
}

/// A name, where it is not the address that follows.
fn name(name: Option<&str>, url: Option<&str>) -> Option<String> {
    let is_url = name.is_some() && name.map(str::trim) == url.map(str::trim);
    name.filter(|_| !is_url).map(markdown::inline).filter(|name| !name.is_empty())
}

fn listed(parts: [Option<String>; 3]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What the document says of its tags, those aside whose group says it.
pub(super) fn tags(context: &Context<'_>) -> Docs {
    let is_grouped = !context.names.groups().is_empty();
    let grouped: &[String] = if is_grouped { context.facts.tags().names() } else { &[] };
    let others = context.api.tags.iter().filter(|tag| !grouped.contains(&tag.name));
    let items: Vec<Docs> = others.filter_map(item).collect();
    if items.is_empty() {
        return Docs::new();
    }
    docs::join(vec![vec!["# Tags".to_owned()], items.concat()])
}

/// A tag, if anything is said of it.
fn item(tag: &Tag) -> Option<Docs> {
    let description = tag.docs.description.as_deref().unwrap_or_default();
    let words = if description.trim().contains('\n') {
        docs::of_schema(&tag.docs, "")
    } else {
        Some(docs::in_a_line(&tag.docs)).filter(|line| !line.is_empty()).into_iter().collect()
    };
    let lead = format!("- {}:", markdown::code(&tag.name));
    (!words.is_empty()).then(|| markdown::behind(lead, words))
}
