//! What leads out of the documentation: links and addresses, as far as they are such things.
//!
//! A stranger has written them, so a link is nothing but `<…>` around what a reader sees, and only
//! where that is an address of the web or of a mailbox (CommonMark 6.5, autolinks).

use super::docs::sentence;
use super::{Docs, markdown};
use crate::ir::{self, ExternalDocs};
use crate::plain::is_dangerous;

/// Where more is to be read, a line for each place.
pub(super) fn links(docs: &ir::Docs) -> Option<Docs> {
    let lines: Docs = docs.links.iter().filter_map(see_also).collect();
    (!lines.is_empty()).then_some(lines)
}

/// One such line: the address, and what the document says is there.
pub(super) fn see_also(docs: &ExternalDocs) -> Option<String> {
    let address = url(&docs.url)?;
    let words = docs.description.as_deref().map(markdown::inline).unwrap_or_default();
    Some(match words.as_str() {
        "" => format!("See also {address}."),
        words => format!("See also {address}: {}", sentence(words)),
    })
}

/// A URL, as a link where a reader can follow it; of a path nobody knows from where.
pub(super) fn url(text: &str) -> Option<String> {
    let text = text.trim();
    let is_plain = |c: char| !(c.is_whitespace() || is_dangerous(c) || "<>\\`".contains(c));
    if text.is_empty() {
        None
    } else if text.chars().all(is_plain) && (is_of_web(text) || is_of_mail(text)) {
        Some(format!("<{text}>"))
    } else {
        Some(markdown::code(text))
    }
}

/// A mailbox, as a link where it is one.
pub(super) fn email(text: &str) -> Option<String> {
    let text = text.trim();
    match (text.is_empty(), is_mailbox(text)) {
        (true, _) => None,
        (false, true) => Some(format!("<{text}>")),
        (false, false) => Some(markdown::code(text)),
    }
}

/// `http` or `https` with the name of a host.
fn is_of_web(url: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

fn is_of_mail(url: &str) -> bool {
    url.strip_prefix("mailto:")
        .is_some_and(|rest| is_mailbox(rest.split_once('?').map_or(rest, |(mailbox, _)| mailbox)))
}

/// What CommonMark takes for an address, which is all that occurs in practice.
fn is_mailbox(text: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_{|}~-".contains(c);
    let is_label = |label: &str| {
        let is_inner = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=63).contains(&label.len())
            && label.chars().all(is_inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && name.chars().all(is_of_name) && host.split('.').all(is_label)
    })
}

#[cfg(test)]
mod tests {
    use super::{email, see_also, url};
    use crate::ir::ExternalDocs;

    #[test]
    fn only_what_can_be_followed_is_a_link() {
        let check = |text: &str, expected: &str| {
            assert_eq!(url(text).unwrap_or_default(), expected, "{text:?}");
        };
        check("https://example.com/a?b=c#d", "<https://example.com/a?b=c#d>");
        check(" http://[::1]:80/ ", "<http://[::1]:80/>");
        check("mailto:help@example.com?subject=a", "<mailto:help@example.com?subject=a>");
        check("", "");
        check("/terms", "`/terms`");
        check("https://", "`https://`");
        check("https:///a", "`https:///a`");
        check("mailto:nobody", "`mailto:nobody`");
        check("javascript:alert(1)", "`javascript:alert(1)`");
        check("https://a.example/><b>", "`https://a.example/><b>`");
        check("https://a.example/\u{202e}b", "`https://a.example/ b`");
        check("ask us", "`ask us`");
    }

    #[test]
    fn only_a_mailbox_is_written_to() {
        let check = |text: &str, expected: &str| {
            assert_eq!(email(text).unwrap_or_default(), expected, "{text:?}");
        };
        check("a.b+c@example.com", "<a.b+c@example.com>");
        check("  ", "");
        check("a at example.com", "`a at example.com`");
        check("a@-b.example", "`a@-b.example`");
        check("a>@b.example", "`a>@b.example`");
        check("@b.example", "`@b.example`");
    }

    #[test]
    fn what_is_there_is_said() {
        let check = |description: Option<&str>, expected: &str| {
            let description = description.map(str::to_owned);
            let docs = ExternalDocs { url: "https://a.example".to_owned(), description };
            assert_eq!(see_also(&docs).as_deref(), Some(expected));
        };
        check(None, "See also <https://a.example>.");
        check(Some(" "), "See also <https://a.example>.");
        check(Some("The [guide]"), "See also <https://a.example>: The \\[guide\\].");
    }
}
