//! `tests/corpus/tolerated.toml`: what the compiler may say of which document, and how many places
//! the generator may leave without a type.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Run, known};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tolerated {
    /// For each folder, the share of places without a type by the generator's fault that is too
    /// much, in percent of all places.
    #[serde(default)]
    untyped: BTreeMap<String, f64>,
    #[serde(default)]
    gap: Vec<Gap>,
}

/// An error or warning of the compiler that is known and stays for now.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Gap {
    /// The document with its folder.
    document: String,
    /// The code of the error or the name of the lint.
    what: String,
    why: String,
}

pub(super) fn read() -> Result<Tolerated, String> {
    let path = known().join("tolerated.toml");
    let told = |why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
    let text = std::fs::read_to_string(&path).map_err(|error| told(&error))?;
    toml_edit::de::from_str(&text).map_err(|error| told(&error))
}

impl Tolerated {
    /// What the compiler said and nobody tolerates, and what is tolerated and did not occur.
    pub(super) fn differences(&self, run: &Run) -> Vec<String> {
        let mut differences = Vec::new();
        for (document, outcome) in run.documents.iter().zip(&run.outcomes) {
            let name = format!("{}/{}", run.folder, document.name);
            let complaints = outcome.complaints.as_deref().unwrap_or_default();
            let gaps: Vec<&Gap> = self.gap.iter().filter(|gap| gap.document == name).collect();
            let known = |code: &str| gaps.iter().any(|gap| gap.what == code);
            for complaint in complaints.iter().filter(|complaint| !known(&complaint.code)) {
                differences.push(format!("{name}: {}", complaint.rendered.trim_end()));
            }
            let occurs = |gap: &&Gap| complaints.iter().any(|one| one.code == gap.what);
            for gap in gaps.iter().filter(|gap| outcome.complaints.is_some() && !occurs(gap)) {
                let (what, why) = (&gap.what, &gap.why);
                differences.push(format!("{name}: `{what}` is tolerated ({why}), and is gone"));
            }
        }
        differences.extend(self.unknown(run));
        differences
    }

    /// Gaps of documents that are not in the folder at all.
    fn unknown(&self, run: &Run) -> Vec<String> {
        let prefix = format!("{}/", run.folder);
        let exists = |name: &str| run.documents.iter().any(|document| document.name == name);
        let gone = |gap: &&Gap| {
            gap.document.strip_prefix(&prefix).is_some_and(|name| !run.is_partial && !exists(name))
        };
        let told =
            |gap: &Gap| format!("{}: tolerated, and there is no such document", gap.document);
        self.gap.iter().filter(gone).map(told).collect()
    }

    /// Too many places without a type.
    pub(super) fn too_many_untyped(&self, run: &Run) -> Option<String> {
        let limit = *self.untyped.get(&run.folder)?;
        let censuses = run.outcomes.iter().filter_map(|outcome| outcome.census.as_ref());
        let (mut all, mut untyped) = (0, 0);
        for census in censuses {
            all += census.places.all();
            untyped += census.places.untyped_by_us;
        }
        let share = super::report::percent(untyped, all);
        (share > limit)
            .then(|| format!("{share:.2} % of all places are untyped by us, not {limit} %"))
    }
}
