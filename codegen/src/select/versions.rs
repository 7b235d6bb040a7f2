//! Versions of one operation, told apart by media type.
//!
//! Some APIs keep every version of a body in one document, under media types that differ in a date
//! or a number: `application/vnd.api.2023-01-01+json` beside `application/vnd.api.2024-08-05+json`.
//! A client speaks one of them. Which part of a media type is the version is a pattern; media types
//! that are equal but for it are a family, and of each family one member stays.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::prune;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// A date, a number after a `v`, or the word for what is not finished, between separators.
const USUAL: &str = r"[.\-=](?P<version>\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?|v\d+(?:\.\d+)*|preview|upcoming|alpha|beta)(?:[+.;]|$)";

/// Which versions are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The newest version to be used, or the name of an unfinished one; without it the newest
    /// finished version of each operation.
    pub pin: Option<String>,
    /// A regular expression with a group `version`, in place of the usual one.
    pub pattern: Option<String>,
}

/// One version as the media type has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    numbers: Vec<u64>,
    text: String,
}

impl Version {
    fn parse(text: &str) -> Self {
        let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        // A number too long for 64 bits is no version anybody orders by.
        let numbers = digits.map(|part| part.parse().unwrap_or(u64::MAX)).collect();
        Self { numbers, text: text.to_owned() }
    }

    /// Dates and numbers are finished; words, and dates with a word behind them, are not.
    fn is_stable(&self) -> bool {
        let plain = self.text.strip_prefix('v').unwrap_or(&self.text);
        !self.numbers.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || ".-".contains(c))
    }
}

/// Leaves one version of every operation, and takes out the components only the others reached.
pub(super) fn pin(root: &Value, wanted: &Versions) -> Result<(Value, Diagnostics), Diagnostic> {
    let pattern = wanted.pattern.as_deref().unwrap_or(USUAL);
    let pattern = Regex::new(pattern).ok().filter(has_version).ok_or_else(|| {
        Diagnostic::error(
            Code::Config,
            "the version pattern is no regular expression with a group `version`",
        )
        .help("write it like `\\.(?P<version>\\d+)\\+json$`")
    })?;
    let pinned = wanted.pin.as_deref().map(Version::parse);
    let mut report = Report::default();
    let mut pruned = root.clone();
    for place in places(root) {
        let Some(operation) = pruned.pointer_mut(place.as_str()) else { continue };
        choose(operation, &place, &pattern, pinned.as_ref(), &mut report);
    }
    if report.dropped > 0 {
        remove_orphans(root, &mut pruned);
    }
    Ok((pruned, report.finish(pinned.as_ref())))
}

fn has_version(pattern: &Regex) -> bool {
    pattern.capture_names().flatten().any(|name| name == "version")
}

/// Where the operations stand.
fn places(root: &Value) -> Vec<Pointer> {
    let paths = Pointer::root().push("paths");
    let all = super::operations(root).into_iter();
    all.map(|operation| paths.push(operation.path).push(operation.method)).collect()
}

/// What was done, for one warning rather than hundreds.
#[derive(Default)]
struct Report {
    /// Bodies left out.
    dropped: usize,
    /// Operations with more than one finished version.
    several: Vec<Pointer>,
    /// Operations that came after the pinned version.
    later: Vec<Pointer>,
}

impl Report {
    fn finish(self, pinned: Option<&Version>) -> Diagnostics {
        let mut found = Diagnostics::default();
        if let (Some(first), None) = (self.several.first(), pinned) {
            let message = format!(
                "{} operations have several versions in this document, this one among them; the \
                 newest of each is used",
                self.several.len()
            );
            let help = "pin one with `--api-version`: a later document may bring a newer one, and \
                        with it other types";
            found.push(Diagnostic::warning(Code::SeveralVersions, message).at(first).help(help));
        }
        if let (Some(first), Some(pinned)) = (self.later.first(), pinned) {
            let message = format!(
                "{} operations have no version up to `{}`, this one among them; their oldest is used",
                self.later.len(),
                pinned.text
            );
            let help =
                "they came later: choose a newer version, or leave them out of the selection";
            found.push(Diagnostic::warning(Code::SeveralVersions, message).at(first).help(help));
        }
        found
    }
}

/// Leaves one version in the bodies of one operation.
fn choose(
    operation: &mut Value,
    place: &Pointer,
    pattern: &Regex,
    pinned: Option<&Version>,
    report: &mut Report,
) {
    let mut versions = BTreeSet::new();
    for content in contents(operation) {
        versions.extend(content.keys().filter_map(|name| split(name, pattern)).map(|(_, v)| v));
    }
    let stable: Vec<&Version> = versions.iter().filter(|version| version.is_stable()).collect();
    if stable.len() > 1 {
        report.several.push(place.clone());
    }
    let target = match pinned {
        Some(pinned) if !pinned.is_stable() => {
            versions.get(pinned).or(stable.last().copied()).cloned()
        }
        Some(pinned) => {
            let reached = stable.iter().rev().find(|version| version.numbers <= pinned.numbers);
            if reached.is_none() && !stable.is_empty() {
                report.later.push(place.clone());
            }
            reached.or(stable.first()).map(|version| (*version).clone())
        }
        None => stable.last().map(|version| (*version).clone()),
    };
    let Some(target) = target else { return };
    for content in contents(operation) {
        let keep = kept(content, pattern, &target);
        let before = content.len();
        content.retain(|name, _| split(name, pattern).is_none() || keep.contains(name));
        report.dropped += before - content.len();
    }
}

/// Of each family the target, else the newest finished one before it, else what there is.
fn kept(content: &Map<String, Value>, pattern: &Regex, target: &Version) -> BTreeSet<String> {
    let mut families: BTreeMap<String, Vec<(Version, String)>> = BTreeMap::new();
    for name in content.keys() {
        if let Some((family, version)) = split(name, pattern) {
            families.entry(family).or_default().push((version, name.clone()));
        }
    }
    let mut keep = BTreeSet::new();
    for mut members in families.into_values() {
        members.sort();
        let exact = members.iter().find(|(version, _)| version == target);
        let reached = |(version, _): &&(Version, String)| {
            version.is_stable() && version.numbers <= target.numbers
        };
        let before = members.iter().rev().find(reached);
        let stable = members.iter().find(|(version, _)| version.is_stable());
        let chosen = exact.or(before).or(stable).or(members.first());
        keep.extend(chosen.map(|(_, name)| name.clone()));
    }
    keep
}

/// A media type without its version, and the version.
fn split(media_type: &str, pattern: &Regex) -> Option<(String, Version)> {
    let version = pattern.captures(media_type)?.name("version")?;
    let (before, after) = (&media_type[..version.start()], &media_type[version.end()..]);
    Some((format!("{before}\0{after}"), Version::parse(version.as_str())))
}

/// The `content` of the request and of each answer written in place.
fn contents(operation: &mut Value) -> Vec<&mut Map<String, Value>> {
    let Value::Object(members) = operation else { return Vec::new() };
    let mut contents = Vec::new();
    for (key, member) in members {
        match (key.as_str(), member) {
            ("requestBody", body) => contents.extend(content(body)),
            ("responses", Value::Object(responses)) => {
                contents.extend(responses.values_mut().filter_map(content));
            }
            _ => {}
        }
    }
    contents
}

fn content(body: &mut Value) -> Option<&mut Map<String, Value>> {
    body.get_mut("content")?.as_object_mut()
}

/// Components that were reached before and are not any more. What nobody ever reached stays.
fn remove_orphans(before: &Value, after: &mut Value) {
    let orphans: Vec<(String, String)> = {
        let reached = prune::reached(after);
        prune::reached(before)
            .into_iter()
            .filter(|component| !reached.contains(component))
            .collect()
    };
    for (section, name) in orphans {
        let place = Pointer::root().push("components").push(&section);
        if let Some(Value::Object(members)) = after.pointer_mut(place.as_str()) {
            members.shift_remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Versions, pin};

    fn document(media_types: &[&str]) -> Value {
        let content: serde_json::Map<String, Value> = media_types
            .iter()
            .map(|name| {
                let schema = format!("#/components/schemas/{name}");
                let schema = schema.replace("a/", "a~1");
                ((*name).to_owned(), json!({"schema": {"$ref": schema}}))
            })
            .collect();
        let schemas: serde_json::Map<String, Value> =
            media_types.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
        json!({
            "paths": {"/x": {"get": {"responses": {"200": {"content": content}}}}},
            "components": {"schemas": schemas}
        })
    }

    #[track_caller]
    fn check(media_types: &[&str], wanted: Option<&str>, expected: &[&str], warnings: usize) {
        let document = document(media_types);
        let versions = Versions { pin: wanted.map(str::to_owned), pattern: None };
        let (pinned, found) = pin(&document, &versions).unwrap();
        let kept = |pointer: &str| -> Vec<String> {
            let map = pinned.pointer(pointer).and_then(Value::as_object).unwrap();
            map.keys().cloned().collect()
        };
        assert_eq!(kept("/paths/~1x/get/responses/200/content"), expected, "{wanted:?}");
        assert_eq!(kept("/components/schemas"), expected, "orphans go, {wanted:?}");
        assert_eq!(found.len(), warnings, "{wanted:?}");
    }

    #[test]
    fn one_version_stays() {
        let all = ["a/v.2023-01-01+json", "a/v.2024-05-30+json", "a/v.preview+json"];
        check(&all, None, &[all[1]], 1);
        check(&all, Some("2024-01-01"), &[all[0]], 0);
        check(&all, Some("2024-05-30"), &[all[1]], 0);
        check(&all, Some("2022-01-01"), &[all[0]], 1);
        check(&all, Some("preview"), &[all[2]], 0);
        check(&all[1..], None, &[all[1]], 0);
        check(&all[2..], None, &[all[2]], 0);
    }

    #[test]
    fn families_are_kept_apart() {
        let all = ["a/v.v9+json", "a/v.v10+json", "a/v.v9+csv", "audio/mp3", "audio/mp4"];
        check(&all, None, &["a/v.v10+json", "a/v.v9+csv", "audio/mp3", "audio/mp4"], 1);
    }

    #[test]
    fn a_pattern_without_a_version_is_refused() {
        for pattern in ["(", "x"] {
            let versions = Versions { pin: None, pattern: Some(pattern.to_owned()) };
            assert!(pin(&document(&[]), &versions).is_err(), "{pattern}");
        }
    }
}
