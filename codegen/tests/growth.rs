//! What is written grows no faster than what is read, where a document would have it otherwise.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const CHAIN: usize = 600;

const HEAD: &str = "\
openapi: 3.0.3
info: {title: Growth, version: '1'}
paths: {}
components:
  schemas:
";

/// Each schema adds a property to the last one, so that all of them have a square of properties.
fn chain() -> String {
    let mut text =
        format!("{HEAD}    Link0: {{type: object, properties: {{p0: {{type: string}}}}}}\n");
    for link in 1..CHAIN {
        let _ = writeln!(
            text,
            "    Link{link}: {{allOf: [{{$ref: '#/components/schemas/Link{}'}}, \
             {{properties: {{p{link}: {{type: string}}}}}}]}}",
            link - 1,
        );
    }
    text
}

/// Each schema is the next one, or that with a property more, so that each has twice the
/// alternatives of the next.
fn choices(depth: usize) -> String {
    let mut text = String::from(HEAD);
    for level in 0..depth {
        let next = format!("{{$ref: '#/components/schemas/Level{}'}}", level + 1);
        let _ = writeln!(
            text,
            "    Level{level}: {{oneOf: [{next}, {{allOf: [{next}, \
             {{properties: {{p{level}: {{type: string}}}}, required: [p{level}]}}]}}]}}",
        );
    }
    let _ =
        writeln!(text, "    Level{depth}: {{type: object, properties: {{a: {{type: string}}}}}}");
    text
}

fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let sizes = entries.map(|entry| match entry.metadata().unwrap() {
        kind if kind.is_dir() => bytes(&entry.path()),
        file => file.len(),
    });
    sizes.sum()
}

/// What is told of a document, and how many bytes it becomes.
fn generate(document: &str) -> (String, u64) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), document).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
    command.args(["generate", "--spec", "api.yaml", "--out", "out", "--crate-name", "grown"]);
    let output = command.current_dir(folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    (told, bytes(&folder.path().join("out")))
}

#[test]
fn a_chain_of_all_of_is_merged_up_to_a_bound() {
    let (told, bytes) = generate(&chain());
    assert!(told.contains("repeat their members too often"), "{told}");
    // Unbounded they are 40 MB.
    assert!(bytes < 16 << 20, "{bytes}");
}

#[test]
fn choices_among_choices_are_written_out_up_to_a_bound() {
    let (told, shallow) = generate(&choices(6));
    assert!(!told.contains("repeat their alternatives"), "{told}");
    let (told, deep) = generate(&choices(25));
    assert!(told.contains("repeat their alternatives too often"), "{told}");
    // Unbounded each level doubles them.
    assert!(deep < 20 * shallow, "{shallow}, {deep}");
}
