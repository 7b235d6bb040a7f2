//! Running the program, and looking at folders.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
