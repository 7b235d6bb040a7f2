//! A stranger's prose, made safe to stand in a doc comment.
//!
//! What comes in is whatever the document's author typed; what goes out is Markdown that rustdoc
//! renders without a warning and that `cargo test` finds nothing to run in:
//!
//! - code blocks are marked `text`, and indentation that would make one is taken away;
//! - a line that goes on in an item of a list stands under the item's words;
//! - HTML is shown, not interpreted;
//! - square brackets are text unless they are a link to the web, because rustdoc would look for a
//!   Rust item of that name;
//! - control characters and those that reorder text are dropped.

mod inline;

use std::borrow::Cow;

use serde_json::Value;

use super::Docs;
use crate::plain::{is_dangerous, one_line};

/// The lines of `text` as they may follow `///`.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut fence: Option<Fence> = None;
    let mut item: Option<usize> = None;
    let clean = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    for line in clean.lines() {
        let line = harmless(line);
        match &fence {
            Some(open) if open.is_closed_by(&line) => {
                out.push(open.text());
                fence = None;
            }
            // A tab has no width of its own, and clippy wants none in docs.
            Some(_) => out.push(line.trim_end().replace('\t', "    ")),
            None => match Fence::opened_by(&line) {
                Some(open) => {
                    out.push(format!("{}text", open.text()));
                    fence = Some(open);
                    item = None;
                }
                None => out.push(in_list(prose(&line), &mut item)),
            },
        }
    }
    out.extend(fence.map(|open| open.text()));
    trim_blank(out)
}

/// The text without characters that are not what they look like.
fn harmless(text: &str) -> Cow<'_, str> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
    if is_plain || !text.contains(is_dangerous) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_dangerous(*c)).collect())
}

/// `text` as one line of inline Markdown, in which nothing is a block.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::new();
    inline::copy(&harmless(&collapsed(text)), &mut out);
    // At the start of a line these would open a block of code, and so would backticks, were they
    // not escaped (CommonMark 4.5).
    if out.starts_with("~~~") { format!("\\{out}") } else { out }
}

/// The lines of a text behind other words, as in an item of a list: a block begins on a line of its
/// own, so that what ends it does not begin another.
pub(super) fn behind(lead: String, lines: Docs) -> Docs {
    let is_block = lines.first().is_some_and(|line| Fence::opened_by(line).is_some());
    let mut lines = lines.into_iter();
    let first = if is_block { None } else { lines.next() };
    let first = first.map_or(lead.clone(), |line| format!("{lead} {line}"));
    let rest = lines.map(|line| if line.is_empty() { line } else { format!("  {line}") });
    [first.trim_end().to_owned()].into_iter().chain(rest).collect()
}

/// Whether a line, as [`lines`] has it, begins something else than a paragraph goes on with.
pub(super) fn is_block(line: &str) -> bool {
    let words = line.trim_start();
    words.is_empty()
        || words.starts_with(['#', '>', '|'])
        || marker(words).is_some()
        || Fence::opened_by(words).is_some()
}

/// `text` as a code span, whatever backticks it holds (CommonMark 6.1).
pub(super) fn code(text: &str) -> String {
    let clean = one_line(text);
    let longest = clean.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if longest > 0 || clean.trim().is_empty() { " " } else { "" };
    format!("{ticks}{pad}{clean}{pad}{ticks}")
}

/// A text of the wire as a code span. One that nobody would see as it is, because of blanks or other
/// characters that show nothing, stands there as a literal.
pub(super) fn spelled(text: &str) -> String {
    let is_hidden = |c: char| is_dangerous(c) || c.is_control() || (c.is_whitespace() && c != ' ');
    match text.trim() != text || text.is_empty() || text.contains(is_hidden) {
        true => code(&format!("{text:?}")),
        false => code(text),
    }
}

/// A value of the wire as a code span: a text that could be taken for another one is a literal.
pub(super) fn value(value: &Value) -> String {
    let is_other = |text: &&str| serde_json::from_str::<Value>(text).is_ok();
    match value.as_str() {
        Some(text) if !is_other(&text) => spelled(text),
        _ => code(&value.to_string()),
    }
}

fn trim_blank(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines
}

/// A fenced code block that is open.
struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence may stand in a quotation or a list; what we print stands at the margin.
    fn opened_by(line: &str) -> Option<Self> {
        let rest = line.trim_start_matches(|c: char| {
            c.is_whitespace()
                || c.is_ascii_digit()
                || matches!(c, '>' | '-' | '*' | '+' | '.' | ')')
        });
        let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = rest.chars().take_while(|c| *c == mark).count();
        let info = &rest[length..];
        (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Self { mark, length })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let rest = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
        rest.chars().count() >= self.length && rest.chars().all(|c| c == self.mark)
    }

    fn text(&self) -> String {
        std::iter::repeat_n(self.mark, self.length).collect()
    }
}

/// One line outside code blocks.
fn prose(line: &str) -> String {
    let spaces = line.chars().take_while(|c| c.is_whitespace()).count().min(3);
    let words = collapsed(line);
    let mut out = " ".repeat(if words.is_empty() { 0 } else { spaces });
    inline::copy(&words, &mut out);
    out
}

/// The words of a line with one space between them, as most lines have it.
fn collapsed(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    let mut before = 0;
    let is_collapsed = line.bytes().all(|byte| {
        let is_pair = byte == b' ' && before == b' ';
        before = byte;
        !is_pair && matches!(byte, b' '..=b'~')
    });
    if is_collapsed {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The line as it may follow an item of a list whose words begin in column `item`. A paragraph goes
/// on without indentation (CommonMark 5.2, laziness), and whoever reads the source is misled.
fn in_list(line: String, item: &mut Option<usize>) -> String {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    if let Some(marker) = marker(words) {
        *item = Some(indent + marker);
        return line;
    }
    if words.is_empty() || words.starts_with(['#', '>', '|']) {
        *item = None;
    }
    match item {
        Some(column) => format!("{}{words}", " ".repeat(*column)),
        None => line,
    }
}

/// The width of the marker that makes a line an item of a list, with the space behind it.
fn marker(words: &str) -> Option<usize> {
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let mark = words[digits..].chars().next()?;
    let is_mark = match digits {
        0 => matches!(mark, '-' | '*' | '+'),
        1..=9 => matches!(mark, '.' | ')'),
        _ => false,
    };
    (is_mark && words[digits + 1..].starts_with(' ')).then_some(digits + 2)
}

#[cfg(test)]
mod tests {
    use super::{behind, code, inline, lines, spelled, value};

    #[track_caller]
    fn check(input: &str, expected: &[&str]) {
        assert_eq!(lines(input), expected, "{input:?}");
    }

    #[test]
    fn prose_stays_prose() {
        check("Plain **bold** and `code`.", &["Plain **bold** and `code`."]);
        check("one\r\ntwo\rthree", &["one", "two", "three"]);
        check("a\n\nb\n\n", &["a", "", "b"]);
    }

    #[test]
    fn code_never_runs() {
        check("```rust\npanic!()\n```", &["```text", "panic!()", "```"]);
        check("```\nopen", &["```text", "open", "```"]);
        check("```\n\ta\n```", &["```text", "    a", "```"]);
        check("~~~\nx\n~~~", &["~~~text", "x", "~~~"]);
        check("> ```\n> x\n> ```", &["```text", "> x", "```"]);
        check("    indented()", &["   indented()"]);
        check("-      indented()", &["- indented()"]);
        check(">\tindented()", &["> indented()"]);
        check("````\n```\n````", &["````text", "```", "````"]);
    }

    #[test]
    fn an_item_goes_on_under_its_words() {
        check("- a\nb\n- c\n     d\n\ne", &["- a", "  b", "- c", "  d", "", "e"]);
        check("10. a\nb", &["10. a", "    b"]);
        check(" * a\n , b\n# c\nd", &[" * a", "   , b", "# c", "d"]);
        check("-a\n1.b\n- \nc", &["-a", "1.b", "-", "c"]);
    }

    #[test]
    fn one_line_holds_no_block() {
        assert_eq!(inline("~~~rust\npanic!()"), "\\~~~rust panic!()");
        assert_eq!(inline("```rust\npanic!()\n```"), "```rust panic!() ```");
        assert_eq!(inline("```rust\npanic!()"), "\\`\\`\\`rust panic!()");
        assert_eq!(inline("a\n\n    b\u{2028}c"), "a b c");
    }

    #[test]
    fn a_block_in_a_list_begins_on_its_own_line() {
        let item = |text| behind("- `a`:".to_owned(), lines(text));
        assert_eq!(item("~~~\nx\n~~~"), ["- `a`:", "  ~~~text", "  x", "  ~~~"]);
        assert_eq!(item("one\n\ntwo"), ["- `a`: one", "", "  two"]);
        assert_eq!(item(""), ["- `a`:"]);
    }

    #[test]
    fn nothing_foreign_is_interpreted() {
        check("<script>x</script>", &["&lt;script>x&lt;/script>"]);
        check("`<b>` stays", &["`<b>` stays"]);
        check("see [Vec] and **members[n].id**", &["see \\[Vec\\] and **members\\[n\\].id**"]);
        check("[x](#tag/Y) [y](https://e.org/a)", &["x [y](https://e.org/a)"]);
        check("![i](https://e.org/i.png)", &["\\![i](https://e.org/i.png)"]);
        check("at https://e.org/a.", &["at <https://e.org/a>."]);
        check("a ` b", &["a \\` b"]);
        check("a\u{202E}b\u{2028}c", &["abc"]);
    }

    #[test]
    fn what_shows_nothing_is_spelled() {
        for (text, expected) in [
            ("a b", "`a b`"),
            ("", "`\"\"`"),
            ("  ", "`\"  \"`"),
            ("a ", "`\"a \"`"),
            ("\t", "`\"\\t\"`"),
            ("a\u{202E}b", "`\"a\\u{202e}b\"`"),
        ] {
            assert_eq!(spelled(text), expected, "{text:?}");
        }
        for (json, expected) in
            [("1.5", "`1.5`"), ("null", "`null`"), ("\"a\"", "`a`"), ("\"1\"", "`\"1\"`")]
        {
            assert_eq!(value(&serde_json::from_str(json).unwrap()), expected);
        }
    }

    #[test]
    fn code_spans_hold_anything() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code(""), "`  `");
        assert_eq!(code("a\nb"), "`a b`");
    }
}
