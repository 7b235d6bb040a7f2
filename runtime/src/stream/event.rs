//! A server-sent event as it is.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::decode;
use crate::error::ParseError;

/// A server-sent event, its data undecoded.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    event: Option<String>,
    data: String,
    id: Option<String>,
    retry: Option<u64>,
}

impl Event {
    /// What sort of event it is; `message` if the server does not say.
    #[must_use]
    pub fn name(&self) -> &str {
        self.event.as_deref().unwrap_or("message")
    }

    /// Its data; several lines are joined by line feeds.
    #[must_use]
    pub fn data(&self) -> &str {
        &self.data
    }

    /// The id that came with it.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its data as JSON.
    ///
    /// # Errors
    /// Says where it is not what `T` wants. Never quotes the data.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ParseError> {
        decode::json(self.data.as_bytes(), false).map_err(ParseError::of_event)
    }
}

impl fmt::Debug for Event {
    /// The data's size only, as of every body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        f.debug_struct("Event").field("name", &name).field("data", &self.data.len()).finish()
    }
}
