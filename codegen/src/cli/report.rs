//! Diagnostics to the terminal: as rustc shows them, or as JSON.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;
use specwright::diagnostics::{Diagnostic, Diagnostics, Location, Severity};
use specwright::source::{Disk, Files as _};

use super::args::{Args, Colour, MessageFormat};
use super::progress::Progress;
use super::visible::{escaped, short, shortened, visible, visible_line};
use super::{print, tally};

/// Lines longer than this are not shown: a minified document is one line of megabytes.
const LONGEST_LINE: usize = 500;
/// How much of a file is read again to show a line of it, in bytes.
const EXCERPT: usize = 64 << 20;
/// A person reads so many warnings and notes; more are counted.
const SHOWN: usize = 50;

/// Where a run speaks.
pub(super) struct Report {
    format: MessageFormat,
    is_verbose: bool,
    is_quiet: bool,
    renderer: Renderer,
    files: BTreeMap<PathBuf, Lines>,
    /// Whether stdout is for something that problems would break, such as one value of JSON.
    is_apart: bool,
    /// Why stdout took no more, if it did not.
    failed: Option<io::Error>,
}

/// A file cut into lines once, however many of them are shown.
struct Lines {
    text: String,
    ranges: Vec<Range<usize>>,
    /// Whether there is such a file.
    is_read: bool,
}

impl Report {
    pub(super) fn new(args: &Args) -> Self {
        let is_coloured = match args.color {
            Colour::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                io::stderr().is_terminal() && !refused
            }
            Colour::Always => true,
            Colour::Never => false,
        };
        let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
        let (is_verbose, is_quiet) = (args.verbose, args.quiet);
        Self { is_verbose, is_quiet, renderer, ..Self::plain(args.message_format) }
    }

    /// Where a run speaks whose arguments are not known.
    pub(super) fn plain(format: MessageFormat) -> Self {
        let renderer = Renderer::plain();
        let (is_verbose, is_quiet, is_apart) = (false, false, false);
        let files = BTreeMap::new();
        Self { format, is_verbose, is_quiet, renderer, files, is_apart, failed: None }
    }

    /// Tells of panics when they happen, where a server goes on without what has panicked.
    #[cfg(any(feature = "preview", feature = "serve"))]
    pub(super) fn tell_bugs_at_once(&self) {
        let format = self.format;
        super::tell_bugs_at_once(move |bug| Self::plain(format).diagnostics(bug.into()));
    }

    /// Where long work shows that it goes on: for people, who want to hear of it.
    pub(super) fn progress(&self) -> Progress {
        match self.format {
            MessageFormat::Human if !self.is_quiet => Progress::on_terminal(),
            MessageFormat::Human | MessageFormat::Json => Progress::hidden(),
        }
    }

    /// Tells of problems on stderr, whatever their format: stdout is for one value.
    pub(super) fn tell_on_stderr(&mut self) {
        self.is_apart = true;
    }

    /// Tells of problems, in the order of the files they are in.
    pub(super) fn diagnostics(&mut self, mut diagnostics: Diagnostics) {
        if self.is_quiet {
            // Where there is a note, nothing is wrong.
            let is_problem = |one: &Diagnostic| one.severity != Severity::Note;
            diagnostics = diagnostics.into_iter().filter(is_problem).collect();
        }
        diagnostics.sort();
        let (mut shown, mut left) = (0, [0; 2]);
        for diagnostic in &diagnostics {
            if self.format == MessageFormat::Json {
                self.tell(&object(diagnostic));
                continue;
            }
            let kind = match diagnostic.severity {
                Severity::Error => None,
                Severity::Warning => Some(0),
                Severity::Note => Some(1),
            };
            match kind {
                Some(kind) if shown == SHOWN && !self.is_verbose => left[kind] += 1,
                _ => {
                    shown += usize::from(kind.is_some());
                    let text = self.human(diagnostic);
                    to_stderr(&text);
                }
            }
        }
        self.aside(&left_out(left));
        if diagnostics.has_errors() {
            self.sum(&diagnostics);
        }
        // The worst comes first.
        if let Some(first) = diagnostics.iter().min_by_key(|d| d.severity) {
            self.aside(&format!("`specwright explain {}` says more", first.code));
        }
    }

    /// How many problems a run had that was refused; programs read that there is no more to come.
    fn sum(&mut self, diagnostics: &Diagnostics) {
        let errors = diagnostics.number(Severity::Error);
        let warnings = diagnostics.number(Severity::Warning);
        match self.format {
            MessageFormat::Json => {
                let sum = json!({"summary": {"errors": errors, "warnings": warnings}});
                self.tell(&sum);
            }
            MessageFormat::Human => {
                let errors = tally::count(errors, "error");
                self.aside(&match warnings {
                    0 => errors,
                    _ => format!("{errors} and {}", tally::count(warnings, "warning")),
                });
            }
        }
    }

    /// One line of JSON for programs.
    fn tell(&mut self, object: &serde_json::Value) {
        match self.is_apart {
            true => to_stderr(&object.to_string()),
            false => self.print(&format!("{object}\n")),
        }
    }

    /// Writes to stdout, and keeps in mind if that fails.
    pub(super) fn print(&mut self, text: &str) {
        if let Err(error) = print(text) {
            self.failed.get_or_insert(error);
        }
    }

    /// Writes one line to stdout, whatever a name in it says.
    pub(super) fn print_line(&mut self, line: &str) {
        self.print(&format!("{}\n", visible_line(line)));
    }

    /// Why something that was said did not arrive.
    pub(super) fn failure(&mut self) -> Option<io::Error> {
        self.failed.take()
    }

    /// Says in one line what was done, to those who want to hear of it.
    pub(super) fn say(&mut self, line: &str) {
        if !self.is_quiet {
            self.announce(line);
        }
    }

    /// Says in one line what the run is for, whatever a title in it says. In the JSON format stdout is
    /// for diagnostics alone.
    pub(super) fn announce(&mut self, line: &str) {
        match self.format {
            MessageFormat::Human => self.print(&format!("{}\n", one_line(line))),
            MessageFormat::Json => to_stderr(&one_line(line)),
        }
    }

    /// Adds what only a person wants to see.
    pub(super) fn aside(&self, text: &str) {
        if self.format == MessageFormat::Human && !text.is_empty() {
            let lines: Vec<String> = text.lines().map(visible).collect();
            to_stderr(&lines.join("\n"));
        }
    }

    fn human(&mut self, diagnostic: &Diagnostic) -> String {
        let Diagnostic { code, severity, message, pointer, location, help, .. } = diagnostic;
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group = Group::with_title(level.primary_title(short(message)).id(code.as_str()));
        let excerpt = location.as_ref().and_then(|location| self.excerpt(location));
        match (location, &excerpt) {
            (Some(location), Some((line, span))) => {
                let snippet = Snippet::source(line.as_str())
                    .line_start(location.line)
                    .path(visible_line(&location.file.display().to_string()))
                    .annotation(AnnotationKind::Primary.span(span.clone()));
                group = group.element(snippet);
            }
            (Some(location), None) => {
                let origin = Origin::path(visible_line(&location.file.display().to_string()));
                let is_read = self.files.get(&location.file).is_some_and(|lines| lines.is_read);
                group = group.element(match location.place().filter(|_| is_read) {
                    Some((line, column)) => origin.line(line).char_column(column),
                    // What is not there, or is no text, has no lines.
                    None => origin,
                });
            }
            (None, _) => {}
        }
        if let Some(pointer) = pointer.as_ref().filter(|pointer| !pointer.as_str().is_empty()) {
            group = group.element(
                Level::NOTE.message(format!("at #{}", shortened(&visible(pointer.as_str())))),
            );
        }
        if let Some(help) = help {
            group = group.element(Level::HELP.message(short(help)));
        }
        self.renderer.render(&[group])
    }

    /// The line of a location and the part of it to underline, in bytes.
    fn excerpt(&mut self, location: &Location) -> Option<(String, Range<usize>)> {
        let path = &location.file;
        let lines = self.files.entry(path.clone()).or_insert_with(|| Lines::read(path));
        let line = lines.text.get(lines.ranges.get(location.line.checked_sub(1)?)?.clone())?;
        let line = line.trim_end_matches(['\r', '\n']);
        // Text of another encoding looks like nothing its author has written.
        if line.len() > LONGEST_LINE || line.trim().is_empty() || line.contains('\0') {
            return None;
        }
        let start = line.char_indices().nth(location.column.checked_sub(1)?)?.0;
        let (before, word) =
            (escaped(&line[..start]), escaped(&line[start..start + word(&line[start..])]));
        Some((escaped(line), before.len()..before.len() + word.len()))
    }
}

impl Lines {
    /// The file that a location names; another stage has read it before.
    fn read(path: &Path) -> Self {
        let read = Disk.read(path, EXCERPT);
        let is_read = read.is_ok();
        let bytes = read.unwrap_or_default();
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        let text = match text.strip_prefix('\u{FEFF}') {
            Some(text) => text.to_owned(),
            None => text,
        };
        let mut end = 0;
        let ranges = text.split_inclusive('\n').map(|line| {
            let start = end;
            end += line.len();
            start..end
        });
        Self { ranges: ranges.collect(), text, is_read }
    }
}

/// How many warnings and notes nobody was shown.
fn left_out([warnings, notes]: [usize; 2]) -> String {
    let more = |number: usize, what: &str| {
        (number > 0).then(|| tally::count(number as u64, what).replacen(' ', " more ", 1))
    };
    let all: Vec<String> =
        more(warnings, "warning").into_iter().chain(more(notes, "note")).collect();
    if all.is_empty() {
        return String::new();
    }
    format!("{}; `--verbose` shows all", all.join(" and "))
}

/// The length in bytes of the key or scalar that the text begins with.
fn word(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let is_end = |c: char| match first {
        '{' | '[' => true,
        '"' | '\'' => c == first,
        _ => c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']'),
    };
    let quote = usize::from(matches!(first, '"' | '\''));
    chars.find(|&(_, c)| is_end(c)).map_or(text.len(), |(at, _)| at + quote)
}

/// One diagnostic on one line, every key always there.
pub(super) fn object(diagnostic: &Diagnostic) -> serde_json::Value {
    let Diagnostic { code, severity, message, pointer, location, help, .. } = diagnostic;
    let place = location.as_ref().and_then(Location::place);
    json!({
        "code": code.as_str(),
        "severity": severity.as_str(),
        "message": message,
        "file": location.as_ref().map(|location| location.file.display().to_string()),
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "pointer": pointer.as_ref().map(|pointer| pointer.as_str()),
        "help": help,
    })
}

/// What was done, as a line.
fn one_line(line: &str) -> String {
    short(line).replace(['\n', '\r'], " ")
}

/// Whoever has closed stderr does not want to know.
pub(super) fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_where_its_key_does() {
        let check = |text, expected| assert_eq!(word(text), expected, "{text}");
        check("minimum: 1", 7);
        check("\"a b\": 1", 5);
        check("'it': x", 4);
        check("- x", 1);
        check("été, b", 5);
        check("\"open", 5);
        check("{a}", 1);
        check("[", 1);
        check("", 0);
    }
}
