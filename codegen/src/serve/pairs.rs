//! Names and values as a query, a form and cookies have them.

use super::route::percent::{decode, is_text};

/// Names and values of a query, a form or the cookies, in their order. The values are as they were sent:
/// what a style writes between its parts is no data.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pairs: Vec<(String, String)>,
    /// The names of those whose escapes stand for no text.
    unread: Vec<String>,
}

impl Pairs {
    /// Those of a query or of a form (`application/x-www-form-urlencoded`).
    pub(super) fn of_query(text: &str) -> Self {
        let parts = text.split('&').filter(|part| !part.is_empty());
        let mut read = Self::default();
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let is_read = is_text(name) && is_text(value);
            let name = decode(&name.replace('+', " "));
            if !is_read {
                read.unread.push(name.clone());
            }
            read.pairs.push((name, value.replace('+', "%20")));
        }
        read
    }

    /// Those of cookies (RFC 6265, section 5.4).
    pub(super) fn of_cookies<'r>(lines: impl Iterator<Item = &'r str>) -> Self {
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
        let pairs = pairs.map(|(name, value)| (decode(name.trim()), value.trim().to_owned()));
        Self { pairs: pairs.collect(), unread: Vec::new() }
    }

    /// The names of those that are no UTF-8 once their escapes are undone, which is what forms and queries
    /// are in (OpenAPI 3.0.4, appendix E.1; WHATWG URL, section 5.1).
    pub(super) fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Names and values, decoded.
    pub(super) fn decoded(&self) -> impl Iterator<Item = (&str, String)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), decode(value)))
    }

    /// Names and values, as they were sent.
    pub(super) fn sent(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The text under a name, as it was sent; nothing where there is none.
    ///
    /// # Errors
    /// There are several.
    pub(super) fn single(&self, name: &str) -> Option<Result<String, String>> {
        let mut own = self.pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
        let first = own.next()?;
        Some(match own.count() {
            0 => Ok(first.clone()),
            more => Err(several(more + 1)),
        })
    }
}

/// Why a pair or a part of a path is refused whose escapes stand for bytes that are none.
pub(super) const NO_TEXT: &str = "is no UTF-8 once its escapes are undone";

/// Why a value that is no list is refused.
pub(super) fn several(times: usize) -> String {
    format!("is sent {times} times and has one value")
}
