//! `preview`: the operations of a document in a browser, beside the Rust that each becomes.

use std::net::Ipv4Addr;

use specwright::diagnostics::{Code, Diagnostic, Diagnostics};
use specwright::preview::Viewer;
use specwright::source::Disk;

use super::args::Preview;
use super::listen::listen;
use super::report::Report;
use super::{Status, settings, tally};

/// Says where the page is, in the first line of stdout, and shows it until it is ended. A document that
/// is refused is shown as well, since the page says why.
pub(super) fn run(args: &Preview, report: &mut Report) -> Result<Status, Diagnostics> {
    // What nobody can choose from is told here; on later reads, the page tells it.
    settings::shown(args, &Disk)?;
    let wanted = args.clone();
    let progress = report.progress();
    progress.tell("reading the document");
    let viewer = Viewer::new(Disk, move |files| settings::shown(&wanted, files));
    drop(progress);
    let (operations, problems) = viewer.with_current(|preview| {
        let document = preview.document();
        let unread = document.problems.iter().find(|one| one.code == Code::Io.as_str());
        match unread.filter(|_| document.operations.is_empty()) {
            // Nothing to look at, and likely a slip in the name.
            Some(problem) => Err(Diagnostic::error(Code::Io, problem.message.clone())),
            None => Ok((document.operations.len(), document.problems.len())),
        }
    })?;
    let (listener, address) = listen(Ipv4Addr::LOCALHOST.into(), args.port)?;
    let url = format!("http://{address}/");
    report.announce(&url);
    let operations = tally::count(operations, "operation");
    report.say(&format!("  {operations}, {}", tally::count(problems, "problem")));
    if args.open
        && let Err(error) = opener::open_browser(&url)
    {
        let message = format!("cannot open a browser: {error}");
        let help = "open the address that stands above";
        report.diagnostics(Diagnostic::warning(Code::Io, message).help(help).into());
    }
    viewer
        .serve(listener)
        .map_err(|error| Diagnostic::error(Code::Io, format!("cannot go on answering: {error}")))?;
    Ok(Status::Done)
}
