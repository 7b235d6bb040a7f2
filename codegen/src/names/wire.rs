//! The wire name that the runtime's derives make of an identifier by themselves.
//!
//! A generated field or variant carries `#[wire("…")]` only where its wire name differs from this.

use super::keywords::unraw;

/// What `Encode` and `Decode` make of a field: `created_at` is `createdAt`, `r#type` is `type`.
///
/// The rule is that of serde's `rename_all = "camelCase"`, ASCII letters only.
pub(crate) fn wire_of_field(ident: &str) -> String {
    let pascal: String =
        unraw(ident).split('_').map(|word| with_first(word, |c| c.to_ascii_uppercase())).collect();
    with_first(&pascal, |first| first.to_ascii_lowercase())
}

/// What `StringEnum` makes of a variant: `InProgress` is `inProgress`.
pub(crate) fn wire_of_variant(ident: &str) -> String {
    with_first(unraw(ident), |first| first.to_ascii_lowercase())
}

fn with_first(word: &str, change: impl Fn(char) -> char) -> String {
    let mut chars = word.chars();
    chars.next().map(change).into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::{wire_of_field, wire_of_variant};

    #[test]
    fn fields_follow_serde() {
        for (ident, wire) in [
            ("created_at", "createdAt"),
            ("id", "id"),
            ("id_2", "id2"),
            ("r#type", "type"),
            ("self_", "self"),
            ("master_key_uuid", "masterKeyUuid"),
            ("n_24h", "n24h"),
            ("é_a", "éA"),
        ] {
            assert_eq!(wire_of_field(ident), wire, "{ident}");
        }
    }

    #[test]
    fn variants_follow_serde() {
        for (ident, wire) in [("InProgress", "inProgress"), ("Aws", "aws"), ("Self_", "self_")] {
            assert_eq!(wire_of_variant(ident), wire, "{ident}");
        }
    }
}
