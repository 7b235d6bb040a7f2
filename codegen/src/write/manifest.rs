//! The manifest of a generated crate.
//!
//! It is made once and belongs to the user from then on; only the dependency we need and the
//! features of the tags are kept right, and whatever the user wrote beside them stays as it is,
//! comments included.

use std::path::Path;

use toml_edit::{DocumentMut, InlineTable, Item, Table, TomlError, Value};

use crate::diagnostics::{Code, Diagnostic, Location};
use crate::source::position;

/// The dependency every generated crate has.
const RUNTIME: &str = "specwright-runtime";
/// The version that goes with this generator.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a manifest is made of.
#[derive(Clone, Debug)]
pub struct Manifest<'a> {
    /// Name of the package.
    pub name: &'a str,
    /// Where the runtime is, relative to the manifest; without it the published version.
    pub runtime_path: Option<&'a str>,
    /// Features of the runtime that the crate needs.
    pub runtime_features: &'a [&'a str],
    /// The features of the crate.
    pub features: &'a [String],
    /// Whether the crate must be a workspace of its own, because the one around it does not list
    /// it.
    pub own_workspace: bool,
}

impl Manifest<'_> {
    /// Whether the text is the manifest of a crate that links to our runtime.
    pub(crate) fn is_of_generated_crate(text: &str) -> bool {
        let document = text.parse::<DocumentMut>().ok();
        let runtime =
            document.as_ref().and_then(|document| document.get("dependencies")?.get(RUNTIME));
        runtime.is_some()
    }

    /// A new manifest.
    pub fn create(&self) -> String {
        let mut text = format!(
            "[package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.85\"\n\n[dependencies]\n",
            Value::from(self.name)
        );
        text.push_str(&format!("{RUNTIME} = {}\n", self.runtime()));
        text.push_str("\n[package.metadata.docs.rs]\nall-features = true\n");
        if self.own_workspace {
            text.push_str("\n[workspace]\n");
        }
        // What is put into a table of ours cannot be refused.
        self.merge(Path::new("Cargo.toml"), &text).unwrap_or(text)
    }

    /// The user's manifest, which is at `path`, with our dependency and our features put right.
    ///
    /// # Errors
    ///
    /// A diagnostic if the text is not TOML or its tables are something else.
    pub fn merge(&self, path: &Path, existing: &str) -> Result<String, Box<Diagnostic>> {
        let refuse = |message: String| {
            let help = "mend the file, or remove it to have a new one written";
            Box::new(
                Diagnostic::error(Code::Config, message).located(Location::whole(path)).help(help),
            )
        };
        let mut document: DocumentMut = existing.parse().map_err(|error: TomlError| {
            let found =
                refuse(format!("the crate's manifest is not TOML: {}", error.message().trim_end()));
            let start = error.span().map_or(0, |span| span.start);
            Box::new(found.located(position::location(path, existing, start)))
        })?;
        let dependencies = document
            .entry("dependencies")
            .or_insert_with(|| Item::Table(Table::new()))
            .as_table_like_mut()
            .ok_or_else(|| refuse("`dependencies` is not a table".to_owned()))?;
        match dependencies.get_mut(RUNTIME) {
            None => {
                dependencies.insert(RUNTIME, Item::Value(self.runtime()));
            }
            Some(Item::Value(Value::String(version)))
                if self.runtime_path.is_none() && self.runtime_features.is_empty() =>
            {
                if version.value() != VERSION {
                    *version = toml_edit::Formatted::new(VERSION.to_owned());
                }
            }
            Some(item) => match item.as_table_like_mut() {
                Some(table) => self.put_right(table),
                None => *item = Item::Value(self.runtime()),
            },
        }
        super::features::merge(&mut document, self.features)
            .map_err(|problem| refuse(format!("the crate's Cargo.toml: {problem}")))?;
        Ok(document.to_string())
    }

    /// Sets what we decide of an existing entry: version, path and the features we need. A
    /// dependency inherited from the workspace says the first two already.
    fn put_right(&self, entry: &mut dyn toml_edit::TableLike) {
        self.add_features(entry);
        if entry.contains_key("workspace") {
            return;
        }
        set(entry, "version", VERSION);
        if let Some(path) = self.runtime_path {
            set(entry, "path", path);
        }
    }

    /// Adds the features we need to those of the user, who may not want them any more when we do
    /// not: none is taken away.
    fn add_features(&self, entry: &mut dyn toml_edit::TableLike) {
        if self.runtime_features.is_empty() {
            return;
        }
        if !entry.get("features").is_some_and(Item::is_array) {
            entry.insert("features", toml_edit::value(toml_edit::Array::new()));
        }
        let Some(list) = entry.get_mut("features").and_then(Item::as_array_mut) else { return };
        for feature in self.runtime_features {
            if !list.iter().any(|known| known.as_str() == Some(feature)) {
                list.push(*feature);
            }
        }
    }

    fn runtime(&self) -> Value {
        if self.runtime_path.is_none() && self.runtime_features.is_empty() {
            return Value::from(VERSION);
        }
        let mut table = InlineTable::new();
        if let Some(path) = self.runtime_path {
            table.insert("path", path.into());
        }
        table.insert("version", VERSION.into());
        self.add_features(&mut table);
        Value::InlineTable(table)
    }
}

fn set(entry: &mut dyn toml_edit::TableLike, key: &str, value: &str) {
    if entry.get(key).and_then(Item::as_str) != Some(value) {
        entry.insert(key, toml_edit::value(value));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Manifest;

    fn here() -> &'static Path {
        Path::new("out/Cargo.toml")
    }

    const HERE: Manifest<'_> = Manifest {
        name: "x",
        runtime_path: Some("../runtime"),
        runtime_features: &[],
        features: &[],
        own_workspace: false,
    };

    #[test]
    fn what_is_created_needs_no_merge() {
        let created = HERE.create();
        assert_eq!(HERE.merge(here(), &created).ok(), Some(created));
    }

    #[test]
    fn the_users_words_stay() {
        let mine = "[package]\nname = \"y\" # mine\n\n[dependencies]\nserde = \"1\"\n";
        let merged = HERE.merge(here(), mine).unwrap();
        assert!(merged.starts_with(mine));
        assert!(merged.contains("specwright-runtime = { path = \"../runtime\", version = "));
    }

    #[test]
    fn a_wrong_version_is_put_right_and_features_stay() {
        let old = "[dependencies]\nspecwright-runtime = { version = \"0.0.1\", features = [\"tracing\"] }\n";
        let merged = HERE.merge(here(), old).unwrap();
        assert!(!merged.contains("0.0.1"));
        assert!(merged.contains("features = [\"tracing\"]"));
        assert!(merged.contains("path = \"../runtime\""));
    }

    #[test]
    fn features_are_added_and_none_is_taken_away() {
        let with = Manifest { runtime_path: None, runtime_features: &["patterns"], ..HERE };
        let created = with.create();
        assert!(created.contains("features = [\"patterns\"] }"), "{created}");
        assert_eq!(with.merge(here(), &created).ok(), Some(created.clone()));
        assert_eq!(
            Manifest { runtime_features: &[], ..with.clone() }.merge(here(), &created).ok(),
            Some(created)
        );
        for mine in ["\"0.1.0\"", "{ version = \"0.1.0\", features = [\"rustls\"] }"] {
            let merged = with
                .merge(here(), &format!("[dependencies]\nspecwright-runtime = {mine}\n"))
                .unwrap();
            assert!(merged.contains("\"patterns\"]"), "{merged}");
            assert_eq!(merged.contains("rustls"), mine.contains("rustls"));
        }
    }

    #[test]
    fn not_toml_is_refused() {
        let place = |text: &str| {
            let location = HERE.merge(here(), text).unwrap_err().location.unwrap();
            (location.file, location.line)
        };
        assert_eq!(place("[package]\n= 1"), (here().to_owned(), 2));
        assert_eq!(place("dependencies = 1"), (here().to_owned(), 0));
    }
}
