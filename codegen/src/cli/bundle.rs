//! `--bundle`: the document and all files that it refers to, as one file; `--effective-spec`: the same
//! with its overlays.

use std::path::Path;

use specwright::config::ClientConfig;
use specwright::diagnostics::Diagnostics;
use specwright::output::{self, Change, Plan};
use specwright::source::Files;
use specwright::{Bundle, Options};

use super::tally;

/// The one file, ready to be written.
pub(super) struct Bundled {
    bundle: Bundle,
    change: Option<Change>,
    path: String,
    /// Whether there is no client to be generated.
    pub(super) is_all: bool,
}

impl Bundled {
    pub(super) fn of(
        client: &ClientConfig,
        options: &Options,
        path: &Path,
        files: &dyn Files,
    ) -> Result<Self, Diagnostics> {
        Self::new(client, path, specwright::bundle(options, files, path)?)
    }

    pub(super) fn effective(
        client: &ClientConfig,
        options: &Options,
        path: &Path,
        files: &dyn Files,
    ) -> Result<Self, Diagnostics> {
        Self::new(client, path, specwright::effective(options, files, path)?)
    }

    fn new(client: &ClientConfig, path: &Path, bundle: Bundle) -> Result<Self, Diagnostics> {
        output::has_folder(path, &client.out)?;
        let change = output::plan_bundle(path, &bundle)?;
        let is_all = client.out.as_os_str().is_empty();
        Ok(Self { bundle, change, path: path.display().to_string(), is_all })
    }

    /// What there is to say of it; where there is a client, the same is said of that.
    pub(super) fn warnings(&self) -> Diagnostics {
        if self.is_all { self.bundle.warnings.clone() } else { Diagnostics::default() }
    }

    /// What is to be written.
    pub(super) fn plan(&self) -> Plan {
        let unchanged = usize::from(self.change.is_none());
        Plan { writes: self.change.iter().cloned().collect(), unchanged, ..Plan::default() }
    }

    /// What was written, in a line.
    pub(super) fn line(&self) -> String {
        let files = tally::count(self.bundle.files.len(), "file");
        format!("{}: one document of {files}", self.path)
    }
}
