//! What a run gives.

use std::path::PathBuf;

use crate::census::Census;
use crate::diagnostics::Diagnostics;
use crate::write::File;

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The source files; the manifest of a crate is not among them.
    pub files: Vec<File>,
    /// What a new crate has as `README.md`; a module has none.
    pub readme: Option<File>,
    /// Features of `specwright-runtime` that they need.
    pub runtime_features: Vec<&'static str>,
    /// The features of a crate: one a tag, where there are several.
    pub features: Vec<String>,
    /// What a reader of the output should know.
    pub warnings: Diagnostics,
    /// Every file that was read, the document first.
    pub inputs: Vec<PathBuf>,
    /// `info.title`, and how much was made of it.
    pub summary: Summary,
    /// Where everything went, and which places have no type.
    pub census: Census,
}

impl Generated {
    /// What `--report` writes: census and counts as a JSON text; `docs/report.md` describes it.
    pub fn report(&self) -> String {
        let report = self.census.report(&self.summary.title, &self.inputs, &self.warnings);
        format!("{report:#}\n")
    }
}

/// Counts for the last line of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// `info.title` of the document.
    pub title: String,
    /// Operations generated.
    pub operations: usize,
    /// Types generated.
    pub types: usize,
}
