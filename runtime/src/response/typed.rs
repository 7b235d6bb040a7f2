//! Headers with a type.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A header that a document describes: its name, and what its value is read as.
///
/// ```
/// # use specwright_runtime::{Header, Response};
/// const COST: Header<i64> = Header::new("X-Cost");
/// # fn look(answer: Response<()>) -> Option<i64> {
/// answer.header(COST)
/// # }
/// ```
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Its name as the document spells it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: DeserializeOwned> Header<T> {
    /// The value in these headers; `None` if it is not there or is not of this type.
    pub(crate) fn read(self, headers: &HeaderMap) -> Option<T> {
        let lines = headers.get_all(self.name).iter();
        let lines: Option<Vec<&str>> = lines.map(|value| value.to_str().ok()).collect();
        let lines = lines.filter(|lines| !lines.is_empty())?;
        // Several lines are one list (RFC 9110, section 5.3).
        let text = lines.join(",");
        candidates(text.trim()).find_map(|value| T::deserialize(value).ok())
    }
}

/// What a header's text may stand for, in JSON: itself, a number or a boolean, a list of either
/// (OpenAPI 3.0.3, style `simple`). The type takes the first that it can read.
fn candidates(text: &str) -> impl Iterator<Item = Value> {
    let items = || text.split(',').map(str::trim).filter(|item| !item.is_empty());
    let literal = |text: &str| serde_json::from_str::<Value>(text).ok();
    let texts = Value::Array(items().map(Value::from).collect());
    let literals: Option<Vec<Value>> = items().map(literal).collect();
    [Some(Value::from(text)), literal(text), Some(texts), literals.map(Value::Array)]
        .into_iter()
        .flatten()
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: DeserializeOwned>(values: &[&str]) -> Option<T> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-a", value.parse().unwrap());
        }
        Header::<T>::new("X-A").read(&headers)
    }

    #[test]
    fn single_values() {
        assert_eq!(read::<String>(&["7"]).as_deref(), Some("7"));
        assert_eq!(read::<i32>(&[" 7 "]), Some(7));
        assert_eq!(read::<f64>(&["7.5"]), Some(7.5));
        assert_eq!(read::<bool>(&["true"]), Some(true));
        let id = "72659f08-8b3c-4913-bb4e-a8a68e036502";
        assert_eq!(read::<uuid::Uuid>(&[id]), id.parse().ok());
        let time = "2024-01-11T18:00:00Z";
        assert_eq!(read::<jiff::Timestamp>(&[time]), time.parse().ok());
    }

    #[test]
    fn lists() {
        let texts = |values: &[&str]| read::<Vec<String>>(values);
        assert_eq!(texts(&["a, b"]), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(texts(&["a", "b"]), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(texts(&[""]), Some(Vec::new()));
        assert_eq!(read::<Vec<i64>>(&["1,2"]), Some(vec![1, 2]));
        assert_eq!(read::<Vec<String>>(&["1,2"]), Some(vec!["1".to_owned(), "2".to_owned()]));
    }

    #[test]
    fn what_is_not_there_or_is_something_else() {
        assert_eq!(read::<String>(&[]), None);
        assert_eq!(read::<i32>(&["many"]), None);
        assert_eq!(read::<i32>(&["7.5"]), None);
        assert_eq!(read::<Vec<i64>>(&["1,x"]), None);
        assert_eq!(read::<String>(&["a", "b"]).as_deref(), Some("a,b"));
    }
}
