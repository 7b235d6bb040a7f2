//! Notes: what is told although nothing is wrong.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{MODULE, folder, run, with};

/// A document with so many operations whose answers look like pages; what leads on is called `next`.
fn document(number: usize, next: impl Fn(usize) -> String) -> String {
    let operation = |index: usize| {
        let next = next(index);
        format!(
            "  /list-{index}:
    get:
      operationId: list{index}
      parameters: [{{name: cursor, in: query, schema: {{type: string}}}}]
      responses:
        '200':
          description: Some.
          content:
            application/json:
              schema:
                type: object
                properties: {{data: {{type: array, items: {{type: string}}}}, {next}: {{type: string}}}}
"
        )
    };
    let paths: String = (0..number).map(operation).collect();
    let head = "openapi: 3.0.3\ninfo: {title: Lists, version: '1'}\n";
    format!("{head}servers: [{{url: 'https://example.com'}}]\npaths:\n{paths}")
}

/// One where all of them call it alike.
fn alike(number: usize) -> String {
    document(number, |_| "next_cursor".to_owned())
}

#[test]
fn a_note_fails_nothing() {
    let folder = folder(&alike(2));
    let done = run(folder.path(), &with(&["--strict"]));
    assert_eq!(done.status, Some(0), "{}", done.stderr);
    assert_eq!(done.stderr.matches("note[inferred-pages]: this looks like").count(), 2);
    assert!(done.stderr.contains("--> api.yaml:6:"), "{}", done.stderr);
    assert!(done.stderr.contains("at #/paths/~1list-0/get"), "{}", done.stderr);
    assert!(done.stderr.contains("`cursor` takes `$.next_cursor`"), "{}", done.stderr);
    assert!(done.stderr.contains("`specwright explain inferred-pages`"), "{}", done.stderr);
}

#[test]
fn equal_notes_are_told_once_and_programs_read_their_severity() {
    let folder = folder(&alike(9));
    let done = run(folder.path(), &with(&["--message-format", "json"]));
    let objects = done.objects();
    let [note] = objects.as_slice() else { panic!("{}", done.stdout) };
    assert_eq!((&note["severity"], &note["code"]), (&"note".into(), &"inferred-pages".into()));
    assert!(note["message"].as_str().unwrap().ends_with("(9 places)"), "{note}");
    assert_eq!(note["pointer"], "/paths/~1list-0/get");
    assert!(note["help"].as_str().unwrap().contains("and 5 more"), "{note}");
}

#[test]
fn who_wants_quiet_hears_of_problems_alone() {
    let text = alike(2).replacen("schema: {type: string}", "schema: {type: string, x: 1}", 1);
    let folder = folder(&text);
    let done = run(folder.path(), &with(&["--quiet"]));
    assert_eq!((done.status, done.stdout.as_str()), (Some(0), ""));
    assert!(!done.stderr.contains("note[") && done.stderr.contains("warning["), "{}", done.stderr);
    let done = run(folder.path(), &with(&["--quiet", "--message-format", "json"]));
    assert!(done.objects().iter().all(|one| one["severity"] == "warning"), "{}", done.stdout);
}

/// A warning is what `--strict` counts, and what comes first where all cannot be shown.
#[test]
fn warnings_are_counted_without_notes() {
    let folder =
        folder(&alike(2).replacen("schema: {type: string}", "schema: {type: string, x: 1}", 1));
    let strict = run(folder.path(), &with(&["--strict"]));
    assert_eq!(strict.status, Some(2));
    assert!(strict.stderr.contains("warnings fail this run (1 of them)"), "{}", strict.stderr);
    let done = run(folder.path(), &MODULE);
    assert!(done.stderr.contains("`specwright explain unknown-key`"), "{}", done.stderr);
}

#[test]
fn the_rest_of_many_notes_is_counted() {
    let folder = folder(&document(60, |index| format!("next{}cursor", "_".repeat(index))));
    let done = run(folder.path(), &MODULE);
    assert_eq!(done.stderr.matches("note[").count(), 50, "{}", done.stderr);
    assert!(done.stderr.contains("10 more notes; `--verbose` shows all"), "{}", done.stderr);
    assert_eq!(run(folder.path(), &with(&["--verbose"])).stderr.matches("note[").count(), 60);
}

#[test]
fn guesses_can_be_switched_off() {
    let folder = folder(&alike(1));
    let told = |args: &[&str]| {
        let done = run(folder.path(), args);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        let module = std::fs::read_to_string(folder.path().join("out/api.rs")).unwrap();
        assert_eq!(module.contains("pub fn pages("), done.stderr.contains("inferred-pages"));
        done.stderr.contains("inferred-pages")
    };
    assert!(told(&MODULE));
    assert!(!told(&with(&["--only-declared-pages"])));
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'out'\nmodule-only = true\n";
    let path = folder.path().join("specwright.toml");
    std::fs::write(&path, config).unwrap();
    assert!(told(&[]));
    std::fs::write(&path, format!("{config}only-declared-pages = true\n")).unwrap();
    assert!(!told(&[]));
    let declared =
        alike(1).replace("parameters:", "x-specwright-pagination: false\n      parameters:");
    std::fs::write(folder.path().join("api.yaml"), declared).unwrap();
    assert!(!told(&MODULE));
}
