//! A look at YAML text before it is parsed, for the two things that cost libyaml more than linear
//! time: nested flow collections (each token is held against every open one, so that 100,000 `[`
//! take half a minute) and `%TAG` directives (each is compared with all the others). Everything
//! else was measured and is linear: indentation, `- - -`, `? ? ?`, anchors, comments, long scalars.
//!
//! The scan knows enough of YAML to tell brackets from text. Where it is wrong about exotic text it
//! costs time, not correctness: the parser has the last word.

use super::problem::Problem;
use crate::diagnostics::Code;

/// How deep flow collections may nest; a whole document nests a tenth of that.
const MAX_FLOW: usize = 1_000;

/// How many lines may begin with a percent sign; OpenAPI documents have none.
const MAX_DIRECTIVES: usize = 100;

/// The first place where the text is too much for the parser, with the reason.
pub(super) fn too_deep(text: &str) -> Option<(usize, Problem)> {
    let begins_a_line = |at: usize| at == 0 || text.as_bytes()[at - 1] == b'\n';
    let too_many = text.match_indices('%').filter(|(at, _)| begins_a_line(*at)).count();
    if too_many > MAX_DIRECTIVES {
        let message = format!("the document has more than {MAX_DIRECTIVES} YAML directives");
        return Some((0, Problem::new(Code::TooLarge, message)));
    }
    let mut scan =
        Scan { bytes: text.as_bytes(), at: 0, line: 0, depth: 0, parent: None, token: Token::Open };
    while scan.depth <= MAX_FLOW {
        scan.step()?;
    }
    Some((scan.at - 1, Problem::depth()))
}

/// What came last, which decides what the next character may begin.
#[derive(Clone, Copy, PartialEq)]
enum Token {
    /// An indicator or the start of a line: anything may begin here.
    Open,
    /// A plain scalar, which goes on to the next line if that is indented.
    Plain,
    /// A quoted scalar or a closing bracket: only an indicator may follow.
    Closed,
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    /// The offset of the current line.
    line: usize,
    depth: usize,
    /// The column of the innermost block collection, as far as the current line tells.
    parent: Option<usize>,
    token: Token,
}

impl Scan<'_> {
    /// Passes one token or blank; `None` at the end.
    fn step(&mut self) -> Option<()> {
        let byte = self.peek(0)?;
        let blank_behind = self.peek(1).is_none_or(|b| b.is_ascii_whitespace());
        let blank_before = self.at == 0 || self.bytes[self.at - 1].is_ascii_whitespace();
        let (open, in_flow) = (self.token == Token::Open, self.depth > 0);
        match byte {
            b'\n' => self.next_line(),
            // Most of a text is the rest of a plain scalar, which is no different from its start.
            _ if self.token == Token::Plain && goes_on(byte) => self.pass_while(goes_on),
            b' ' | b'\t' | b'\r' => self.pass_while(|b| matches!(b, b' ' | b'\t' | b'\r')),
            b'#' if blank_before => self.pass_while(|b| b != b'\n'),
            b'[' | b'{' if open || in_flow => self.bracket(self.depth + 1, Token::Open),
            b']' | b'}' if in_flow => self.bracket(self.depth - 1, Token::Closed),
            b',' if in_flow => self.indicator(),
            b'"' | b'\'' if open => self.quoted(byte),
            b'|' | b'>' if open && !in_flow => self.block_scalar(),
            b'-' | b'?' if open && !in_flow && blank_behind => {
                self.parent = Some(self.at - self.line);
                self.indicator();
            }
            b'&' | b'*' | b'!' if open => {
                self.begin_key();
                self.pass_while(|b| !b.is_ascii_whitespace() && !is_flow_indicator(b));
            }
            b':' if blank_behind => self.indicator(),
            b':' if in_flow && (self.token != Token::Plain || self.flow_follows()) => {
                self.indicator();
            }
            _ => {
                self.begin_key();
                self.token = Token::Plain;
                self.at += 1;
            }
        }
        Some(())
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn flow_follows(&self) -> bool {
        self.peek(1).is_some_and(is_flow_indicator)
    }

    fn indicator(&mut self) {
        self.token = Token::Open;
        self.at += 1;
    }

    fn bracket(&mut self, depth: usize, token: Token) {
        self.depth = depth;
        self.token = token;
        self.at += 1;
    }

    fn pass_while(&mut self, more: impl Fn(u8) -> bool) {
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        self.at += 1 + rest.iter().position(|&byte| !more(byte)).unwrap_or(rest.len());
    }

    /// The first scalar of a line in block context is a key, or else the line does not matter:
    /// its column is that of the mapping around what follows.
    fn begin_key(&mut self) {
        let prefix = &self.bytes[self.line..self.at];
        if self.depth == 0 && prefix.iter().all(|b| matches!(b, b' ' | b'-' | b'?')) {
            self.parent = Some(self.at - self.line);
        }
    }

    fn next_line(&mut self) {
        self.at += 1;
        self.line = self.at;
        let indent = self.indent();
        let goes_on = self.token == Token::Plain && self.parent.is_none_or(|p| indent > p);
        if self.depth == 0 && goes_on && self.peek(indent).is_some_and(|b| b != b'\n') {
            // Past the first character, which would look like the start of a token.
            self.at += indent + usize::from(self.peek(indent) != Some(b'#'));
        } else if self.depth == 0 && self.peek(indent) != Some(b'\n') {
            self.token = Token::Open;
        }
    }

    /// How many spaces the line at the cursor begins with.
    fn indent(&self) -> usize {
        self.bytes[self.at..].iter().take_while(|&&b| b == b' ').count()
    }

    fn quoted(&mut self, quote: u8) {
        self.begin_key();
        loop {
            self.at += 1;
            match self.peek(0) {
                None => break,
                Some(b'\\') if quote == b'"' => self.at += 1,
                // In single quotes, two of them are one.
                Some(b'\'') if quote == b'\'' && self.peek(1) == Some(b'\'') => self.at += 1,
                Some(byte) if byte == quote => break,
                Some(_) => {}
            }
        }
        self.at = (self.at + 1).min(self.bytes.len());
        self.token = Token::Closed;
    }

    /// Passes the lines that are indented deeper than the collection the scalar belongs to.
    fn block_scalar(&mut self) {
        let least = self.parent.map_or(0, |parent| parent + 1);
        self.pass_while(|b| b != b'\n');
        while self.peek(0).is_some() {
            let start = self.at;
            self.at += 1;
            let indent = self.indent();
            let is_blank = self.peek(indent).is_none_or(|b| b == b'\n' || b == b'\r');
            if !is_blank && indent < least {
                self.at = start;
                break;
            }
            self.pass_line();
        }
        self.token = Token::Open;
    }

    fn pass_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
    }
}

/// Whether a plain scalar goes on, whatever it stands in.
fn goes_on(byte: u8) -> bool {
    !matches!(byte, b'\n' | b':' | b'#') && !is_flow_indicator(byte)
}

fn is_flow_indicator(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nesting at the end of the text.
    fn depth(text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut scan = Scan { bytes, at: 0, line: 0, depth: 0, parent: None, token: Token::Open };
        while scan.step().is_some() {}
        scan.depth
    }

    #[test]
    fn brackets_are_told_from_text() {
        let check = |text: &str, expected| assert_eq!(depth(text), expected, "{text}");
        check("[[[", 3);
        check("a: [{b: [", 3);
        check("- - [", 1);
        check("? {", 1);
        check("a: b[", 0);
        check("a: b [", 0);
        check("[a [", 2);
        check("# [", 0);
        check("[ # ]\n[", 2);
        check("[a#]", 0);
        check("['[', \"[\\\"[\", it's]", 0);
        check("[\"]\", ']''', ", 1);
        check("[[a:\"], [", 2);
        check("{\"a\":\"]\",[", 2);
        check("'a': [", 1);
        check("&x [", 1);
        check("!t {", 1);
        check("a: it's\nb: [", 1);
        check("a: b\n  \"c\nd: [", 1);
        check("a: |\n  [ \"\n  {\n\nb: [", 1);
        check("- a: >-\n    [\n  b: [", 1);
        check("- |\n [\n- [", 1);
        check("a:\n  |\n  [ '\nb: {", 1);
        check("a: |\n[", 1);
        check("a: 'x\n\n  [' \nb: [", 1);
        check("a: x\n\n  [ y\nb: [", 1);
    }

    #[test]
    fn the_limit_is_found_where_it_is_passed() {
        let text = format!("a: {}", "[".repeat(100_000));
        let (offset, _) = too_deep(&text).unwrap();
        assert_eq!(offset, 3 + MAX_FLOW);
        assert!(too_deep(&"[a], ".repeat(100_000)).is_none());
        assert!(too_deep(&"%TAG !a! b\n".repeat(101)).is_some());
    }
}
