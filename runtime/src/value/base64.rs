//! Bytes in JSON.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes that travel as base64 (`format: byte`).
///
/// What a server sent is kept as it came: there are several spellings of the same bytes, and some
/// servers put plain text here. Bytes of your own are encoded in the standard alphabet with padding
/// (RFC 4648, section 4).
///
/// ```
/// use specwright_runtime::Base64;
///
/// let sent = Base64::from(b"hello".as_slice());
/// assert_eq!(sent.as_str(), "aGVsbG8=");
/// assert_eq!(sent.decode()?, b"hello");
/// # Ok::<(), specwright_runtime::NotBase64>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base64(String);

/// A text that is not base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBase64;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

impl Base64 {
    /// A text that is base64 already, or is to be sent as if it were.
    #[must_use]
    pub fn from_encoded(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it travels.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bytes. Both alphabets of RFC 4648, line breaks and missing padding are taken.
    ///
    /// # Errors
    /// The text is no base64 of any of these kinds.
    pub fn decode(&self) -> Result<Vec<u8>, NotBase64> {
        let text: Vec<u8> = self.0.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let alphabet = match text.iter().any(|byte| matches!(byte, b'-' | b'_')) {
            true => alphabet::URL_SAFE,
            false => alphabet::STANDARD,
        };
        GeneralPurpose::new(&alphabet, LENIENT).decode(text).map_err(|_| NotBase64)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(general_purpose::STANDARD.encode(bytes))
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<bytes::Bytes> for Base64 {
    fn from(bytes: bytes::Bytes) -> Self {
        Self::from(bytes.as_ref())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl fmt::Display for Base64 {
    /// The text as it travels.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Base64 {
    type Err = Infallible;

    /// Takes a text that is base64 already.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl fmt::Display for NotBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not base64")
    }
}

impl std::error::Error for NotBase64 {}
