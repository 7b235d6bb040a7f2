//! Running the program, and looking at folders.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A sound document with one operation, `ping`.
pub(crate) const SOUND: &str = "\
openapi: 3.0.1
info: {title: Ping Pong, version: 1.0.0}
servers: [{url: 'https://example.com'}]
paths:
  /ping:
    get:
      operationId: ping
      tags: [Table, Tennis]
      responses:
        200:
          description: The answer.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pong'}
components:
  schemas:
    Pong:
      type: object
      properties:
        count: {type: integer, format: int32}
";

/// A run of the program, finished.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The diagnostics among the JSON objects on stdout, one a line.
    pub(crate) fn objects(&self) -> Vec<serde_json::Value> {
        self.lines().into_iter().filter(|object| object.get("summary").is_none()).collect()
    }

    /// All JSON objects on stdout.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Runs the program in `folder`.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Run {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_specwright"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env("RUST_BACKTRACE", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// A folder with one document, `api.yaml`.
pub(crate) fn folder(document: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), document).unwrap();
    folder
}

/// What makes a module of that document.
pub(crate) const MODULE: [&str; 6] =
    ["generate", "--spec", "api.yaml", "--out", "out", "--module-only"];

/// The same, and more.
pub(crate) fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&MODULE[..], more].concat()
}

/// Starts a program that serves until it is killed, and reads the address that it tells first.
pub(crate) fn started(command: &mut Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let url = first.trim().to_owned();
    assert!(url.starts_with("http://127.0.0.1:"), "{first:?}");
    (child, url)
}

/// The program, with as much memory and time as it may have.
pub(crate) fn limited() -> Command {
    let program = env!("CARGO_BIN_EXE_specwright");
    if !cfg!(unix) {
        return Command::new(program);
    }
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 1048576; ulimit -t 5; exec \"$0\" \"$@\"", program]);
    command
}

/// Every file below `folder` with its bytes; a folder has none.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            found.insert(path, None);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.insert(path, Some(bytes));
        }
    }
    found
}
