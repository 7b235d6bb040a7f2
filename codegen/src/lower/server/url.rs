//! Whether a client can be made for the URL of a server.

use http::Uri;

/// Why no base URL comes of `url`, if that is so. A path is put behind a base URL, and every
/// request shows it. Relative URLs and variables without a value are no fault: the client asks for
/// what is missing.
pub(super) fn unfit(url: &str, values: &[(String, String)]) -> Option<String> {
    if url.contains(['?', '#']) {
        return Some("has a query or a fragment".to_owned());
    }
    if url.contains("//") && authority(url).contains('@') {
        return Some("has a user name or password".to_owned());
    }
    if !is_paired(url) {
        return Some("has a brace without the other".to_owned());
    }
    unreadable(&fill(url, values))
}

/// What keeps any request from going to an absolute URL. One that is relative has no such fault,
/// nor has one with values still to come, in braces.
pub(in crate::lower) fn unreadable(filled: &str) -> Option<String> {
    if filled.contains(|c: char| c.is_control() || " \"<>\\^`|".contains(c)) {
        return Some("holds a character that no URL has".to_owned());
    }
    let (scheme, _) = filled.split_once("://")?;
    // What is left in braces comes from the caller, and a host in another script is for the
    // client's own parser.
    if scheme.contains('{') {
        return None;
    }
    if !matches!(&*scheme.to_ascii_lowercase(), "http" | "https") {
        return Some(format!("has the scheme `{scheme}`, not `https` or `http`"));
    }
    if filled.contains('{') || !filled.is_ascii() {
        return None;
    }
    match filled.parse::<Uri>() {
        Ok(uri) if has_sound_authority(&uri) => None,
        Ok(_) | Err(_) => Some("has no host, or one that cannot be read".to_owned()),
    }
}

/// Why a variable of `url` cannot have this value, if that is so: it would begin another part of
/// the URL, or leave a part of it without a name. What is wrong with the URL as a whole is said of
/// that (`unfit`).
pub(super) fn spoils(url: &str, name: &str, value: &str) -> Option<&'static str> {
    let braced = format!("{{{name}}}");
    if !url.contains(&braced) {
        return None;
    }
    let filled = url.replace(&braced, value);
    if value.contains(['?', '#']) {
        return Some("begins a query or a fragment");
    }
    if filled.contains("//") && authority(&filled).contains('@') && !authority(url).contains('@') {
        return Some("holds a user name or password");
    }
    let is_in_host = url.contains("://") && authority(url).contains(&braced);
    if is_in_host && value.contains(|c: char| !(c.is_alphanumeric() || "-._~:[]".contains(c))) {
        return Some("holds what no name of a host has");
    }
    let host = authority(&filled);
    if is_in_host && (host.is_empty() || host.starts_with(['.', ':']) || host.contains("..")) {
        return Some("leaves a part of the host without a name");
    }
    // They would be folded away, and with them the path in front (RFC 3986, section 5.2.4).
    let is_dots = |segment: &str| matches!(segment, "." | "..");
    if value.to_ascii_lowercase().replace("%2e", ".").split('/').any(is_dots) {
        return Some("has a segment of dots alone");
    }
    None
}

/// The URL without a user name and password, and without what stands in front of them, so that it
/// is a name for a server and no place to go to.
pub(super) fn without_secrets(url: &str) -> &str {
    if !url.contains("//") || !authority(url).contains('@') {
        return url;
    }
    let end = url.split_once("//").map_or(0, |(front, _)| front.len() + 2) + authority(url).len();
    url[..end].rfind('@').map_or(url, |at| &url[at + 1..])
}

/// The names between braces, in order.
pub(super) fn names(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

fn is_paired(url: &str) -> bool {
    let count = names(url).filter(|name| !name.contains('{')).count();
    url.matches('{').count() == count && url.matches('}').count() == count
}

/// Host, port and what stands in front of them.
fn authority(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// The URL with the values it has; a variable without one stays in its braces.
fn fill(url: &str, values: &[(String, String)]) -> String {
    values
        .iter()
        .fold(url.to_owned(), |filled, (name, value)| filled.replace(&format!("{{{name}}}"), value))
}

/// The parser takes any digits for a port, and nothing for a host.
fn has_sound_authority(uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else { return false };
    let behind_host = &authority.as_str()[authority.host().len()..];
    let has_port = behind_host.is_empty() || behind_host == ":" || authority.port_u16().is_some();
    has_port && !authority.host().is_empty()
}

#[cfg(test)]
mod tests {
    use super::{spoils, unfit, without_secrets};

    #[test]
    fn what_no_base_url_can_have() {
        let values = [("scheme", "https"), ("port", "8443"), ("old", "ftp"), ("far", "99999")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        for url in [
            "https://a.example/v1",
            "https://a.example:8443",
            "http://[::1]:80/v1",
            "HTTP://a.example",
            "https://bücher.example",
            "",
            "/",
            "/v1",
            "v1/{tenant}",
            "//a.example/v1",
            "a@b",
            "https://{host}:{port}/a@b",
            "{scheme}://{host}:{port}",
            "{unknown}://a.example",
            "{your-url}",
        ] {
            assert_eq!(unfit(url, &values), None, "{url}");
        }
        for url in [
            "https://a.example?x=1",
            "/v1#a",
            "https://u:p@a.example",
            "//u@a.example/v1",
            "ftp://a.example",
            "{old}://a.example",
            "wss://a.example",
            "http://[::1",
            "https://",
            "https://:80",
            "https:///v1",
            "https://a.example:{far}",
            "https://a b.example",
            "no url at all",
            "<host>",
            "https://{a",
            "https://a}.example",
            "https://{{a}}",
        ] {
            assert!(unfit(url, &values).is_some(), "{url}");
        }
    }

    #[test]
    fn values_that_spoil_a_url() {
        for (url, value) in [
            ("https://{a}", "127.0.0.1:1/x?y#z"),
            ("https://{a}", "host/path"),
            ("https://{a}", "u:secret@host"),
            ("{a}/v1", "https://u:secret@host"),
            ("https://{a}.example", ""),
            ("https://www.{a}.example", ""),
            ("https://{a}", ""),
            ("https://{a}:{b}/v1", ""),
            ("https://host/{a}", "../.."),
            ("https://host/{a}", "x/%2E"),
            ("/{a}", "v1#x"),
        ] {
            assert!(spoils(url, "a", value).is_some(), "{url} {value}");
        }
        for (url, value) in [
            ("https://{a}.example", "eu"),
            ("https://{a}", "127.0.0.1:8080"),
            ("https://{a}/v1", "[::1]:1"),
            ("https://{a}", "bücher"),
            ("https://host{a}", ""),
            ("https://host/{a}", ""),
            ("https://host/{a}", "v1/@me/..."),
            ("{a}/v1", "https://host"),
            ("{a}://host", "https"),
            ("https://host/{b}", "?"),
        ] {
            assert_eq!(spoils(url, "a", value), None, "{url} {value}");
        }
    }

    #[test]
    fn secrets_are_taken_out() {
        for (url, expected) in [
            ("https://u:p@a.example/v1", "a.example/v1"),
            ("//u@q@a.example/@", "a.example/@"),
            ("a@b", "a@b"),
            ("https://a.example/u@b", "https://a.example/u@b"),
        ] {
            assert_eq!(without_secrets(url), expected);
        }
    }
}
