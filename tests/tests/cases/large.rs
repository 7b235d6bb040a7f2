//! No file is enormous, and where an item lies is nobody's business.

use std::collections::BTreeMap;

use specwright_tests::large::{EACH, WORDS, document};

#[test]
fn a_file_holds_what_begins_alike() {
    let files: BTreeMap<String, String> =
        document().as_crate().files.into_iter().map(|file| (file.path, file.text)).collect();
    for (path, text) in &files {
        assert!(text.lines().count() < 3500, "{path} has {} lines", text.lines().count());
    }
    for word in WORDS {
        let name = word.to_lowercase();
        for (folder, kind) in [("types", "struct"), ("operations", "struct"), ("client", "fn")] {
            let text = &files[&format!("src/{folder}/{name}.rs")];
            let items = text.matches(&format!("pub {kind} ")).count();
            assert!(items >= EACH, "{items} of {folder} begin with {word}");
        }
        let root = format!("mod {name};\npub use self::{name}::*;\n");
        assert!(
            files["src/types.rs"].contains(&root) && files["src/operations.rs"].contains(&root)
        );
        assert!(files["src/client.rs"].contains(&format!("mod {name};\n")));
    }
    // What all have in common is in no word's file.
    assert!(files["src/operations/other.rs"].contains("pub enum NothingOn404"));
    assert!(!files.values().any(|text| text.contains("cfg(feature")));
}
