//! `list` and `inspect`: looking without writing.

use std::path::Path;

use annotate_snippets::normalize_untrusted_str as normal;
use specwright::diagnostics::Diagnostics;
use specwright::source::Disk;
use specwright::{Options, load, select};

use super::args::{Input, Inspect};
use super::{Status, print, settings};

/// The operations of the documents, as their paths come.
pub(super) fn list(args: &Input) -> Result<Status, Diagnostics> {
    for spec in settings::specs(args)? {
        print(&operations(&spec)?);
    }
    Ok(Status::Done)
}

fn operations(spec: &Path) -> Result<String, Diagnostics> {
    let source = load::load(&Disk, spec)?;
    let mut text = String::new();
    for operation in select::operations(&source.root) {
        let method = operation.method.to_uppercase();
        let id = operation.id.unwrap_or("-");
        let line = format!("{method} {} {id} {}", operation.path, operation.tags.join(", "));
        text.push_str(&normal(line.trim_end()));
        text.push('\n');
    }
    Ok(text)
}

/// What a stage knows of the documents.
pub(super) fn inspect(args: &Inspect) -> Result<Status, Diagnostics> {
    for spec in settings::specs(&args.input)? {
        let selection =
            select::Selection { operations: args.operations.clone(), ..Default::default() };
        let options = Options { spec, selection, ..Options::default() };
        let only = args.only.as_deref();
        print(specwright::inspect(&options, args.stage.into(), only, &Disk)?.trim_end());
        print("\n");
    }
    Ok(Status::Done)
}
