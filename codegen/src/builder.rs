//! The way in for build scripts.

mod run;

use std::path::PathBuf;
use std::str::FromStr;

use crate::config::{FixedValue, NoPath, Which};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::Limits;
use crate::select::Choice;
use crate::{GroupBy, Options};

pub use run::Failure;

/// Generates a client from a build script.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // build.rs
/// specwright::Builder::new("openapi/api.yaml").operation("takeSnapshot").generate()?;
/// # Ok(())
/// # }
/// ```
/// writes `$OUT_DIR/api.rs`, which the crate takes in with
/// `specwright_runtime::include_client!("api");`.
#[derive(Clone, Debug)]
pub struct Builder {
    options: Options,
    /// The configuration that it comes from, and which of its clients it is, counted from 0.
    config: Option<(PathBuf, usize)>,
    /// The document of another of its clients whose module would be the same file of `OUT_DIR`.
    rival: Option<PathBuf>,
    out_dir: Option<PathBuf>,
    report: Option<PathBuf>,
    bundle: Option<PathBuf>,
    effective_spec: Option<PathBuf>,
    /// What is wrong with what the script said, to be told by `generate`.
    problems: Diagnostics,
}

impl Builder {
    /// A client of the document at `spec`, relative to the package's folder.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        let options = Options { spec: spec.into(), module_only: true, ..Options::default() };
        Self {
            options,
            config: None,
            rival: None,
            out_dir: None,
            report: None,
            bundle: None,
            effective_spec: None,
            problems: Diagnostics::default(),
        }
    }

    /// Lets references lead into this folder too, beside that of the document.
    #[must_use]
    pub fn allow_refs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.allow_refs.push(folder.into());
        self
    }

    /// Reads files of up to so many MiB rather than 32, and four times as much where a document has
    /// several files.
    #[must_use]
    pub fn max_file_mib(mut self, mib: u32) -> Self {
        self.options.limits = Limits::mib(mib);
        self
    }

    /// Changes the document by an overlay; several are applied in their order.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.overlays.push(path.into());
        self
    }

    /// Adds an operation, by `operationId`; if nothing is chosen, all are generated.
    #[must_use]
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.options.selection.operations.push(id.into());
        self
    }

    /// Adds the operations with this tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.options.selection.tags.push(tag.into());
        self
    }

    /// Adds the operations whose path matches; `*` stays within a segment, `**` does not.
    #[must_use]
    pub fn path(mut self, glob: impl Into<String>) -> Self {
        self.options.selection.paths.push(glob.into());
        self
    }

    /// Pins the version of operations that the document has in several: the newest up to this one,
    /// or the unfinished one of this name.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.options.selection.versions.choice = Choice::UpTo(version.into());
        self
    }

    /// Generates every version of operations that the document has in several, each under a name
    /// with its version; in place of a pinned one.
    #[must_use]
    pub fn all_versions(mut self) -> Self {
        self.options.selection.versions.choice = Choice::All;
        self
    }

    /// Names operations after this extension rather than after their `operationId`, where they
    /// have it: `x-method-name`.
    #[must_use]
    pub fn operation_name(mut self, extension: impl Into<String>) -> Self {
        self.options.operation_name = Some(extension.into());
        self
    }

    /// Gives each tag a group of its own: `client.cloud_backups().take_snapshot(…)`.
    #[must_use]
    pub fn group_by_tag(mut self) -> Self {
        self.options.group_by = GroupBy::Tag;
        self
    }

    /// Chooses the name of what stands at `pointer`, a JSON pointer into the document. In a list, an
    /// element goes by its name: `/components/schemas/Colour/enum/=red`.
    #[must_use]
    pub fn rename(mut self, pointer: impl Into<String>, name: impl Into<String>) -> Self {
        self.options.rename.insert(pointer.into(), name.into());
        self
    }

    /// Makes checked types of all component schemas that have something to check. If any of them has
    /// a pattern, the crate needs the feature `patterns` of `specwright-runtime`.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.options.checked = Which::Flag(checked);
        self
    }

    /// Makes checked types of the component schemas at these JSON pointers into the document.
    #[must_use]
    pub fn checked_types(mut self, pointers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let pointers = pointers.into_iter().map(Into::into).collect();
        self.options.checked = Which::Listed(pointers);
        self
    }

    /// Leaves out the variant for values that the document does not list, of all enums: what an
    /// answer has in its place is not decoded then. Without it, users match fewer values, and break
    /// where the server learns a new one.
    #[must_use]
    pub fn closed(mut self, closed: bool) -> Self {
        self.options.closed = Which::Flag(closed);
        self
    }

    /// Does so of the enums at these JSON pointers into the document.
    #[must_use]
    pub fn closed_enums(mut self, pointers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options.closed = Which::Listed(pointers.into_iter().map(Into::into).collect());
        self
    }

    /// Keeps the enum at this JSON pointer open where all are closed.
    #[must_use]
    pub fn open(mut self, pointer: impl Into<String>) -> Self {
        self.options.open.push(pointer.into());
        self
    }

    /// Derives a macro on every type, by its path: `Hash`, `schemars::JsonSchema`.
    #[must_use]
    pub fn derive(mut self, path: impl AsRef<str>) -> Self {
        if let Some(path) = self.path_of(path.as_ref()) {
            self.options.derives.push(path);
        }
        self
    }

    /// Derives a macro on the type at this JSON pointer into the document.
    #[must_use]
    pub fn derive_for(mut self, pointer: impl Into<String>, path: impl AsRef<str>) -> Self {
        if let Some(path) = self.path_of(path.as_ref()) {
            self.options.type_derives.entry(pointer.into()).or_default().push(path);
        }
        self
    }

    /// Has a type of your own for texts and numbers of this format, by its path:
    /// `.format_type("decimal", "crate::Money")`. `docs/own-types.md` says what such a type needs.
    #[must_use]
    pub fn format_type(mut self, format: impl Into<String>, path: impl AsRef<str>) -> Self {
        if let Some(path) = self.path_of(path.as_ref()) {
            self.options.formats.insert(format.into(), path);
        }
        self
    }

    /// Has a type of your own for the schema at this JSON pointer into the document.
    #[must_use]
    pub fn schema_type(mut self, pointer: impl Into<String>, path: impl AsRef<str>) -> Self {
        if let Some(path) = self.path_of(path.as_ref()) {
            self.options.types.insert(pointer.into(), path);
        }
        self
    }

    /// Never sends the parameter at this JSON pointer into the document, and asks nobody for it:
    /// `/paths/~1widgets/get/parameters/query=region`.
    #[must_use]
    pub fn drop_parameter(mut self, pointer: impl Into<String>) -> Self {
        self.options.drop_parameters.push(pointer.into());
        self
    }

    /// Always sends this value for the parameter at a JSON pointer into the document:
    /// `/paths/~1widgets/get/parameters/query=region`.
    #[must_use]
    pub fn fixed_parameter(
        mut self,
        pointer: impl Into<String>,
        value: impl Into<FixedValue>,
    ) -> Self {
        self.options.fixed_parameters.insert(pointer.into(), value.into());
        self
    }

    fn path_of<T: FromStr<Err = NoPath>>(&mut self, text: &str) -> Option<T> {
        match text.parse() {
            Ok(path) => Some(path),
            Err(error) => {
                self.problems.push(Diagnostic::error(Code::Config, error.to_string()));
                None
            }
        }
    }

    /// Makes warnings fail the build.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.options.strict = strict;
        self
    }

    /// Makes every type both encode and decode, not only in the direction it travels: for programs
    /// that store answers, and tests that read requests.
    #[must_use]
    pub fn both_directions(mut self, both: bool) -> Self {
        self.options.both_directions = both;
        self
    }

    /// Reads answers page by page only where the document declares it, and never because they look like
    /// it.
    #[must_use]
    pub fn only_declared_pages(mut self, only: bool) -> Self {
        self.options.only_declared_pages = only;
        self
    }

    /// Writes to this folder rather than to `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Writes what was generated, and which places have no type, to this file of the output folder.
    #[must_use]
    pub fn report(mut self, path: impl Into<PathBuf>) -> Self {
        self.report = Some(path.into());
        self
    }

    /// Writes the document and all files that it refers to as one file of the output folder.
    #[must_use]
    pub fn bundle(mut self, path: impl Into<PathBuf>) -> Self {
        self.bundle = Some(path.into());
        self
    }

    /// Writes the document as the overlays change it as one file of the output folder.
    #[must_use]
    pub fn effective_spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.effective_spec = Some(path.into());
        self
    }

    /// Tells every place of every warning, rather than equal ones once.
    #[must_use]
    pub fn verbose(mut self, verbose: bool) -> Self {
        self.options.verbose = verbose;
        self
    }
}
