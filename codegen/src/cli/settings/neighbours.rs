//! The clients of a configuration that a run is not about: it does not write over them.

use std::path::Path;

use specwright::config::{ClientConfig, Config};
use specwright::diagnostics::{Code, Diagnostic};
use specwright::source::Files;

use super::super::args::Generate;
use super::super::folders::meet;
use super::{DEFAULT, Placed, about, config};

/// All clients of the configuration; where the flags leave it aside, of the one that lies here.
pub(in super::super) struct Neighbours<'a> {
    all: Vec<Placed>,
    path: &'a Path,
    /// Whether the run follows the configuration.
    is_followed: bool,
}

impl<'a> Neighbours<'a> {
    /// Reads them. There are none in a configuration that makes no sense: who follows it is told.
    pub(in super::super) fn of(args: &'a Generate, files: &dyn Files) -> Self {
        let followed = config(&args.input);
        let path = followed.unwrap_or(Path::new(DEFAULT));
        let text = files.read(path, usize::MAX).ok().and_then(|text| String::from_utf8(text).ok());
        let read = text.and_then(|text| Config::parse(&text, path).ok());
        let all = read.map(|config| config.clients).unwrap_or_default();
        let all = all.into_iter().enumerate().collect();
        Self { all, path, is_followed: followed.is_some() }
    }

    /// A folder that is for another client. A run that does not follow the configuration may mean it, and
    /// is told what it leaves out.
    pub(in super::super) fn in_the_way(&self, of: &Placed) -> Option<Diagnostic> {
        let (index, client) = of;
        if client.out.as_os_str().is_empty() {
            return None;
        }
        let is_other = |at: usize| !self.is_followed || at != *index;
        let mut others = self.all.iter().filter(|(at, _)| is_other(*at));
        let (_, other) = others.find(|(_, other)| meet(client, other).is_some())?;
        let (config, out) = (self.path.display(), other.out.display());
        if !self.is_followed {
            let message = format!(
                "`{config}` has a client in `{out}`, and nothing is followed of what it says of that"
            );
            let help = format!(
                "leave `--spec` and `--out` away, or add `--config {config}`; `--out` with another folder \
                 leaves that client as it is"
            );
            return Some(Diagnostic::warning(Code::Config, message).help(help));
        }
        let message =
            format!("`{out}` is where another client of `{config}` goes{}", called(other));
        let help = "name another folder: each client has one of its own, none inside another";
        Some(about("out", Diagnostic::error(Code::OutputNotOurs, message).help(help)))
    }

    /// A folder that holds the package of another client: two that have changed places, for one. Who
    /// renames a package by hand keeps its folder, as no other client has that name.
    pub(in super::super) fn moved_in(
        &self,
        index: usize,
        out: &Path,
        (kept, wanted): (&str, &str),
    ) -> Option<Diagnostic> {
        let same = |name: &str| name.replace('-', "_") == kept.replace('-', "_");
        let mut others = self.all.iter().filter(|(at, _)| self.is_followed && *at != index);
        others.find(|(_, other)| {
            !other.module_only && other.crate_name.as_deref().is_some_and(same)
        })?;
        let (config, out) = (self.path.display(), out.display());
        let message = format!(
            "`{out}` holds `{kept}`, which is another client of `{config}` than `{wanted}`"
        );
        let help = format!(
            "give this client another `out`; if it is to take that place, remove `{out}` first, or make \
             `{wanted}` of the name in `{out}/Cargo.toml`"
        );
        Some(about("out", Diagnostic::error(Code::OutputNotOurs, message).help(help)))
    }
}

fn called(client: &ClientConfig) -> String {
    client.crate_name.as_ref().map(|name| format!(": `{name}`")).unwrap_or_default()
}
