//! Header values that nobody prints.

use http::HeaderValue;

use super::AuthError;

/// `text` as a header value that `Debug` and HTTP/2 header compression leave alone.
///
/// Only what arrives as it is: visible ASCII with spaces inside (RFC 9110, section 5.5). `what` names
/// it in the error; the text itself is never shown.
pub(super) fn header_value(what: &'static str, text: &str) -> Result<HeaderValue, AuthError> {
    let refused = || {
        AuthError::configuration(format!(
            "{what} has characters that a header does not carry: it may hold visible ASCII, \
             and spaces that are neither first nor last"
        ))
    };
    let carried = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    if text.trim() != text || !text.bytes().all(carried) {
        return Err(refused());
    }
    let mut value = HeaderValue::from_str(text).map_err(|_| refused())?;
    value.set_sensitive(true);
    Ok(value)
}

/// `Authorization: Bearer …` for `token`, which RFC 6750 keeps to visible ASCII without spaces.
///
/// `None` when the token cannot be sent.
pub(super) fn bearer(token: &str) -> Option<HeaderValue> {
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The token of a header made by [`bearer`].
pub(super) fn bare(header: &HeaderValue) -> &[u8] {
    header.as_bytes().strip_prefix(b"Bearer ").unwrap_or_default()
}
