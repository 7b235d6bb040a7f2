//! Words that Rust keeps for itself.

/// What rustc reserves in any edition up to 2024, except the four that cannot be raw. A generated
/// module may be compiled in 2021 or 2024, and `r#gen` is valid in both.
const RAW: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Path segments of the language, which `r#` does not free (Rust reference, raw identifiers).
const NEVER_RAW: [&str; 4] = ["Self", "crate", "self", "super"];

/// The name as it can stand in Rust source: `type` is `r#type`, `self` is `self_`.
///
/// No wire text becomes a name that ends in an underscore, so `self_` is never another one's name.
pub(super) fn escape(name: String) -> String {
    if RAW.contains(&name.as_str()) {
        format!("r#{name}")
    } else if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The name without the raw prefix, as rustc compares it.
pub(super) fn unraw(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{NEVER_RAW, RAW, escape, unraw};

    #[test]
    fn every_keyword_becomes_an_identifier() {
        for word in RAW.into_iter().chain(NEVER_RAW) {
            let escaped = escape(word.to_owned());
            assert_ne!(escaped, word);
            assert!(syn::parse_str::<syn::Ident>(&escaped).is_ok(), "{escaped}");
        }
    }

    #[test]
    fn words_that_are_keywords_only_in_places_stay() {
        for word in ["union", "auto", "default", "raw", "safe", "value", "Option"] {
            assert_eq!(escape(word.to_owned()), word);
        }
        assert_eq!(unraw("r#type"), "type");
        assert_eq!(unraw("type_id"), "type_id");
    }
}
