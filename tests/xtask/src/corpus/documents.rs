//! Which files of a folder are documents.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

/// A document of the folder.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Its path in the folder, with slashes.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// What it says under `openapi` or `swagger`.
    pub(super) version: String,
    /// Its name as one word that no other document has, for packages and folders.
    pub(super) slug: String,
}

impl Document {
    fn read(folder: &Path, path: PathBuf) -> Option<Self> {
        let known = path.extension().and_then(|extension| extension.to_str());
        if !matches!(known, Some("json" | "yaml" | "yml")) {
            return None;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).ok()?).into_owned();
        let version = version(&text)?;
        let parts = path.strip_prefix(folder).unwrap_or(&path).components();
        let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = parts.join("/");
        let slug = slug(&name);
        Some(Self { name, path, version, slug })
    }
}

/// The words of a path. A package may not begin with a digit.
fn slug(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    format!("of-{}", words.collect::<Vec<_>>().join("-"))
}

/// The documents below `folder`, by name; only the roots, if there are any.
pub(super) fn find(folder: &Path, roots: &[PathBuf]) -> Result<Vec<Document>, String> {
    let mut documents = if roots.is_empty() { all(folder)? } else { these(folder, roots)? };
    let mut taken = BTreeSet::new();
    for document in &mut documents {
        while !taken.insert(document.slug.clone()) {
            document.slug.push_str("-too");
        }
    }
    Ok(documents)
}

fn all(folder: &Path) -> Result<Vec<Document>, String> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    Ok(files.into_iter().filter_map(|file| Document::read(folder, file)).collect())
}

fn these(folder: &Path, roots: &[PathBuf]) -> Result<Vec<Document>, String> {
    let root = |root: &PathBuf| {
        let path = std::fs::canonicalize(folder.join(root))
            .or_else(|_| std::fs::canonicalize(root))
            .map_err(|error| format!("{}: {error}", root.display()))?;
        let why = || format!("{} is no OpenAPI document", root.display());
        Document::read(folder, path).ok_or_else(why)
    };
    roots.iter().map(root).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let told = |error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(told)? {
        let entry = entry.map_err(told)?;
        if entry.file_type().map_err(told)?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The version under a root key `openapi` or `swagger`. The text may be broken behind that key: it
/// is the generator that has to say so.
fn version(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        let mut found = None;
        let mut json = serde_json::Deserializer::from_str(text);
        // The error is no news: a mapping in YAML's flow style ends up here too.
        let _ = Root(&mut found).deserialize_in(&mut json);
        return found.or_else(|| of_line(text.trim_start_matches(['{', ' ', '\n', '\r'])));
    }
    text.lines().find_map(of_line)
}

/// `openapi: 3.0.0` at the beginning of a line, in any quotes.
fn of_line(line: &str) -> Option<String> {
    let line = line.trim_start_matches(['"', '\'']);
    let rest = line.strip_prefix("openapi").or_else(|| line.strip_prefix("swagger"))?;
    let value = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
    let value = value.split(['#', ',', '\n']).next().unwrap_or_default();
    Some(value.trim().trim_matches(['"', '\'']).to_owned())
}

/// Looks for the key in a mapping, and keeps what it found even if the rest cannot be read.
struct Root<'f>(&'f mut Option<String>);

impl Root<'_> {
    fn deserialize_in<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if matches!(key.as_str(), "openapi" | "swagger") {
                let value = map.next_value::<serde_json::Value>()?;
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                *self.0 = Some(text);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn a_document_has_the_key_in_its_root() {
        for (text, expected) in [
            ("openapi: 3.0.0\ninfo: {}\n", Some("3.0.0")),
            ("# words\n\"openapi\": '3.1.0' # words\n", Some("3.1.0")),
            ("info: {}\nswagger: '2.0'\n", Some("2.0")),
            ("{\"info\": {\"openapi\": 1}, \"swagger\": \"2.0\"}", Some("2.0")),
            ("{\"openapi\": 3.1, \"info\": [}", Some("3.1")),
            ("{openapi: 3.0.0, info: {}}", Some("3.0.0")),
            ("info:\n  openapi: 3.0.0\n", None),
            ("{\"info\": {\"openapi\": \"3.0.0\"}}", None),
            ("openapis: 3\n", None),
            ("", None),
        ] {
            assert_eq!(version(text).as_deref(), expected, "{text}");
        }
    }
}
