//! Names as they stand on the wire, by the rule of serde's `rename_all = "camelCase"`.

/// A field: each underscore goes, and the letter after it becomes a capital.
pub(crate) fn field(ident: &str) -> String {
    let mut words = ident.strip_prefix("r#").unwrap_or(ident).split('_');
    let mut name = String::new();
    for word in &mut words {
        name.push_str(&with_first(word, |first| first.to_ascii_uppercase()));
    }
    with_first(&name, |first| first.to_ascii_lowercase())
}

/// A variant: its first letter becomes small.
pub(crate) fn variant(ident: &str) -> String {
    with_first(ident.strip_prefix("r#").unwrap_or(ident), |first| first.to_ascii_lowercase())
}

/// The words of a variant's name: `NotFound` is `Not Found`.
pub(crate) fn words(ident: &str) -> String {
    let mut words = String::new();
    let mut previous_small = false;
    for char in ident.chars() {
        if previous_small && char.is_uppercase() {
            words.push(' ');
        }
        previous_small = !char.is_uppercase();
        words.push(char);
    }
    words
}

fn with_first(word: &str, change: fn(char) -> char) -> String {
    let mut chars = word.chars();
    chars.next().map(change).into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn fields_follow_serde() {
        for (ident, name) in [
            ("created_at", "createdAt"),
            ("id", "id"),
            ("id_2", "id2"),
            ("r#type", "type"),
            ("_id", "id"),
            ("a__b_", "aB"),
            ("master_key_uuid", "masterKeyUuid"),
            ("straße_x", "straßeX"),
            ("_", ""),
        ] {
            assert_eq!(super::field(ident), name, "{ident}");
        }
    }

    #[test]
    fn variants_follow_serde() {
        for (ident, name) in [("InProgress", "inProgress"), ("AWS", "aWS"), ("r#Other", "other")] {
            assert_eq!(super::variant(ident), name, "{ident}");
        }
    }

    #[test]
    fn words_start_at_capitals() {
        for (ident, words) in [("NotFound", "Not Found"), ("ImATeapot", "Im ATeapot"), ("Ok", "Ok")]
        {
            assert_eq!(super::words(ident), words, "{ident}");
        }
    }
}
