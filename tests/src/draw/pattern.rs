//! Texts that match a pattern (ECMA-262), for patterns made of literals, classes, groups,
//! alternatives, counts and anchors.
//!
//! Anchors are taken where they stand and mean nothing here: a text drawn from an unanchored pattern
//! matches it too. Look-around and back-references are beyond this.

use std::iter::Peekable;
use std::str::Chars;

use fastrand::Rng;

/// How often something is repeated that may be repeated without end.
const MANY: usize = 3;

/// A pattern that texts can be drawn from.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Node);

#[derive(Clone, Debug)]
enum Node {
    Nothing,
    OneOf(Vec<char>),
    Sequence(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat(Box<Node>, usize, usize),
}

impl Pattern {
    /// Reads a pattern; none if it is beyond us.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text.chars().peekable() };
        let node = parser.alternatives()?;
        parser.rest.next().is_none().then_some(Self(node))
    }

    pub(super) fn draw(&self, rng: &mut Rng) -> String {
        let mut text = String::new();
        write(&self.0, rng, &mut text);
        text
    }
}

fn write(node: &Node, rng: &mut Rng, to: &mut String) {
    match node {
        Node::Nothing => {}
        Node::OneOf(chars) => to.push(chars[rng.usize(..chars.len())]),
        Node::Sequence(nodes) => nodes.iter().for_each(|node| write(node, rng, to)),
        Node::Alternatives(nodes) => write(&nodes[rng.usize(..nodes.len())], rng, to),
        Node::Repeat(node, least, most) => {
            for _ in 0..rng.usize(*least..=*most) {
                write(node, rng, to);
            }
        }
    }
}

struct Parser<'t> {
    rest: Peekable<Chars<'t>>,
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Option<Node> {
        let mut all = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            all.push(self.sequence()?);
        }
        if all.len() == 1 { all.pop() } else { Some(Node::Alternatives(all)) }
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(c) = self.rest.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            let atom = self.atom()?;
            nodes.push(self.counted(atom)?);
        }
        Some(Node::Sequence(nodes))
    }

    fn atom(&mut self) -> Option<Node> {
        match self.rest.next()? {
            '^' | '$' => Some(Node::Nothing),
            '.' => Some(Node::OneOf(vec!['a', 'Z', '7', '-', ' '])),
            '[' => self.class(),
            '(' => {
                if self.rest.next_if_eq(&'?').is_some() {
                    self.group_kind()?;
                }
                let inner = self.alternatives()?;
                self.rest.next_if_eq(&')').map(|_| inner)
            }
            '\\' => Some(Node::OneOf(self.escape()?)),
            '*' | '+' | '?' => None,
            literal => Some(Node::OneOf(vec![literal])),
        }
    }

    /// Behind `(?`: a group that captures nothing, or one with a name.
    fn group_kind(&mut self) -> Option<()> {
        match self.rest.next()? {
            ':' => Some(()),
            '<' if !matches!(self.rest.peek(), Some('=' | '!')) => {
                self.rest.by_ref().find(|c| *c == '>').map(|_| ())
            }
            _ => None,
        }
    }

    fn counted(&mut self, node: Node) -> Option<Node> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, MANY),
            Some('+') => (1, MANY),
            Some('?') => (0, 1),
            Some('{') => return self.braces(node),
            _ => return Some(node),
        };
        self.rest.next();
        // Lazy or greedy is the same for whoever writes.
        self.rest.next_if_eq(&'?');
        Some(Node::Repeat(Box::new(node), least, most))
    }

    fn braces(&mut self, node: Node) -> Option<Node> {
        self.rest.next();
        let inner: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
        let (least, most) = match inner.split_once(',') {
            None => (inner.parse().ok()?, inner.parse().ok()?),
            Some((least, "")) => {
                let least: usize = least.parse().ok()?;
                (least, least + MANY)
            }
            Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
        };
        (least <= most && most < 10_000).then(|| Node::Repeat(Box::new(node), least, most))
    }

    fn class(&mut self) -> Option<Node> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut chars: Vec<char> = Vec::new();
        loop {
            let mut set = match self.rest.next()? {
                ']' => break,
                '\\' => self.escape()?,
                literal => vec![literal],
            };
            let dash = self.rest.peek() == Some(&'-');
            if let (true, [first]) = (dash, set.as_slice()) {
                let first = *first;
                self.rest.next();
                set = match self.rest.peek()? {
                    ']' => vec![first, '-'],
                    _ => {
                        let last = match self.rest.next()? {
                            '\\' => *self.escape()?.first()?,
                            literal => literal,
                        };
                        (first..=last).collect()
                    }
                };
            }
            chars.extend(set);
        }
        if negated {
            chars = (' '..='~').filter(|c| !chars.contains(c)).collect();
        }
        (!chars.is_empty()).then_some(Node::OneOf(chars))
    }

    fn escape(&mut self) -> Option<Vec<char>> {
        let letters = || ('a'..='z').chain('A'..='Z');
        Some(match self.rest.next()? {
            'd' => ('0'..='9').collect(),
            'w' => letters().chain('0'..='9').chain(['_']).collect(),
            's' => vec![' '],
            'n' => vec!['\n'],
            't' => vec!['\t'],
            'p' => {
                self.rest.next_if_eq(&'{')?;
                let class: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
                match class.as_str() {
                    "L" => letters().chain(['\u{e9}', '\u{4e2d}']).collect(),
                    "N" => ('0'..='9').collect(),
                    _ => return None,
                }
            }
            'b' | 'B' | 'D' | 'W' | 'S' | 'P' | 'u' | 'x' | 'k' | 'c' => return None,
            c if c.is_ascii_digit() => return None,
            literal => vec![literal],
        })
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::Pattern;

    fn draw(pattern: &str) -> Option<String> {
        let pattern = Pattern::parse(pattern)?;
        Some(pattern.draw(&mut Rng::with_seed(7)))
    }

    #[test]
    fn classes_and_counts() {
        let id = draw("^([a-f0-9]{24})$").unwrap();
        assert_eq!(id.len(), 24);
        assert!(id.chars().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase()), "{id}");
        assert_eq!(draw(r"^a\.b\/c$").unwrap(), "a.b/c");
        assert_eq!(draw("^(?:on|on)$").unwrap(), "on");
        assert_eq!(draw("^[-]{3}$").unwrap(), "---");
        let dashed = draw("^[a-z-0-9]{200}$").unwrap();
        assert!(dashed.contains('-') && dashed.contains('5'), "{dashed}");
        assert!(draw("^[^a-y~]{5}$").unwrap().chars().all(|c| !('a'..='y').contains(&c)));
    }

    #[test]
    fn what_is_beyond_us() {
        for pattern in [r"^(?!a)b$", r"(a)\1", "(?<=a)b", "a{", "(", "*a", "a)"] {
            assert_eq!(draw(pattern), None, "{pattern}");
        }
    }
}
