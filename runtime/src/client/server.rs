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

#[cfg(test)]
mod tests {
    use super::fill;

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
