//! Links to the next page: which one a header names, and whether it may be followed.

use http::HeaderMap;
use http::header::LINK;
use url::Url;

/// Longer than any link that is one.
const LONGEST: usize = 8 * 1024;

/// An address on the server that its call has spoken to already.
#[derive(Clone)]
pub(crate) struct Followed(Url);

impl Followed {
    /// A link as it stands on the page at `from` (RFC 3986, section 5). It leads to the same scheme,
    /// host and port: the request has the caller's credentials, which are nobody else's business.
    ///
    /// # Errors
    /// Says what is wrong without repeating the link, which may hold a key.
    pub(super) fn new(from: &Url, link: &str) -> Result<Self, &'static str> {
        if link.len() > LONGEST {
            return Err("the link to the next page is too long");
        }
        let mut url = from.join(link).map_err(|_| "the link to the next page is none")?;
        if url.origin() != from.origin() || !url.username().is_empty() || url.password().is_some() {
            return Err("the link to the next page leads to another server");
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

/// The target of the link whose relation is `next`, if the headers have one (RFC 8288, section 3). A
/// link with an `anchor` is one of another page.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| Links { rest: line }).find(Link::is_next).map(|link| link.target)
}

struct Link {
    target: String,
    relations: Option<String>,
    is_of_another: bool,
}

impl Link {
    fn is_next(&self) -> bool {
        let mut relations = self.relations.iter().flat_map(|all| all.split_ascii_whitespace());
        !self.is_of_another && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
    }
}

/// The links of one line, up to the first that is none.
struct Links<'h> {
    rest: &'h str,
}

impl Iterator for Links<'_> {
    type Item = Link;

    fn next(&mut self) -> Option<Link> {
        let rest = self.rest.trim_start_matches([' ', '\t', ',']).strip_prefix('<')?;
        let (target, rest) = rest.split_once('>')?;
        self.rest = rest;
        let mut link =
            Link { target: target.trim().to_owned(), relations: None, is_of_another: false };
        while let Some((name, value)) = self.parameter() {
            // Of two `rel` the first one counts (RFC 8288, section 3.3).
            if name.eq_ignore_ascii_case("rel") {
                link.relations.get_or_insert(value);
            } else if name.eq_ignore_ascii_case("anchor") {
                link.is_of_another = true;
            }
        }
        Some(link)
    }
}

impl<'h> Links<'h> {
    /// `;name="value"`, with or without quotes or a value.
    fn parameter(&mut self) -> Option<(&'h str, String)> {
        let rest = self.rest.trim_start().strip_prefix(';')?.trim_start();
        let end = rest.find(['=', ';', ',']).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let name = name.trim_end();
        let Some(rest) = rest.strip_prefix('=') else {
            self.rest = rest;
            return Some((name, String::new()));
        };
        let rest = rest.trim_start();
        match rest.strip_prefix('"') {
            Some(quoted) => Some((name, self.quoted(quoted))),
            None => {
                let (value, rest) = rest.split_at(rest.find([';', ',']).unwrap_or(rest.len()));
                self.rest = rest;
                Some((name, value.trim_end().to_owned()))
            }
        }
    }

    /// What stands before the closing quote, without its backslashes (RFC 9110, section 5.6.4).
    fn quoted(&mut self, text: &'h str) -> String {
        let mut value = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => value.extend(chars.next()),
                other => value.push(other),
            }
        }
        self.rest = chars.as_str();
        value
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of(lines: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(LINK, HeaderValue::from_static(line));
        }
        next(&headers)
    }

    #[test]
    fn the_next_one_is_found() {
        for lines in [
            &[r#"</2>; rel="next""#][..],
            &["</2>;rel=next"],
            &[r#"</1>; rel="prev first", </2> ; REL = "last NEXT"; title="a, b""#],
            &[r#"</1>; title="\"x\"; rel=next, <"; rel=prev,</2>;x;rel=next"#],
            &["</1>; rel=prev", r#"</2>; rel="next""#],
            &[r#"</1>; rel=next; anchor="/other", </2>; rel=next"#],
            &["</1>; rel=prev; rel=next, , </2>; rel=next, </3>; rel=next"],
        ] {
            assert_eq!(of(lines).as_deref(), Some("/2"), "{lines:?}");
        }
        assert_eq!(of(&["<https://a.example/x,y;z>;rel=next"]).unwrap(), "https://a.example/x,y;z");
    }

    #[test]
    fn there_may_be_none() {
        for line in ["", "</2>", "</2>; rel=prev", "</2; rel=next", "/2; rel=next", "</2>; rel=\"n"]
        {
            assert_eq!(of(&[line]), None, "{line}");
        }
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_link_stays_on_its_server() {
        let from = Url::parse("https://api.example/v1/things?page=1").unwrap();
        let to = |link: &str| Followed::new(&from, link).map(|followed| followed.0.to_string());
        for (link, expected) in [
            ("?page=2", "https://api.example/v1/things?page=2"),
            ("/v2/x#top", "https://api.example/v2/x"),
            ("https://API.example:443/a?b", "https://api.example/a?b"),
            ("//api.example/a", "https://api.example/a"),
        ] {
            assert_eq!(to(link).as_deref(), Ok(expected));
        }
        for link in [
            "http://api.example/a",
            "https://api.example:8443/a",
            "https://other.example/a",
            "//other.example",
            "https://api.example@other.example/",
            "https://me@api.example/",
            "https://me:too@api.example/",
            "ftp://api.example/",
            "data:,x",
            "https://",
        ] {
            assert!(to(link).is_err(), "{link}");
        }
        assert!(to(&"a".repeat(LONGEST + 1)).is_err());
    }
}
