//! `tests/corpus/expected.tsv`: every error of every document that is refused.
//!
//! A line is the document with its folder, the code, the line of the document, and why the refusal
//! is right, in the words of whoever read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::documents::Document;
use super::generate::{Message, Outcome};
use super::{Run, known};

/// A refusal: the document, the code and the line.
type Refusal = (String, String, String);

const HEAD: &str = "document\tcode\tline\twhy the document is refused\n";

/// What differs from the list, in both directions.
pub(super) fn differences(run: &Run) -> Result<Vec<String>, String> {
    let list = read()?;
    let today = today(run);
    let ran: BTreeSet<String> =
        run.documents.iter().map(|document| full_name(run, document)).collect();
    let prefix = format!("{}/", run.folder);
    let concerns = |document: &str| {
        ran.contains(document) || (!run.is_partial && document.starts_with(&prefix))
    };
    let gone = list.keys().filter(|refusal| concerns(&refusal.0) && !today.contains(refusal));
    let new = today.iter().filter(|refusal| !list.contains_key(refusal));
    let told = |(document, code, line): &Refusal| format!("{document}:{line}: {code}");
    let gone = gone.map(|refusal| {
        format!("{}: expected.tsv lists this error, and it does not occur", told(refusal))
    });
    let new = new.map(|refusal| format!("{}: expected.tsv has no such error", told(refusal)));
    let unread = list.iter().filter(|(refusal, why)| concerns(&refusal.0) && why.is_empty());
    let unread = unread.map(|(refusal, _)| format!("{}: nobody has said why", told(refusal)));
    Ok(gone.chain(new).chain(unread).collect())
}

/// Writes the refusals of today into the list; what was said of those that remain is kept.
pub(super) fn accept(run: &Run) -> Result<(), String> {
    let mut list = read()?;
    let prefix = format!("{}/", run.folder);
    let before: BTreeMap<Refusal, String> =
        list.extract_if(.., |refusal, _| refusal.0.starts_with(&prefix)).collect();
    for refusal in today(run) {
        let why = before.get(&refusal).cloned().unwrap_or_default();
        list.insert(refusal, why);
    }
    let mut text = HEAD.to_owned();
    for ((document, code, line), why) in list {
        let _ = writeln!(text, "{document}\t{code}\t{line}\t{why}");
    }
    std::fs::write(known().join("expected.tsv"), text).map_err(|error| error.to_string())
}

fn read() -> Result<BTreeMap<Refusal, String>, String> {
    let path = known().join("expected.tsv");
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let line = |line: &str| match line.split('\t').collect::<Vec<_>>()[..] {
        [document, code, place, why] => {
            Ok(((document.to_owned(), code.to_owned(), place.to_owned()), why.trim().to_owned()))
        }
        _ => Err(format!("{}: not four columns: {line}", path.display())),
    };
    text.lines().skip(1).map(line).collect()
}

fn today(run: &Run) -> BTreeSet<Refusal> {
    let each = run.documents.iter().zip(&run.outcomes);
    each.filter(|(_, outcome)| outcome.is_refused())
        .flat_map(|(document, outcome)| errors(run, document, outcome))
        .collect()
}

fn errors(run: &Run, document: &Document, outcome: &Outcome) -> Vec<Refusal> {
    let errors = outcome.messages.iter().filter(|message| message.is_error());
    let refusal = |message: &Message| {
        (full_name(run, document), message.code.clone(), place(document, message))
    };
    errors.map(refusal).collect()
}

fn full_name(run: &Run, document: &Document) -> String {
    format!("{}/{}", run.folder, document.name)
}

/// The line, with the file in front if it is another than the document itself.
fn place(document: &Document, message: &Message) -> String {
    let line = message.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
    match message.file.as_deref().map(Path::new) {
        Some(file) if file != document.path => {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            format!("{name}:{line}")
        }
        Some(_) | None => line,
    }
}
