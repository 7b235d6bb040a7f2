//! `list`, `inspect` and `explain`: looking without writing.

use specwright::diagnostics::{Code, Diagnostic, Diagnostics};
use specwright::source::Disk;
use specwright::{Options, select};

use super::args::{Explain, Input, Inspect};
use super::report::Report;
use super::visible::{visible, visible_json, visible_line};
use super::{Status, settings};

/// The operations of the documents, as their paths come.
pub(super) fn list(args: &Input, report: &mut Report) -> Result<Status, Diagnostics> {
    for document in settings::documents(args)? {
        report.print(&operations(&document)?);
    }
    Ok(Status::Done)
}

fn operations(document: &Options) -> Result<String, Diagnostics> {
    let source = specwright::one_tree(document, &Disk)?;
    let mut text = String::new();
    for operation in select::operations(&source.root) {
        let method = operation.method.to_uppercase();
        let id = operation.id.unwrap_or("-");
        let line = format!("{method} {} {id} {}", operation.path, operation.tags.join(", "));
        text.push_str(&visible_line(line.trim_end()));
        text.push('\n');
    }
    Ok(text)
}

/// What a stage knows of the documents.
pub(super) fn inspect(args: &Inspect, report: &mut Report) -> Result<Status, Diagnostics> {
    for document in settings::documents(&args.input)? {
        let selection =
            select::Selection { operations: args.operations.clone(), ..Default::default() };
        let options = Options { selection, ..document };
        let only = args.only.as_deref();
        let text = specwright::inspect(&options, args.stage.into(), only, &Disk)?;
        let text = text.trim_end();
        let shown = if args.stage.is_json() {
            visible_json(text)
        } else {
            // Line breaks are ours: those of a name are written out before.
            text.lines().map(visible).collect::<Vec<_>>().join("\n")
        };
        report.print(&format!("{shown}\n"));
    }
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
        let help = match Code::nearest(name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`specwright explain` lists them".to_owned(),
        };
        let message = format!("there is no code `{name}`");
        return Err(Diagnostic::error(Code::Config, message).help(help).into());
    };
    report.print(code.page());
    Ok(Status::Done)
}
