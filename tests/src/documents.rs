//! Documents, and what the generator makes of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use specwright::config::Config;
use specwright::source::Memory;
use specwright::{File, Generated, Options};

/// A document under a name, which is also the stem of its file.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's name, without `.yaml`.
    pub name: String,
    /// The text.
    pub text: String,
    /// Keys of a `[[client]]` table, as `specwright.toml` would have them.
    pub config: String,
    /// The files that it refers to, by their paths from it.
    pub others: BTreeMap<PathBuf, String>,
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is below the root").to_owned()
}

/// The files of `tests/cases`, by name.
pub fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("tests/cases is there")
        .map(|entry| entry.expect("tests/cases can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    files
}

/// Every document of `tests/cases`, by name.
pub fn cases() -> Vec<Document> {
    let files = case_files();
    files.iter().filter_map(|file| Some(case(file.file_stem()?.to_str()?))).collect()
}

/// One document of `tests/cases`, with the configuration and the folder beside it if they are there.
pub fn case(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(format!("{name}.yaml"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()));
    let config = std::fs::read_to_string(path.with_extension("toml")).unwrap_or_default();
    let mut others = BTreeMap::new();
    collect(&path.with_extension(""), Path::new(name), &mut others);
    Document { name: name.to_owned(), text, config, others }
}

/// The files below a folder, if there is one, under the name `to`.
fn collect(folder: &Path, to: &Path, files: &mut BTreeMap<PathBuf, String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            collect(&path, &to, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            files.insert(to, text);
        }
    }
}

impl Document {
    /// A document made up by a test.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (config, others) = Default::default();
        Self { name: name.into(), text: text.into(), config, others }
    }

    /// The files of a crate, and the warnings.
    pub fn as_crate(&self) -> Generated {
        self.generate(BTreeMap::new(), false)
    }

    /// The one file of a module.
    pub fn as_module(&self) -> File {
        self.generate(BTreeMap::new(), true).files.remove(0)
    }

    /// What its crate is called where it is compiled.
    pub fn package(&self) -> String {
        format!("case-{}", self.name)
    }

    /// A crate in which the user has chosen some names.
    pub fn renamed(&self, rename: BTreeMap<String, String>) -> Generated {
        self.generate(rename, false)
    }

    fn options(&self) -> Options {
        let text = format!("[[client]]\nspec = ''\nout = ''\n{}", self.config);
        let config = Config::parse(&text, Path::new("specwright.toml"))
            .unwrap_or_else(|refused| panic!("the configuration of {}:\n{refused}", self.name));
        Options::from(&config.clients[0])
    }

    fn generate(&self, rename: BTreeMap<String, String>, module_only: bool) -> Generated {
        let spec = PathBuf::from(format!("{}.yaml", self.name));
        let files = Memory::default().with(&spec, self.text.as_str());
        let others = self.others.iter();
        let files = others.fold(files, |all, (path, text)| all.with(path, text.as_str()));
        let crate_name = Some(self.package());
        let mut options = Options { spec, module_only, crate_name, ..self.options() };
        options.rename.extend(rename);
        specwright::generate(&options, &files)
            .unwrap_or_else(|refused| panic!("{} is refused:\n{refused}", self.name))
    }
}
