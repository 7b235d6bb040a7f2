//! What is written grows no faster than what is read, where a document would have it otherwise.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const CHAIN: usize = 600;

/// Each schema adds a property to the last one, so that all of them have a square of properties.
fn chain() -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Chain, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
         Link0: {type: object, properties: {p0: {type: string}}}\n",
    );
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

fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let sizes = entries.map(|entry| match entry.metadata().unwrap() {
        kind if kind.is_dir() => bytes(&entry.path()),
        file => file.len(),
    });
    sizes.sum()
}

#[test]
fn a_chain_of_all_of_is_merged_up_to_a_bound() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("chain.yaml"), chain()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
    command.args(["generate", "--spec", "chain.yaml", "--out", "out", "--crate-name", "chain"]);
    let output = command.current_dir(folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("repeat their members too often"), "{told}");
    // Unbounded they are 40 MB.
    assert!(bytes(&folder.path().join("out")) < 16 << 20);
}
