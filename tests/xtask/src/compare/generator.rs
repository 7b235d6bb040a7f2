//! The programs that are compared: how they are installed and how they are called.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::workspace;

/// What a generated crate is called, whoever writes it.
pub(super) const CRATE: &str = "client";

/// Who is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ours,
    /// No generator: the two libraries that read a document, which is the least it can cost.
    Floor,
    Ploidy,
    OpenapiToRust,
    OpenapiGenerator,
    Progenitor,
}

impl Kind {
    pub(super) const PEERS: [Self; 4] =
        [Self::Ploidy, Self::OpenapiToRust, Self::OpenapiGenerator, Self::Progenitor];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ours => "specwright",
            Self::Floor => "bare parse",
            Self::Ploidy => "ploidy",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::OpenapiGenerator => "openapi-generator",
            Self::Progenitor => "progenitor",
        }
    }

    /// The package of the registry, and its program.
    fn package(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Ploidy => Some(("ploidy", "ploidy")),
            Self::OpenapiToRust => Some(("openapi-to-rust", "openapi-to-rust")),
            Self::Progenitor => Some(("cargo-progenitor", "cargo-progenitor")),
            Self::Ours | Self::Floor | Self::OpenapiGenerator => None,
        }
    }
}

/// A program that can be run.
#[derive(Clone, Debug)]
pub(super) struct Generator {
    pub(super) kind: Kind,
    /// As its package has it; nothing of ours and of the floor.
    pub(super) version: String,
    program: PathBuf,
    /// What comes before everything else that it is told.
    prefix: Vec<String>,
}

impl Generator {
    pub(super) fn ours() -> Result<Self, String> {
        Ok(Self::new(Kind::Ours, String::new(), workspace::compared("specwright")?))
    }

    pub(super) fn floor() -> Result<Self, String> {
        let program = workspace::compared("examples/floor")?;
        Ok(Self::new(Kind::Floor, String::new(), program))
    }

    /// One of the others, installed into `folder` if it is not there.
    pub(super) fn peer(kind: Kind, folder: &Path) -> Result<Self, String> {
        match kind.package() {
            Some((package, program)) => Self::of_cargo(kind, package, program, folder),
            None => Self::of_java(kind, folder),
        }
    }

    fn new(kind: Kind, version: String, program: PathBuf) -> Self {
        Self { kind, version, program, prefix: Vec::new() }
    }

    fn of_cargo(kind: Kind, package: &str, program: &str, folder: &Path) -> Result<Self, String> {
        let file = format!("bin/{program}{}", std::env::consts::EXE_SUFFIX);
        if !folder.join(&file).is_file() {
            let mut cargo = workspace::cargo();
            cargo.args(["install", "--quiet", "--locked", "--bin", program, "--root"]);
            succeed(cargo.arg(folder).arg(package))?;
        }
        let version = installed(folder, package).unwrap_or_default();
        Ok(Self::new(kind, version, folder.join(file)))
    }

    /// The wheel of openapi-generator holds its archive of classes, which is run as it is: the
    /// script around it would be measured too.
    fn of_java(kind: Kind, folder: &Path) -> Result<Self, String> {
        let folder = folder.join("python");
        let classes = folder.join("openapi_generator_cli/openapi-generator.jar");
        if !classes.is_file() {
            let mut pip = Command::new("python3");
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
            succeed(pip.arg("--target").arg(&folder).arg("openapi-generator-cli"))?;
        }
        let java = PathBuf::from("java");
        succeed(Command::new(&java).arg("-version"))?;
        let version = wheel(&folder).unwrap_or_default();
        let prefix = vec!["-jar".to_owned(), classes.display().to_string()];
        Ok(Self { kind, version, program: java, prefix })
    }

    /// The program, and what it is told to write a client of `document` into `out`.
    pub(super) fn call(&self, document: &Path, out: &Path) -> (&Path, Vec<String>) {
        let (document, out) = (document.display().to_string(), out.display().to_string());
        let runtime = workspace::root().join("runtime").display().to_string();
        let words: Vec<&str> = match self.kind {
            Kind::Ours => vec![
                "generate",
                "--spec",
                &document,
                "--out",
                &out,
                "--crate-name",
                CRATE,
                "--runtime-path",
                &runtime,
            ],
            Kind::Floor => vec![&document],
            Kind::Ploidy => vec!["generate", "rust", &document, "--output", &out, "--name", CRATE],
            Kind::OpenapiToRust => {
                vec!["generate", &document, "--output-dir", &out, "--module-name", "api"]
            }
            Kind::Progenitor => {
                vec!["progenitor", "-i", &document, "-o", &out, "-n", CRATE, "-v", "0.1.0"]
            }
            Kind::OpenapiGenerator => {
                let name = "packageName=client";
                vec![
                    "generate",
                    "-i",
                    &document,
                    "-g",
                    "rust",
                    "-o",
                    &out,
                    "--additional-properties",
                    name,
                ]
            }
        };
        let words = words.into_iter().map(str::to_owned);
        (&self.program, self.prefix.iter().cloned().chain(words).collect())
    }

    /// What it is told beside to write one operation alone; nothing if it cannot.
    pub(super) fn one(&self, operation: &str) -> Option<Vec<String>> {
        match self.kind {
            Kind::Ours => Some(vec!["--operation".to_owned(), operation.to_owned()]),
            Kind::OpenapiGenerator => Some(vec![
                "--openapi-normalizer".to_owned(),
                format!("FILTER=operationId:{operation}"),
            ]),
            Kind::Floor | Kind::Ploidy | Kind::OpenapiToRust | Kind::Progenitor => None,
        }
    }

    /// The first operation of a document, as our `list` has it.
    pub(super) fn first_operation(&self, document: &Path) -> Option<String> {
        const PLACE: usize = 2;
        let mut list = Command::new(&self.program);
        let output = list.args(["list", "--spec"]).arg(document).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().next()?.split_whitespace().nth(PLACE).map(str::to_owned)
    }
}

/// Runs a program that has to succeed; the last thing it said is why it did not.
fn succeed(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it failed").to_owned())
}

/// The version of a package that cargo has installed into `folder`.
fn installed(folder: &Path, package: &str) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(".crates.toml")).ok()?;
    let start = format!("\"{package} ");
    let line = text.lines().find(|line| line.starts_with(&start))?;
    line.strip_prefix(&start)?.split(' ').next().map(str::to_owned)
}

/// The version of openapi-generator, of the folder that describes its wheel.
fn wheel(folder: &Path) -> Option<String> {
    let names = std::fs::read_dir(folder).ok()?.flatten();
    names.map(|entry| entry.file_name().to_string_lossy().into_owned()).find_map(|name| {
        let rest = name.strip_prefix("openapi_generator_cli-")?;
        rest.strip_suffix(".dist-info").map(str::to_owned)
    })
}
