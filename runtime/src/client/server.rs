//! Server URLs with variables (OpenAPI 3.0, Server Variable Object).

/// `https://{region}.example.com` with values for its variables; `None` if one has none.
pub(crate) fn fill(template: &str, values: &[(String, String)]) -> Option<String> {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        let (_, value) = values.iter().find(|(known, _)| known == name)?;
        out.push_str(literal);
        out.push_str(value);
        rest = tail;
    }
    out.push_str(rest);
    Some(out)
}

/// The variable of `template` whose value would end the host's name and begin another part of the
/// URL. A value in the path may have slashes, and one that is all of the URL's beginning anything.
pub(crate) fn misplaced<'v>(template: &str, values: &'v [(String, String)]) -> Option<&'v str> {
    let (scheme, rest) = template.split_once("://")?;
    let host = rest.split('/').next().unwrap_or(rest);
    let breaks = |(name, value): &&(String, String)| {
        let braced = format!("{{{name}}}");
        let is_outside =
            |allowed: &str| value.contains(|c: char| !(c.is_alphanumeric() || allowed.contains(c)));
        (host.contains(&braced) && is_outside("-._~:[]"))
            || (scheme.contains(&braced) && is_outside("+-."))
    };
    values.iter().find(breaks).map(|(name, _)| name.as_str())
}

#[cfg(test)]
mod tests {
    use super::{fill, misplaced};

    #[test]
    fn values_keep_to_their_place() {
        let check = |template: &str, value: &str, is_misplaced: bool| {
            let values = [("a".to_owned(), value.to_owned())];
            assert_eq!(misplaced(template, &values).is_some(), is_misplaced, "{template} {value}");
        };
        for value in ["evil.example/", "../x", "me@evil", "x?", "x#", "x\\", "x y", "%2f"] {
            check("https://{a}.example/v1", value, true);
            check("https://example/{a}", value, false);
            check("{a}/v1", value, false);
            check("{a}://example", value, true);
        }
        for value in ["eu", "", "127.0.0.1:8080", "[::1]:1", "bücher"] {
            check("https://{a}/v1", value, false);
        }
    }

    #[test]
    fn variables_have_values() {
        let values = [("a".to_owned(), "x".to_owned()), ("b".to_owned(), String::new())];
        for (template, expected) in [
            ("https://{a}.example/{b}v1", Some("https://x.example/v1")),
            ("https://example", Some("https://example")),
            ("https://{c}.example", None),
            ("https://{a", None),
        ] {
            assert_eq!(fill(template, &values).as_deref(), expected);
        }
    }
}
