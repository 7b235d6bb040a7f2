//! The documents of `tests/bad`: what is told of each, and that nothing else happens.
//!
//! Beside the documents of a folder, `expected.txt` has a line for each diagnostic, as
//! `name: severity code line pointer`. Every document runs in a process of its own, with `--strict`
//! so that none may write, with one gigabyte of memory and five seconds of processor time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{SOUND, contents, limited, run};

/// How many documents there are at least.
const DOCUMENTS: usize = 500;
/// How many run at once.
const THREADS: usize = 4;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/bad")
}

/// Every document, with what is expected of it.
fn documents() -> Vec<(PathBuf, Vec<String>)> {
    let mut found = Vec::new();
    for family in std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(family.join("expected.txt")).unwrap();
        let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in text.lines() {
            let (name, diagnostic) = line.split_once(": ").unwrap();
            expected.entry(name.to_owned()).or_default().push(diagnostic.to_owned());
        }
        for path in std::fs::read_dir(&family).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name != "expected.txt" {
                let expected = expected.remove(&name);
                found.push((path, expected.unwrap_or_else(|| panic!("nothing about {name}"))));
            }
        }
        assert!(expected.is_empty(), "no such documents: {expected:?}");
    }
    found.sort();
    found
}

/// What is wrong with a run over a document; nothing, if all is as it should be.
fn problem(document: &Path, expected: &[String], out: &Path) -> Option<String> {
    let mut command = limited();
    command.args(["generate", "--strict", "--message-format", "json", "--spec"]).arg(document);
    let done = command.arg("--out").arg(out).output().unwrap();
    let stdout = String::from_utf8_lossy(&done.stdout);
    let mut told = Vec::new();
    for line in stdout.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        let line = object["line"].as_u64().unwrap_or_default();
        let place = format!("{} {} {line} {}", text("severity"), text("code"), text("pointer"));
        if object.get("summary").is_none() && object["help"].is_null() {
            told.push(format!("without help: {}", text("message")));
        }
        if object["code"] != "strict" && object.get("summary").is_none() {
            told.push(place.trim_end().to_owned());
        }
    }
    let stderr = String::from_utf8_lossy(&done.stderr);
    let is_refused = done.status.code() == Some(2) && stderr.is_empty();
    (told != expected || !is_refused).then(|| {
        format!("{}: {}, {told:#?}, not {expected:#?}\n{stderr}", document.display(), done.status)
    })
}

#[test]
fn every_bad_document_is_refused_as_expected() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sound.yaml"), SOUND).unwrap();
    let out = folder.path().join("out");
    let args = ["generate", "--spec", "sound.yaml", "--out", "out"];
    assert_eq!(run(folder.path(), &args).status, Some(0));
    let before = contents(folder.path());
    let documents = documents();
    assert!(documents.len() >= DOCUMENTS, "{}", documents.len());
    let share = documents.len().div_ceil(THREADS);
    let problems: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = documents
            .chunks(share)
            .map(|chunk| {
                let out = &out;
                scope.spawn(move || -> Vec<String> {
                    let check =
                        |(path, expected): &(PathBuf, Vec<String>)| problem(path, expected, out);
                    chunk.iter().filter_map(check).collect()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(contents(folder.path()) == before, "the output folder has changed");
}
