//! `list`, `inspect` and `explain`: looking without writing.

use std::io::{self, IsTerminal as _};

use specwright::diagnostics::{Code, Diagnostic, Diagnostics};
use specwright::source::Disk;
use specwright::{Options, select};

use super::args::{Explain, Input, Inspect};
use super::report::Report;
use super::visible::{visible, visible_json, visible_line};
use super::{Status, settings};

/// The operations of the documents, as their paths come.
pub(super) fn list(args: &Input, report: &mut Report) -> Result<Status, Diagnostics> {
    let layout = if io::stdout().is_terminal() { Layout::Table } else { Layout::Lines };
    let mut problems = Diagnostics::default();
    let documents = settings::listed(args)?;
    let is_one = documents.len() == 1;
    for (client, document) in documents {
        match operations(&document) {
            Ok(rows) => {
                let title = document.spec.display().to_string();
                let title = (!is_one).then(|| visible_line(&title));
                report.print(&laid_out(&rows, layout, title.as_deref()));
            }
            // What is wrong with one document hides nothing of the next.
            Err(found) => problems.extend(settings::of_client(found, args, client)),
        }
    }
    problems.into_result()?;
    Ok(Status::Done)
}

/// How operations are listed.
#[derive(Clone, Copy, Debug)]
enum Layout {
    /// For programs: one a line, with a blank between what is told of it, and nothing else.
    Lines,
    /// For a person: below headings.
    Table,
}

/// What is told of an operation: method, path, `operationId` and tags.
type Row = [String; 4];

const HEADINGS: [&str; 4] = ["METHOD", "PATH", "OPERATION", "TAGS"];

fn operations(document: &Options) -> Result<Vec<Row>, Diagnostics> {
    let source = specwright::one_tree(document, &Disk)?;
    let operations = select::chosen(&source.root, &document.selection)?.into_iter();
    let rows = operations.map(|operation| {
        let method = operation.method.to_uppercase();
        let id = operation.id.unwrap_or("-");
        [method.as_str(), operation.path, id, operation.tags.join(", ").as_str()].map(visible_line)
    });
    Ok(rows.collect())
}

/// With a title, this is one of several.
fn laid_out(rows: &[Row], layout: Layout, title: Option<&str>) -> String {
    let headings = HEADINGS.map(str::to_owned);
    let all: Vec<&Row> = match layout {
        Layout::Lines => rows.iter().collect(),
        Layout::Table => std::iter::once(&headings).chain(rows).collect(),
    };
    let width = |column: usize| match layout {
        Layout::Lines => 0,
        Layout::Table => all.iter().map(|row| row[column].chars().count()).max().unwrap_or(0),
    };
    let [method, path, id] = [width(0), width(1), width(2)];
    let line = |[a, b, c, d]: &Row| format!("{a:method$} {b:path$} {c:id$} {d}");
    let lines = all.iter().map(|row| format!("{}\n", line(row).trim_end()));
    match (layout, title) {
        (Layout::Table, Some(title)) => format!("{title}\n{}\n", lines.collect::<String>()),
        (Layout::Table | Layout::Lines, _) => lines.collect(),
    }
}

/// What a stage knows of the documents.
pub(super) fn inspect(args: &Inspect, report: &mut Report) -> Result<Status, Diagnostics> {
    let mut problems = Diagnostics::default();
    for (client, document) in settings::documents(&args.input)? {
        let selection =
            select::Selection { operations: args.operations.clone(), ..Default::default() };
        let options = Options { selection, ..document };
        let only = args.only.as_deref();
        let text = match specwright::inspect(&options, args.stage.into(), only, &Disk) {
            Ok(text) => text,
            Err(found) => {
                problems.extend(settings::of_client(found, &args.input, client));
                continue;
            }
        };
        let text = text.trim_end();
        let shown = if args.stage.is_json() {
            visible_json(text)
        } else {
            // Line breaks are ours: those of a name are written out before.
            text.lines().map(visible).collect::<Vec<_>>().join("\n")
        };
        report.print(&format!("{shown}\n"));
    }
    problems.into_result()?;
    Ok(Status::Done)
}

/// The page of a code, or what codes there are.
pub(super) fn explain(args: &Explain, report: &mut Report) -> Result<Status, Diagnostics> {
    let Some(name) = &args.code else {
        for code in Code::ALL {
            report.print(&format!("{:22} {}\n", code.as_str(), code.summary()));
        }
        return Ok(Status::Done);
    };
    // As it stands in a message: `error[unknown-key]`.
    let name = name.rsplit('[').next().unwrap_or(name).trim_end_matches([']', ':']);
    let Some(code) = Code::from_name(name) else {
        let alike: Vec<String> = Code::alike(name).iter().map(|code| format!("`{code}`")).collect();
        let help = match alike.is_empty() {
            true => "`specwright explain` lists them".to_owned(),
            false => format!("did you mean {}? `specwright explain` lists all", alike.join(" or ")),
        };
        let message = format!("there is no code `{name}`");
        return Err(Diagnostic::error(Code::Config, message).help(help).into());
    };
    report.print(code.page());
    Ok(Status::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_for_programs_or_below_headings() {
        let row = |words: [&str; 4]| words.map(str::to_owned);
        let rows = [row(["GET", "/pets", "listPets", "Pets, All"]), row(["DELETE", "/", "-", ""])];
        assert_eq!(
            laid_out(&rows, Layout::Lines, Some("a.yaml")),
            "GET /pets listPets Pets, All\nDELETE / -\n"
        );
        let table = "\
METHOD PATH  OPERATION TAGS
GET    /pets listPets  Pets, All
DELETE /     -
";
        assert_eq!(laid_out(&rows, Layout::Table, None), table);
        let titled = format!("a.yaml\n{table}\n");
        assert_eq!(laid_out(&rows, Layout::Table, Some("a.yaml")), titled);
    }
}
