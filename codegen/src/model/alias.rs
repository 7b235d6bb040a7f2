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

/// The longest name that somebody would search for.
const LONGEST: usize = 80;

/// Whether rustdoc takes it, which wants neither quotes nor blanks at the ends, and whether it is a name:
/// what else a document may call something stays out of the page of the search.
fn is_allowed(name: &str) -> bool {
    let is_usual = |c: char| c.is_alphanumeric() || " _-.:/@+#$*=~!?%()[]{}".contains(c);
    name.trim() == name && name.chars().count() <= LONGEST && name.chars().all(is_usual)
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
        for odd in ["a\u{202e}b", "<script>", "a&amp;b", "back\\slash", "`code`"] {
            check("other", odd, false);
        }
        check("other", &"x".repeat(80), true);
        check("other", &"x".repeat(81), false);
    }
}
