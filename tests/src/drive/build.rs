//! Generating the clients, and building the driver around them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::program::{Callable, Program};
use super::signatures::{self, Surface};
use super::talk::Driver;
use crate::documents::workspace;
use crate::draw::Raw;

/// A document and the client that is made of it.
#[derive(Debug)]
pub struct Subject {
    /// A name for people: the document's file name.
    pub name: String,
    /// The raw document.
    pub raw: Raw,
    /// What the generator says of its work.
    pub report: Value,
    /// The types of the client, in document order.
    pub types: Vec<TypeUnderTest>,
    /// The operations of the client, in document order.
    pub operations: Vec<OperationUnderTest>,
    krate: String,
}

/// A type of a client.
#[derive(Clone, Debug)]
pub struct TypeUnderTest {
    /// Its number in the driver.
    pub number: usize,
    /// The schema it is made of.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// `sent`, `received` or `both`.
    pub travels: String,
}

/// An operation of a client.
#[derive(Clone, Debug)]
pub struct OperationUnderTest {
    /// Where it is written.
    pub pointer: String,
    /// The media types it says it sends.
    pub sends: Vec<String>,
    /// The media types it says it accepts.
    pub accepts: Vec<String>,
    /// How the driver can call it, or why it cannot.
    pub callables: Result<Vec<Callable>, String>,
}

/// Generates a client of each document in `folder`, with more flags of the generator, and builds one
/// driver for all.
///
/// # Errors
///
/// What the generator or the compiler said.
pub fn build(
    documents: &[PathBuf],
    flags: &[String],
    folder: &Path,
) -> Result<(Vec<Subject>, Driver), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let names: BTreeMap<String, &PathBuf> =
        documents.iter().map(|document| (crate_name(document), document)).collect();
    write_workspace(folder, names.keys().map(String::as_str))?;
    let mut program = Program::default();
    let mut subjects = Vec::new();
    for (krate, document) in &names {
        let report = generate(document, krate, flags, folder)?;
        let surface = signatures::read(&folder.join(krate), krate)?;
        subjects.push(subject(document, krate, &report, &surface, &mut program)?);
    }
    let name =
        format!("driver_{}", word(&folder.file_name().unwrap_or_default().to_string_lossy()));
    let manifest = driver_manifest(&name, names.keys().map(String::as_str));
    write(&folder.join("driver/Cargo.toml"), &manifest)?;
    write(&folder.join("driver/src/main.rs"), &program.finish())?;
    // Dependencies are built once for all sets of documents.
    let target = folder.with_file_name("target");
    cargo(folder, &target, &["build", "--package", &name])?;
    let driver = Driver::start(&target.join("debug").join(&name))?;
    Ok((subjects, driver))
}

fn crate_name(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    format!("client_{}", word(&stem))
}

/// What cargo takes for a name.
fn word(text: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    text.chars().map(letter).collect()
}

/// Runs the generator as a user would, and reads its report.
fn generate(
    document: &Path,
    krate: &str,
    flags: &[String],
    folder: &Path,
) -> Result<Value, String> {
    let report = folder.join(format!("{krate}.json"));
    let runtime = workspace().join("runtime");
    let output = Command::new(cargo_command())
        .current_dir(workspace())
        .args(["run", "--quiet", "--package=specwright", "--", "generate", "--both-directions"])
        .args(["--crate-name", krate])
        .args(flags)
        .arg("--spec")
        .arg(std::path::absolute(document).map_err(|error| error.to_string())?)
        .arg("--out")
        .arg(folder.join(krate))
        .arg("--runtime-path")
        .arg(runtime)
        .arg("--report")
        .arg(&report)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} is refused:\n{said}", document.display()));
    }
    let text = std::fs::read_to_string(&report).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

fn subject(
    document: &Path,
    krate: &str,
    report: &Value,
    surface: &Surface,
    program: &mut Program,
) -> Result<Subject, String> {
    let raw = Raw::read(document)?;
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let list = |key: &str| report[key].as_array().cloned().unwrap_or_default();
    let mut types = Vec::new();
    for entry in list("types") {
        let (pointer, travels) = (text(&entry, "pointer"), text(&entry, "travels"));
        if !is_component(&pointer) {
            continue;
        }
        let name = text(&entry, "name");
        let number = program.trip(&format!("{krate}::types::{name}"));
        types.push(TypeUnderTest { number, pointer, name, travels });
    }
    program.client(krate, &servers(&raw));
    let mut operations = Vec::new();
    for entry in list("operations") {
        let callables = program.method(krate, &text(&entry, "method"), surface);
        let texts = |key: &str| -> Vec<String> {
            let texts = entry[key].as_array().into_iter().flatten().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        };
        let (sends, accepts) = (texts("sends"), texts("accepts"));
        let pointer = text(&entry, "pointer");
        operations.push(OperationUnderTest { pointer, sends, accepts, callables });
    }
    let name = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let report = report.clone();
    Ok(Subject { name, raw, report, types, operations, krate: krate.to_owned() })
}

impl Subject {
    /// The crate's name.
    pub fn crate_name(&self) -> &str {
        &self.krate
    }
}

fn is_component(pointer: &str) -> bool {
    pointer.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
}

/// The servers of single paths and operations.
fn servers(raw: &Raw) -> Vec<String> {
    let mut found = Vec::new();
    let items = raw.root["paths"].as_object().into_iter().flatten().map(|(_, item)| item);
    for item in items {
        let operations = item.as_object().into_iter().flatten().map(|(_, operation)| operation);
        for place in operations.chain([item]) {
            let server =
                place.get("servers").and_then(|servers| servers.get(0)?.get("url")?.as_str());
            found.extend(server.map(str::to_owned));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn write_workspace<'a>(folder: &Path, crates: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let members: String = crates.map(|name| format!("    {name:?},\n")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n    \"driver\",\n{members}]\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    let lock = std::fs::read_to_string(workspace().join("Cargo.lock"));
    // With our own versions nothing has to be looked up.
    let lock = lock.map_err(|error| error.to_string())?;
    std::fs::write(folder.join("Cargo.lock"), lock).map_err(|error| error.to_string())
}

/// Without TLS: the driver speaks to loopback, and TLS takes longer to build than all else.
fn driver_manifest<'a>(name: &str, crates: impl Iterator<Item = &'a str>) -> String {
    let runtime = workspace().join("runtime");
    let mut text = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nserde = \"1\"\n\
         serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\
         specwright-runtime = {{ path = {runtime:?}, default-features = false, features = [\"reqwest\"] }}\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"rt\", \"net\", \"time\"] }}\n"
    );
    for name in crates {
        let _ = writeln!(text, "{name} = {{ path = \"../{name}\" }}");
    }
    text
}

fn cargo_command() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(cargo_command())
        .args(arguments)
        .args(["--offline", "--quiet", "--color=never", "--target-dir"])
        .arg(target)
        .current_dir(folder)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Writes a file, unless it holds that text already.
fn write(path: &Path, text: &str) -> Result<(), String> {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
