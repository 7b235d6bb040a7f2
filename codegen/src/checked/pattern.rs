//! From the regular expressions of JSON Schema, which are those of ECMA-262, to the ones of
//! `regex-lite`, which the runtime has.
//!
//! Most of the two is the same. What differs is spelled out (`\s`, which ECMA-262 takes to be any
//! white space of Unicode, `.`, escapes), and what the runtime does not have is refused: look-around,
//! back references, properties of Unicode. Nothing is passed on that has not been understood.

/// The same expression for the runtime; or what is in the way, as the object of `has`.
pub(super) fn translate(source: &str) -> Result<String, &'static str> {
    let translated = read(source)?;
    match regex_lite::Regex::new(&translated) {
        Ok(_) => Ok(translated),
        Err(_) => Err("a mistake in it, or is too large"),
    }
}

/// What is wrong with an expression, as the object of `has`; nothing where it may only be one that the
/// runtime does not have.
pub(super) fn mistake(source: &str) -> Option<&'static str> {
    /// Enough for any that somebody wrote; what takes more is not looked at.
    const SIZE: usize = 1 << 16;
    let translated = match read(source) {
        Ok(translated) => translated,
        Err(why) => return [NO_END, AT_END].contains(&why).then_some(why),
    };
    let built = regex_lite::RegexBuilder::new(&translated).size_limit(SIZE).build();
    let is_mistake = |error: regex_lite::Error| {
        let words = error.to_string();
        !["limit", "too much", "too many"].iter().any(|word| words.contains(word))
    };
    built.is_err_and(is_mistake).then_some("a mistake in it")
}

const NO_END: &str = "a class that does not end";
const AT_END: &str = "a backslash at its end";

/// The expression in the spelling of the runtime.
fn read(source: &str) -> Result<String, &'static str> {
    let mut reader = Reader { chars: source.chars().collect(), at: 0, out: String::new() };
    while let Some(c) = reader.next() {
        reader.one(c)?;
    }
    Ok(reader.out)
}

/// White space and ends of lines, ECMA-262 (`WhiteSpace`, `LineTerminator`), as parts of a class.
const SPACE: &str =
    r"\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
/// What `.` does not stand for.
const LINE_ENDS: &str = r"\n\r\x{2028}\x{2029}";

struct Reader {
    chars: Vec<char>,
    at: usize,
    out: String,
}

/// What an escape stands for.
enum Atom {
    Char(char),
    /// A class, in a spelling that is good inside of brackets.
    Class(&'static str),
    /// A class that has a spelling only outside of brackets.
    NotSpace,
    /// A place between characters.
    Boundary(&'static str),
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn one(&mut self, c: char) -> Result<(), &'static str> {
        match c {
            '\\' => match self.escape(false)? {
                Atom::Char(c) => self.literal(c),
                Atom::Class(SPACE) => self.out.push_str(&format!("[{SPACE}]")),
                Atom::Class(text) | Atom::Boundary(text) => self.out.push_str(text),
                Atom::NotSpace => self.out.push_str(&format!("[^{SPACE}]")),
            },
            '[' => self.class()?,
            '(' => self.group()?,
            '.' => self.out.push_str(&format!("[^{LINE_ENDS}]")),
            '{' if !self.is_count() => self.literal('{'),
            '{' => {
                let close = self.chars[self.at..].iter().position(|c| *c == '}').unwrap_or(0);
                let count: String = self.chars[self.at..=self.at + close].iter().collect();
                self.at += close + 1;
                self.out.push('{');
                self.out.push_str(&count);
            }
            '^' | '$' | '|' | ')' | '*' | '+' | '?' => self.out.push(c),
            c => self.literal(c),
        }
        Ok(())
    }

    /// Whether `{` begins a count, `{3}`, `{3,}` or `{3,5}`; elsewhere it is itself.
    fn is_count(&self) -> bool {
        let rest = &self.chars[self.at..];
        let Some(close) = rest.iter().position(|c| *c == '}') else { return false };
        let (least, most) = match rest[..close].iter().position(|c| *c == ',') {
            Some(comma) => (&rest[..comma], &rest[comma + 1..close]),
            None => (&rest[..close], &rest[..0]),
        };
        let digits = |text: &[char]| text.iter().all(char::is_ascii_digit);
        !least.is_empty() && digits(least) && digits(most)
    }

    fn group(&mut self) -> Result<(), &'static str> {
        if self.peek() != Some('?') {
            self.out.push('(');
            return Ok(());
        }
        match (self.chars.get(self.at + 1), self.chars.get(self.at + 2)) {
            (Some(':'), _) => {
                self.at += 2;
                self.out.push_str("(?:");
                Ok(())
            }
            (Some('=' | '!'), _) | (Some('<'), Some('=' | '!')) => Err("look-around"),
            (Some('<'), _) => {
                // Its name is for back references.
                while self.next().is_some_and(|c| c != '>') {}
                self.out.push_str("(?:");
                Ok(())
            }
            _ => Err("a flag"),
        }
    }

    /// `[a-z\d]`, of which each part is understood on its own: `-` beside a class is a hyphen, and
    /// what means something to the runtime alone is escaped.
    fn class(&mut self) -> Result<(), &'static str> {
        self.out.push('[');
        if self.peek() == Some('^') {
            self.at += 1;
            self.out.push('^');
        }
        if self.peek() == Some(']') {
            return Err("an empty class");
        }
        while let Some(c) = self.next() {
            if c == ']' {
                self.out.push(']');
                return Ok(());
            }
            let first = self.member(c)?;
            let range = self.peek() == Some('-') && self.chars.get(self.at + 1) != Some(&']');
            if !range {
                self.put(&first)?;
                continue;
            }
            self.at += 1;
            let Some(c) = self.next() else { break };
            let last = self.member(c)?;
            self.put(&first)?;
            let both = matches!((&first, &last), (Atom::Char(_), Atom::Char(_)));
            self.out.push_str(if both { "-" } else { "\\-" });
            self.put(&last)?;
        }
        Err(NO_END)
    }

    fn member(&mut self, c: char) -> Result<Atom, &'static str> {
        if c == '\\' { self.escape(true) } else { Ok(Atom::Char(c)) }
    }

    /// Writes a part of a class.
    fn put(&mut self, atom: &Atom) -> Result<(), &'static str> {
        match atom {
            Atom::Char(c) => self.literal(*c),
            Atom::Class(text) => self.out.push_str(text),
            Atom::NotSpace => return Err("`\\S` in a class"),
            Atom::Boundary(_) => return Err("a boundary in a class"),
        }
        Ok(())
    }

    fn escape(&mut self, in_class: bool) -> Result<Atom, &'static str> {
        Ok(match self.next().ok_or(AT_END)? {
            'd' => Atom::Class("\\d"),
            'D' => Atom::Class("\\D"),
            'w' => Atom::Class("\\w"),
            'W' => Atom::Class("\\W"),
            's' => Atom::Class(SPACE),
            'S' => Atom::NotSpace,
            'b' if in_class => Atom::Char('\u{8}'),
            'b' => Atom::Boundary("\\b"),
            'B' => Atom::Boundary("\\B"),
            't' => Atom::Char('\t'),
            'n' => Atom::Char('\n'),
            'r' => Atom::Char('\r'),
            'f' => Atom::Char('\u{C}'),
            'v' => Atom::Char('\u{B}'),
            'x' => Atom::Char(self.hex(2)?),
            'u' if self.peek() == Some('{') => Atom::Char(self.braced_hex()?),
            'u' => Atom::Char(self.hex(4)?),
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => Atom::Char('\0'),
            '0'..='9' | 'k' => return Err("a back reference"),
            'p' | 'P' => return Err("a property of Unicode"),
            c if c.is_ascii_alphabetic() => return Err("an escape without a meaning"),
            c => Atom::Char(c),
        })
    }

    fn hex(&mut self, digits: usize) -> Result<char, &'static str> {
        let text: Option<String> =
            self.chars.get(self.at..self.at + digits).map(|digits| digits.iter().collect());
        self.at += digits;
        code_point(text.as_deref().unwrap_or_default())
    }

    fn braced_hex(&mut self) -> Result<char, &'static str> {
        let rest = self.chars.get(self.at + 1..).unwrap_or_default();
        let text: String = rest.iter().take_while(|c| **c != '}').collect();
        self.at += text.chars().count() + 2;
        code_point(&text)
    }

    /// A character that stands for itself, in a class too.
    fn literal(&mut self, c: char) {
        if c.is_control() {
            self.out.push_str(&format!("\\x{{{:X}}}", u32::from(c)));
            return;
        }
        if "\\.+*?()|[]{}^$#&-~".contains(c) {
            self.out.push('\\');
        }
        self.out.push(c);
    }
}

fn code_point(hex: &str) -> Result<char, &'static str> {
    let number = u32::from_str_radix(hex, 16).ok();
    number.and_then(char::from_u32).ok_or("an escape that is no character")
}

#[cfg(test)]
mod tests {
    use super::{mistake, translate};

    #[test]
    fn mistakes_are_told_from_what_is_not_there() {
        for (pattern, is_one) in [
            ("[a", true),
            ("a\\", true),
            ("(a", true),
            ("a)", true),
            ("[b-a]", true),
            ("a{2,1}", true),
            ("*", true),
            ("^[a-z]+$", false),
            ("(?=a)", false),
            ("(a)\\1", false),
            ("\\p{L}", false),
            ("[^]", false),
            ("a{1000}{1000}", false),
            ("{}]", false),
        ] {
            assert_eq!(mistake(pattern).is_some(), is_one, "{pattern}");
        }
    }

    #[test]
    fn what_is_the_same_stays_the_same() {
        for pattern in [
            "^([a-f0-9]{24})$",
            "^[a-zA-Z0-9][a-zA-Z0-9\\-]*$",
            "^(?:a|b)+?c{2,}d{1,3}$",
            r"^\d+\.\w*\b\B\D\W$",
            r"^[\w\-\.]+$",
            "",
        ] {
            assert_eq!(translate(pattern).as_deref(), Ok(pattern));
        }
    }

    #[test]
    fn what_differs_is_spelled_out() {
        for (pattern, expected) in [
            ("a{b}c{1,x}", r"a\{b\}c\{1,x\}"),
            (r"\/\-\_\@", r"/\-_@"),
            (r"[\w-.]", r"[\w\-\.]"),
            ("[-a]", r"[\-a]"),
            ("[a-]", r"[a\-]"),
            ("[a&&b~~+--]", r"[a\&\&b\~\~\+-\-]"),
            ("(?<year>a)", "(?:a)"),
            ("[[:alpha:]]", r"[\[:alpha:]\]"),
            (r"\u0041\x42\u{1F600}", "AB😀"),
            (r"[\b\0]", r"[\x{8}\x{0}]"),
        ] {
            assert_eq!(translate(pattern).as_deref(), Ok(expected), "{pattern}");
        }
    }

    #[test]
    fn meanings_are_kept() {
        let matches = |pattern: &str, text: &str| {
            regex_lite::Regex::new(&translate(pattern).unwrap()).unwrap().is_match(text)
        };
        assert!(matches(r"^\s$", "\u{A0}") && !matches(r"^\S$", "\u{A0}"));
        assert!(matches(r"^[\s,]+$", " ,\n\u{FEFF}") && matches(r"^\S$", "a"));
        assert!(!matches("^.$", "\u{2028}") && matches("^.$", "é"));
        assert!(!matches("^a$", "a\n"));
        assert!(!matches(r"^\d$", "٣"));
        assert!(matches("[[:alpha:]]", ":]") && !matches("^[[:alpha:]]$", "x"));
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for (pattern, expected) in [
            ("^(?!a).*$", "look-around"),
            ("(?<=a)b", "look-around"),
            ("(?i)a", "a flag"),
            ("(?<name", "a mistake in it, or is too large"),
            (r"(a)\1", "a back reference"),
            (r"^[\p{L}]$", "a property of Unicode"),
            (r"[\S]", "`\\S` in a class"),
            ("[]", "an empty class"),
            ("[a", "a class that does not end"),
            ("[a-", "a class that does not end"),
            (r"\", "a backslash at its end"),
            (r"\ud83d", "an escape that is no character"),
            (r"\u12", "an escape that is no character"),
            (r"\q", "an escape without a meaning"),
            ("(a", "a mistake in it, or is too large"),
            ("a**b(", "a mistake in it, or is too large"),
        ] {
            assert_eq!(translate(pattern), Err(expected), "{pattern}");
        }
    }
}
