//! Packages of one name among the clients of a run. What the configuration gives two of them is refused
//! before anything is read; the name that a document's title gives is known afterwards, and so is one that
//! a manifest has kept.

use specwright::diagnostics::{Code, Diagnostic};

use super::Job;
use super::settings::about;

/// An error for each package that has the name of an earlier one, with the position of its client.
pub(super) fn of_one_name(jobs: &[Job]) -> Vec<(usize, Diagnostic)> {
    let name = |job: &Job| job.kept_name.clone().unwrap_or_else(|| job.wanted_name());
    let crates: Vec<(&Job, String)> =
        jobs.iter().filter(|job| !job.client.module_only).map(|job| (job, name(job))).collect();
    let same = |one: &str, other: &str| one.replace('-', "_") == other.replace('-', "_");
    let all = crates.iter().enumerate().filter_map(|(at, (job, name))| {
        let (other, _) = crates[..at].iter().find(|(_, earlier)| same(name, earlier))?;
        Some((job.index, refused(job, other, name)))
    });
    all.collect()
}

fn refused(job: &Job, other: &Job, name: &str) -> Diagnostic {
    let (out, other_out) = (job.client.out.display(), other.client.out.display());
    let message = format!("two clients would be the package `{name}`: `{other_out}`, `{out}`");
    let why = "cargo wants one package of a name, and a program one crate";
    let is_written =
        |job: &Job| job.kept_name.is_some() || job.client.out.join("Cargo.toml").exists();
    let help = match (is_written(job), is_written(other)) {
        (true, true) => {
            format!(
                "change `name` in `{out}/Cargo.toml`, which is yours, and `crate-name` with it: {why}"
            )
        }
        (_, _) => format!("give each `[[client]]` a `crate-name` of its own: {why}"),
    };
    let key = if job.client.crate_name.is_some() { "crate-name" } else { "spec" };
    about(key, Diagnostic::error(Code::Config, message).help(help))
}
