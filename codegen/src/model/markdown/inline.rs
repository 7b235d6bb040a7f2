//! One line of inline Markdown, piece by piece: code spans, links and addresses stay what they are,
//! everything else is text.
//!
//! A piece that is opened and never closed is text as well. Looking for its end once for each opening
//! would take the square of a line of nothing but openings, so what was found, or is not there, is
//! remembered: the time is linear in the line, but for a logarithm.

use std::collections::BTreeMap;

/// Copies `line` to `out`.
pub(super) fn copy(line: &str, out: &mut String) {
    let inline = Inline {
        line,
        at: 0,
        out,
        ticks: Ticks::of(line),
        bracket: Next::of(|c| c == ']'),
        parenthesis: Next::of(|c| c == ')'),
        opening: Next::of(|c| c == '['),
        tick: Next::of(|c| c == '`'),
        blank: Next::of(char::is_whitespace),
    };
    inline.run();
}

struct Inline<'t, 'o> {
    line: &'t str,
    /// How much of it is copied, in bytes.
    at: usize,
    out: &'o mut String,
    ticks: Ticks,
    bracket: Next,
    parenthesis: Next,
    opening: Next,
    tick: Next,
    blank: Next,
}

/// The runs of backticks of a line.
#[derive(Default)]
struct Ticks {
    /// Where each run ends, by where it starts.
    ends: BTreeMap<usize, usize>,
    /// Where the runs of each length start, in order.
    starts: BTreeMap<usize, Vec<usize>>,
}

impl Ticks {
    fn of(line: &str) -> Self {
        let mut ticks = Self::default();
        if !line.contains('`') {
            return ticks;
        }
        let mut start = None;
        for (at, byte) in line.bytes().chain([b' ']).enumerate() {
            match (byte, start) {
                (b'`', None) => start = Some(at),
                (b'`', Some(_)) | (_, None) => {}
                (_, Some(first)) => {
                    ticks.ends.insert(first, at);
                    ticks.starts.entry(at - first).or_default().push(first);
                    start = None;
                }
            }
        }
        ticks
    }

    /// The end of the run that `at` is in.
    fn end(&self, at: usize) -> usize {
        self.ends.range(..=at).next_back().map_or(at, |(_, end)| *end)
    }

    /// The next run of so many backticks.
    fn next(&self, length: usize, from: usize) -> Option<usize> {
        let starts = self.starts.get(&length)?;
        starts.get(starts.partition_point(|start| *start < from)).copied()
    }
}

/// The next character of one kind, for questions that only ever go forward.
struct Next {
    is_wanted: fn(char) -> bool,
    /// The answer for every place from the first to the second, if there is one.
    known: Option<(usize, Option<usize>)>,
}

impl Next {
    fn of(is_wanted: fn(char) -> bool) -> Self {
        Self { is_wanted, known: None }
    }

    /// Where it is, from `from` on.
    fn find(&mut self, line: &str, from: usize) -> Option<usize> {
        match self.known {
            Some((since, found)) if since <= from && found.is_none_or(|at| from <= at) => found,
            Some(_) | None => {
                let found = line[from..].find(self.is_wanted).map(|at| from + at);
                self.known = Some((from, found));
                found
            }
        }
    }

    /// Whether there is one in this part of the line.
    fn is_in(&mut self, line: &str, (from, to): (usize, usize)) -> bool {
        self.find(line, from).is_some_and(|at| at < to)
    }
}

impl<'t> Inline<'t, '_> {
    fn run(mut self) {
        loop {
            self.plain();
            let Some(c) = self.rest().chars().next() else { return };
            let taken = match c {
                '`' => self.code_span(),
                '[' => self.link(),
                'h' => self.bare_url(),
                _ => None,
            };
            match taken {
                Some(end) => self.at = end,
                None => self.one(c),
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.line[self.at..]
    }

    /// Passes what can begin nothing.
    fn plain(&mut self) {
        let rest = self.rest();
        let begins = |byte: u8| matches!(byte, b'`' | b'[' | b']' | b'<' | b'!' | b'\\');
        let address = |at: usize| rest.as_bytes()[at..].starts_with(b"http");
        let stops = |(at, byte): (usize, u8)| begins(byte) || (byte == b'h' && address(at));
        let end = rest.bytes().enumerate().position(stops).unwrap_or(rest.len());
        self.out.push_str(&rest[..end]);
        self.at += end;
    }

    fn one(&mut self, c: char) {
        let rest = self.rest();
        let mut length = c.len_utf8();
        match c {
            '<' => self.out.push_str("&lt;"),
            '[' | ']' | '`' => {
                self.out.push('\\');
                self.out.push(c);
            }
            '!' if rest[1..].starts_with('[') => self.out.push_str("\\!"),
            '\\' => match rest[1..].chars().next() {
                Some('<') => {
                    self.out.push_str("&lt;");
                    length += 1;
                }
                Some(next) if next.is_ascii_punctuation() => {
                    self.out.push('\\');
                    self.out.push(next);
                    length += 1;
                }
                _ => self.out.push_str("\\\\"),
            },
            _ => self.out.push(c),
        }
        self.at += length;
    }

    /// A code span that ends on this line: its end.
    fn code_span(&mut self) -> Option<usize> {
        let end = self.ticks.end(self.at);
        let ticks = end - self.at;
        let closing = self.ticks.next(ticks, end)? + ticks;
        self.out.push_str(&self.line[self.at..closing]);
        Some(closing)
    }

    /// An inline link, and its end; to the web it stays one, elsewhere only its text stays.
    fn link(&mut self) -> Option<usize> {
        let line = self.line;
        let start = self.at + 1;
        let close = self.bracket.find(line, start)?;
        let target = close + 2;
        let is_link = line[close + 1..].starts_with('(')
            && !self.opening.is_in(line, (start, close))
            && !self.tick.is_in(line, (start, close));
        if !is_link {
            return None;
        }
        let end = self.parenthesis.find(line, target)?;
        if self.blank.is_in(line, (target, end)) {
            return None;
        }
        let (text, url) = (&line[start..close], &line[target..end]);
        let mut shown = String::new();
        copy(text, &mut shown);
        if is_web(url) && !text.starts_with("http") {
            self.out.push_str(&format!("[{shown}]({url})"));
        } else {
            self.out.push_str(&shown);
        }
        Some(end + 1)
    }

    /// A naked address, which rustdoc wants in angle brackets, and its end.
    fn bare_url(&mut self) -> Option<usize> {
        let rest = self.rest();
        if !rest.starts_with("http://") && !rest.starts_with("https://") {
            return None;
        }
        let stop = |c: char| c.is_whitespace() || "<>\"'`()[]{}*|\\^".contains(c);
        let end = rest.find(stop).unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_']);
        let host = url.split_once("://").is_some_and(|(_, host)| !host.is_empty());
        if !host {
            return None;
        }
        self.out.push_str(&format!("<{url}>"));
        Some(self.at + url.len())
    }
}

fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(['<', '>', '\\', '(', '`', '[', ']', '"'])
}
