//! `generate`: all clients are compiled and compared with their folders before the first file of
//! any of them is touched.

mod crates;
mod packages;

use std::path::Path;

use similar::TextDiff;
use specwright::config::ClientConfig;
use specwright::diagnostics::{Code, Diagnostic, Diagnostics, Location, Severity};
use specwright::output::{self, Change, Plan};
use specwright::source::{Disk, Files};
use specwright::{Generated, Manifest, Options, Step, package};

use super::args::Generate;
use super::bundle::Bundled;
use super::progress::Progress;
use super::report::Report;
use super::settings::{Neighbours, Placed};
use super::{Status, settings, tally, watch};

/// How many lines of a difference are shown.
const DIFF_LINES: usize = 20;

/// A client ready to be written.
struct Job {
    /// Its position in the configuration.
    index: usize,
    client: ClientConfig,
    plan: Plan,
    generated: Generated,
    /// What the manifest calls the package, where that is not what a new one would.
    kept_name: Option<String>,
}

/// All that a run makes, compared with what is there; nothing of it is written yet.
pub(super) struct Round {
    bundles: Vec<Bundled>,
    jobs: Vec<Job>,
    pub(super) warnings: Diagnostics,
}

impl Job {
    /// What a new manifest would call the package.
    fn wanted_name(&self) -> String {
        let title = || package::named_after(&self.generated.summary.title);
        self.client.crate_name.clone().unwrap_or_else(title)
    }
}

/// How many files were.
pub(super) struct Written {
    pub(super) written: usize,
    pub(super) removed: usize,
    pub(super) unchanged: usize,
}

pub(super) fn run(
    args: &Generate,
    is_verbose: bool,
    report: &mut Report,
) -> Result<Status, Diagnostics> {
    if args.watch {
        return watch::run(args, is_verbose, report);
    }
    let round = compile(args, is_verbose, &Disk, report)?;
    report.diagnostics(round.warnings.clone());
    if args.check { check(&round, report) } else { write(&round, report) }
}

/// Compiles all clients, reading through `files`.
pub(super) fn compile(
    args: &Generate,
    is_verbose: bool,
    files: &dyn Files,
    report: &Report,
) -> Result<Round, Diagnostics> {
    let mut found = Diagnostics::default();
    let mut jobs = Vec::new();
    let clients = settings::clients(args, files)?;
    for (_, client) in &clients {
        if let Some(path) = &client.report {
            output::has_folder(path, &client.out)?;
            output::may_report(path)?;
        }
    }
    let neighbours = Neighbours::of(args, files);
    for placed in &clients {
        let told = neighbours.in_the_way(placed).into_iter().collect();
        found.extend(settings::located(told, args, placed.0));
    }
    // Nothing is worth reading for a folder that is another's.
    found = found.into_result()?;
    let progress = report.progress();
    let mut bundles = Vec::new();
    if let Some((index, client)) = clients.first() {
        let options = Options { verbose: is_verbose, ..Options::from(client) };
        let located = |told| settings::located(told, args, *index);
        if let Some(path) = &args.bundle {
            bundles.push(Bundled::of(client, &options, path, files).map_err(located)?);
        }
        if let Some(path) = &args.effective_spec {
            bundles.push(Bundled::effective(client, &options, path, files).map_err(located)?);
        }
    }
    found.extend(bundles.iter().flat_map(Bundled::warnings));
    if bundles.iter().any(|bundle| bundle.is_all) {
        return Ok(Round { bundles, jobs, warnings: found });
    }
    for (index, client) in clients {
        let mut told = Diagnostics::default();
        match prepare((index, client), is_verbose, files, &progress, &mut told) {
            Ok(job) => {
                let of_name = of_name(&job, &neighbours);
                // The manifest in the folder of another client is none of this one's.
                if of_name.as_ref().is_none_or(|one| one.severity != Severity::Error) {
                    told.extend(crates::undeclared(&job.client));
                }
                told.extend(of_name);
                jobs.push(job);
            }
            // What is wrong with the next one is worth knowing too.
            Err(errors) => told.extend(errors.into_iter().map(of_out)),
        }
        found.extend(settings::located(told, args, index));
    }
    if !found.has_errors() {
        for (index, one) in packages::of_one_name(&jobs) {
            found.extend(settings::located(one.into(), args, index));
        }
    }
    Ok(Round { bundles, jobs, warnings: found.into_result()? })
}

fn prepare(
    (index, client): Placed,
    is_verbose: bool,
    files: &dyn Files,
    progress: &Progress,
    warnings: &mut Diagnostics,
) -> Result<Job, Diagnostics> {
    let mut options = Options { verbose: is_verbose, ..Options::from(&client) };
    // A crate that is there has the name that its manifest has by now.
    options.crate_name = existing(&client.out)
        .and_then(|text| package::library_of_manifest(&text))
        .or(options.crate_name);
    let generated = specwright::generate_in_steps(&options, files, &mut |step| {
        let what = match step {
            Step::Reading => "reading",
            Step::Deciding => "deciding what becomes of",
            Step::Printing => "printing the client of",
        };
        progress.tell(&format!("{what} {}", options.spec.display()));
    })?;
    let mut kept_name = None;
    warnings.extend(generated.warnings.iter().cloned());
    let (files, title) = (&generated.files, &generated.summary.title);
    let plan = if client.module_only {
        output::plan_module(files, &client.out)?
    } else {
        let name = client.crate_name.clone().unwrap_or_else(|| package::named_after(title));
        let path = runtime_path(&client)?;
        let manifest = Manifest {
            name: &name,
            runtime_path: path.as_deref(),
            runtime_features: &generated.runtime_features,
            features: &generated.features,
            own_workspace: output::needs_own_workspace(&client.out),
        };
        let mut plan = output::plan_crate(files, &manifest, &client.out)?;
        if let Some(readme) = &generated.readme {
            plan.add_once(readme, &client.out)?;
        }
        let kept = existing(&client.out).and_then(|text| package::of_manifest(&text));
        kept_name = kept.filter(|kept| *kept != name);
        if path.is_none() && !client.out.join("Cargo.toml").exists() {
            warnings.push(unpublished());
        }
        plan
    };
    Ok(Job { index, client, plan, generated, kept_name })
}

/// A folder that is refused is that of the key, wherever in it the file is that is in the way.
fn of_out(problem: Diagnostic) -> Diagnostic {
    let is_of_folder = problem.code == Code::OutputNotOurs && problem.setting.is_none();
    if is_of_folder { settings::about("out", problem) } else { problem }
}

/// The manifest that a folder has by now.
fn existing(out: &Path) -> Option<String> {
    std::fs::read_to_string(out.join("Cargo.toml")).ok()
}

/// What is said of a package that keeps another name than a new one would have: that it does, if the
/// configuration gives it one, or that it is none of this client's.
fn of_name(job: &Job, neighbours: &Neighbours<'_>) -> Option<Diagnostic> {
    let Job { client, kept_name, .. } = job;
    let kept = kept_name.as_deref()?;
    let wanted = job.wanted_name();
    let moved = neighbours.moved_in(job.index, &client.out, (kept, &wanted));
    moved.or_else(|| client.crate_name.as_ref().map(|wanted| not_renamed(kept, wanted)))
}

fn not_renamed(kept: &str, wanted: &str) -> Diagnostic {
    let message = format!("the package keeps its name `{kept}` and does not become `{wanted}`");
    Diagnostic::warning(Code::Config, message)
        .help("a manifest is written once and then yours: change `name` in it")
}

/// The way from the manifest to the runtime.
fn runtime_path(client: &ClientConfig) -> Result<Option<String>, Diagnostic> {
    let Some(path) = &client.runtime_path else { return Ok(None) };
    output::relative_path(&client.out, path).map(Some).ok_or_else(|| {
        Diagnostic::error(Code::Config, format!("no way leads to `{}`", path.display()))
    })
}

fn unpublished() -> Diagnostic {
    let message = "`specwright-runtime` is not published yet, so that the crate will not build";
    Diagnostic::warning(Code::Config, message).help("say where it is with `--runtime-path DIR`")
}

impl Round {
    /// Writes all of it.
    pub(super) fn apply(&self) -> Result<Written, Diagnostics> {
        let mut done = Written { written: 0, removed: 0, unchanged: 0 };
        let mut apply = |plan: &Plan| {
            done.written += plan.writes.len();
            done.removed += plan.removals.len();
            done.unchanged += plan.unchanged;
            plan.apply()
        };
        self.bundles.iter().try_for_each(|bundle| apply(&bundle.plan()))?;
        for Job { client, plan, generated, .. } in &self.jobs {
            apply(plan)?;
            if let Some(path) = &client.report {
                output::write_report(path, generated.report())?;
            }
        }
        Ok(done)
    }
}

/// Writes all of it, and says what each client has.
pub(super) fn write(round: &Round, report: &mut Report) -> Result<Status, Diagnostics> {
    round.apply()?;
    round.bundles.iter().for_each(|bundle| report.say(&bundle.line()));
    for Job { client, plan, generated, kept_name, .. } in &round.jobs {
        let summary = &generated.summary;
        report.say(&format!(
            "{}: {} and {} in {} ({} written, {} removed, {} unchanged)",
            summary.title,
            tally::count(summary.operations, "operation"),
            tally::count(summary.types, "type"),
            client.out.display(),
            tally::count(plan.writes.len(), "file"),
            plan.removals.len(),
            plan.unchanged,
        ));
        if let Some(name) = kept_name {
            report.say(&format!("  the package keeps the name it has, {name}"));
        }
        for line in tally::lines(&generated.census) {
            report.say(&line);
        }
    }
    Ok(Status::Done)
}

fn check(round: &Round, report: &mut Report) -> Result<Status, Diagnostics> {
    let plans: Vec<Plan> = round.bundles.iter().map(Bundled::plan).collect();
    let plans = plans.iter().chain(round.jobs.iter().map(|job| &job.plan));
    let plans: Vec<&Plan> = plans.collect();
    let mut different = Diagnostics::default();
    for plan in &plans {
        match never_made(plan) {
            Some(missing) => different.push(missing),
            None => different.extend(plan.writes.iter().map(outdated)),
        }
        different.extend(plan.removals.iter().map(|path| {
            let message = format!("`{}` is not made any more", path.display());
            Diagnostic::error(Code::OutOfDate, message)
                .located(Location::whole(path))
                .help("run `specwright generate`, which removes it, and commit the result")
        }));
    }
    if different.is_empty() {
        report.say("everything is up to date");
        return Ok(Status::Done);
    }
    report.diagnostics(different);
    for change in plans.iter().flat_map(|plan| &plan.writes) {
        report.aside(&difference(change));
    }
    Ok(Status::Different)
}

/// The one thing to say of a client none of whose files is there.
fn never_made(plan: &Plan) -> Option<Diagnostic> {
    let is_new = plan.unchanged == 0 && plan.writes.iter().all(|change| change.before.is_none());
    let [first, _, ..] = plan.writes.as_slice() else { return None };
    // What all of them are in.
    let mut folder = first.path.parent()?;
    while !plan.writes.iter().all(|change| change.path.starts_with(folder)) {
        folder = folder.parent()?;
    }
    let files = tally::count(plan.writes.len(), "file");
    is_new.then(|| {
        let message = format!("`{}` has none of the {files} of its client", folder.display());
        Diagnostic::error(Code::OutOfDate, message)
            .located(Location::whole(folder))
            .help("run `specwright generate` and commit the result")
    })
}

fn outdated(change: &Change) -> Diagnostic {
    let path = change.path.display();
    let whole = Location::whole(&change.path);
    let (message, location) = match &change.before {
        Some(before) => {
            let line = first_difference(before, &change.text);
            let message = format!("`{path}` is not what the document gives");
            (message, Location { line, column: 1, ..whole })
        }
        None => (format!("`{path}` is missing"), whole),
    };
    Diagnostic::error(Code::OutOfDate, message)
        .located(location)
        .help("run `specwright generate` and commit the result")
}

fn first_difference(before: &str, after: &str) -> usize {
    let same = before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count();
    same.min(before.lines().count().saturating_sub(1)) + 1
}

fn difference(change: &Change) -> String {
    let Some(before) = &change.before else { return String::new() };
    let path = change.path.display().to_string();
    let diff = TextDiff::from_lines(before.as_str(), change.text.as_str());
    let text = diff.unified_diff().context_radius(1).header(&path, "as generated").to_string();
    let mut lines: Vec<&str> = text.lines().take(DIFF_LINES + 1).collect();
    if lines.len() > DIFF_LINES {
        lines[DIFF_LINES] = "…";
    }
    lines.join("\n")
}
