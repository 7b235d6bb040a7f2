//! The JSON half: a scanner that knows strings and brackets and trusts the rest, because the text
//! went through serde_json before. It gives up where the text ends or makes no sense.

use std::borrow::Cow;

use super::Wanted;
use crate::load::MAX_DEPTH;
use crate::source::Places;

/// Notes the offsets of all wanted nodes the text has.
pub(super) fn find(text: &str, wanted: &mut Wanted) {
    let mut scanner = Scanner { text, at: 0 };
    // Giving up only means that some offsets stay open.
    let _ = scanner.value(wanted);
}

/// Notes the places of all that the text has.
pub(in crate::source) fn note(text: &str, places: &mut Places) {
    let root = places.element();
    // As far as the scanner got.
    let _ = Scanner { text, at: 0 }.note(places, root, MAX_DEPTH);
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    fn value(&mut self, wanted: &mut Wanted) -> Option<()> {
        let start = self.blanks();
        if wanted.children.is_empty() {
            self.skip()?;
            if wanted.is_scalar {
                wanted.text = Some(self.text[start..self.at].trim_matches('"').to_owned());
            }
            return Some(());
        }
        match self.peek()? {
            b'{' => self.each_member(|scanner, key, offset| {
                match wanted.children.get_mut(key) {
                    // A key that is there twice is reported at its second place already.
                    Some(child) => {
                        child.offset.get_or_insert(offset);
                        scanner.value(child)
                    }
                    None => scanner.skip(),
                }
            }),
            b'[' => self.each_element(|scanner, index, offset| {
                match wanted.children.get_mut(&index.to_string()) {
                    Some(child) => {
                        child.offset.get_or_insert(offset);
                        scanner.value(child)
                    }
                    None => scanner.skip(),
                }
            }),
            _ => self.skip(),
        }
    }

    /// Notes a value that is a node already, and all it holds. Nothing nests deeper than `depth` in a
    /// text that was read to its end.
    fn note(&mut self, places: &mut Places, node: usize, depth: usize) -> Option<()> {
        let below = depth.checked_sub(1)?;
        let offset = self.blanks();
        places.met(node, offset);
        match self.peek()? {
            b'{' => self.each_member(|scanner, key, offset| {
                // The key of a member stands behind a quotation mark; one with an escape is another
                // text than that.
                let stands = scanner.text.get(offset + 1..).is_some_and(|at| at.starts_with(key));
                let member = places.member(key, stands.then_some(offset));
                places.met(member, offset);
                scanner.note(places, member, below)
            }),
            b'[' => self.each_element(|scanner, _, _| {
                let element = places.element();
                scanner.note(places, element, below)
            }),
            _ => self.skip(),
        }?;
        places.close(node);
        Some(())
    }

    /// Calls `visit` in front of each value, which it has to consume, with the key and its offset.
    fn each_member(
        &mut self,
        mut visit: impl FnMut(&mut Self, &str, usize) -> Option<()>,
    ) -> Option<()> {
        self.at += 1;
        loop {
            let offset = self.blanks();
            match self.peek()? {
                b'"' => {
                    let key = self.string()?;
                    self.blanks();
                    // A text that is broken may have anything here, a part of a character too.
                    if self.peek()? != b':' {
                        return None;
                    }
                    self.at += 1;
                    self.blanks();
                    visit(self, &key, offset)?;
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
        mut visit: impl FnMut(&mut Self, usize, usize) -> Option<()>,
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
                    visit(self, index, offset)?;
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
