//! `preview`: the operations of a document in a browser, beside the Rust that each becomes.

use std::net::Ipv4Addr;

use specwright::Options;
use specwright::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use specwright::preview::{Document, Viewer};
use specwright::source::Disk;

use super::args::Preview;
use super::listen::listen;
use super::report::Report;
use super::{Status, settings, tally};

/// What is counted, the worst first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// Says where the page is, in the first line of stdout, and shows it until it is ended. A document that
/// is refused is shown as well, since the page says why.
pub(super) fn run(args: &Preview, report: &mut Report) -> Result<Status, Diagnostics> {
    // What nobody can choose from is told here; on later reads, the page tells it.
    let (client, options) = settings::shown(args, &Disk)?;
    let wanted = args.clone();
    let progress = report.progress();
    progress.tell("reading the document");
    let viewer =
        Viewer::new(Disk, move |files| settings::shown(&wanted, files).map(|(_, options)| options));
    drop(progress);
    let sum = viewer.with_current(|preview| {
        let document = preview.document();
        let unread = document.problems.iter().find(|one| one.code == Code::Io.as_str());
        match unread.filter(|_| document.operations.is_empty()) {
            // Nothing to look at, and likely a slip in the name.
            Some(_) => Err(unreadable(&options, args, client)),
            None => Ok(sum(document)),
        }
    })?;
    let (listener, address) = listen(Ipv4Addr::LOCALHOST.into(), args.port, FREE)?;
    let url = format!("http://{address}/");
    report.announce(&url);
    report.say(&format!("  {sum}"));
    if args.open
        && let Err(error) = opener::open_browser(&url)
    {
        let message = format!("cannot open a browser: {error}");
        let help = "open the address that stands above";
        report.diagnostics(Diagnostic::warning(Code::Io, message).help(help).into());
    }
    report.tell_bugs_at_once();
    viewer
        .serve(listener)
        .map_err(|error| Diagnostic::error(Code::Io, format!("cannot go on answering: {error}")))?;
    Ok(Status::Done)
}

/// A page has no port that anybody knows, unless one is named.
const FREE: &str = "leave `--port` away, and it is one that is free";

/// The files that cannot be read, told as other commands tell it.
fn unreadable(options: &Options, args: &Preview, client: usize) -> Diagnostics {
    let problems = specwright::generate(options, &Disk).err().unwrap_or_default();
    let problems = problems.into_iter().filter(|one| one.code == Code::Io).collect();
    settings::of_client(problems, &args.input, client)
}

/// How many operations there are, and how much there is to say of them: `2 operations, 1 note`.
fn sum(document: &Document) -> String {
    let operations = tally::count(document.operations.len(), "operation");
    let told = SEVERITIES.into_iter().filter_map(|severity| {
        let name = severity.as_str();
        let number = document.problems.iter().filter(|one| one.severity == name).count();
        (number > 0).then(|| tally::count(number, name))
    });
    std::iter::once(operations).chain(told).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use specwright::preview::Preview;

    use super::*;

    #[test]
    fn a_note_is_no_problem() {
        let check = |told: Vec<Diagnostic>, expected: &str| {
            let preview = Preview::refused(&Options::default(), &told.into_iter().collect());
            assert_eq!(sum(preview.document()), expected);
        };
        let note = || Diagnostic::note(Code::InferredPages, "x");
        let warning = || Diagnostic::warning(Code::Ignored, "x");
        check(vec![], "0 operations");
        check(vec![note()], "0 operations, 1 note");
        check(vec![note(), warning(), warning()], "0 operations, 2 warnings, 1 note");
    }
}
