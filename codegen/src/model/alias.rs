//! What rustdoc's search finds an item under besides its own name.

/// The name on the wire, where searching for it would not find the Rust name: the search ignores case
/// and underscores, and finds what a name holds, so that a name in another case or with a suffix
/// needs no help.
pub(super) fn alias(rust: &str, wire: &str) -> Option<String> {
    let (plain_rust, plain_wire) = (plain(rust), plain(wire));
    let is_found = plain_wire.is_empty() || plain_rust.contains(&plain_wire);
    (!is_found && is_allowed(wire)).then(|| wire.to_owned())
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether rustdoc takes it: no quotes, no space but blanks, and those within.
fn is_allowed(name: &str) -> bool {
    let is_odd =
        |c: char| matches!(c, '"' | '\'') || c.is_control() || (c.is_whitespace() && c != ' ');
    name.trim() == name && !name.contains(is_odd)
}

#[cfg(test)]
mod tests {
    use super::alias;

    #[test]
    fn only_what_is_called_otherwise() {
        let check = |rust: &str, wire: &str, expected: bool| {
            assert_eq!(alias(rust, wire).as_deref(), expected.then_some(wire), "{rust} {wire}");
        };
        check("master_key_uuid", "masterKeyUUID", false);
        check("r#type", "type", false);
        check("user_name_camel", "userName", false);
        check("n_1st", "1st", false);
        check("with_dots", "with.dots", false);
        check("plus", "+", false);
        check("Strasse", "straße", true);
        check("colour", "color", true);
        check("Widget", "widget_v2_final", true);
        check("Green", "1", true);
        check("Two words", "zwei Worte", true);
        for odd in ["it's", "a\"b", " x", "x ", "tab\there", "line\nbreak", "no-break\u{a0}space"] {
            check("other", odd, false);
        }
    }
}
