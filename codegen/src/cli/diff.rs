//! `diff`: what a new version of a document means for users of the client.

use serde_json::json;
use specwright::diagnostics::{Diagnostic, Diagnostics};
use specwright::diff::{self, Bump, Change, Difference, Impact};
use specwright::source::Disk;

use super::args::{Diff, DiffFormat};
use super::report::{self, Report};
use super::{Status, settings, tally};

/// Prints the changes; the status says whether any of them breaks something.
pub(super) fn run(args: &Diff, report: &mut Report) -> Result<Status, Diagnostics> {
    if args.format == DiffFormat::Json {
        // What is printed is one value, and nothing else.
        report.tell_on_stderr();
    }
    let (options, client) = settings::compared(args)?;
    let located = |mut told: Diagnostics| {
        if args.is_configured() {
            settings::locate(&mut told, &args.input(), client);
        }
        told
    };
    let sides = diff::sides(&options, &args.old, &args.new, &Disk).map_err(located)?;
    let to_mend = located(sides.to_mend).into_iter().map(mended);
    let mut notes: Diagnostics = located(sides.notes).into_iter().chain(to_mend).collect();
    notes.sort();
    let difference = diff::compare(&sides.old, &sides.new)?;
    match args.format {
        DiffFormat::Text => {
            report.diagnostics(notes);
            text(&difference).iter().for_each(|line| report.print_line(line));
        }
        DiffFormat::Markdown => {
            let lines = markdown(&difference, &notes);
            report.diagnostics(notes);
            lines.iter().for_each(|line| report.print_line(line));
        }
        DiffFormat::Json => {
            let notes = notes.iter().map(report::object).collect();
            report.print(&format!("{:#}\n", object(&difference, notes)));
        }
    }
    let breaks = difference.bump() == Bump::Major;
    Ok(if breaks { Status::Different } else { Status::Done })
}

/// What has to be mended, with the line where.
fn mended(one: Diagnostic) -> Diagnostic {
    match (&one.location, one.help.clone()) {
        (Some(at), Some(help)) if at.place().is_some() => one.clone().help(format!("{help}: {at}")),
        (_, _) => one,
    }
}

fn heading(impact: Impact) -> &'static str {
    match impact {
        Impact::Breaking => "Breaking",
        Impact::Silent => "Compiles as before, and sends or reads something else",
        Impact::Compatible => "Compatible",
        Impact::Behaviour => "The client is the same, and the server may refuse what it took",
    }
}

const IMPACTS: [Impact; 4] =
    [Impact::Breaking, Impact::Silent, Impact::Compatible, Impact::Behaviour];

/// The sentence at the end: what the version has to do.
fn advice(difference: &Difference) -> &'static str {
    match difference.bump() {
        Bump::Major => "major: 1.2.3 becomes 2.0.0, and 0.2.3 becomes 0.3.0",
        Bump::Minor => "minor: 1.2.3 becomes 1.3.0, and 0.2.3 becomes 0.2.4",
        Bump::Patch => "patch: nothing that code could notice is different",
    }
}

fn text(difference: &Difference) -> Vec<String> {
    let mut lines = Vec::new();
    for impact in IMPACTS {
        let changes: Vec<&Change> = difference.of(impact).collect();
        if !changes.is_empty() {
            lines.push(format!("{} ({})", heading(impact), tally::count(changes.len(), "change")));
        }
        for Change { path, what, pointer, impact: _ } in changes {
            let place = pointer.as_ref().map(|at| format!("  (at #{at})")).unwrap_or_default();
            lines.push(format!("  {path}: {what}{place}"));
        }
    }
    lines.push(advice(difference).to_owned());
    lines
}

fn markdown(difference: &Difference, notes: &Diagnostics) -> Vec<String> {
    let mut lines = Vec::new();
    for impact in IMPACTS {
        let mut changes = difference.of(impact).peekable();
        if changes.peek().is_some() {
            lines.extend([format!("### {}", heading(impact)), String::new()]);
            lines.extend(changes.map(|Change { path, what, .. }| format!("- `{path}`: {what}")));
            lines.push(String::new());
        }
    }
    if !notes.is_empty() {
        lines.extend(["### Of the configuration and the overlays".to_owned(), String::new()]);
        lines.extend(notes.iter().map(|note| match &note.help {
            Some(help) => format!("- {}; {help}", note.message),
            None => format!("- {}", note.message),
        }));
        lines.push(String::new());
    }
    lines.push(format!("Version: {}.", advice(difference)));
    lines
}

fn object(difference: &Difference, notes: Vec<serde_json::Value>) -> serde_json::Value {
    let change = |Change { impact, path, what, pointer }: &Change| {
        let pointer = pointer.as_ref().map(ToString::to_string);
        json!({"impact": impact.as_str(), "path": path, "what": what, "pointer": pointer})
    };
    let changes: Vec<_> = difference.changes.iter().map(change).collect();
    let bump = difference.bump().as_str();
    json!({"version": 1, "bump": bump, "changes": changes, "notes": notes})
}
