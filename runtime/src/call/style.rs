//! Styles: how a parameter's value becomes text (OpenAPI 3.0.4, "Style Values" and "Style
//! Examples"; RFC 6570 for all but `spaceDelimited`, `pipeDelimited` and `deepObject`).
//!
//! The earlier 3.0 documents joined an unexploded `label` list by dots; 3.0.4 and RFC 6570 join it
//! by commas, and so do we.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::tree::Tree;

/// What every place keeps: RFC 3986's unreserved characters.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What `allowReserved` adds: reserved characters, except those that would make the server read
/// something else than the value (`#`, `&`, `+`, `%`) or that a URL parser rewrites (`'`, `[`, `]`).
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// RFC 6265's cookie-octet without `%`, so that a server that decodes cookies and one that does
/// not read the same wherever that is possible.
const COOKIE: &AsciiSet = &RESERVED
    .remove(b'#')
    .remove(b'&')
    .remove(b'+')
    .remove(b'\'')
    .remove(b'[')
    .remove(b']')
    .remove(b'<')
    .remove(b'>')
    .remove(b'^')
    .remove(b'`')
    .remove(b'{')
    .remove(b'|')
    .remove(b'}')
    .add(b',')
    .add(b';');

/// How a parameter is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    form: Shape,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    Deep,
    Json,
}

impl Style {
    /// `simple`: values joined by commas.
    pub const SIMPLE: Self = Self::new(Shape::Simple);
    /// `label`: values after a dot.
    pub const LABEL: Self = Self::new(Shape::Label);
    /// `matrix`: path parameters after a semicolon.
    pub const MATRIX: Self = Self::new(Shape::Matrix);
    /// `form`: pairs of name and value.
    pub const FORM: Self = Self::new(Shape::Form);
    /// `spaceDelimited`.
    pub const SPACE_DELIMITED: Self = Self::new(Shape::Space);
    /// `pipeDelimited`.
    pub const PIPE_DELIMITED: Self = Self::new(Shape::Pipe);
    /// `deepObject`: the way to a value in brackets. Below the first level, which is all that
    /// OpenAPI defines, the way goes on, and an item of a list has its position there.
    pub const DEEP_OBJECT: Self = Self::new(Shape::Deep);
    /// `content` with a JSON media type: the value as JSON text.
    pub const JSON: Self = Self::new(Shape::Json);

    const fn new(form: Shape) -> Self {
        Self { form, explode: false, reserved: false }
    }

    /// `explode: true`.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// `allowReserved: true`; only queries have it.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    pub(crate) fn is_json(self) -> bool {
        self.form == Shape::Json
    }
}

/// What a style puts between values and encodes, or not, as it does within them: of values that hold it
/// nobody could say where one ends (OpenAPI 3.0.4, appendix on percent-encoding and delimiters; for `label`
/// RFC 6570, section 3.2.5).
pub(crate) fn within(value: &Tree, style: Style) -> Option<char> {
    let delimiter = match (style.form, style.explode) {
        (Shape::Space, false) => ' ',
        (Shape::Pipe, false) => '|',
        (Shape::Label, true) => '.',
        _ => return None,
    };
    let is_one = matches!(value, Tree::Null | Tree::Text(_) | Tree::Word(_));
    let is_within = !is_one && words(value).iter().any(|word| word.contains(delimiter));
    is_within.then_some(delimiter)
}

/// [`within`] for a header, where nothing is encoded: a comma, but for one in quotation marks (RFC 9110,
/// section 5.6.1), or `=` in the name of a pair.
pub(crate) fn within_header(value: &Tree, style: Style) -> Option<char> {
    let names: &[(String, Tree)] = match value {
        Tree::Null | Tree::Text(_) | Tree::Word(_) => return None,
        Tree::Pairs(pairs) if style.explode => pairs,
        Tree::Pairs(_) | Tree::List(_) => &[],
    };
    let is_listed = words(value).iter().any(|word| {
        let mut is_quoted = false;
        word.chars().any(|one| {
            is_quoted ^= one == '"';
            one == ',' && !is_quoted
        })
    });
    let is_pair = || names.iter().any(|(name, _)| name.contains('='));
    is_listed.then_some(',').or_else(|| is_pair().then_some('='))
}

/// `name=value` pairs of a query or a form body, percent-encoded; empty if there is nothing to say.
pub(crate) fn pairs(name: &str, value: &Tree, style: Style) -> Vec<String> {
    let set = if style.reserved { RESERVED } else { UNRESERVED };
    pairs_in(name, value, style, set)
}

/// The same for a cookie.
pub(crate) fn cookies(name: &str, value: &Tree, style: Style) -> Vec<String> {
    pairs_in(name, value, style, COOKIE)
}

fn pairs_in(name: &str, value: &Tree, style: Style, set: &'static AsciiSet) -> Vec<String> {
    let key = encode(name, UNRESERVED);
    let one = |text: &str| vec![format!("{key}={}", encode(text, set))];
    let joined = |delimiter: &str| match words(value) {
        words if words.is_empty() => Vec::new(),
        words => {
            let words: Vec<String> = words.iter().map(|word| encode(word, set)).collect();
            vec![format!("{key}={}", words.join(delimiter))]
        }
    };
    match (style.form, value) {
        (_, Tree::Null) => Vec::new(),
        (Shape::Deep, value) => deep(&key, value, set),
        (_, Tree::Text(text) | Tree::Word(text)) => one(text),
        (Shape::Space, _) if !style.explode => joined("%20"),
        (Shape::Pipe, _) if !style.explode => joined("%7C"),
        (_, Tree::List(items)) if style.explode => {
            items.iter().flat_map(|item| one(&item.flat())).collect()
        }
        (_, Tree::Pairs(pairs)) if style.explode => pairs
            .iter()
            .map(|(name, value)| {
                format!("{}={}", encode(name, UNRESERVED), encode(&value.flat(), set))
            })
            .collect(),
        (_, Tree::List(_) | Tree::Pairs(_)) => joined(","),
    }
}

/// `name[key]=value`, as deep as it takes.
fn deep(key: &str, value: &Tree, set: &'static AsciiSet) -> Vec<String> {
    match value {
        Tree::Null => Vec::new(),
        Tree::Text(text) | Tree::Word(text) => vec![format!("{key}={}", encode(text, set))],
        Tree::List(items) => {
            let each = items.iter().filter(|item| **item != Tree::Null).enumerate();
            each.flat_map(|(index, item)| deep(&format!("{key}%5B{index}%5D"), item, set)).collect()
        }
        Tree::Pairs(pairs) => pairs
            .iter()
            .flat_map(|(name, value)| {
                deep(&format!("{key}%5B{}%5D", encode(name, UNRESERVED)), value, set)
            })
            .collect(),
    }
}

/// A part of a path, percent-encoded, with the delimiters its style puts in front.
pub(crate) fn segment(name: &str, value: &Tree, style: Style) -> String {
    let named = |name: &str, value: &str| match value {
        // RFC 6570, section 3.2.7: no equals sign after an empty value.
        "" => format!(";{name}"),
        value => format!(";{name}={value}"),
    };
    let words: Vec<String> = words(value).iter().map(|word| encode(word, UNRESERVED)).collect();
    let key = encode(name, UNRESERVED);
    let pairs = || pair_words(value, |text| encode(text, UNRESERVED));
    match (style.form, value) {
        (_, Tree::Null) => String::new(),
        (Shape::Label, Tree::Pairs(_)) if style.explode => prefixed(".", &pairs()),
        (Shape::Label, _) if style.explode => prefixed(".", &words),
        (Shape::Label, _) if words.is_empty() => String::new(),
        (Shape::Label, _) => format!(".{}", words.join(",")),
        (Shape::Matrix, Tree::List(_)) if style.explode => {
            words.iter().map(|word| named(&key, word)).collect()
        }
        (Shape::Matrix, Tree::Pairs(_)) if style.explode => pairs()
            .iter()
            .map(|pair| format!(";{}", pair.strip_suffix('=').unwrap_or(pair)))
            .collect(),
        (Shape::Matrix, _) if words.is_empty() => String::new(),
        (Shape::Matrix, _) => named(&key, &words.join(",")),
        (_, Tree::Pairs(_)) if style.explode => pairs().join(","),
        (_, _) => words.join(","),
    }
}

/// The value of a header: `simple`, not encoded (OpenAPI 3.0.4, "Parameter Object").
pub(crate) fn header(value: &Tree, style: Style) -> String {
    match value {
        Tree::Pairs(_) if style.explode => pair_words(value, str::to_owned).join(","),
        _ => words(value).join(","),
    }
}

/// A text; the items of a list; keys and values of an object by turns.
fn words(value: &Tree) -> Vec<String> {
    match value {
        Tree::Null => Vec::new(),
        Tree::Text(text) | Tree::Word(text) => vec![text.clone()],
        Tree::List(items) => items.iter().map(Tree::flat).collect(),
        Tree::Pairs(pairs) => {
            pairs.iter().flat_map(|(name, value)| [name.clone(), value.flat()]).collect()
        }
    }
}

fn pair_words(value: &Tree, encode: impl Fn(&str) -> String) -> Vec<String> {
    match value {
        Tree::Pairs(pairs) => {
            let pair = |(name, value): &(String, Tree)| {
                format!("{}={}", encode(name), encode(&value.flat()))
            };
            pairs.iter().map(pair).collect()
        }
        Tree::Null | Tree::Text(_) | Tree::Word(_) | Tree::List(_) => Vec::new(),
    }
}

fn prefixed(prefix: &str, words: &[String]) -> String {
    words.iter().map(|word| format!("{prefix}{word}")).collect()
}

fn encode(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(text, set).to_string()
}

#[cfg(test)]
mod tests;
