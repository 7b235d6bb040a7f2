//! Leaves one version of every operation, unless all are wanted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::prune;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;
use crate::versions::{Choice, Pattern, Version, Versions};

/// Leaves one version of every body, and takes out the components only the others reached. That the
/// wanted version is nowhere is an error among what is told.
pub(super) fn pin(root: &mut Value, wanted: &Versions) -> Result<Diagnostics, Diagnostic> {
    let pattern = Pattern::of(wanted)?;
    let pinned = match &wanted.choice {
        Choice::Newest => None,
        Choice::UpTo(version) => Some(Version::parse(version)),
        Choice::All => return Ok(Diagnostics::default()),
    };
    let mut report = Report::default();
    let places = places(root);
    let before = is_choice(root, &places).then(|| prune::reached(root));
    for place in places {
        let Some(holder) = root.pointer_mut(place.as_str()) else { continue };
        choose(holder, &place, &pattern, pinned.as_ref(), &mut report);
    }
    if let Some(before) = before.filter(|_| report.dropped > 0) {
        remove_orphans(before, root);
    }
    match pinned.as_ref().and_then(|pinned| report.unknown(pinned)) {
        Some(error) => Ok(error.into()),
        None => Ok(report.finish(pinned.as_ref())),
    }
}

/// Where bodies stand: the operations, and the bodies and answers that they share.
fn places(root: &Value) -> Vec<Pointer> {
    let paths = Pointer::root().push("paths");
    let operations = super::operations(root).into_iter();
    let mut places: Vec<Pointer> =
        operations.map(|operation| paths.push(operation.path).push(operation.method)).collect();
    for section in ["requestBodies", "responses"] {
        let at = Pointer::root().push("components").push(section);
        let shared = root.pointer(at.as_str()).and_then(Value::as_object).into_iter().flatten();
        places.extend(shared.map(|(name, _)| at.push(name)));
    }
    places
}

/// Whether one of the bodies has several media types, so that some of them may have to go.
fn is_choice(root: &mut Value, places: &[Pointer]) -> bool {
    let several = |holder: &mut Value| contents(holder).iter().any(|content| content.len() > 1);
    places.iter().any(|place| root.pointer_mut(place.as_str()).is_some_and(several))
}

/// What was done, for one warning rather than hundreds.
#[derive(Default)]
struct Report {
    /// Every version that was met.
    known: BTreeSet<Version>,
    /// Bodies left out.
    dropped: usize,
    /// Operations with more than one finished version.
    several: Vec<Pointer>,
    /// Operations that came after the pinned version.
    later: Vec<Pointer>,
}

impl Report {
    /// A wish that nothing in the document answers: a version, where there are none, or the name of an
    /// unfinished one that nobody has.
    fn unknown(&self, pinned: &Version) -> Option<Diagnostic> {
        let wish = format!("`api-version` asks for `{}`, and no media type", pinned.text);
        let (message, help) = if self.known.is_empty() {
            let help =
                "remove it; if versions are written otherwise, `api-version-pattern` says how";
            (format!("{wish} of the chosen operations has a version"), help.to_owned())
        } else if !pinned.is_stable() && !self.known.contains(pinned) {
            let known = || self.known.iter().map(|version| version.text.as_str());
            let help = did_you_mean(&pinned.text, known()).unwrap_or_else(|| {
                let all: Vec<String> = known().map(|version| format!("`{version}`")).collect();
                format!("there are {}", all.join(", "))
            });
            (format!("{wish} has that version"), help)
        } else {
            return None;
        };
        let about = Diagnostic::error(Code::Config, message).about("api-version", None);
        Some(about.stale().help(help))
    }

    fn finish(self, pinned: Option<&Version>) -> Diagnostics {
        let mut found = Diagnostics::default();
        if let (Some(first), None) = (self.several.first(), pinned) {
            let message = format!(
                "{} operations have several versions in this document, this one among them; the \
                 newest of each is used",
                self.several.len()
            );
            let help = "pin one with `--api-version`, or have `--all-versions`: a later document may \
                        bring a newer one, and with it other types";
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

/// Leaves one version in the bodies of one operation, or in one body.
fn choose(
    holder: &mut Value,
    place: &Pointer,
    pattern: &Pattern,
    pinned: Option<&Version>,
    report: &mut Report,
) {
    let mut versions = BTreeSet::new();
    for content in contents(holder) {
        versions.extend(content.keys().filter_map(|name| pattern.version(name)));
    }
    report.known.extend(versions.iter().cloned());
    let stable: Vec<&Version> = versions.iter().filter(|version| version.is_stable()).collect();
    if stable.len() > 1 || (stable.is_empty() && versions.len() > 1) {
        report.several.push(place.clone());
    }
    // What is only there unfinished is generated as it is: there is no choice.
    let newest = stable.last().copied().or(versions.last());
    let target = match pinned {
        Some(pinned) if !pinned.is_stable() => versions.get(pinned).or(newest),
        Some(pinned) => {
            let reached = stable.iter().rev().find(|version| version.numbers <= pinned.numbers);
            if reached.is_none() && !stable.is_empty() {
                report.later.push(place.clone());
            }
            reached.or(stable.first()).copied().or(newest)
        }
        None => newest,
    };
    let Some(target) = target.cloned() else { return };
    for content in contents(holder) {
        let before = content.len();
        let keep: BTreeSet<String> = {
            let names = content.keys().map(String::as_str);
            pattern.families(names).kept(&target).into_iter().map(str::to_owned).collect()
        };
        content.retain(|name, _| keep.contains(name));
        report.dropped += before - content.len();
    }
}

/// The `content` of the request and of each answer written in place, or of a body itself.
fn contents(holder: &mut Value) -> Vec<&mut Map<String, Value>> {
    let Value::Object(members) = holder else { return Vec::new() };
    let mut contents = Vec::new();
    for (key, member) in members {
        match (key.as_str(), member) {
            ("content", Value::Object(content)) => contents.push(content),
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
fn remove_orphans(before: BTreeSet<(String, String)>, root: &mut Value) {
    let after = prune::reached(root);
    let mut orphans: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (section, name) in before.into_iter().filter(|component| !after.contains(component)) {
        orphans.entry(section).or_default().insert(name);
    }
    for (section, names) in orphans {
        let place = Pointer::root().push("components").push(&section);
        if let Some(Value::Object(members)) = root.pointer_mut(place.as_str()) {
            members.retain(|name, _| !names.contains(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Choice, Versions, pin};

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
        let choice = wanted.map_or(Choice::Newest, |version| Choice::UpTo(version.to_owned()));
        let versions = Versions { choice, pattern: None };
        let mut pinned = document;
        let found = pin(&mut pinned, &versions).unwrap();
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
    fn a_version_that_nothing_has_is_refused() {
        let dated = ["a/v.2023-01-01+json", "a/v.preview+json"];
        for (media_types, wanted, message, help) in [
            (
                &["application/json"][..],
                "2023-01-01",
                "`api-version` asks for `2023-01-01`, and no media type of the chosen operations has a \
                 version",
                "remove it; if versions are written otherwise, `api-version-pattern` says how",
            ),
            (
                &dated[..],
                "previev",
                "`api-version` asks for `previev`, and no media type has that version",
                "did you mean `preview`?",
            ),
            (
                &dated[..],
                "beta",
                "`api-version` asks for `beta`, and no media type has that version",
                "there are `2023-01-01`, `preview`",
            ),
        ] {
            let versions = Versions { choice: Choice::UpTo(wanted.to_owned()), pattern: None };
            let told = pin(&mut document(media_types), &versions).unwrap();
            let error = told.into_result().unwrap_err().into_iter().next().unwrap();
            assert_eq!((error.message.as_str(), error.help.as_deref()), (message, Some(help)));
        }
    }

    #[test]
    fn families_are_kept_apart() {
        let all = ["a/v.v9+json", "a/v.v10+json", "a/v.v9+csv", "audio/mp3", "audio/mp4"];
        check(&all, None, &["a/v.v10+json", "a/v.v9+csv", "audio/mp3", "audio/mp4"], 1);
    }

    #[test]
    fn shared_bodies_are_pinned_too() {
        let content = json!({"a/v.v1+json": {}, "a/v.v2+json": {}});
        let mut pinned = json!({"components": {"responses": {"Ok": {"content": content}}}});
        let found = pin(&mut pinned, &Versions::default()).unwrap();
        let kept = pinned.pointer("/components/responses/Ok/content").unwrap();
        assert_eq!(kept, &json!({"a/v.v2+json": {}}));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn all_stay_where_all_are_wanted() {
        let document = document(&["a/v.v1+json", "a/v.v2+json"]);
        let versions = Versions { choice: Choice::All, pattern: None };
        let mut same = document.clone();
        let found = pin(&mut same, &versions).unwrap();
        assert_eq!((same, found.len()), (document, 0));
    }
}
