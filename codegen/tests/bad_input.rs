//! Input that nobody can make a client of: one clear message at the right place, exit status 2, no
//! backtrace, no waiting, and the output folder as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use common::{SOUND, contents, run};

/// What a single diagnostic says, for one file name and its bytes.
struct Case {
    file: &'static str,
    bytes: Vec<u8>,
    code: &'static str,
    place: (u64, u64),
    pointer: &'static str,
    message: &'static str,
}

#[track_caller]
fn check(case: Case) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sound.yaml"), SOUND).unwrap();
    let arguments = |spec| ["generate", "--spec", spec, "--out", "out", "--message-format", "json"];
    let sound = run(folder.path(), &arguments("sound.yaml"));
    assert_eq!(sound.status, Some(0), "{}", sound.stdout);
    std::fs::write(folder.path().join(case.file), &case.bytes).unwrap();
    refused(folder.path(), case.file, &arguments(case.file), |object| {
        let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(text("code"), case.code, "{object}");
        assert_eq!(text("pointer"), case.pointer, "{object}");
        assert!(text("message").contains(case.message), "{object}");
        let place = (object["line"].as_u64(), object["column"].as_u64());
        assert_eq!(place, (Some(case.place.0), Some(case.place.1)), "{object}");
    });
}

/// Runs the program both ways and holds the one diagnostic against `expect`.
#[track_caller]
fn refused(folder: &Path, file: &str, args: &[&str], expect: impl Fn(&serde_json::Value)) {
    let before = contents(folder);
    let start = Instant::now();
    let run_json = run(folder, args);
    let human: Vec<&str> =
        args.iter().copied().take_while(|arg| *arg != "--message-format").collect();
    let run_human = run(folder, &human);
    // Generous, because tests share their machine; the aim is a second for each.
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(run_json.status, Some(2), "{}{}", run_json.stdout, run_json.stderr);
    let objects = run_json.objects();
    let [object] = objects.as_slice() else { panic!("{}", run_json.stdout) };
    assert_eq!(object["severity"], "error");
    assert_eq!(object["file"], file, "{object}");
    expect(object);

    assert_eq!(run_human.status, Some(2));
    assert_eq!(run_human.stdout, "");
    // What cannot be read has no lines to be shown.
    let place = match folder.join(file).is_file() {
        true => format!("{file}:{}:{}", object["line"], object["column"]),
        false => format!("--> {file}\n"),
    };
    assert!(run_human.stderr.contains(&place), "{}", run_human.stderr);
    assert_eq!(run_human.stderr.matches("error[").count(), 1, "{}", run_human.stderr);
    for word in ["panicked", "backtrace", "\u{1b}"] {
        assert!(!run_human.stderr.contains(word), "{}", run_human.stderr);
    }
    assert!(contents(folder) == before, "the folder has changed");
}

fn case(
    file: &'static str,
    bytes: impl Into<Vec<u8>>,
    code: &'static str,
    place: (u64, u64),
    pointer: &'static str,
    message: &'static str,
) -> Case {
    Case { file, bytes: bytes.into(), code, place, pointer, message }
}

#[test]
fn a_file_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["generate", "--spec", "no.yaml", "--out", "out", "--message-format", "json"];
    refused(folder.path(), "no.yaml", &args, |object| {
        assert_eq!(object["code"], "io");
        assert!(object["line"].is_null() && object["column"].is_null(), "{object}");
        assert!(object["message"].as_str().unwrap().starts_with("cannot read `no.yaml`"));
    });
    std::fs::create_dir(folder.path().join("no.yaml")).unwrap();
    refused(folder.path(), "no.yaml", &args, |object| assert_eq!(object["code"], "io"));
}

#[test]
fn not_utf_8() {
    let bytes =
        SOUND.replace("Ping Pong", "Ping Pöng").chars().map(|c| c as u8).collect::<Vec<_>>();
    check(case("a.yaml", bytes, "encoding", (2, 21), "", "not UTF-8: byte 0xF6"));
}

#[test]
fn utf_16() {
    let bytes: Vec<u8> = SOUND.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(case("a.yaml", bytes.clone(), "encoding", (1, 1), "", "UTF-16"));
    let marked = [b"\xFF\xFE".as_slice(), &bytes].concat();
    check(case("a.yaml", marked, "encoding", (1, 1), "", "UTF-16"));
}

#[test]
fn empty() {
    check(case("a.yaml", "", "encoding", (1, 1), "", "the file is empty"));
}

#[test]
fn not_yaml() {
    let broken = SOUND.replace("  /ping:\n", "  /ping: [\n");
    check(case("a.yaml", broken, "syntax", (7, 18), "/paths/~1ping/1", "not YAML: "));
    check(case("a.yaml", "Dear all", "invalid-document", (1, 1), "", "is plain text"));
}

#[test]
fn a_trailing_comma_in_json() {
    let text = "{\n  \"openapi\": \"3.0.1\",\n  \"info\": {\"title\": \"t\",}\n}\n";
    check(case("a.json", text, "syntax", (3, 24), "/info", "trailing comma"));
}

#[test]
fn other_versions() {
    let swagger = SOUND.replace("openapi: 3.0.1", "swagger: '1.2'");
    let message = "Swagger 1.2 is not supported";
    check(case("a.yaml", swagger, "unsupported-version", (1, 1), "/swagger", message));
    let new = SOUND.replace("openapi: 3.0.1\n", "") + "openapi: 3.3.0\n";
    let message = "OpenAPI 3.3.0 is not supported";
    check(case("a.yaml", new, "unsupported-version", (20, 1), "/openapi", message));
}

#[test]
fn references() {
    let pointer = "/paths/~1ping/parameters/0/$ref";
    let parameters = "  /ping:\n    parameters: [{$ref: '#/components/parameters/Pnog'}]\n";
    let unknown = SOUND.replace("  /ping:\n", parameters);
    let message = "refers to nothing";
    check(case("a.yaml", unknown, "unresolved-reference", (6, 19), pointer, message));
    let circle = SOUND.to_owned()
        + "  parameters:\n    A: {$ref: '#/components/parameters/B'}\n    \
           B: {$ref: '#/components/parameters/A'}\n";
    let (pointer, message) = ("/components/parameters/A/$ref", "goes in a circle");
    check(case("a.yaml", circle, "reference-cycle", (22, 9), pointer, message));
}

#[test]
fn keys_and_numbers() {
    let twice = SOUND.to_owned() + "    Pong: {}\n";
    let pointer = "/components/schemas/Pong";
    check(case("a.yaml", twice, "duplicate-key", (21, 5), pointer, "`Pong` is given twice"));
    let nan = SOUND.replace("format: int32", "minimum: .nan");
    let pointer = "/components/schemas/Pong/properties/count/minimum";
    check(case("a.yaml", nan, "not-a-number", (20, 41), pointer, "NaN"));
    let merge = SOUND.replace("        count:", "        <<: {}\n        count:");
    let pointer = "/components/schemas/Pong/properties/<<";
    check(case("a.yaml", merge, "merge-key", (20, 9), pointer, "merge keys"));
}

#[test]
fn nesting() {
    let brackets = "[".repeat(100_000);
    let text = format!("{SOUND}x-deep: {brackets}");
    check(case("a.yaml", text, "too-deep", (21, 1009), "", "nest deeper"));
    let pointer: &'static str = "/0".repeat(100).leak();
    check(case("a.yaml", brackets.clone(), "too-deep", (1, 101), pointer, "nest deeper"));
    check(case("a.json", brackets, "too-deep", (1, 101), pointer, "nest deeper"));
    let braces = format!("{SOUND}x-deep: {}", "{a: ".repeat(100_000));
    check(case("a.yaml", braces, "too-deep", (21, 4009), "", "nest deeper"));
}

#[test]
fn aliases_that_multiply() {
    let mut text = format!("{SOUND}x-0: &a0 lol\n");
    for i in 0..40 {
        text += &format!("x-{}: &a{} [*a{i}, *a{i}, *a{i}, *a{i}, *a{i}]\n", i + 1, i + 1);
    }
    let folder = tempfile::tempdir().unwrap();
    let args = ["generate", "--spec", "a.yaml", "--out", "out", "--message-format", "json"];
    let too_large = |object: &serde_json::Value| assert_eq!(object["code"], "too-large");
    std::fs::write(folder.path().join("a.yaml"), text).unwrap();
    refused(folder.path(), "a.yaml", &args, too_large);

    let quadratic =
        format!("{SOUND}x-a: &a \"{}\"\nx-b: [{}]\n", "x".repeat(80_000), "*a,".repeat(27_000));
    std::fs::write(folder.path().join("a.yaml"), quadratic).unwrap();
    refused(folder.path(), "a.yaml", &args, too_large);
}

/// Of a document alone, and of its files together.
#[test]
fn how_much_is_read_is_the_users_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let long = format!("{SOUND}x-long: \"{}\"\n", "x".repeat(1 << 20));
    std::fs::write(at.join("api.yaml"), &long).unwrap();
    let generate = |more: &[&str]| {
        run(at, &[&["--spec", "api.yaml", "--out", "x", "--message-format", "json"], more].concat())
    };
    let refused = generate(&["--max-file-mib", "1"]);
    assert_eq!(refused.status, Some(2), "{}", refused.stdout);
    let told = &refused.objects()[0];
    assert_eq!((told["code"].as_str(), told["line"].as_u64()), (Some("too-large"), Some(1)));
    assert!(told["help"].as_str().unwrap().contains("--max-file-mib"), "{told}");
    assert!(!at.join("x").exists());
    assert_eq!(run(at, &["list", "--spec", "api.yaml", "--max-file-mib", "1"]).status, Some(2));
    assert_eq!(generate(&["--max-file-mib", "2"]).status, Some(0));
    let part = format!("type: string\ndescription: \"{}\"\n", "x".repeat(900 << 10));
    let mut tree = SOUND.to_owned();
    for n in 0..5 {
        std::fs::write(at.join(format!("part{n}.yaml")), &part).unwrap();
        tree.push_str(&format!("    Part{n}: {{$ref: part{n}.yaml}}\n"));
    }
    std::fs::write(at.join("api.yaml"), &tree).unwrap();
    let refused = generate(&["--max-file-mib", "1"]);
    assert_eq!(refused.objects()[0]["code"], "too-large", "{}", refused.stdout);
    assert!(refused.objects()[0]["file"].as_str().unwrap().ends_with("part4.yaml"));
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'x'\nmax-file-mib = 2\n";
    std::fs::write(at.join("specwright.toml"), config).unwrap();
    assert_eq!(run(at, &[]).status, Some(0));
}
