//! The table: on the screen, and as the file that is committed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::documents::Document;
use super::generate::Outcome;
use super::{Run, known};

const COLUMNS: [&str; 11] = [
    "document",
    "version",
    "operations",
    "result",
    "seconds",
    "MB",
    "errors",
    "warnings",
    "typed",
    "untyped",
    "diagnostics",
];
/// The columns of words; the others hold numbers.
const WORDS: [usize; 4] = [0, 1, 3, 10];

/// What of `n` in percent.
pub(super) fn percent(part: u64, whole: u64) -> f64 {
    // Counts of places are far below what a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "a share, for people")]
    let share = part as f64 / whole.max(1) as f64;
    share * 100.0
}

/// Prints the table and the places without a type.
pub(super) fn print(run: &Run) {
    let rows = rows(run);
    let widths: Vec<usize> = (0..COLUMNS.len() - 1)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths.get(column).copied().unwrap_or(0);
            let _ = if WORDS.contains(&column) {
                write!(line, "{cell:<width$}  ")
            } else {
                write!(line, "{cell:>width$}  ")
            };
        }
        println!("{}", line.trim_end());
    }
    for line in untyped(run) {
        println!("{}", line.replace('\t', "  "));
    }
}

/// Writes the table to `tests/corpus`. Only names and numbers, no text of any document, but for the
/// pointers to places without a type.
pub(super) fn record(run: &Run) -> Result<(), String> {
    let mut text = String::new();
    for row in rows(run) {
        let _ = writeln!(text, "{}", row.join("\t").trim_end());
    }
    for line in untyped(run) {
        let _ = writeln!(text, "{line}");
    }
    let _ = writeln!(text, "{}", sums(run));
    let path = known().join(format!("{}.tsv", run.folder));
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn rows(run: &Run) -> Vec<[String; 11]> {
    let each = run.documents.iter().zip(&run.outcomes);
    let head = COLUMNS.map(str::to_owned);
    std::iter::once(head).chain(each.map(|(document, outcome)| row(document, outcome))).collect()
}

fn row(document: &Document, outcome: &Outcome) -> [String; 11] {
    let census = |get: &dyn Fn(&super::generate::Census) -> u64| {
        outcome.census.as_ref().map_or_else(|| "-".to_owned(), |census| get(census).to_string())
    };
    [
        document.name.clone(),
        document.version.clone(),
        census(&|census| census.operations.len() as u64),
        result(outcome),
        format!("{:.2}", outcome.taken.seconds),
        outcome.taken.megabytes.to_string(),
        complaints(outcome, true),
        complaints(outcome, false),
        census(&|census| census.places.typed),
        census(&|census| census.places.untyped_by_us),
        diagnostics(outcome),
    ]
}

fn result(outcome: &Outcome) -> String {
    match outcome.taken.status {
        Some(0) => "generated".to_owned(),
        Some(2) => "refused".to_owned(),
        _ if outcome.taken.hung => "hung".to_owned(),
        Some(status) => format!("status {status}"),
        None => "killed".to_owned(),
    }
}

fn complaints(outcome: &Outcome, errors: bool) -> String {
    let Some(complaints) = &outcome.complaints else { return "-".to_owned() };
    complaints.iter().filter(|complaint| complaint.is_error == errors).count().to_string()
}

/// Such as `ignored 2, name-collision 1`.
fn diagnostics(outcome: &Outcome) -> String {
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for message in &outcome.messages {
        *by_code.entry(&message.code).or_default() += 1;
    }
    let each: Vec<String> = by_code.iter().map(|(code, count)| format!("{code} {count}")).collect();
    each.join(", ")
}

/// Every place that has no type though the document gives it one: document, pointer, reason.
fn untyped(run: &Run) -> Vec<String> {
    let each = run.documents.iter().zip(&run.outcomes);
    each.flat_map(|(document, outcome)| {
        let places = outcome.census.iter().flat_map(|census| &census.untyped_by_us);
        places
            .map(|place| format!("untyped\t{}\t{}\t{}", document.name, place.pointer, place.reason))
    })
    .collect()
}

/// The last line: what all documents come to.
pub(super) fn sums(run: &Run) -> String {
    let count = |holds: &dyn Fn(&Outcome) -> bool| run.outcomes.iter().filter(|o| holds(o)).count();
    let complaints: Vec<_> =
        run.outcomes.iter().filter_map(|outcome| outcome.complaints.as_ref()).collect();
    let errors = complaints.iter().flat_map(|all| all.iter()).filter(|one| one.is_error).count();
    let said = complaints.iter().map(|all| all.len()).sum::<usize>();
    let (mut all, mut untyped) = (0, 0);
    for census in run.outcomes.iter().filter_map(|outcome| outcome.census.as_ref()) {
        all += census.places.all();
        untyped += census.places.untyped_by_us;
    }
    format!(
        "{} documents: {} generated, {} refused, {} otherwise; {} compiled, with {errors} errors and {} \
         warnings; {untyped} of {all} places untyped by us ({:.2} %)",
        run.documents.len(),
        count(&Outcome::is_generated),
        count(&Outcome::is_refused),
        count(&|outcome| !outcome.is_generated() && !outcome.is_refused()),
        complaints.len(),
        said - errors,
        percent(untyped, all),
    )
}
