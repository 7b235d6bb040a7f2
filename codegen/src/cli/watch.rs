//! `generate --watch`: once more whenever something that was read is saved.
//!
//! What counts as an input is what a round has asked the file system for, found or not: configuration,
//! document, its other files, overlays. A round begins where any of these has other bytes than it had,
//! so that neither an editor that writes in several steps nor a tool that touches files makes one for
//! nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use specwright::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use specwright::source::{Disk, Noted};

use super::args::Generate;
use super::generate::{self, Round};
use super::report::Report;
use super::{Status, tally};

/// How long nothing must happen before files are taken to be saved.
const CALM: Duration = Duration::from_millis(50);
/// How often is looked where the system tells of nothing.
const POLL: Duration = Duration::from_millis(500);

/// Generates, and again after every change, until the process is ended.
pub(super) fn run(
    args: &Generate,
    is_verbose: bool,
    report: &mut Report,
) -> Result<Status, Diagnostics> {
    let mut known = Known::default();
    let mut read = Noted::new(Disk);
    match generate::compile(args, is_verbose, &read, report) {
        Ok(round) => {
            report.diagnostics(known.learn(&round.warnings));
            generate::write(&round, report)?;
        }
        Err(problems) => report.diagnostics(problems),
    }
    report.say(&format!("watching {}; Ctrl-C ends", tally::count(read.paths().len(), "path")));
    loop {
        let changed = next_change(&read)?;
        read = Noted::new(Disk);
        let outcome = generate::compile(args, is_verbose, &read, report);
        let outcome = outcome.and_then(|round| Ok((apply(&round)?, round)));
        let came = match outcome {
            Ok((came, round)) => {
                report.diagnostics(known.learn(&round.warnings));
                came
            }
            Err(problems) => {
                let errors = problems.number(Severity::Error);
                report.diagnostics(problems);
                format!("refused, {}", tally::count(errors, "error"))
            }
        };
        let changed: Vec<String> = changed.iter().map(|path| path.display().to_string()).collect();
        report.say(&format!("{} changed: {came}", changed.join(", ")));
    }
}

/// Writes a round, and says in a few words what came of it.
fn apply(round: &Round) -> Result<String, Diagnostics> {
    let written = round.apply()?;
    let warnings = round.warnings.number(Severity::Warning);
    let warnings = match warnings {
        0 => String::new(),
        _ => format!(", {}", tally::count(warnings, "warning")),
    };
    let files = tally::count(written.written, "file");
    Ok(format!(
        "{files} written, {} removed, {} unchanged{warnings}",
        written.removed, written.unchanged
    ))
}

/// Warnings that were told in an earlier round, and need not be told again.
#[derive(Default)]
struct Known(BTreeSet<String>);

impl Known {
    /// Those that are new; the others are forgotten once they are gone.
    fn learn(&mut self, warnings: &Diagnostics) -> Diagnostics {
        // Lines move with every change, so the place is that in the document.
        let key = |one: &Diagnostic| format!("{:?} {} {:?}", one.code, one.message, one.pointer);
        let new = warnings.iter().filter(|one| !self.0.contains(&key(one))).cloned().collect();
        self.0 = warnings.iter().map(key).collect();
        new
    }
}

/// Waits until something that was read is otherwise; which paths that are.
fn next_change(read: &Noted<Disk>) -> Result<Vec<PathBuf>, Diagnostic> {
    let (tell, told) = mpsc::channel();
    // Kept until a change comes: nothing is told by one that is gone.
    let _watcher = watch(&folders(&read.paths()), &tell)?;
    loop {
        // What was saved while the round went on is seen first, and told by nobody.
        if !read.changed().is_empty() {
            calm(&told);
            let changed = read.changed();
            if !changed.is_empty() {
                return Ok(changed);
            }
        }
        if told.recv().is_err() {
            return Err(Diagnostic::error(Code::Io, "nothing tells of changes any more"));
        }
        calm(&told);
    }
}

/// Waits until nothing is told for a moment.
fn calm(told: &Receiver<()>) {
    while told.recv_timeout(CALM) != Err(RecvTimeoutError::Timeout) {}
}

/// The folders of the paths, under the names they go by and where links lead: editors put another file
/// in the place of the one that was there, so that only its folder sees it come.
fn folders(paths: &[PathBuf]) -> BTreeSet<PathBuf> {
    let real = paths.iter().filter_map(|path| path.canonicalize().ok());
    let all: Vec<PathBuf> = paths.iter().cloned().chain(real).collect();
    all.iter().filter_map(|path| nearest_folder(path)).collect()
}

/// The folder that something at this path would come to, or the nearest that there is above it.
fn nearest_folder(path: &Path) -> Option<PathBuf> {
    let named = |folder: &Path| {
        let is_here = folder.as_os_str().is_empty();
        if is_here { PathBuf::from(".") } else { folder.to_owned() }
    };
    path.ancestors().skip(1).map(named).find(|folder| folder.is_dir())
}

/// What the system tells of these folders; where it tells nothing, what a look at them now and then
/// finds.
fn watch(folders: &BTreeSet<PathBuf>, tell: &Sender<()>) -> Result<Box<dyn Watcher>, Diagnostic> {
    let begin = |watcher: notify::Result<Box<dyn Watcher>>| {
        let mut watcher = watcher?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        Ok::<_, notify::Error>(watcher)
    };
    let config = Config::default().with_poll_interval(POLL);
    let by_system = RecommendedWatcher::new(listener(tell), config).map(boxed);
    begin(by_system)
        .or_else(|_| begin(PollWatcher::new(listener(tell), config).map(boxed)))
        .map_err(|error| Diagnostic::error(Code::Io, format!("cannot watch the inputs: {error}")))
}

fn boxed(watcher: impl Watcher + 'static) -> Box<dyn Watcher> {
    Box::new(watcher)
}

/// Passes on that something may have changed. Files are read to find out, which is told as well, and
/// must not be a reason to read them again.
fn listener(tell: &Sender<()>) -> impl notify::EventHandler {
    let tell = tell.clone();
    move |event: notify::Result<notify::Event>| {
        let is_reading = matches!(
            event,
            Ok(notify::Event { kind: EventKind::Access(kind), .. })
                if kind != AccessKind::Close(AccessMode::Write)
        );
        if !is_reading {
            // Who has heard enough has gone.
            let _ = tell.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_waited_for_in_the_nearest_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/c.yaml");
        assert_eq!(nearest_folder(&path).unwrap(), folder.path());
        assert_eq!(nearest_folder(Path::new("c.yaml")).unwrap(), Path::new("."));
    }

    #[test]
    fn a_warning_is_told_again_only_after_it_was_gone() {
        let warnings: Diagnostics = Diagnostic::warning(Code::Ignored, "x").into();
        let mut known = Known::default();
        assert_eq!(known.learn(&warnings).len(), 1);
        assert_eq!(known.learn(&warnings).len(), 0);
        assert_eq!(known.learn(&Diagnostics::default()).len(), 0);
        assert_eq!(known.learn(&warnings).len(), 1);
    }
}
