//! What the user wants, as plain data: no logic, unknown keys refused.

mod alone;
mod check;
mod keys;
mod locate;
mod remains;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use self::values::{FixedValue, Which};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::Limits;
pub use crate::rust_path::{DerivePath, NoPath, TypePath};
use crate::select::{Choice, Selection, Versions};
use crate::source::position;
use crate::{GroupBy, Options};

/// The JSON schema of `specwright.toml`, for editors: `specwright schema` prints it.
pub const SCHEMA: &str = include_str!("../specwright.schema.json");

/// A `specwright.toml`.
///
/// ```toml
/// [[client]]
/// spec = "openapi/api.yaml"
/// out = "client"
/// crate-name = "my-client"
/// ```
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The clients to generate, in order.
    #[serde(rename = "client")]
    pub clients: Vec<ClientConfig>,
}

/// One client. Paths are relative to the folder of the configuration file.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClientConfig {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// Folders that references of the document may lead into, beside its own.
    #[serde(default)]
    pub allow_refs: Vec<PathBuf>,
    /// The largest file that is read, in MiB, instead of 32; all files of a document together may have
    /// four times as much.
    #[serde(default)]
    pub max_file_mib: Option<u32>,
    /// Overlays that change the document, in their order.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
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
    pub checked: Which,
    /// The enums that have no variant for values that the document does not list.
    #[serde(default)]
    pub closed: Which,
    /// Enums that stay open where `closed` is true, by JSON pointer into the document.
    #[serde(default)]
    pub open: Vec<String>,
    /// Macros that every type derives, by their path: `Hash`, `schemars::JsonSchema`.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub derives: Vec<DerivePath>,
    /// Macros that one type derives, by JSON pointer into the document.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "BTreeMap<String, Vec<String>>"))]
    pub type_derives: BTreeMap<String, Vec<DerivePath>>,
    /// Types of your own for texts and numbers, by format.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
    pub formats: BTreeMap<String, TypePath>,
    /// Types of your own for schemas, by JSON pointer into the document.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
    pub types: BTreeMap<String, TypePath>,
    /// Parameters that are never sent and nobody is asked for, by JSON pointer into the document:
    /// `/paths/~1widgets/get/parameters/query=region`.
    #[serde(default)]
    pub drop_parameters: Vec<String>,
    /// Parameters that always have the same value, by JSON pointer into the document:
    /// `/paths/~1widgets/get/parameters/query=region`.
    #[serde(default)]
    pub fixed_parameters: BTreeMap<String, FixedValue>,
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
    /// Answers are read page by page only where the document declares it, and never because they look
    /// like it.
    #[serde(default)]
    pub only_declared_pages: bool,
    /// A file to write the report to: what was generated, and which places have no type.
    #[serde(default)]
    pub report: Option<PathBuf>,
    /// Names of the user's own choice, by JSON pointer into the document; in a list by name, such as
    /// `/components/schemas/Colour/enum/=red` and `/paths/~1widgets/get/parameters/query=region`.
    #[serde(default)]
    pub rename: BTreeMap<String, String>,
}

impl From<&ClientConfig> for Options {
    /// What the generator needs to know of a client; where it goes is the caller's to know.
    fn from(client: &ClientConfig) -> Self {
        Self {
            spec: client.spec.clone(),
            allow_refs: client.allow_refs.clone(),
            limits: client.max_file_mib.map_or_else(Limits::default, Limits::mib),
            overlays: client.overlays.clone(),
            crate_name: client.crate_name.clone(),
            selection: Selection {
                operations: client.operations.clone(),
                tags: client.tags.clone(),
                paths: client.paths.clone(),
                versions: Versions {
                    choice: client.choice(),
                    pattern: client.api_version_pattern.clone(),
                },
                may_be_stale: false,
            },
            rename: client.rename.clone(),
            checked: client.checked.clone(),
            closed: client.closed.clone(),
            open: client.open.clone(),
            derives: client.derives.clone(),
            type_derives: client.type_derives.clone(),
            formats: client.formats.clone(),
            types: client.types.clone(),
            drop_parameters: client.drop_parameters.clone(),
            fixed_parameters: client.fixed_parameters.clone(),
            operation_name: client.operation_name.clone(),
            group_by: client.group_by,
            module_only: client.module_only,
            strict: client.strict,
            both_directions: client.both_directions,
            only_declared_pages: client.only_declared_pages,
            may_be_stale: false,
            verbose: false,
        }
    }
}

impl ClientConfig {
    /// Makes the paths relative to where the configuration is.
    fn stand_in(&mut self, config: &Path) {
        let folder = config.parent().unwrap_or(Path::new(""));
        self.spec = folder.join(&self.spec);
        self.out = folder.join(&self.out);
        self.allow_refs.iter_mut().for_each(|path| *path = folder.join(&*path));
        self.overlays.iter_mut().for_each(|path| *path = folder.join(&*path));
        self.runtime_path = self.runtime_path.as_ref().map(|path| folder.join(path));
        self.report = self.report.as_ref().map(|path| folder.join(path));
    }

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
    /// The text is not TOML; else all that is wrong with it: keys that are unknown or missing, values of
    /// the wrong kind, no client at all.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Diagnostics> {
        check::problems(text, path).into_result()?;
        let mut config: Self = toml_edit::de::from_str(text).map_err(|error| {
            // Only if the two readings differ.
            let start = error.span().map_or(0, |span| span.start);
            let error = Diagnostic::error(Code::Config, error.message().trim_end());
            error.located(position::location(path, text, start)).help(check::README)
        })?;
        config.clients.iter_mut().for_each(|client| client.stand_in(path));
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_told_with_the_nearest() {
        let help = |line: &str| {
            let text = format!("[[client]]\nspec = 'a'\nout = 'b'\n{line}\n");
            let errors = Config::parse(&text, Path::new("specwright.toml")).unwrap_err();
            let error = errors.iter().next().unwrap();
            assert_eq!(error.location.as_ref().map(|at| at.line), Some(4), "{line}");
            error.help.clone().unwrap()
        };
        assert_eq!(help("api_version = '1'"), "did you mean `api-version`?");
        assert_eq!(help("renames = {}"), "did you mean `rename`?");
        assert!(help("xyz = 1").contains("README"));
        assert_eq!(help("strict = 'yes'"), "write it like `strict = true`");
    }

    #[test]
    fn keys_of_a_client_stand_below_it() {
        let errors = Config::parse("spec = 'a'\n", Path::new("specwright.toml")).unwrap_err();
        let help = errors.iter().next().unwrap().help.clone().unwrap();
        assert!(help.contains("[[client]]"), "{help}");
    }

    #[test]
    fn paths_of_rust_are_read_where_they_stand() {
        let check = |line: &str, column: usize, expected: &str| {
            let text = format!("[[client]]\nspec = 'a'\nout = 'b'\n{line}\n");
            let errors = Config::parse(&text, Path::new("specwright.toml")).unwrap_err();
            let error = errors.iter().next().unwrap();
            let at = error.location.as_ref().unwrap();
            assert_eq!((at.line, at.column), (4, column), "{line}");
            assert_eq!(error.message, expected);
        };
        check("derives = ['Hash', 'a b']", 20, "`a b` is no path of Rust, such as `crate::Money`");
        let message = "`Money` does not say where it is: `some_crate::Money`, or `crate::Money` for a \
                       module of your crate";
        check("formats = { money = 'Money' }", 21, message);
        check(
            "type-derives = { '/x' = ['JsonSchema'] }",
            26,
            "`JsonSchema` does not say where it is: `some_crate::JsonSchema`",
        );
    }

    /// `SPECWRIGHT_ACCEPT=1 cargo test -p specwright schema` writes the file.
    #[test]
    fn the_schema_is_that_of_the_types() {
        let mut schema = serde_json::to_value(schemars::schema_for!(Config)).unwrap();
        schema["title"] = "specwright.toml".into();
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os("SPECWRIGHT_ACCEPT").is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("specwright.schema.json");
            std::fs::write(path, &text).unwrap();
        } else {
            assert!(text == SCHEMA, "`specwright.schema.json` is not that of `Config`");
        }
    }
}
