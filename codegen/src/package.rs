//! Names of packages, and what Rust calls their crates.

use toml_edit::{DocumentMut, Item, TableLike};

/// A package name made of the title of a document.
pub fn named_after(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join("-");
    if is_sound(&name) { name } else { format!("client-{name}").trim_matches('-').to_owned() }
}

/// What cargo takes as the name of a package, and rustc as that of a crate: no keyword either.
pub fn is_sound(name: &str) -> bool {
    is_spelled(name) && !is_taken(name)
}

/// Whether a name has the letters of one.
fn is_spelled(name: &str) -> bool {
    let sound = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.chars().all(sound) && name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a name of the right letters means something else.
fn is_taken(name: &str) -> bool {
    let ident = krate(name);
    let is_free = syn::parse_str::<syn::Ident>(&ident).is_ok()
        && !["test", "core", "std", "alloc", "proc_macro"].contains(&ident.as_str())
        // Cargo wants one package of a name, and these are dependencies of every client.
        && !["specwright_runtime", "specwright_derive"].contains(&ident.as_str());
    !is_free
}

/// What to do about a name that is no sound one.
pub fn advice(name: &str) -> String {
    if is_spelled(name) {
        format!("Rust or cargo has another use for it: `{name}-client` would do")
    } else {
        "use ASCII letters, digits, `-` and `_`, a letter first".to_owned()
    }
}

/// Whether a manifest can be read as TOML at all.
pub fn is_manifest(text: &str) -> bool {
    text.parse::<DocumentMut>().is_ok()
}

/// The name of the package that a manifest describes.
pub fn of_manifest(text: &str) -> Option<String> {
    name_in(&text.parse().ok()?, "package")
}

/// What others call the crate of a manifest's library.
pub fn library_of_manifest(text: &str) -> Option<String> {
    let document = text.parse().ok()?;
    name_in(&document, "lib").or_else(|| name_in(&document, "package"))
}

/// Whether a manifest has a dependency whose crate Rust calls so, on whatever platform. Of a text that
/// is no manifest nobody knows.
pub fn depends_on(manifest: &str, name: &str) -> bool {
    let Ok(document) = manifest.parse::<DocumentMut>() else { return true };
    let has = |table: &dyn TableLike| {
        let dependencies = table.get("dependencies").and_then(Item::as_table_like);
        dependencies.is_some_and(|all| all.iter().any(|(key, _)| krate(key) == name))
    };
    let targets = document.get("target").and_then(Item::as_table_like);
    let mut targets = targets.into_iter().flat_map(TableLike::iter);
    has(document.as_table()) || targets.any(|(_, one)| one.as_table_like().is_some_and(has))
}

fn name_in(document: &DocumentMut, table: &str) -> Option<String> {
    document.get(table)?.get("name")?.as_str().map(str::to_owned)
}

/// What Rust calls the crate of a package.
pub(crate) fn krate(package: &str) -> String {
    package.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_package_names() {
        let check = |title, expected| {
            let name = named_after(title);
            assert_eq!(name, expected);
            assert!(is_sound(&name), "{name}");
        };
        check("Atlas Snapshots", "atlas-snapshots");
        check("  MongoDB: Atlas (v2)!", "mongodb-atlas-v2");
        check("3D printers", "client-3d-printers");
        check("fn", "client-fn");
        check("Überweisung", "berweisung");
        check("日本", "client");
        check("", "client");
    }

    #[test]
    fn names_that_cargo_refuses() {
        for name in ["", "1a", "a b", "é", "self", "a/b", "_", "test", "a.b"] {
            assert!(!is_sound(name), "{name}");
        }
        for name in ["self", "test", "std", "fn", "specwright-runtime"] {
            let client = format!("{name}-client");
            assert!(!is_sound(name) && is_sound(&client) && advice(name).contains(&client));
        }
        assert!(advice("1a").contains("a letter first"));
    }

    #[test]
    fn dependencies_are_found_by_the_name_of_their_crate() {
        let manifest = "[dependencies]\nchrono-tz = \"0.10\"\n[target.'cfg(unix)'.dependencies]\ntime = \"0.3\"\n";
        for (name, expected) in [("chrono_tz", true), ("time", true), ("chrono", false)] {
            assert_eq!(depends_on(manifest, name), expected, "{name}");
        }
        assert!(!depends_on("", "chrono") && depends_on("= 1", "chrono"));
    }

    #[test]
    fn a_library_may_have_a_name_of_its_own() {
        let manifest = "[package]\nname = \"my-client\"\n";
        assert_eq!(library_of_manifest(manifest).as_deref(), Some("my-client"));
        let manifest = format!("{manifest}[lib]\nname = \"mine\"\n");
        assert_eq!(library_of_manifest(&manifest).as_deref(), Some("mine"));
        assert_eq!(of_manifest(&manifest).as_deref(), Some("my-client"));
    }
}
