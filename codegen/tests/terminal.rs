//! What a person is shown of words that strangers have written.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{SOUND, run};

/// What moves the cursor, turns the direction of writing, ends a line or is not seen.
const HOSTILE: [char; 6] = ['\u{1b}', '\u{9b}', '\u{202e}', '\u{200b}', '\u{7}', '\r'];

#[test]
fn no_stage_shows_what_steers_a_terminal() {
    let words = r#"\e[31m\x9b\u202e\u200b\a\r\nforged -> types::Forged"#;
    let text = SOUND
        .replace("Pong", &format!("\"Pong{words}\""))
        .replace("'#/components/schemas/\"", "\"#/components/schemas/")
        .replace("\"'}", "\"}")
        .replace("count:", &format!("\"count{words}\":"))
        .replace("operationId: ping", &format!("operationId: \"ping{words}\""))
        .replace("title: Ping \"Pong", "title: \"Ping Pong")
        .replace("/ping:", &format!("\"/ping{words}\":"));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), text).unwrap();
    for stage in ["source", "document", "ir", "names", "model"] {
        let done = run(folder.path(), &["inspect", "--spec", "api.yaml", "--stage", stage]);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        assert!(done.stdout.contains("forged"), "{}", done.stdout);
        assert!(!done.stdout.contains(HOSTILE), "{stage}: {:?}", done.stdout);
        assert!(!done.stdout.contains("\nforged"), "{stage}: {}", done.stdout);
        if ["source", "document"].contains(&stage) {
            let tree: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
            assert!(tree["info"]["title"].as_str().unwrap().contains('\u{202e}'));
        }
    }
    let listed = run(folder.path(), &["list", "--spec", "api.yaml"]).stdout;
    assert!(listed.contains("forged") && !listed.contains(HOSTILE), "{listed:?}");
    assert_eq!(listed.lines().count(), 1, "{listed}");
}

#[test]
fn a_pointer_as_long_as_a_book_is_shown_in_part_and_told_in_full() {
    let path = "/segment".repeat(20_000);
    let text = SOUND
        .replace("  /ping:\n", &format!("  ? {path}\n  :\n"))
        .replace("operationId: ping", "sumary: ping");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), text).unwrap();
    let args = ["--spec", "api.yaml", "--out", "out", "--module-only"];
    let shown = run(folder.path(), &args);
    assert_eq!(shown.status, Some(2), "{}", shown.stderr.len());
    assert!(shown.stderr.contains("at #/paths/~1segment~1"), "{}", shown.stderr.len());
    assert!(shown.stderr.contains("…") && shown.stderr.contains("~1segment/get/sumary\n"));
    assert!(shown.stderr.len() + shown.stdout.len() < 20_000, "{}", shown.stderr.len());
    let told = run(folder.path(), &[&args[..], &["--message-format", "json"]].concat());
    let pointer = format!("/paths/{}/get/sumary", path.replace('/', "~1"));
    assert!(told.objects().iter().any(|one| one["pointer"] == pointer.as_str()));
}
