//! A document of several files: which may be read, what is said of those that may not, and its form
//! as one file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::{Run, contents, run};

const ROOT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.10}
servers: [{url: 'https://example.com'}]
paths:
  /pets: {$ref: paths/pets.yaml}
";

const PETS: &str = "\
get:
  operationId: listPets
  responses:
    '200':
      description: The pets.
      content:
        application/json:
          schema: {type: array, items: {$ref: ../schemas/Pet.json}}
";

const PET: &str = "\
{\"type\": \"object\", \"required\": [\"name\"], \"properties\": {
  \"name\": {\"type\": \"string\", \"enum\": [\"yes\", \"1.10\", \"~\", \"<<\", \"a: b\"]},
  \"friend\": {\"$ref\": \"#\"}
}}
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("api.yaml", ROOT), ("paths/pets.yaml", PETS), ("schemas/Pet.json", PET)] {
        write(folder.path(), &format!("api/{name}"), text);
    }
    folder
}

fn generate(folder: &Path, spec: &str, out: &str, more: &[&str]) -> Run {
    let args = ["generate", "--spec", spec, "--out", out, "--message-format", "json"];
    run(folder, &[&args[..], more].concat())
}

/// The one diagnostic as `code file:line:column`, and its message.
#[track_caller]
fn only(run: &Run) -> (String, String) {
    let is_about_the_run =
        |object: &serde_json::Value| object["code"] == "config" || object["code"] == "strict";
    let objects: Vec<_> =
        run.objects().into_iter().filter(|object| !is_about_the_run(object)).collect();
    let [object] = objects.as_slice() else { panic!("{}", run.stdout) };
    let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
    let place = format!("{}:{}:{}", text("file"), object["line"], object["column"]);
    (format!("{} {place}", text("code")), text("message"))
}

#[test]
fn a_tree_gives_the_client_that_its_one_file_gives() {
    let folder = tree();
    let at = folder.path();
    std::fs::create_dir(at.join("one")).unwrap();
    let done = generate(at, "api/api.yaml", "tree", &["--bundle", "one/api.yaml"]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    let one = std::fs::read_to_string(at.join("one/api.yaml")).unwrap();
    assert!(one.contains("version: '1.10'"), "{one}");
    let done = generate(at, "one/api.yaml", "one-client", &[]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    let files = |name: &str| {
        let root = at.join(name);
        let files = contents(&root).into_iter();
        let files = files.map(|(path, text)| (path.strip_prefix(&root).unwrap().to_owned(), text));
        files.collect::<Vec<_>>()
    };
    assert!(files("tree") == files("one-client"));
    let json = run(at, &["--spec", "api/api.yaml", "--bundle", "one/api.json"]);
    assert_eq!(json.status, Some(0), "{}", json.stderr);
    assert!(json.stdout.contains("one/api.json: one document of 3 files"), "{}", json.stdout);
    generate(at, "one/api.json", "json-client", &[]);
    let types = |name: &str| std::fs::read(at.join(name).join("src/types.rs")).unwrap();
    let body = |text: Vec<u8>| String::from_utf8(text).unwrap().replace("api.json", "api.yaml");
    assert_eq!(body(types("json-client")), body(types("tree")));
}

/// To readers of YAML 1.1 and of 1.2, and whatever a float can hold.
#[test]
fn a_bundle_keeps_every_digit_and_every_text() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let long = "0.1000000000000000055511151231257827";
    let whole = "123456789012345678901234567890";
    let words =
        ["no", "YES", "on", "off", "=", "<<", "2024-01-01", "0o7", "1_000", "1:30", "1e3", "3.0.3"];
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: 1.10}}\npaths: {{}}\ncomponents:\n  schemas:\n    A:\n      \
         type: number\n      maximum: {long}\n      example: {whole}\n      minimum: -1e300\n      x-words: \
         [{}]\n",
        quoted.join(", "),
    );
    write(at, "api.yaml", &text);
    write(
        at,
        "overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.components.schemas.A, update: {minimum: 0.25}}\n",
    );
    let made = |flag: &str, name: &str| {
        let done = run(at, &["--spec", "api.yaml", "--overlay", "overlay.yaml", flag, name]);
        assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
        std::fs::read_to_string(at.join(name)).unwrap()
    };
    let yaml = made("--bundle", "one.yaml");
    for line in [
        "version: '1.10'",
        &format!("maximum: {long}"),
        &format!("example: {whole}"),
        "minimum: -1.0e+300",
        "- 'no'",
        "- 'YES'",
        "- '='",
        "- '<<'",
        "- '2024-01-01'",
        "- '0o7'",
        "- '1_000'",
        "- '1:30'",
        "- '1e3'",
        "- 3.0.3",
    ] {
        assert!(yaml.lines().any(|known| known.trim() == line), "{line}:\n{yaml}");
    }
    let json = made("--effective-spec", "one.json");
    for line in [
        format!("\"maximum\": {long},"),
        format!("\"example\": {whole},"),
        "\"minimum\": 0.25,".to_owned(),
    ] {
        assert!(json.contains(&line), "{line}:\n{json}");
    }
}

/// Whatever is in which file.
#[test]
fn the_report_of_a_tree_is_that_of_its_one_file() {
    let folder = tree();
    let at = folder.path();
    let path = |id: &str| {
        format!(
            "  /{id}:\n    get: {{operationId: {id}, responses: {{'200': {{description: x}}}}}}\n"
        )
    };
    let root = ROOT.replace("paths:\n", &format!("paths:\n{}", path("first"))) + &path("last");
    write(at, "api/api.yaml", &root);
    let report = |spec: &str, more: &[&str]| {
        let done = generate(at, spec, "out", &[&["--report", "report.json"], more].concat());
        assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
        let text = std::fs::read_to_string(at.join("report.json")).unwrap();
        let mut report: serde_json::Value = serde_json::from_str(&text).unwrap();
        report.as_object_mut().unwrap().remove("files");
        report
    };
    let of_tree = report("api/api.yaml", &["--bundle", "one.yaml"]);
    let ids: Vec<_> =
        of_tree["operations"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    assert_eq!(ids, ["first", "listPets", "last"]);
    assert_eq!(of_tree, report("one.yaml", &[]));
}

#[test]
fn a_choice_of_operations_is_no_business_of_a_bundle() {
    let folder = tree();
    let at = folder.path();
    let args = ["--spec", "api/api.yaml", "--bundle", "one.yaml", "--operation", "listPets"];
    let refused = run(at, &args);
    assert_eq!(refused.status, Some(2));
    assert!(refused.stderr.contains("a bundle is the whole document"), "{}", refused.stderr);
    assert!(!at.join("one.yaml").exists());
}

#[test]
fn a_bundle_replaces_documents_and_nothing_else() {
    let folder = tree();
    let at = folder.path();
    let bundle = |to: &str, more: &[&str]| {
        run(at, &[&["--spec", "api/api.yaml", "--bundle", to], more].concat())
    };
    let missing = bundle("one.yaml", &["--check"]);
    assert_eq!(missing.status, Some(1), "{}", missing.stderr);
    assert!(!at.join("one.yaml").exists());
    assert_eq!(bundle("one.yaml", &[]).status, Some(0));
    assert_eq!(bundle("one.yaml", &["--check"]).status, Some(0));
    write(at, "api/schemas/Pet.json", "{\"type\": \"string\"}");
    assert_eq!(bundle("one.yaml", &["--check"]).status, Some(1));
    assert_eq!(bundle("one.yaml", &[]).status, Some(0));
    write(at, "notes.txt", "Dear all");
    let before = contents(at);
    for taken in ["notes.txt", "api/api.yaml", "api/schemas/Pet.json", "api/paths/pets.yaml"] {
        let refused = bundle(taken, &[]);
        assert_eq!(refused.status, Some(2), "{taken}");
        assert!(refused.stderr.contains("output-not-ours"), "{}", refused.stderr);
    }
    assert!(contents(at) == before);
}

#[test]
fn other_folders_have_to_be_allowed() {
    let folder = tree();
    let at = folder.path();
    write(at, "shared/Pet.json", PET);
    write(at, "api/paths/pets.yaml", &PETS.replace("../schemas", "../../shared"));
    let refused = generate(at, "api/api.yaml", "out", &["--strict"]);
    assert_eq!(refused.status, Some(2));
    let (place, message) = only(&refused);
    assert_eq!(place, "unsupported-reference api/paths/pets.yaml:8:41");
    assert!(message.starts_with("`../shared/Pet.json` is outside"), "{message}");
    let allowed = generate(at, "api/api.yaml", "out", &["--strict", "--allow-refs", "shared"]);
    assert_eq!(allowed.status, Some(0), "{}", allowed.stdout);
    let config = "[[client]]\nspec = 'api/api.yaml'\nout = 'out'\nallow-refs = ['shared']\n";
    write(at, "specwright.toml", config);
    assert_eq!(run(at, &["--check", "--strict"]).status, Some(0));
    let nowhere = generate(at, "api/api.yaml", "out", &["--allow-refs", "nowhere"]);
    assert_eq!(nowhere.status, Some(2), "{}", nowhere.stdout);
    assert_eq!(nowhere.objects()[0]["code"], "config");
}

#[cfg(unix)]
#[test]
fn links_stay_inside() {
    use std::os::unix::fs::symlink;
    let folder = tree();
    let at = folder.path();
    write(at, "secret/Pet.json", PET);
    std::fs::remove_file(at.join("api/schemas/Pet.json")).unwrap();
    symlink(at.join("secret/Pet.json"), at.join("api/schemas/Pet.json")).unwrap();
    let refused = generate(at, "api/api.yaml", "out", &["--strict"]);
    let (place, message) = only(&refused);
    assert_eq!(place, "unsupported-reference api/paths/pets.yaml:8:41");
    assert!(message.contains("is a link that leads out of"), "{message}");
    std::fs::remove_file(at.join("api/schemas/Pet.json")).unwrap();
    write(at, "api/real/Pet.json", PET);
    symlink("../real/Pet.json", at.join("api/schemas/Pet.json")).unwrap();
    let inside = generate(at, "api/api.yaml", "out", &["--strict"]);
    assert_eq!(inside.status, Some(0), "{}", inside.stdout);
    std::fs::remove_file(at.join("api/schemas/Pet.json")).unwrap();
    symlink("/dev/zero", at.join("api/schemas/Pet.json")).unwrap();
    let (place, _) = only(&generate(at, "api/api.yaml", "out", &["--strict"]));
    assert_eq!(place, "unsupported-reference api/paths/pets.yaml:8:41");
}

#[test]
fn what_is_no_file() {
    let folder = tree();
    let at = folder.path();
    let told = |target: &str| {
        write(at, "api/paths/pets.yaml", &PETS.replace("../schemas/Pet.json", target));
        only(&generate(at, "api/api.yaml", "out", &["--strict"]))
    };
    let (place, message) = told("../schemas");
    assert_eq!(place, "unsupported-reference api/paths/pets.yaml:8:41");
    assert!(message.starts_with("`schemas` is not a file"), "{message}");
    let (place, message) = told("../schemas/Cat.json");
    assert_eq!(place, "unresolved-reference api/paths/pets.yaml:8:41");
    assert!(message.starts_with("there is no file `schemas/Cat.json`"), "{message}");
    let (place, message) = told("https://example.com/Pet.json");
    assert_eq!(place, "unsupported-reference api/paths/pets.yaml:8:41");
    assert!(message.contains("leads to the network"), "{message}");
    let (place, message) = told("file:///etc/passwd");
    assert!(message.contains("is a URL of the scheme `file`"), "{message}");
    assert_eq!(place, "unsupported-reference api/paths/pets.yaml:8:41");
    let (place, message) = told("/etc/passwd");
    assert_eq!(place, "unsupported-reference api/paths/pets.yaml:8:41");
    assert!(message.contains("is outside of the folder"), "{message}");
    write(at, "api/schemas/Bad.json", "{\"a\": 1,}");
    let (place, message) = told("../schemas/Bad.json");
    assert_eq!(place, "syntax api/schemas/Bad.json:1:8");
    assert!(message.contains("trailing comma"), "{message}");
}

/// What alternatives and names are depends on what could not be read.
#[test]
fn what_follows_from_a_broken_file_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let schema = "{oneOf: [{$ref: 'a.yaml'}, {$ref: 'b.yaml'}], \
                  properties: {n: {type: string}, N: {$ref: 'a.yaml'}}}";
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: t, version: '1'}}, paths: {{/a: {{get: {{operationId: a, \
         responses: {{'200': {{description: x, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}}}"
    );
    write(at, "api.yaml", &text);
    write(at, "b.yaml", "{type: object, properties: {z: {type: string}}}\n");
    let codes = |broken: &str| {
        write(at, "a.yaml", broken);
        let told = generate(at, "api.yaml", "client", &[]).objects();
        let codes = told.iter().map(|one| one["code"].as_str().unwrap_or_default().to_owned());
        codes.filter(|code| code != "config").collect::<Vec<_>>()
    };
    assert_eq!(codes("{type: object"), ["syntax"]);
    let told = codes("{type: object, properties: {y: {type: string}}}");
    assert!(told.contains(&"name-collision".to_owned()), "{told:?}");
    assert!(told.contains(&"ambiguous-union".to_owned()), "{told:?}");
    // An operation of a broken file may be the one that is chosen, or linked to, or asked again.
    let text = "{openapi: 3.0.3, info: {title: t, version: '1'}, paths: {/a: {$ref: a.yaml}, /b: {get: {operationId: b, \
                x-specwright-waiter: {get: {operation-id: a}, expect: {http-code: 404}}, responses: {'200': \
                {description: x, links: {next: {operationId: a}}}}}}}}";
    write(at, "api.yaml", text);
    write(at, "a.yaml", "{get: {");
    let choice = ["--operation", "a", "--operation", "b"];
    for more in [&choice[..], &[]] {
        assert_eq!(only(&generate(at, "api.yaml", "client", more)).0, "syntax a.yaml:1:8");
    }
    write(at, "a.yaml", "{get: {operationId: c, responses: {}}}");
    let told = generate(at, "api.yaml", "client", &choice).objects();
    assert!(told.iter().any(|one| one["code"] == "unknown-operation"), "{told:?}");
}

/// One run tells all, whatever it was to write.
#[test]
fn a_bundle_that_is_refused_is_told_with_all_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1', colour: red}\npaths:\n  /a:\n    get:\n      \
                operationId: a\n      parametres: []\n      responses: {'200': {$ref: b.yaml}}\n      \
                responses: {'204': {description: x}}\n";
    write(at, "api.yaml", text);
    let codes = |args: &[&str]| {
        let run = run(at, &[&["--spec", "api.yaml", "--message-format", "json"], args].concat());
        assert_eq!(run.status, Some(2), "{}", run.stdout);
        let told = run.objects();
        told.iter().map(|one| (one["code"].clone(), one["line"].clone())).collect::<Vec<_>>()
    };
    let all = codes(&["--out", "client"]);
    assert!(all.iter().any(|(code, _)| code == "unknown-key"), "{all:?}");
    assert!(all.iter().any(|(code, _)| code == "duplicate-key"), "{all:?}");
    assert_eq!(codes(&["--bundle", "one.yaml"]), all);
    assert_eq!(codes(&["--effective-spec", "one.yaml"]), all);
    assert_eq!(codes(&["--bundle", "one.yaml", "--out", "client"]), all);
    // What is equal is told once, unless each is asked for.
    let equal: String = (1..9).map(|n| format!("  /{n}: {{get: {{parametres: []}}}}\n")).collect();
    write(at, "api.yaml", &text.replace("  /a:", &format!("{equal}  /a:")));
    let all = codes(&["--out", "client", "--verbose"]);
    assert_eq!(codes(&["--bundle", "one.yaml", "--verbose"]), all);
    assert!(all.len() > codes(&["--bundle", "one.yaml"]).len(), "{all:?}");
    assert!(!at.join("one.yaml").exists());
}

#[test]
fn the_file_that_may_be_meant_is_named() {
    let folder = tree();
    let at = folder.path();
    write(at, "api/schemas/dog.yml", "type: string\n");
    write(at, "secret.json", "{}");
    let help = |target: &str| {
        write(at, "api/paths/pets.yaml", &PETS.replace("../schemas/Pet.json", target));
        let done = generate(at, "api/api.yaml", "out", &["--strict"]);
        done.objects()[0]["help"].as_str().unwrap().to_owned()
    };
    let pet = "did you mean `schemas/Pet.json`?";
    for target in ["../schemas/pet.json", "../schemas/Pet.yaml", "'..\\schemas\\Pet.json'"] {
        assert_eq!(help(target), pet, "{target}");
    }
    assert_eq!(help("../schemas/DOG.yaml"), "did you mean `schemas/dog.yml`?");
    assert_eq!(help("' ../schemas/Pet.json'"), "take the space out");
    // What may not be read is not looked for.
    assert!(help("../../Secret.json").starts_with("a path is relative"));
}

#[test]
fn what_is_not_chosen_need_not_be_there() {
    let folder = tree();
    let at = folder.path();
    write(at, "api/api.yaml", &format!("{ROOT}  /gone:\n    get: {{$ref: none.yaml}}\n"));
    let all = generate(at, "api/api.yaml", "out", &[]);
    assert_eq!(all.status, Some(2));
    assert_eq!(only(&all).0, "unresolved-reference api/api.yaml:7:11");
    let one = generate(at, "api/api.yaml", "out", &["--operation", "listPets"]);
    assert_eq!(one.status, Some(0), "{}", one.stdout);
}

#[test]
fn a_report_names_the_files_and_a_list_the_operations() {
    let folder = tree();
    let at = folder.path();
    generate(at, "api/api.yaml", "out", &["--report", "report.json"]);
    let report = std::fs::read_to_string(at.join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let files = ["api.yaml", "paths/pets.yaml", "schemas/Pet.json"];
    assert_eq!(report["files"], serde_json::json!(files));
    assert_eq!(report["types"][0]["pointer"], "/components/schemas/Pet");
    let options = specwright::Options { spec: at.join("api/api.yaml"), ..Default::default() };
    let generated = specwright::generate(&options, &specwright::source::Disk).unwrap();
    assert_eq!(generated.inputs, files.map(|name| at.join("api").join(name)));
    let list = run(at, &["list", "--spec", "api/api.yaml"]);
    assert_eq!(list.stdout, "GET /pets listPets\n");
}

/// No run writes over what it reads, nor two files in one place.
#[test]
fn every_file_has_a_place_of_its_own() {
    let tree = tree();
    let check = |args: &[&str], message: &str| {
        let before = common::contents(tree.path());
        let done = common::run(
            tree.path(),
            &[&["--spec", "api/api.yaml", "--out", "client"], args].concat(),
        );
        assert_eq!(done.status, Some(2), "{args:?}");
        assert!(done.stderr.contains(message), "{}", done.stderr);
        assert!(common::contents(tree.path()) == before, "something was written: {args:?}");
    };
    check(&["--bundle", "x.yaml", "--effective-spec", "./x.yaml"], "cannot be for `--bundle` and");
    check(&["--bundle", "x.json", "--report", "x.json"], "cannot be for `--report` and `--bundle`");
    check(&["--bundle", "api/api.yaml"], "is what is read, and `--bundle` would write over it");
    check(&["--report", "api/api.yaml"], "is what is read, and `--report` would write over it");
    check(&["--bundle", "api/paths/pets.yaml"], "is one of the files that the document is made of");
    check(&["--report", "client/build.rs"], "is where the client in `client` has its own files");
    check(&["--crate-name", "std"], "`std-client` would do");
}

/// Programs are told of which file a problem is, even of one whose name the system does not take.
#[test]
fn a_file_that_cannot_be_written_is_named() {
    let tree = tree();
    let name = format!("{}.json", "x".repeat(300));
    let done = generate(tree.path(), "api/api.yaml", "client", &["--bundle", &name]);
    assert_eq!(done.status, Some(2), "{}", done.stdout);
    let objects = done.objects();
    let [told] = objects.as_slice() else { panic!("{}", done.stdout) };
    assert_eq!((&told["code"], &told["file"]), (&"io".into(), &name.into()), "{told}");
    assert!(told["line"].is_null() && told["help"].is_string(), "{told}");
}
