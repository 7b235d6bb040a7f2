//! `--bundle`: the document and all files that it refers to, as one file; `--effective-spec`: the same
//! with its overlays.

use std::path::Path;

use specwright::config::ClientConfig;
use specwright::diagnostics::Diagnostics;
use specwright::output::{self, Change, Plan};
use specwright::source::Disk;
use specwright::{Bundle, Options};

use super::report::Report;
use super::{Status, generate, tally};

/// The one file, ready to be written.
pub(super) struct Bundled {
    bundle: Bundle,
    change: Option<Change>,
    path: String,
    /// Whether there is no client to be generated.
    pub(super) is_all: bool,
}

impl Bundled {
    pub(super) fn of(client: &ClientConfig, path: &Path) -> Result<Self, Diagnostics> {
        Self::new(client, path, specwright::bundle(&Options::from(client), &Disk, path)?)
    }

    pub(super) fn effective(client: &ClientConfig, path: &Path) -> Result<Self, Diagnostics> {
        Self::new(client, path, specwright::effective(&Options::from(client), &Disk, path)?)
    }

    fn new(client: &ClientConfig, path: &Path, bundle: Bundle) -> Result<Self, Diagnostics> {
        output::has_folder(path, &client.out)?;
        let change = output::plan_bundle(path, &bundle)?;
        let is_all = client.out.as_os_str().is_empty();
        Ok(Self { bundle, change, path: path.display().to_string(), is_all })
    }

    /// Writes it, or says what would change. The warnings are the client's where there is one.
    pub(super) fn finish(
        &self,
        is_check: bool,
        report: &mut Report,
    ) -> Result<Status, Diagnostics> {
        if self.is_all {
            report.diagnostics(self.bundle.warnings.clone());
        }
        if is_check {
            let outdated: Diagnostics = self.change.iter().map(generate::outdated).collect();
            let status = if outdated.is_empty() { Status::Done } else { Status::Different };
            report.diagnostics(outdated);
            return Ok(status);
        }
        let writes = self.change.iter().cloned().collect();
        Plan { writes, ..Plan::default() }.apply()?;
        let files = tally::count(self.bundle.files.len(), "file");
        report.say(&format!("{}: one document of {files}", self.path));
        Ok(Status::Done)
    }
}
