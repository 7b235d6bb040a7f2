//! The rows as a table of Markdown, and its place in the docs.

use std::fmt::Write as _;
use std::path::Path;

use super::Plan;
use super::generator::Generator;
use super::rows::{Cell, Row, Unit};
use crate::workspace;

/// Between these two lines of a file stands what this program has written.
const BEGIN: &str = "<!-- compare: begin -->";
const END: &str = "<!-- compare: end -->";

/// How much of a complaint fits into a cell.
const COMPLAINT: usize = 80;

pub(super) fn render(document: &str, generators: &[Generator], rows: &[Row], plan: Plan) -> String {
    let mut text = format!(
        "`{document}`: medians, least and most of {} runs of each generator, {} builds{}, in turn; \
         as many times ours.\n\n|",
        plan.runs,
        plan.builds,
        if plan.cold > 0 { format!(" and {} from nothing", plan.cold) } else { String::new() },
    );
    for generator in generators {
        let name = format!("{} {}", generator.kind.name(), generator.version);
        let _ = write!(text, " | {}", name.trim());
    }
    text.push_str(" |\n|---");
    for _ in generators {
        text.push_str("|--:");
    }
    text.push_str("|\n");
    for row in rows {
        let _ = write!(text, "| {}", row.what);
        let ours = match row.cells.first() {
            Some(Cell::Measured(sample)) => Some(sample.median()),
            Some(Cell::Failed(_) | Cell::Nothing) | None => None,
        };
        for (index, cell) in row.cells.iter().enumerate() {
            let ours = ours.filter(|_| index > 0);
            let _ = write!(text, " | {}", show(cell, row.unit, ours));
        }
        text.push_str(" |\n");
    }
    text
}

fn show(cell: &Cell, unit: Unit, ours: Option<f64>) -> String {
    let sample = match cell {
        Cell::Measured(sample) => sample,
        Cell::Failed(why) => {
            return why.chars().take(COMPLAINT).collect::<String>().replace('|', "/");
        }
        Cell::Nothing => return "–".to_owned(),
    };
    let mut text = value(sample.median(), unit);
    if unit == Unit::Seconds && sample.least() < sample.most() {
        let _ = write!(text, " ({} to {})", number(sample.least()), number(sample.most()));
    }
    if let Some(ours) = ours.filter(|ours| *ours > 0.0) {
        let _ = write!(text, ", {:.2} ×", sample.median() / ours);
    }
    text
}

fn value(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds => format!("{} s", number(value)),
        Unit::Mebibytes => format!("{value:.0} MiB"),
        Unit::Number => grouped(value),
    }
}

/// Two digits that count are enough of a time.
fn number(value: f64) -> String {
    const TENTHS_FROM: f64 = 10.0;
    if value < TENTHS_FROM { format!("{value:.2}") } else { format!("{value:.1}") }
}

/// `183,637`.
fn grouped(value: f64) -> String {
    const DIGITS: usize = 3;
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % DIGITS == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes all tables into the docs, between the two lines; and the first into the README, where that
/// has them.
pub(super) fn record(tables: &[String]) -> Result<(), String> {
    let root = workspace::root();
    let docs = root.join("codegen/docs/performance.md");
    if !replace(&docs, &tables.join("\n"))? {
        return Err(format!("{}: there is no {BEGIN} … {END}", docs.display()));
    }
    match tables.first() {
        Some(first) => replace(&root.join("README.md"), first).map(drop),
        None => Ok(()),
    }
}

/// Whether the file has the two lines, and has got the table then.
fn replace(path: &Path, table: &str) -> Result<bool, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(told)?;
    let Some(text) = between(&text, table) else { return Ok(false) };
    std::fs::write(path, text).map_err(told).map(|()| true)
}

/// The text with another table between the two lines.
fn between(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{Unit, between, grouped, show};
    use crate::compare::rows::Cell;
    use crate::compare::sample::Sample;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(807.0), "807");
        assert_eq!(grouped(183_637.0), "183,637");
    }

    #[test]
    fn a_cell_has_the_middle_the_ends_and_the_ratio() {
        let mut sample = Sample::default();
        for value in [0.5, 0.7, 0.6] {
            sample.push(value);
        }
        let cell = Cell::Measured(sample);
        assert_eq!(show(&cell, Unit::Seconds, Some(0.3)), "0.60 s (0.50 to 0.70), 2.00 ×");
        assert_eq!(show(&Cell::Failed("a | b".to_owned()), Unit::Seconds, None), "a / b");
    }

    #[test]
    fn only_what_is_between_the_lines_is_replaced() {
        let text = "a\n<!-- compare: begin -->\nold\n<!-- compare: end -->\nb\n";
        let new = between(text, "new\n");
        assert_eq!(
            new.as_deref(),
            Some("a\n<!-- compare: begin -->\n\nnew\n\n<!-- compare: end -->\nb\n")
        );
        assert_eq!(between("nothing", "new"), None);
    }
}
