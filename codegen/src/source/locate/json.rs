//! The JSON half: a scanner that knows strings and brackets and trusts the rest, because the text
//! went through serde_json before. It gives up where the text ends or makes no sense.

use std::borrow::Cow;

use super::Wanted;

/// Notes the offsets of all wanted nodes the text has.
pub(super) fn find(text: &str, wanted: &mut Wanted) {
    let mut scanner = Scanner { text, at: 0 };
    // Giving up only means that some offsets stay open.
    let _ = scanner.value(wanted);
}

/// The text of the scalar behind the tokens.
pub(super) fn scalar<'t>(text: &'t str, tokens: &[String]) -> Option<&'t str> {
    let mut scanner = Scanner { text, at: 0 };
    for token in tokens {
        scanner.enter(token)?;
    }
    let start = scanner.blanks();
    scanner.skip()?;
    Some(text[start..scanner.at].trim_matches('"'))
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    fn value(&mut self, wanted: &mut Wanted) -> Option<()> {
        self.blanks();
        if wanted.children.is_empty() {
            return self.skip();
        }
        match self.peek()? {
            b'{' => self.each_member(|scanner, key, offset| {
                match wanted.children.get_mut(key) {
                    // A key that is there twice is reported at its second place already.
                    Some(child) => {
                        child.offset.get_or_insert(offset);
                        scanner.value(child)?;
                    }
                    None => scanner.skip()?,
                }
                Some(true)
            }),
            b'[' => self.each_element(|scanner, index, offset| {
                match wanted.children.get_mut(&index.to_string()) {
                    Some(child) => {
                        child.offset.get_or_insert(offset);
                        scanner.value(child)?;
                    }
                    None => scanner.skip()?,
                }
                Some(true)
            }),
            _ => self.skip(),
        }
    }

    /// Stops in front of the value that `token` leads to.
    fn enter(&mut self, token: &str) -> Option<()> {
        let mut found = false;
        self.blanks();
        if self.peek()? == b'{' {
            self.each_member(|scanner, key, _| {
                found = key == token;
                if found { Some(false) } else { scanner.skip().map(|()| true) }
            })?;
        } else {
            self.each_element(|scanner, index, _| {
                found = index.to_string() == token;
                if found { Some(false) } else { scanner.skip().map(|()| true) }
            })?;
        }
        found.then_some(())
    }

    /// Calls `visit` in front of each value with its key and the offset of the key, until it
    /// answers false; it has to consume the value otherwise.
    fn each_member(
        &mut self,
        mut visit: impl FnMut(&mut Self, &str, usize) -> Option<bool>,
    ) -> Option<()> {
        self.at += 1;
        loop {
            let offset = self.blanks();
            match self.peek()? {
                b'"' => {
                    let key = self.string()?;
                    self.blanks();
                    self.at += 1;
                    self.blanks();
                    if !visit(self, &key, offset)? {
                        return Some(());
                    }
                }
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    fn each_element(
        &mut self,
        mut visit: impl FnMut(&mut Self, usize, usize) -> Option<bool>,
    ) -> Option<()> {
        self.at += 1;
        let mut index = 0;
        loop {
            let offset = self.blanks();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Some(());
                }
                _ => {
                    if !visit(self, index, offset)? {
                        return Some(());
                    }
                    index += 1;
                }
            }
        }
    }

    /// Passes one value of any kind, without recursion.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            self.blanks();
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b',' | b':' => return None,
                _ => self.word(),
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Passes a number or a literal.
    fn word(&mut self) {
        let rest = &self.text[self.at..];
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | ':' | '}' | ']' | '"');
        // At least one character, so that the scanner always gets on.
        let end = rest.char_indices().skip(1).find(|&(_, c)| ends(c));
        self.at += end.map_or(rest.len(), |(at, _)| at);
    }

    /// Passes a string and gives its value.
    fn string(&mut self) -> Option<Cow<'t, str>> {
        let start = self.at;
        let mut escaped = false;
        for (at, byte) in self.text.bytes().enumerate().skip(start + 1) {
            match byte {
                b'"' if !escaped => {
                    self.at = at + 1;
                    return unquote(&self.text[start..=at]);
                }
                _ => escaped = byte == b'\\' && !escaped,
            }
        }
        None
    }

    fn blanks(&mut self) -> usize {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

fn unquote(quoted: &str) -> Option<Cow<'_, str>> {
    if quoted.contains('\\') {
        serde_json::from_str(quoted).ok().map(Cow::Owned)
    } else {
        quoted.get(1..quoted.len() - 1).map(Cow::Borrowed)
    }
}
