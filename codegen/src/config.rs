//! What the user wants, as plain data: no logic, unknown keys refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use crate::select::{Choice, Selection, Versions};
use crate::{GroupBy, Options};

/// A `specwright.toml`.
///
/// ```toml
/// [[client]]
/// spec = "openapi/api.yaml"
/// out = "client"
/// crate-name = "my-client"
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The clients to generate, in order.
    #[serde(rename = "client")]
    pub clients: Vec<ClientConfig>,
}

/// One client. Paths are relative to the folder of the configuration file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClientConfig {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// Folders that references of the document may lead into, beside its own.
    #[serde(default)]
    pub allow_refs: Vec<PathBuf>,
    /// The output folder.
    pub out: PathBuf,
    /// Name of the generated package; made from the document's title otherwise.
    #[serde(default)]
    pub crate_name: Option<String>,
    /// Where `specwright-runtime` is; the published version otherwise.
    #[serde(default)]
    pub runtime_path: Option<PathBuf>,
    /// The operations to generate, by `operationId`; all of them if nothing is chosen.
    #[serde(default)]
    pub operations: Vec<String>,
    /// The operations to generate, by tag.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The operations to generate, by path: globs in which `*` stays within a segment.
    #[serde(default)]
    pub paths: Vec<String>,
    /// The newest version to use of operations that the document has in several, or the name of an
    /// unfinished one.
    #[serde(default)]
    pub api_version: Option<String>,
    /// Every version of operations that the document has in several, rather than one of them.
    #[serde(default)]
    pub all_versions: bool,
    /// A regular expression whose group `version` finds the version in a media type.
    #[serde(default)]
    pub api_version_pattern: Option<String>,
    /// The extension of an operation that holds its name; `operationId` otherwise.
    #[serde(default)]
    pub operation_name: Option<String>,
    /// The component schemas that become checked types.
    #[serde(default)]
    pub checked: Checked,
    /// How operations are found from the client: all of them on it, or by tag.
    #[serde(default)]
    pub group_by: GroupBy,
    /// One file to be included rather than a crate.
    #[serde(default)]
    pub module_only: bool,
    /// Warnings fail the run.
    #[serde(default)]
    pub strict: bool,
    /// Every type can be encoded and decoded, not only in the direction it travels.
    #[serde(default)]
    pub both_directions: bool,
    /// A file to write the report to: what was generated, and which places have no type.
    #[serde(default)]
    pub report: Option<PathBuf>,
    /// Names of the user's own choice, by JSON pointer into the document.
    #[serde(default)]
    pub rename: BTreeMap<String, String>,
}

impl From<&ClientConfig> for Options {
    /// What the generator needs to know of a client; where it goes is the caller's to know.
    fn from(client: &ClientConfig) -> Self {
        Self {
            spec: client.spec.clone(),
            allow_refs: client.allow_refs.clone(),
            selection: Selection {
                operations: client.operations.clone(),
                tags: client.tags.clone(),
                paths: client.paths.clone(),
                versions: Versions {
                    choice: client.choice(),
                    pattern: client.api_version_pattern.clone(),
                },
            },
            rename: client.rename.clone(),
            checked: client.checked.clone(),
            operation_name: client.operation_name.clone(),
            group_by: client.group_by,
            module_only: client.module_only,
            strict: client.strict,
            both_directions: client.both_directions,
            verbose: false,
        }
    }
}

/// Which component schemas become types that are checked when they are made: none, all that have
/// something to check, or those at these JSON pointers.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged, expecting = "`checked` is true, false or a list of JSON pointers")]
pub enum Checked {
    /// `true` for all of them.
    Flag(bool),
    /// JSON pointers into the document.
    Listed(Vec<String>),
}

impl Default for Checked {
    fn default() -> Self {
        Self::Flag(false)
    }
}

impl ClientConfig {
    /// One version wins over all of them; the command line refuses a client that asks for both.
    fn choice(&self) -> Choice {
        match &self.api_version {
            Some(version) => Choice::UpTo(version.clone()),
            None if self.all_versions => Choice::All,
            None => Choice::Newest,
        }
    }
}

impl Config {
    /// Reads a configuration; `path` is where it stands, and what its paths are relative to.
    ///
    /// # Errors
    ///
    /// The text is not TOML, a key is unknown or missing, or a value is of the wrong kind.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Diagnostics> {
        let mut config: Self =
            toml_edit::de::from_str(text).map_err(|error| refuse(text, path, &error))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for client in &mut config.clients {
            client.spec = folder.join(&client.spec);
            client.out = folder.join(&client.out);
            client.allow_refs.iter_mut().for_each(|path| *path = folder.join(&*path));
            client.runtime_path = client.runtime_path.as_ref().map(|path| folder.join(path));
            client.report = client.report.as_ref().map(|path| folder.join(path));
        }
        Ok(config)
    }
}

fn refuse(text: &str, path: &Path, error: &toml_edit::de::Error) -> Diagnostics {
    let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or(""));
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let mut diagnostics = Diagnostics::default();
    let message = error.message().trim_end().to_owned();
    diagnostics.push(
        Diagnostic::error(Code::Config, message)
            .located(Location { file: path.to_owned(), line, column })
            .help("the README lists every key of specwright.toml"),
    );
    diagnostics
}
