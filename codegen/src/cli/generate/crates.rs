//! Crates that the configuration names, and the manifest of a client does not: the manifest is its owner's.

use std::path::{Path, PathBuf};

use specwright::config::ClientConfig;
use specwright::diagnostics::{Code, Diagnostic, Setting};
use specwright::{Options, package};

use super::existing;

/// One warning for each crate that the configuration names and the manifest of the client does not.
pub(super) fn undeclared(client: &ClientConfig) -> Vec<Diagnostic> {
    if client.module_only {
        return Vec::new();
    }
    let written = existing(&client.out).unwrap_or_default();
    let options = Options::from(client);
    let crates = options.crates().into_iter();
    let unknown = crates.filter(|(name, _)| !package::depends_on(&written, name));
    unknown.map(|(name, entry)| missing(name, entry, &client.out)).collect()
}

/// A crate that the configuration names and the client does not have: which version is the user's to
/// say, as the manifest is. One of the user's own is where it is, and not on crates.io.
fn missing(name: &str, (key, entry): (&'static str, String), out: &Path) -> Diagnostic {
    let message = format!("`{key}` names the crate `{name}`, which the client does not depend on");
    let manifest = out.join("Cargo.toml").display().to_string();
    let features = if key.ends_with("derives") { "" } else { " --features serde" };
    let help = match own_crate(name, out) {
        Some(folder) => {
            let folder = folder.strip_prefix(".").unwrap_or(&folder).display();
            format!("`cargo add --path {folder} --manifest-path {manifest}`")
        }
        None => format!(
            "`cargo add {name}{features} --manifest-path {manifest}`, or `cargo add --path DIR …` for a \
             crate of your own"
        ),
    };
    let warning = Diagnostic::warning(Code::Config, message)
        .help(format!("add it to the manifest, which is yours: {help}"));
    Diagnostic { setting: Some(Box::new(Setting { key, entry: Some(entry) })), ..warning }
}

/// The folder of a crate of the user's own: one that lies near the client, as members of one workspace
/// do.
fn own_crate(name: &str, out: &Path) -> Option<PathBuf> {
    /// From the client upwards.
    const LEVELS: usize = 3;
    let is_it = |folder: &PathBuf| {
        let found = existing(folder).and_then(|text| package::of_manifest(&text));
        found.is_some_and(|found| found.replace('-', "_") == name)
    };
    let here = |folder: &Path| match folder.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => folder.to_owned(),
    };
    let near = out.ancestors().skip(1).take(LEVELS).map(here).flat_map(|folder| {
        let inside = [folder.clone(), folder.join("crates")].into_iter().flat_map(|folder| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            folders.sort();
            folders
        });
        std::iter::once(folder).chain(inside).collect::<Vec<_>>()
    });
    near.into_iter().find(is_it)
}
