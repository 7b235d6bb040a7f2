//! The compiler's opinion of many outputs at once.
//!
//! All outputs go into one workspace outside this one: each as a crate of its own, and all of them
//! as modules of one crate in edition 2021 and of another in edition 2024. Dependencies are checked
//! once, and a file that has not changed is not written again, so that a second run is quick.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::documents::{Document, workspace};

const EDITIONS: [&str; 2] = ["2021", "2024"];

/// A workspace of generated code.
#[derive(Debug)]
pub struct Bench {
    root: PathBuf,
    crates: Vec<String>,
    modules: Vec<(String, String)>,
    /// Crates with features, and the features.
    features: Vec<(String, Vec<String>)>,
}

impl Bench {
    /// An empty one in `folder`, where an earlier run may have left its work.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { root: folder.into(), crates: Vec::new(), modules: Vec::new(), features: Vec::new() }
    }

    /// Adds what is generated from a document, in both forms.
    pub fn add(&mut self, document: &Document) {
        let name = document.package();
        let folder = self.root.join(&name);
        let generated = document.as_crate();
        for file in generated.files {
            write(&folder.join(file.path), &file.text);
        }
        write(&folder.join("Cargo.toml"), &manifest(&name, "2024", &generated.features));
        // A document of awkward names has too many to build each alone.
        if (1..=8).contains(&generated.features.len()) {
            self.features.push((name.clone(), generated.features));
        }
        self.crates.push(name);
        self.modules.push((document.name.clone(), document.as_module().text));
    }

    /// Has clippy check everything.
    ///
    /// # Errors
    ///
    /// What the compiler said, if it said anything; so with the others.
    pub fn lint(&mut self) -> Result<(), String> {
        for edition in EDITIONS {
            self.write_modules(edition);
        }
        let members: Vec<String> =
            self.crates.iter().map(|name| format!("    {name:?},\n")).collect();
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n", members.concat());
        write(&self.root.join("Cargo.toml"), &manifest);
        let lock = std::fs::read_to_string(workspace().join("Cargo.lock"));
        // With our own versions nothing has to be looked up.
        std::fs::write(self.root.join("Cargo.lock"), lock.expect("the workspace has a lock file"))
            .expect("the folder can be written");
        self.cargo(&["clippy", "--workspace"]).map(drop)
    }

    /// Has clippy check what the derives add for tests.
    ///
    /// # Errors
    ///
    /// As [`lint`](Self::lint).
    pub fn for_tests(&self) -> Result<(), String> {
        let package = "--package=modules-2024";
        self.cargo(&["clippy", package, "--features", "specwright-runtime/test-util"]).map(drop)
    }

    /// Has each feature of each crate compiled alone, and none of them.
    ///
    /// # Errors
    ///
    /// As [`lint`](Self::lint).
    pub fn features(&self) -> Result<(), String> {
        for (package, features) in &self.features {
            for feature in [""].into_iter().chain(features.iter().map(String::as_str)) {
                let package = format!("--package={package}");
                self.cargo(&["check", &package, "--no-default-features", "--features", feature])?;
            }
        }
        Ok(())
    }

    /// Has rustdoc read the modules, the crates with features, and the crate of one more document.
    ///
    /// # Errors
    ///
    /// As [`lint`](Self::lint).
    pub fn document(&self, more: &str) -> Result<(), String> {
        let featured = self.features.iter().map(|(package, _)| package.as_str());
        let more = format!("case-{more}");
        let packages = ["modules-2024", &more].into_iter().chain(featured);
        let packages: Vec<String> = packages.map(|name| format!("--package={name}")).collect();
        let mut doc = vec!["doc", "--no-deps"];
        doc.extend(packages.iter().map(String::as_str));
        self.cargo(&doc).map(drop)
    }

    /// Has cargo compile the examples in the docs of these documents' crates, and gives what it said.
    ///
    /// # Errors
    ///
    /// As [`lint`](Self::lint).
    pub fn compile_examples(&self, documents: &[&str]) -> Result<String, String> {
        let packages = documents.iter().map(|name| format!("--package=case-{name}"));
        let packages: Vec<String> = packages.collect();
        let mut test = vec!["test", "--doc"];
        test.extend(packages.iter().map(String::as_str));
        self.cargo(&test)
    }

    /// Has cargo test the examples in the modules' docs, and gives what it said.
    ///
    /// # Errors
    ///
    /// As [`lint`](Self::lint).
    pub fn test_examples(&self) -> Result<String, String> {
        self.cargo(&["test", "--doc", "--package=modules-2024"])
    }

    /// Where the pages of [`document`](Self::document) are.
    pub fn pages(&self) -> PathBuf {
        self.root.join("target/doc")
    }

    /// The modules as a build script would leave them, each taken in by `include!`.
    fn write_modules(&mut self, edition: &str) {
        let name = format!("modules-{edition}");
        let source = self.root.join(&name).join("src");
        let mut text = "//! Every case as a module.\n#![deny(warnings, missing_docs)]\n".to_owned();
        // A module cannot say it by itself; its docs tell who takes it in.
        text.push_str("#![recursion_limit = \"512\"]\n");
        for (document, module) in &self.modules {
            write(&source.join(format!("{document}.rs")), module);
            let ident = format!("case_{}", document.replace('-', "_"));
            let _ = write!(
                text,
                "\n/// {document}\npub mod {ident} {{\n    include!({:?});\n}}\n",
                format!("{document}.rs"),
            );
        }
        write(&source.join("lib.rs"), &text);
        write(&self.root.join(&name).join("Cargo.toml"), &manifest(&name, edition, &[]));
        self.crates.push(name);
    }

    fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .args(["--offline", "--quiet", "--color=never", "--target-dir"])
            .arg(self.root.join("target"))
            .current_dir(&self.root)
            .output()
            .expect("cargo can be started");
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() && !said.contains("warning") {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(format!("cargo {} in {}:\n{said}", arguments.join(" "), self.root.display()))
    }
}

/// Without the runtime's default features: generated code needs no transport to compile, and TLS
/// takes longer than everything else together. Checked types need the patterns.
fn manifest(name: &str, edition: &str, features: &[String]) -> String {
    let runtime = workspace().join("runtime");
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = {edition:?}\npublish = false\n\n\
         [dependencies]\nspecwright-runtime = {{ path = {runtime:?}, default-features = false, \
         features = [\"patterns\"] }}\n\n\
         [features]\ndefault = {features:?}\n{}",
        features.iter().map(|feature| format!("{feature} = []\n")).collect::<String>(),
    )
}

/// Writes a file, unless it holds that text already.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .and_then(|()| std::fs::write(path, text))
        .unwrap_or_else(|error| panic!("{} cannot be written: {error}", path.display()));
}
