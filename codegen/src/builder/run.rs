//! What a builder does: generates, writes, and tells cargo.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use super::Builder;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location, Severity};
use crate::output::{self, Plan};
use crate::plain::one_line;
use crate::source::{Disk, Noted};
use crate::{Bundle, Generated, Options, bundle, effective, generate, module_path};

impl Builder {
    /// A builder for each client of a `specwright.toml`, whose path is relative to the package's
    /// folder. What it says of files to write (`out`, `report`, `crate-name`, `runtime-path`) is for
    /// the command line: here everything goes where build scripts write.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), specwright::Failure> {
    /// specwright::Builder::from_config("specwright.toml")?
    ///     .into_iter()
    ///     .try_for_each(specwright::Builder::generate)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no configuration; with the line. Two clients whose documents have
    /// one file name are told by `generate`, unless the second has an `out_dir` of its own.
    pub fn from_config(path: impl AsRef<Path>) -> Result<Vec<Self>, Failure> {
        let path = path.as_ref();
        watch(path)?;
        let clients = read(path).map_err(told)?;
        let mut modules = BTreeMap::new();
        let clients = clients.into_iter().enumerate().map(|(index, options)| Self {
            rival: modules.insert(module_path(&options.spec), options.spec.clone()),
            options,
            config: Some((path.to_owned(), index)),
            ..Self::new("")
        });
        Ok(clients.collect())
    }

    /// Reads the document, writes the module, and tells cargo what to watch, and what is wrong.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the document, located; a file that cannot be read or written;
    /// `OUT_DIR` unset outside a build script.
    pub fn generate(self) -> Result<(), Failure> {
        // A build script that fails runs again in any case, so that only these are needed before.
        self.config.iter().try_for_each(|(config, _)| watch(config))?;
        watch(&self.options.spec)?;
        let config = self.config.clone();
        self.run(config.as_ref()).map_err(|mut problems| {
            locate(&mut problems, config.as_ref());
            told(problems)
        })
    }

    fn run(mut self, config: Option<&(PathBuf, usize)>) -> Result<(), Diagnostics> {
        let problems = std::mem::take(&mut self.problems);
        problems.into_result()?;
        self.is_alone()?;
        let out = self.out_folder()?;
        let files = Noted::new(Disk);
        let mut generated = generate(&self.options, &files)?;
        locate(&mut generated.warnings, config);
        for path in generated.inputs.iter().skip(1) {
            watch(path).map_err(|Failure(problems)| problems)?;
        }
        for path in awaited(&files.absent(), &out) {
            watch(&path).map_err(|Failure(problems)| problems)?;
        }
        for told in generated.warnings.iter() {
            tell(&instruction(told)).map_err(|Failure(problems)| problems)?;
        }
        self.write_beside(&out, &generated)?;
        output::plan_module(&generated.files, &out)?.apply()
    }

    /// Report and one-file forms, where they are wished for.
    fn write_beside(&self, out: &Path, generated: &Generated) -> Result<(), Diagnostics> {
        let write = |bundle: Bundle, path: &Path| {
            output::has_folder(path, out)?;
            let writes = output::plan_bundle(path, &bundle)?.into_iter().collect();
            Plan { writes, ..Plan::default() }.apply()
        };
        if let Some(path) = self.bundle.as_ref().map(|path| out.join(path)) {
            write(bundle(&self.options, &Disk, &path)?, &path)?;
        }
        if let Some(path) = self.effective_spec.as_ref().map(|path| out.join(path)) {
            write(effective(&self.options, &Disk, &path)?, &path)?;
        }
        match &self.report {
            Some(path) => {
                let path = out.join(path);
                output::has_folder(&path, out)?;
                output::write_report(&path, generated.report())
            }
            None => Ok(()),
        }
    }

    /// A module is called as its document, so that of two of one name the second would be written over
    /// the first.
    fn is_alone(&self) -> Result<(), Diagnostics> {
        let Some(rival) = self.rival.as_ref().filter(|_| self.out_dir.is_none()) else {
            return Ok(());
        };
        let (module, own) = (module_path(rival), self.options.spec.display());
        let message = format!(
            "two clients would write one module, `{module}`: `{}`, `{own}`",
            rival.display()
        );
        let help = "give one of the documents another file name, or one of the builders an `out_dir` of its own";
        Err(Diagnostic::error(Code::Config, message).help(help).into())
    }

    fn out_folder(&self) -> Result<PathBuf, Diagnostics> {
        let from_cargo = || std::env::var_os("OUT_DIR").map(PathBuf::from);
        self.out_dir.clone().or_else(from_cargo).ok_or_else(|| {
            let message = "`OUT_DIR` is not set, and no `out_dir` is given";
            let help = "call the builder from a build script, or give it a folder";
            Diagnostic::error(Code::Config, message).help(help).into()
        })
    }
}

/// What to watch for files that are not there and may come. Of a path that is not there cargo takes
/// it that everything is to be built again, each time; a folder is looked through for what has changed
/// in it. One that holds the output itself would change with every build.
fn awaited(absent: &[PathBuf], out: &Path) -> BTreeSet<PathBuf> {
    let out = std::fs::canonicalize(out).ok();
    let mut watched = BTreeSet::new();
    for path in absent {
        let named = |folder: &Path| match folder.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => folder.to_owned(),
        };
        let folder = path.ancestors().skip(1).map(named).find(|folder| folder.is_dir());
        let holds_output = |folder: &PathBuf| {
            let real = std::fs::canonicalize(folder);
            real.is_ok_and(|real| out.as_ref().is_none_or(|out| out.starts_with(real)))
        };
        watched.insert(folder.filter(|folder| !holds_output(folder)).unwrap_or(path.clone()));
    }
    watched
}

/// Gives problems that are about an entry of the configuration its place there.
fn locate(problems: &mut Diagnostics, config: Option<&(PathBuf, usize)>) {
    if let Some((path, client)) = config
        && problems.iter().any(|problem| problem.setting.is_some())
        && let Ok(text) = std::fs::read_to_string(path)
    {
        Config::locate(problems, &text, path, *client);
        problems.sort();
    }
}

/// The clients of a configuration.
fn read(path: &Path) -> Result<Vec<Options>, Diagnostics> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let message = format!("cannot read the configuration `{}`: {error}", path.display());
        Diagnostic::error(Code::Config, message).located(Location::whole(path))
    })?;
    let config = Config::parse(&text, path)?;
    let clients = config.clients.iter();
    Ok(clients.map(|client| Options { module_only: true, ..Options::from(client) }).collect())
}

/// Tells cargo of every problem, so that it shows them as its own.
fn told(problems: Diagnostics) -> Failure {
    for problem in problems.iter() {
        // Who cannot be told on stdout is told by what the script returns.
        if tell(&instruction(problem)).is_err() {
            break;
        }
    }
    Failure(problems)
}

fn instruction(problem: &Diagnostic) -> String {
    let line = one_line(&problem.to_string());
    match problem.severity {
        Severity::Error => format!("cargo::error={line}"),
        Severity::Warning => format!("cargo::warning={line}"),
        // Cargo has nothing below a warning, and shows what is no instruction to who asks (`-vv`).
        Severity::Note => format!("note: {line}"),
    }
}

fn watch(path: &Path) -> Result<(), Failure> {
    // A path is watched only as it is, so that no more of it may change than must.
    let path = path.display().to_string().replace(|c: char| c.is_control(), " ");
    tell(&format!("cargo::rerun-if-changed={path}"))
}

/// Speaks to cargo. What the document says never starts a line.
fn tell(line: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{line}").map_err(|error| {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::error(Code::Io, format!("cannot speak to cargo: {error}")));
        Failure(diagnostics)
    })
}

/// Why a client could not be generated: every problem with its place.
///
/// A build script's `main` may return it: its `Debug` is its `Display`, because that is what cargo
/// shows.
pub struct Failure(Diagnostics);

impl Failure {
    /// The problems, sorted by place.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.0
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Self {
        Self(diagnostics)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Failure {}
