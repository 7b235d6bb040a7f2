//! The header `Prefer` as a list of preferences (RFC 7240, section 2).

/// A preference: `name`, `name=value`, `name="any text"`, each with parameters behind semicolons.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Preference {
    pub(super) name: String,
    /// Empty where none is given, which means the same; in words why it is none.
    pub(super) value: Result<String, String>,
    /// The first of its parameters.
    pub(super) parameter: Option<String>,
}

/// The preferences of one line. Texts that are not quoted end at a space, a comma or a semicolon: who
/// prefers what we do not know may write more than tokens, and some clients write a space between
/// preferences.
pub(super) fn preferences(line: &str) -> Vec<Preference> {
    let mut found: Vec<Preference> = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let is_parameter = rest.starts_with(';');
        rest = rest.trim_start_matches([';', ' ', '\t']);
        if rest.is_empty() {
            return found;
        }
        // A semicolon may have nothing behind it.
        if rest.starts_with(',') {
            continue;
        }
        let (name, behind) = cut(rest, &['=', ',', ';', ' ', '\t', '"']);
        let equals = behind.trim_start_matches([' ', '\t']).strip_prefix('=');
        let (value, behind) = match equals {
            Some(value) => word(value.trim_start_matches([' ', '\t'])),
            None => (Ok(String::new()), behind.trim_start_matches('"')),
        };
        rest = behind;
        match found.last_mut().filter(|_| is_parameter) {
            Some(last) => last.parameter = last.parameter.take().or(Some(name.to_owned())),
            None => found.push(Preference { name: name.to_owned(), value, parameter: None }),
        }
    }
}

/// A token or a quoted text, and what is behind it.
fn word(text: &str) -> (Result<String, String>, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (word, behind) = cut(text, &[',', ';', ' ', '\t', '"']);
        // A mark within a word would be read as the begin of another.
        let behind = behind.strip_prefix('"').map_or(behind, |_| "");
        return (Ok(word.to_owned()), behind);
    };
    let mut value = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (Ok(value), &quoted[at + 1..]),
            // The next letter as it is (RFC 9110, section 5.6.4).
            '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter => value.push(letter),
        }
    }
    (Err("has a quotation mark that nothing closes".to_owned()), "")
}

/// Cuts in front of the first of some marks.
fn cut<'t>(text: &'t str, marks: &[char]) -> (&'t str, &'t str) {
    text.split_at(text.find(marks).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_read_as_they_are_written() {
        let check = |line: &str, expected: &[(&str, &str)]| {
            let read = preferences(line);
            let read: Vec<_> = read
                .iter()
                .map(|one| (one.name.as_str(), one.value.as_deref().unwrap_or("?")))
                .collect();
            assert_eq!(read, expected, "{line}");
        };
        check("", &[]);
        check("code=404", &[("code", "404")]);
        check(
            "respond-async, wait=10,code = 404",
            &[("respond-async", ""), ("wait", "10"), ("code", "404")],
        );
        check("code=404 example=a", &[("code", "404"), ("example", "a")]);
        check(
            r#"example="sp ace, \"and\" more;", code="200""#,
            &[("example", r#"sp ace, "and" more;"#), ("code", "200")],
        );
        check(r#"example="open, code=200"#, &[("example", "?")]);
        check(r#"example=a"b, code=200"#, &[("example", "a")]);
        check(r#"code="""#, &[("code", "")]);
        check(", ,;code=404;;", &[("code", "404")]);
        check(
            "timezone=Europe/Paris; strict, code=404",
            &[("timezone", "Europe/Paris"), ("code", "404")],
        );
        let parameters = preferences("code=404; example=two; x, wait=1");
        assert_eq!(parameters[0].parameter.as_deref(), Some("example"));
        assert_eq!(parameters[1].parameter, None);
    }
}
