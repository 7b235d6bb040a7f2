//! What of an event is the value that a document describes.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::RawValue;

use super::Frame;

/// What of an event is the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Its data, which is JSON.
    Data,
    /// Its data, which is a text.
    Text,
    /// The event as an object of `event`, `data`, `id` and `retry`; the data is JSON.
    Whole,
    /// The same with data that is a text.
    WholeText,
    /// The same with data that is JSON where it can be read as such, and else a text.
    WholeEither,
    /// The event as what it is under its name, or under any other name. One without a name is
    /// called `message`, and has that as its `event` (WHATWG HTML, section 9.2.6).
    Named(&'static [(&'static str, Item)], &'static Item),
}

/// An event as OpenAPI 3.2 describes it (section 4.14.4, Server-Sent Events).
#[derive(Serialize)]
struct Whole<'a, D> {
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    data: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry: Option<u64>,
}

impl Item {
    /// The value as a text of JSON, so that there is one way to decode a type, whatever it is
    /// made of.
    ///
    /// # Errors
    /// The data is not what it has to be. Never quotes it.
    pub(super) fn json(self, frame: &Frame) -> Result<Cow<'_, [u8]>, String> {
        self.under(frame.name.as_deref(), frame)
    }

    fn under<'f>(self, name: Option<&'f str>, frame: &'f Frame) -> Result<Cow<'f, [u8]>, String> {
        let text = || String::from_utf8_lossy(&frame.data);
        match self {
            Self::Data => Ok(Cow::Borrowed(&frame.data)),
            Self::Text => written(&text()),
            Self::WholeText => written(&whole(name, frame, text())),
            Self::Whole => {
                let data: &RawValue = serde_json::from_slice(&frame.data)
                    .map_err(|error| crate::decode::explain(&frame.data, &error, ""))?;
                written(&whole(name, frame, data))
            }
            Self::WholeEither => {
                let either = Self::Whole.under(name, frame);
                either.or_else(|_| Self::WholeText.under(name, frame))
            }
            Self::Named(known, others) => {
                let name = name.unwrap_or("message");
                let found = known.iter().find(|(its, _)| *its == name).map(|(_, item)| item);
                found.unwrap_or(others).under(Some(name), frame)
            }
        }
    }
}

fn whole<'a, D>(event: Option<&'a str>, frame: &'a Frame, data: D) -> Whole<'a, D> {
    Whole { event, data, id: frame.id.as_deref(), retry: frame.retry }
}

fn written<T: Serialize>(value: &T) -> Result<Cow<'static, [u8]>, String> {
    let bytes = serde_json::to_vec(value).map(Cow::Owned);
    bytes.map_err(|_| "the event cannot be written as JSON".to_owned())
}
