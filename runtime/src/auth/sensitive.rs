//! Header values that nobody prints.

use http::HeaderValue;

use super::AuthError;

/// `text` as a header value that `Debug` and HTTP/2 header compression leave alone.
///
/// Only what arrives as it is: visible ASCII with spaces inside (RFC 9110, section 5.5). `what` names
/// it in the error; the text itself is never shown.
pub(super) fn header_value(what: &'static str, text: &str) -> Result<HeaderValue, AuthError> {
    carry(what, text, |byte| byte.is_ascii_graphic() || byte == b' ')
}

/// The answer to a challenge, in which a quoted text of the server's may have tabs (RFC 9110,
/// section 5.6.4).
pub(super) fn answer(what: &'static str, text: &str) -> Result<HeaderValue, AuthError> {
    carry(what, text, |byte| byte.is_ascii_graphic() || matches!(byte, b' ' | b'\t'))
}

fn carry(
    what: &'static str,
    text: &str,
    is_carried: fn(u8) -> bool,
) -> Result<HeaderValue, AuthError> {
    let refused = || {
        AuthError::configuration(format!(
            "{what} has characters that a header does not carry: it may hold visible ASCII, \
             and spaces that are neither first nor last"
        ))
    };
    if text.trim() != text || !text.bytes().all(is_carried) {
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
