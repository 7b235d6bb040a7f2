//! JSON pointers: where in the document a thing stands.
//!
//! Every diagnostic and every node of the stages behind `select` carries one, because neither
//! parser keeps lines for its nodes; [`Source::locate`](crate::source::Source::locate) turns a
//! pointer into a line when somebody has to be told.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

/// A JSON pointer (RFC 6901); the empty pointer is the whole document. Its text is shared by its
/// clones: a place is known by many, and may have a long name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer as RFC 6901 section 3 writes it; `None` if it neither is empty nor begins
    /// with a slash, or if a `~` is not followed by `0` or `1`.
    pub fn parse(text: &str) -> Option<Self> {
        let starts_well = text.is_empty() || text.starts_with('/');
        (starts_well && escapes_well(text)).then(|| Self(text.into()))
    }

    /// Reads the fragment of a local reference, `#/components/schemas/A%20B`: percent escapes are
    /// resolved (RFC 6901 section 6). `None` if the reference leaves the document or is malformed.
    pub fn from_reference(reference: &str) -> Option<Self> {
        Self::parse(&percent_decode(reference.strip_prefix('#')?)?)
    }

    /// The pointer to the member or element `token` of what this one points at.
    #[must_use]
    pub fn push(&self, token: &str) -> Self {
        self.below([token])
    }

    /// The pointer that leads by these tokens from what this one points at.
    pub(crate) fn below<'t>(&self, tokens: impl IntoIterator<Item = &'t str>) -> Self {
        let mut text = String::with_capacity(self.0.len() + USUAL);
        text.push_str(&self.0);
        for token in tokens {
            push_token(&mut text, token);
        }
        Self(text.into())
    }

    /// The pointer to element `index` of what this one points at.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0).into())
    }

    /// This pointer with the text of another behind it; `rest` is empty or begins with a slash.
    pub(crate) fn join(&self, rest: &str) -> Self {
        Self(format!("{}{rest}", self.0).into())
    }

    /// The reference to what it points at, a fragment that [`Pointer::from_reference`] reads.
    pub(crate) fn to_reference(&self) -> String {
        format!("#{}", self.0.replace('%', "%25"))
    }

    /// The pointer to what holds this; `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|slash| Self(self.0[..slash].into()))
    }

    /// The tokens from the root down, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The last token, unescaped; `None` for the whole document.
    pub fn last(&self) -> Option<String> {
        self.0.rfind('/').map(|slash| unescape(&self.0[slash + 1..]))
    }

    /// What it points at in `root`.
    pub fn lookup<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        self.0.split('/').skip(1).try_fold(root, |at, token| match at {
            // `Value::pointer` takes a copy of each token.
            Value::Object(members) => members.get(&*unescaped(token)),
            _ => at.pointer(&format!("/{token}")),
        })
    }

    /// Its place in `root`, as a key by which places sort as they stand there: the position of each
    /// member on the way down, as far as there are any.
    pub(crate) fn order_in(&self, root: &Value) -> Vec<usize> {
        let mut at = root;
        let step = |token: String| {
            let (position, below) = match at {
                Value::Object(members) => {
                    let mut members = members.iter().enumerate();
                    members.find_map(|(n, (key, value))| (*key == token).then_some((n, value)))?
                }
                Value::Array(items) => {
                    let position = token.parse().ok()?;
                    (position, items.get(position)?)
                }
                _ => return None,
            };
            at = below;
            Some(position)
        };
        self.tokens().map_while(step).collect()
    }

    /// The pointer as RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many bytes of tokens are made room for.
const USUAL: usize = 32;

fn push_token(text: &mut String, token: &str) {
    text.push('/');
    if !token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        text.push_str(token);
        return;
    }
    for c in token.chars() {
        match c {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            c => text.push(c),
        }
    }
}

fn unescape(token: &str) -> String {
    unescaped(token).into_owned()
}

/// Each escape is resolved once (RFC 6901 section 4), so that `~01` becomes `~1`.
fn unescaped(token: &str) -> Cow<'_, str> {
    let Some((before, mut rest)) = token.split_once('~') else { return Cow::Borrowed(token) };
    let mut text = String::with_capacity(token.len());
    text.push_str(before);
    loop {
        let (escape, behind) = rest.split_at(rest.chars().next().map_or(0, char::len_utf8));
        match escape {
            "0" => text.push('~'),
            "1" => text.push('/'),
            other => text.extend(["~", other]),
        }
        let Some((before, next)) = behind.split_once('~') else {
            text.push_str(behind);
            return Cow::Owned(text);
        };
        text.push_str(before);
        rest = next;
    }
}

/// The name of the component of a section that `pointer`, the text of one, leads to.
pub(crate) fn component(pointer: &str, section: &str) -> Option<String> {
    let rest = pointer.strip_prefix("/components/")?.strip_prefix(section)?;
    let name = rest.strip_prefix('/')?;
    (escapes_well(name) && !name.contains('/')).then(|| unescape(name))
}

/// Whether each `~` is followed by `0` or `1`.
fn escapes_well(text: &str) -> bool {
    text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']))
}

/// `None` where a percent sign is not followed by two hex digits or the bytes are not UTF-8.
pub(crate) fn percent_decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_survive_the_round_trip() {
        let pointer = Pointer::root().push("paths").push("/a/{b}").push("~").index(3);
        assert_eq!(pointer.as_str(), "/paths/~1a~1{b}/~0/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a/{b}", "~", "3"]);
        assert_eq!(Pointer::parse(pointer.as_str()).as_ref(), Some(&pointer));
        assert_eq!(pointer.parent().and_then(|p| p.last()).as_deref(), Some("~"));
    }

    #[test]
    fn an_escaped_escape_is_resolved_once() {
        let pointer = Pointer::parse("/~01").unwrap();
        assert_eq!(pointer.last().as_deref(), Some("~1"));
        let unescaped = |token: &str| super::unescaped(token).into_owned();
        assert_eq!(unescaped("a~1{b}~0~1"), "a/{b}~/");
        // No pointer that was read holds these; `Value::pointer` leaves them as well.
        assert_eq!(unescaped("~"), "~");
        assert_eq!(unescaped("~é~"), "~é~");
        let value = serde_json::json!({"a/b": [{"": {"~": 1}}]});
        let found = |text: &str| Pointer::parse(text).unwrap().lookup(&value).cloned();
        assert_eq!(found("/a~1b/0//~0"), Some(1.into()));
        assert_eq!(found("/a~1b/00"), None);
        assert_eq!(found(""), Some(value.clone()));
    }

    #[test]
    fn references_are_fragments_with_percent_escapes() {
        let check = |reference, expected: Option<&str>| {
            let pointer = Pointer::from_reference(reference);
            assert_eq!(pointer.as_ref().map(Pointer::as_str), expected, "{reference}");
        };
        check("#", Some(""));
        check("#/components/schemas/A", Some("/components/schemas/A"));
        check("#/components/schemas/A%20%C3%A9", Some("/components/schemas/A é"));
        check("#/paths/~1a~1%7Bb%7D", Some("/paths/~1a~1{b}"));
        check("#Anchor", None);
        check("#/a~2", None);
        check("#/a%2", None);
        check("#/a%FF", None);
        check("other.yaml#/a", None);
        check("", None);
    }
}
