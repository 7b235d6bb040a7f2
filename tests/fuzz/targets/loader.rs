//! Bytes that call themselves JSON, YAML or nothing: a document or a refusal, within bounds.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use specwright::load::{Limits, load};
use specwright::source::Memory;

const NAMES: [&str; 3] = ["a.json", "a.yaml", "a"];

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (kind, bytes) = input;
    let name = NAMES[usize::from(kind) % NAMES.len()];
    let length = bytes.len();
    let files = Memory::default().with(name, bytes);
    match load(&files, Path::new(name), Limits::default()) {
        Ok(source) => assert!(source.text().len() <= length, "the text is longer than the file"),
        Err(refused) => assert!(refused.has_errors(), "refused without a word"),
    }
});
