//! A document is data from a stranger, and what comes of it is code that its reader will compile:
//! whatever the stranger writes, and wherever, it stays data.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests fail as tests do, and a table is printed"
)]

mod build;
mod payloads;
mod script;
mod skeleton;
mod slots;

use std::collections::{BTreeMap, BTreeSet};

use specwright::config::Which;
use specwright::diagnostics::Diagnostics;
use specwright::source::Memory;
use specwright::{File, Generated, GroupBy, Options};

use payloads::PAYLOADS;
use skeleton::{difference, has_word, skeleton, vocabulary};

fn generate(text: &str) -> Result<Generated, Diagnostics> {
    let files = Memory::default().with("hostile.json", text);
    let options = Options {
        spec: "hostile.json".into(),
        checked: Which::Flag(true),
        group_by: GroupBy::Tag,
        operation_name: Some("x-method-name".to_owned()),
        ..Options::default()
    };
    specwright::generate(&options, &files)
}

fn harmless() -> Generated {
    generate(&slots::filled(&BTreeMap::new())).expect("the harmless document is not refused")
}

/// The skeletons of all files together, for a file is named after a tag.
fn skeletons(files: &[File], words: &BTreeSet<String>) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = files.iter().map(|file| skeleton(file, words)).collect();
    all.sort();
    all
}

/// What the harmless document becomes.
struct Harmless {
    words: BTreeSet<String>,
    skeletons: Vec<Vec<String>>,
    warnings: BTreeSet<String>,
}

impl Harmless {
    fn new() -> Self {
        let generated = harmless();
        let words = vocabulary(&generated.files);
        let skeletons = skeletons(&generated.files, &words);
        Self { words, skeletons, warnings: messages(&generated.warnings) }
    }

    /// What is wrong with the output if one slot holds this text: nothing if it has the same items,
    /// or the text is told to be unfit for its place, or refused at it.
    fn objection(&self, slot: &str, text: &str) -> Option<String> {
        let found = match generate(&slots::filled(&BTreeMap::from([(slot, text.to_owned())]))) {
            Ok(found) => found,
            Err(refused) => {
                let unlocated = refused.iter().any(|one| one.location.is_none());
                return unlocated.then(|| format!("refused without a place:\n{refused}"));
            }
        };
        let strange = found.files.iter().find(|file| !is_ours(&file.path));
        if let Some(file) = strange {
            return Some(format!("a file called {:?}", file.path));
        }
        let skeletons = skeletons(&found.files, &self.words);
        let pairs = self.skeletons.iter().zip(&skeletons);
        let differs = pairs.into_iter().find_map(|(one, other)| difference(one, other))?;
        let told = !messages(&found.warnings).is_subset(&self.warnings);
        let escaped = found.files.iter().any(|file| has_word(file, "canary"));
        // A default that only stands for a value is none: the builder asks for it (ADR 0046).
        let stands_for_another = text.starts_with(['<', '{']) && text.ends_with(['>', '}']);
        let told = told || (slot == "zqVariableDefault" && stands_for_another);
        (!told || escaped).then(|| format!("{differs}\n{}", found.warnings))
    }
}

fn messages(diagnostics: &Diagnostics) -> BTreeSet<String> {
    diagnostics.iter().map(|one| one.message.clone()).collect()
}

/// Below `src`, at most one folder deep, named in lower case of ASCII.
fn is_ours(path: &str) -> bool {
    let ours = |name: &str| {
        let (stem, extension) = name.split_once('.').unwrap_or((name, "rs"));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        extension == "rs" && !stem.is_empty() && stem.len() <= 200 && stem.chars().all(plain)
    };
    let Some(below) = path.strip_prefix("src/") else { return false };
    below.split('/').count() <= 2 && below.split('/').all(ours)
}

#[test]
fn the_harmless_document_has_enough_slots() {
    assert!(slots::slots().len() >= 100, "{:?}", slots::slots());
    assert!(harmless().files.iter().all(|file| is_ours(&file.path)));
}

fn is_thorough() -> bool {
    std::env::var_os("SPECWRIGHT_HOSTILE").is_some_and(|value| value == "all")
}

/// A thirteenth of all pairs, or with `SPECWRIGHT_HOSTILE=all` each of them.
#[test]
fn text_is_never_anything_else() {
    let all = is_thorough();
    let slots = slots::slots();
    let pairs = slots.iter().enumerate().flat_map(|(row, slot)| {
        let payloads = PAYLOADS.into_iter().enumerate();
        let due = payloads.filter(move |(column, _)| all || (row * 5 + column) % 13 == 0);
        due.map(move |(_, payload)| (*slot, payload))
    });
    let pairs: Vec<_> = pairs.collect();
    let harmless = Harmless::new();
    let objections = |part: &[(&str, (&str, &str))]| -> Vec<String> {
        let objection = |(slot, (name, text)): &(&str, (&str, &str))| {
            let found = harmless.objection(slot, text)?;
            Some(format!("{name} in {slot}:\n{found}"))
        };
        part.iter().filter_map(objection).collect()
    };
    let (one, other) = pairs.split_at(pairs.len() / 2);
    let found = std::thread::scope(|scope| {
        let beside = scope.spawn(|| objections(other));
        let mut found = objections(one);
        found.extend(beside.join().expect("no document causes a panic"));
        found
    });
    println!("| hostile texts in places of a document | {} | {} |", pairs.len(), found.len());
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), pairs.len(), found.join("\n"));
}
