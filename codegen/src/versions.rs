//! Versions in media types: how one is found, how two compare, which members of a family go
//! together.
//!
//! Some APIs keep every version of a body in one document, under media types that differ in a date
//! or a number: `application/vnd.api.2023-01-01+json` beside `application/vnd.api.2024-08-05+json`.
//! Which part of a media type is the version is a pattern; media types that are equal but for it
//! are a family. Whether one version of an operation is generated or all are is not decided here.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use regex_lite::Regex;

use crate::diagnostics::{Code, Diagnostic};

/// A date, a number after a `v`, or the word for what is not finished, between separators.
const USUAL: &str = r"[.\-=](?P<version>\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?|v\d+(?:\.\d+)*|preview|upcoming|alpha|beta)(?:[+.;]|$)";

/// Which versions are wanted, and how they are recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// Which of them are generated.
    pub choice: Choice,
    /// A regular expression with a group `version`, in place of the usual one.
    pub pattern: Option<String>,
}

/// Which version of an operation is generated, where the document has several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The newest finished one.
    #[default]
    Newest,
    /// The newest up to this one, or the unfinished one of this name.
    UpTo(String),
    /// Every one, as an operation of its own.
    All,
}

/// One version as the media type has it. Finished ones come first, in their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    unfinished: bool,
    pub(crate) numbers: Vec<u64>,
    pub(crate) text: String,
}

impl Version {
    pub(crate) fn parse(text: &str) -> Self {
        let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        // A number too long for 64 bits is no version anybody orders by.
        let numbers: Vec<u64> = digits.map(|part| part.parse().unwrap_or(u64::MAX)).collect();
        let plain = text.strip_prefix('v').unwrap_or(text);
        let finished = plain.chars().all(|c| c.is_ascii_digit() || ".-".contains(c));
        Self { unfinished: numbers.is_empty() || !finished, numbers, text: text.to_owned() }
    }

    /// Dates and numbers are finished; words, and dates with a word behind them, are not.
    pub(crate) fn is_stable(&self) -> bool {
        !self.unfinished
    }
}

/// Finds versions in media types.
pub(crate) struct Pattern {
    regex: Regex,
    /// What came of a media type: a document has a few of them, each many times.
    known: RefCell<HashMap<String, Option<(String, Version)>>>,
}

impl Pattern {
    /// # Errors
    /// The user's own pattern finds no version.
    pub(crate) fn of(versions: &Versions) -> Result<Self, Diagnostic> {
        let pattern = versions.pattern.as_deref().unwrap_or(USUAL);
        let regex = Regex::new(pattern).ok().filter(has_version);
        regex.map(|regex| Self { regex, known: RefCell::default() }).ok_or_else(|| {
            Diagnostic::error(
                Code::Config,
                "the version pattern is no regular expression with a group `version`",
            )
            .about("api-version-pattern", None)
            .help("write it like `\\.(?P<version>\\d+)\\+json$`")
        })
    }

    /// The version of a media type.
    pub(crate) fn version(&self, media_type: &str) -> Option<Version> {
        self.split(media_type).map(|(_, version)| version)
    }

    /// Sorts media types into families.
    pub(crate) fn families<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Families<'n> {
        let mut unversioned = Vec::new();
        let mut families: BTreeMap<String, Vec<(Version, &str)>> = BTreeMap::new();
        for name in names {
            match self.split(name) {
                Some((family, version)) => {
                    families.entry(family).or_default().push((version, name));
                }
                None => unversioned.push(name),
            }
        }
        let mut families: Vec<Vec<(Version, &str)>> = families.into_values().collect();
        families.iter_mut().for_each(|members| members.sort());
        Families { unversioned, families }
    }

    /// A media type without its version, and the version.
    fn split(&self, media_type: &str) -> Option<(String, Version)> {
        if let Some(known) = self.known.borrow().get(media_type) {
            return known.clone();
        }
        let found = self.regex.captures(media_type).and_then(|found| found.name("version"));
        let found = found.map(|version| {
            let (before, after) = (&media_type[..version.start()], &media_type[version.end()..]);
            (format!("{before}\0{after}"), Version::parse(version.as_str()))
        });
        self.known.borrow_mut().insert(media_type.to_owned(), found.clone());
        found
    }
}

/// The media types of one body, for questions about its versions.
pub(crate) struct Families<'n> {
    unversioned: Vec<&'n str>,
    /// Those of each family, in the order of their versions.
    families: Vec<Vec<(Version, &'n str)>>,
}

impl<'n> Families<'n> {
    /// Which of the media types make up this version: those without any, and of each family the
    /// version itself, else the newest finished one before it, else what there is.
    pub(crate) fn kept(&self, target: &Version) -> BTreeSet<&'n str> {
        let each = self.families.iter().filter_map(|members| {
            let at = members.partition_point(|(version, _)| version < target);
            let exact = members.get(at).filter(|(version, _)| version == target);
            let reached = members.partition_point(|(version, _)| {
                version.is_stable() && version.numbers <= target.numbers
            });
            let before = members[..reached].last();
            exact.or(before).or(members.first()).map(|(_, name)| *name)
        });
        each.chain(self.unversioned.iter().copied()).collect()
    }
}

fn has_version(pattern: &Regex) -> bool {
    pattern.capture_names().flatten().any(|name| name == "version")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finished_versions_come_first() {
        let mut all = ["preview", "v10", "2024-05-30.upcoming", "v9.1", "beta"].map(Version::parse);
        all.sort();
        let texts: Vec<&str> = all.iter().map(|version| version.text.as_str()).collect();
        assert_eq!(texts, ["v9.1", "v10", "beta", "preview", "2024-05-30.upcoming"]);
        assert!(all[1].is_stable() && !all[2].is_stable() && !all[4].is_stable());
    }

    #[test]
    fn a_pattern_without_a_version_is_refused() {
        for pattern in ["(", "x"] {
            let versions = Versions { pattern: Some(pattern.to_owned()), ..Versions::default() };
            assert!(Pattern::of(&versions).is_err(), "{pattern}");
        }
    }

    #[test]
    fn families_go_together() {
        let pattern = Pattern::of(&Versions::default()).unwrap();
        let names = ["a/v.v9+json", "a/v.v10+json", "a/v.v9+csv", "audio/mp3", "audio/mp4"];
        let kept = |target: &str| pattern.families(names).kept(&Version::parse(target));
        assert_eq!(kept("v10"), BTreeSet::from([names[1], names[2], names[3], names[4]]));
        assert_eq!(kept("v9"), BTreeSet::from([names[0], names[2], names[3], names[4]]));
    }
}
