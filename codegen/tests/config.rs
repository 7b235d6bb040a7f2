//! What is told of `specwright.toml`: all of it at once, in words, with its lines.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::{Run, SOUND, contents, folder, run};

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// `line: message; help` of everything that is told.
fn told(run: &Run) -> Vec<String> {
    let line = |one: &serde_json::Value| {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        format!("{}: {}; {}", one["line"], text("message"), text("help"))
    };
    run.objects().iter().map(line).collect()
}

/// What a run by this configuration tells; it is refused, and writes nothing.
fn refused(folder: &Path, config: &str, args: &[&str]) -> Vec<String> {
    write(folder, "specwright.toml", config);
    let before = contents(folder);
    let run = run(folder, &[args, &["--message-format", "json"]].concat());
    assert_eq!(run.status, Some(2), "{config}: {}{}", run.stdout, run.stderr);
    assert!(contents(folder) == before, "{config}");
    told(&run)
}

#[test]
fn all_that_is_wrong_is_told_in_one_run() {
    let folder = folder(SOUND);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 1\nnmae = 'x'\n\n\
                  [[client]]\nout = 'b'\nstrict = 'yes'\n";
    let expected = [
        "3: `out` is a text, and this is a number; write it like `out = \"client\"`",
        "4: `nmae` is no key of a client; the README lists every key of specwright.toml",
        "6: the client has no `spec`; add it: `spec = \"openapi/api.yaml\"`",
        "8: `strict` is `true` or `false`, and this is a text; write it like `strict = true`",
    ];
    assert_eq!(refused(folder.path(), config, &[]), expected);
    // So is what makes no sense though it can be read.
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\ncrate-name = '1st'\n\
                  runtime-path = 'nowhere'\n\n\
                  [[client]]\nspec = 'api.yaml'\nout = 'b'\napi-version = 'v1'\nall-versions = true\n";
    let told = refused(folder.path(), config, &[]);
    let expected = [
        "4: `1st` is no name for a package; use ASCII letters, digits, `-` and `_`, a letter first",
        "5: there is no crate in `nowhere`; `--runtime-path` is the folder of the crate \
         `specwright-runtime`",
        "11: `api-version` asks for one version, `all-versions` for each; remove one of the two keys",
    ];
    assert_eq!(told, expected);
    // What a flag has said stands in no line.
    let told = refused(folder.path(), config, &["--crate-name", "2nd"]);
    assert!(told[0].contains("are about one client"), "{told:?}");
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\ncrate-name = 'sound'\n";
    let told = refused(folder.path(), config, &["--crate-name", "2nd"]);
    assert!(told[0].starts_with("null: `2nd` is no name"), "{told:?}");
}

/// Who asks for one client is told of that one.
#[test]
fn what_is_wrong_with_another_client_is_no_matter() {
    let folder = folder(SOUND);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\nmodule-only = true\n\n\
                  [[client]]\nspec = 'api.yaml'\nout = 'b'\nstrict = 'yes'\nnmae = 'x'\n";
    let of_b = [
        "9: `strict` is `true` or `false`, and this is a text; write it like `strict = true`",
        "10: `nmae` is no key of a client; the README lists every key of specwright.toml",
    ];
    assert_eq!(refused(folder.path(), config, &[]), of_b);
    assert_eq!(refused(folder.path(), config, &["--client", "b"]), of_b);
    assert_eq!(refused(folder.path(), config, &["--client", "c"]), of_b);
    for command in [&["generate"][..], &["list"], &["inspect", "--stage", "names"]] {
        let args = [command, &["--client", "a", "--message-format", "json"]].concat();
        let run = run(folder.path(), &args);
        assert_eq!(run.status, Some(0), "{command:?}: {}{}", run.stdout, run.stderr);
    }
    assert!(folder.path().join("a/api.rs").is_file() && !folder.path().join("b").exists());
}

#[test]
fn clients_of_one_name_are_told_with_their_lines() {
    let folder = folder(SOUND);
    let client =
        |out: &str| format!("[[client]]\nspec = 'api.yaml'\nout = '{out}'\ncrate-name = 'pets'\n");
    let told = refused(folder.path(), &(client("a") + &client("b")), &[]);
    let [only] = told.as_slice() else { panic!("{told:#?}") };
    assert!(only.starts_with("8: two clients would be the package `pets`; "), "{only}");
    assert!(only.ends_with("; the other is at specwright.toml:4:1"), "{only}");
    // Whatever they have in common is told at once.
    let told = refused(folder.path(), &(client("a") + &client("a")), &[]);
    let [out, name] = told.as_slice() else { panic!("{told:#?}") };
    assert!(out.starts_with("7: two clients would write to one folder: `a`, `a`; "), "{out}");
    assert!(name.starts_with("8: two clients would be the package `pets`; "), "{name}");
}

#[test]
fn a_path_of_the_runtime_leads_to_the_runtime() {
    let folder = folder(SOUND);
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n");
    write(folder.path(), "other/Cargo.toml", &manifest("other"));
    write(folder.path(), "clone/Cargo.toml", "[workspace]\nmembers = ['runtime']\n");
    write(folder.path(), "clone/runtime/Cargo.toml", &manifest("specwright-runtime"));
    let check = |path: &str, expected: &str| {
        let flags = ["--spec", "api.yaml", "--runtime-path", path];
        let generate = run(folder.path(), &[&["generate", "--out", "x"][..], &flags].concat());
        let init = run(folder.path(), &[&["init"][..], &flags].concat());
        for done in [generate, init] {
            assert_eq!(done.status, Some(2), "{}", done.stdout);
            assert!(done.stderr.contains(expected), "{}", done.stderr);
        }
        let key = "[[client]]\nspec = 'api.yaml'\nout = 'x'\nruntime-path = ";
        std::fs::create_dir_all(folder.path().join("by-key")).unwrap();
        write(folder.path(), "by-key.toml", &format!("{key}'{path}'\n"));
        let by_key = run(folder.path(), &["--config", "by-key.toml"]);
        assert!(by_key.stderr.contains("--> by-key.toml:4:1"), "{}", by_key.stderr);
        assert!(
            !folder.path().join("x").exists() && !folder.path().join("specwright.toml").exists()
        );
    };
    check("other", "error[config]: the crate in `other` is `other`, and not `specwright-runtime`");
    check("clone", "error[config]: the `Cargo.toml` in `clone` is of no package");
    write(folder.path(), "broken/Cargo.toml", "[package\n");
    check("broken", "error[config]: the `Cargo.toml` in `broken` is not TOML");
    check("clone", "help: did you mean `clone/runtime`?");
    check("nowhere", "error[config]: there is no crate in `nowhere`");
    let found = ["init", "--spec", "api.yaml", "--runtime-path", "clone/runtime"];
    assert_eq!(run(folder.path(), &found).status, Some(0));
}

/// A slip in `--out`, and the client that was there would be gone.
#[test]
fn the_client_of_another_api_is_not_written_over() {
    let folder = folder(SOUND);
    let other = SOUND.replace("Ping Pong", "Badminton");
    write(folder.path(), "other.yaml", &other);
    let generate = |spec: &str, more: &[&str]| {
        run(folder.path(), &[&["--spec", spec, "--out", "client"], more].concat())
    };
    assert_eq!(generate("api.yaml", &[]).status, Some(0));
    let before = contents(folder.path());
    for more in [&[][..], &["--check"], &["--crate-name", "badminton-client"]] {
        let refused = generate("other.yaml", more);
        assert_eq!(refused.status, Some(2), "{}", refused.stdout);
        let message = "error[output-not-ours]: `client` holds the client of another document: Ping \
                       Pong, from `api.yaml`";
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
        assert!(
            refused.stderr.contains("if Badminton is to take its place, remove `client/src` first")
        );
        assert!(contents(folder.path()) == before);
    }
    // A document that is renamed, one with another title, and one that is named as this one's.
    write(folder.path(), "renamed.yaml", SOUND);
    assert_eq!(generate("renamed.yaml", &[]).status, Some(0));
    assert_eq!(generate("api.yaml", &[]).status, Some(0));
    write(folder.path(), "api.yaml", &SOUND.replace("Ping Pong", "Table Tennis"));
    assert_eq!(generate("api.yaml", &[]).status, Some(0));
    assert_eq!(generate("other.yaml", &["--crate-name", "ping-pong"]).status, Some(0));
    // What was asked for, and what the help says.
    assert_eq!(generate("api.yaml", &[]).status, Some(2));
    std::fs::remove_dir_all(folder.path().join("client/src")).unwrap();
    assert_eq!(generate("api.yaml", &[]).status, Some(0));
}

#[test]
fn a_type_of_the_users_own_is_not_in_a_crate_of_ours() {
    let folder = folder(SOUND);
    let types = "types = { '/components/schemas/Pong' = 'crate::Pong' }\n";
    let config = format!("[[client]]\nspec = 'api.yaml'\nout = 'a'\n{types}");
    let told = refused(folder.path(), &config, &[]);
    let [only] = told.as_slice() else { panic!("{told:#?}") };
    let message = "4: `types` names `crate::Pong`, and of a whole crate every file is generated; put it \
                   into a crate of its own and name that: `some_crate::Pong`; ";
    assert!(only.starts_with(message), "{only}");
    write(folder.path(), "specwright.toml", &format!("{config}module-only = true\n"));
    assert_eq!(run(folder.path(), &[]).status, Some(0));
}

/// A parameter that is a reference is one operation's, and what it leads to is everybody's.
#[test]
fn a_parameter_is_renamed_at_its_reference_or_for_all() {
    let parameter = "#/components/parameters/Limit";
    let reference = format!("      parameters: [{{$ref: '{parameter}'}}]\n      responses:");
    let ping = SOUND.replace("      responses:", &reference);
    let pang = "  /pang:\n    get:\n      operationId: pang\n      parameters: [{$ref: \
                '#/components/parameters/Limit'}]\n      responses: {204: {description: d}}\n";
    let text = ping.replace("components:\n", &format!("{pang}components:\n")).replace(
        "  schemas:",
        "  parameters:\n    Limit: {name: limit, in: query, schema: {type: integer}}\n  schemas:",
    );
    let folder = folder(&text);
    let module = |renames: &str| {
        let config = format!(
            "[[client]]\nspec = 'api.yaml'\nout = 'a'\nmodule-only = true\n[client.rename]\n{renames}"
        );
        write(folder.path(), "specwright.toml", &config);
        let done = run(folder.path(), &[]);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        let text = std::fs::read_to_string(folder.path().join("a/api.rs")).unwrap();
        ["limit", "most", "top"].map(|name| text.matches(&format!("pub fn {name}(")).count())
    };
    let everywhere = "'/components/parameters/Limit' = 'most'\n";
    let once = "'/paths/~1pang/get/parameters/0' = 'top'\n";
    assert_eq!(module(""), [2, 0, 0]);
    assert_eq!(module(everywhere), [0, 2, 0]);
    assert_eq!(module(once), [1, 0, 1]);
    assert_eq!(module(&format!("{everywhere}{once}")), [0, 1, 1]);
}

const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://example.com'}]
paths:
  /pets:
    parameters: [{name: verbose, in: query, schema: {type: boolean}}, {name: team, in: header, required: true, schema: {type: string}}]
    get: {operationId: listPets, tags: [pets], responses: {'204': {description: x}}}
    delete: {operationId: dropPets, tags: [pets], responses: {'204': {description: x}}}
  /orders:
    post:
      operationId: order
      tags: [orders]
      parameters: [{name: dry, in: query, schema: {type: boolean}}]
      responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Money'}}}}}
components:
  schemas:
    Money: {type: object, properties: {amount: {type: integer}}}
";

#[test]
fn what_the_choice_leaves_out_is_not_said_to_be_missing() {
    let folder = folder(SHOP);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\ntags = ['pets']\n\
                  drop-parameters = ['/paths/~1orders/post/parameters/query=dry']\n\
                  type-derives = { '/components/schemas/Money' = ['Hash'] }\n\
                  [client.rename]\n\
                  '/components/schemas/Money' = 'Amount'\n\
                  '/components/schemas/Mony' = 'Amount2'\n\
                  '/paths/~1orders/post' = 'buy'\n";
    let why = "which the choice of `tags` does not reach; choose an operation that it is of, or remove \
               the entry";
    let expected = [
        format!("5: `drop-parameters` names `/paths/~1orders/post/parameters/query=dry`, {why}"),
        format!("6: `type-derives` names `/components/schemas/Money`, {why}"),
        format!("8: `rename` names `/components/schemas/Money`, {why}"),
        "9: `rename` names `/components/schemas/Mony`, where nothing that has a name stands; did you \
         mean `/components/schemas/Money`?"
            .to_owned(),
        format!("10: `rename` names `/paths/~1orders/post`, {why}"),
    ];
    assert_eq!(refused(folder.path(), config, &[]), expected);
}

/// Once, though two operations share the parameter, and beside what else is wrong.
#[test]
fn a_parameter_that_cannot_be_left_out_is_told_at_its_entry() {
    let folder = folder(SHOP);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\
                  drop-parameters = ['/paths/~1pets/parameters/header=team']\n\
                  types = { '/components/schemas/Mony' = 'money::Money' }\n\
                  fixed-parameters = { '/paths/~1pets/parameters/query=verbose' = 'yes please' }\n";
    let expected = [
        "4: `drop-parameters` names `team`, which `listPets` requires; say in `fixed-parameters` what is \
         sent",
        "5: `types` names `/components/schemas/Mony`, where no schema stands; did you mean \
         `/components/schemas/Money`?",
        "6: `fixed-parameters` makes `verbose` `yes please`, and it is `true` or `false`; only single \
         values can be fixed, as what they are",
    ];
    assert_eq!(refused(folder.path(), config, &[]), expected);
    let both = config.replace("header=team", "query=verbose").replace("'yes please'", "true");
    let told = refused(folder.path(), &both, &[]);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[1].starts_with("6: `drop-parameters` and `fixed-parameters` both name `verbose`"));
}

/// It does stand there, and there is nothing to leave out.
#[test]
fn a_header_that_no_caller_says_is_told_as_one() {
    let text = SHOP.replace(
        "[{name: dry,",
        "[{name: Accept, in: header, schema: {type: string}}, {name: Authorization, in: header, schema: {type: string}}, {name: dry,",
    );
    let folder = folder(&text);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\
                  drop-parameters = ['/paths/~1orders/post/parameters/header=Accept']\n\
                  fixed-parameters = { '/paths/~1orders/post/parameters/header=Authorization' = 'a' }\n";
    let why = "which no caller says anyway; remove the entry: the client and its transport write this header";
    let expected = [
        format!("4: `drop-parameters` names the header `Accept`, {why}"),
        format!("5: `fixed-parameters` names the header `Authorization`, {why}"),
    ];
    assert_eq!(refused(folder.path(), config, &[]), expected);
}

#[test]
fn operations_and_paths_in_other_words_are_understood() {
    let folder = folder(SHOP);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\
                  operations = ['POST /orders', '/pets']\npaths = ['pets', '/orderz']\n";
    let expected = [
        "4: the document has no operation `POST /orders`; an operation goes by its `operationId`: did \
         you mean `order`?",
        "4: the document has no operation `/pets`; that is a path: write `/pets` in `paths`",
        "5: no path of the document matches `pets`; did you mean `/pets`?",
        "5: no path of the document matches `/orderz`; did you mean `/orders`?",
    ];
    assert_eq!(refused(folder.path(), config, &[]), expected);
}

/// Entries that nothing follows hide one another nowhere, whichever stage they are for.
#[test]
fn entries_of_all_stages_are_told_in_one_run() {
    let folder = folder(SHOP);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\napi-version = 'v9'\n\
                  operation-name = 'x-nope'\nchecked = ['/components/schemas/Money']\n\
                  closed = true\nopen = ['/components/schemas/Money']\n\
                  formats = { money = 'money::Money' }\n";
    let told = refused(folder.path(), config, &[]);
    let lines: Vec<&str> = told.iter().filter_map(|one| one.split(':').next()).collect();
    assert_eq!(lines, ["4", "5", "6", "8", "9"], "{told:#?}");
    // A document that is not there beside a key that is none.
    let config = "[[client]]\nspec = 'nope.yaml'\nout = 'a'\nstrcit = true\n";
    let told = refused(folder.path(), config, &[]);
    let [missing, unknown] = told.as_slice() else { panic!("{told:#?}") };
    assert!(
        missing.starts_with("2: ") && unknown.starts_with("4: `strcit` is no key"),
        "{told:#?}"
    );
}

/// What is said of a place that another entry takes away is that it does.
#[test]
fn entries_that_overrule_others_are_told() {
    let folder = folder(SHOP);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\
                  types = { '/components/schemas/Money' = 'money::Money' }\n\
                  drop-parameters = ['/paths/~1orders/post/parameters/query=dry']\n\
                  fixed-parameters = { '/paths/~1pets/parameters/header=team' = 'a' }\n\
                  type-derives = { '/components/schemas/Money' = ['Hash'] }\n\
                  [client.rename]\n\
                  '/components/schemas/Money/properties/amount' = 'sum'\n\
                  '/components/schemas/Money/properties/amuont' = 'sum'\n\
                  '/components/schemas/Cash' = 'Coins'\n\
                  '/paths/~1orders/post/parameters/query=dry' = 'arid'\n\
                  '/paths/~1pets/parameters/header=team' = 'crew'\n";
    let types = "`types` puts a type of yours there; remove the entry, or that of `types`";
    let expected = [
        format!("7: `type-derives` names `/components/schemas/Money`, and {types}"),
        format!(
            "9: `rename` names `/components/schemas/Money/properties/amount` within \
             `/components/schemas/Money`, and {types}"
        ),
        "10: `rename` names `/components/schemas/Money/properties/amuont`, where nothing that has a name \
         stands; did you mean `/components/schemas/Money/properties/amount`?"
            .to_owned(),
        // Nothing there looks like it.
        "11: `rename` names `/components/schemas/Cash`, where nothing that has a name stands; \
         `/components/schemas` has `Money`"
            .to_owned(),
        "12: `rename` names `/paths/~1orders/post/parameters/query=dry`, and `drop-parameters` leaves that \
         parameter out; remove the entry, or that of `drop-parameters`"
            .to_owned(),
        "13: `rename` names `/paths/~1pets/parameters/header=team`, and `fixed-parameters` says what that \
         parameter is, and nobody is asked for it; remove the entry, or that of `fixed-parameters`"
            .to_owned(),
    ];
    assert_eq!(refused(folder.path(), config, &[]), expected);
}

#[test]
fn a_format_of_which_types_leaves_nothing() {
    let text = SHOP.replace("amount: {type: integer}", "amount: {type: string, format: decimal}");
    let folder = folder(&text);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\
                  formats = { decimal = 'other::Decimal' }\n\
                  types = { '/components/schemas/Money/properties/amount' = 'money::Sum' }\n";
    let expected = "4: `formats` names `decimal`, and every text or number that has it has a type of its own \
                    by `types`; remove the entry, which does nothing";
    assert_eq!(refused(folder.path(), config, &[]), [expected]);
    let both =
        text.replace("format: decimal}", "format: decimal}, tax: {type: string, format: decimal}");
    write(folder.path(), "api.yaml", &both);
    write(folder.path(), "specwright.toml", config);
    assert_eq!(run(folder.path(), &[]).status, Some(0));
}

#[test]
fn a_name_that_is_a_word_of_rust_is_told() {
    let folder = folder(SHOP);
    let told = |place: &str, name: &str| {
        let config = format!(
            "[[client]]\nspec = 'api.yaml'\nout = 'a'\nmodule-only = true\n[client.rename]\n'{place}' = '{name}'\n"
        );
        write(folder.path(), "specwright.toml", &config);
        let done = run(folder.path(), &["--message-format", "json"]);
        assert_eq!(done.status, Some(0), "{}", done.stdout);
        told(&done)
    };
    let (schema, property) =
        ("/components/schemas/Money", "/components/schemas/Money/properties/amount");
    for (place, name, ident) in [(schema, "self", "Self_"), (property, "self", "self_")] {
        let told = told(place, name);
        let expected = format!("6: `{name}` is no Rust name: it is called `{ident}`; ");
        assert!(matches!(told.as_slice(), [only] if only.starts_with(&expected)), "{told:#?}");
    }
    // `r#type` is that name.
    assert!(told(property, "type").is_empty() && told(property, "self_").is_empty());
}

/// To empty a folder in which the document lies is no way out.
#[test]
fn a_folder_that_holds_something_else_is_told_at_its_key() {
    let folder = folder(SOUND);
    write(folder.path(), "openapi/api.yaml", SOUND);
    write(folder.path(), "src/main.rs", "fn main() {}\n");
    for out in ["openapi", ".", "src"] {
        let config = format!("[[client]]\nspec = 'openapi/api.yaml'\nout = '{out}'\n");
        let told = refused(folder.path(), &config, &[]);
        let [only] = told.as_slice() else { panic!("{told:#?}") };
        assert!(only.starts_with("3: the folder `"), "{only}");
        let way_out = "choose another folder, by the key `out` or by `--out`: one that is not there yet, or empty";
        assert!(only.ends_with(&format!("; {way_out}")), "{only}");
        // What a flag has said stands in no line.
        let config = config.replace(&format!("'{out}'"), "'client'");
        let told = refused(folder.path(), &config, &["--out", out]);
        assert!(told[0].starts_with("null: the folder `"), "{told:#?}");
    }
    write(folder.path(), "modules/api.rs", "mod mine;\n");
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'modules'\nmodule-only = true\n";
    let told = refused(folder.path(), config, &[]);
    assert!(told[0].starts_with("3: `modules/api.rs` was not made by specwright; "), "{told:#?}");
}

#[test]
fn names_of_nothing_are_told_beside_all_that_is_wrong() {
    let folder = folder(SHOP);
    let lines = |config: &str, args: &[&str]| -> Vec<String> {
        let told = refused(folder.path(), config, args);
        told.iter().filter_map(|one| Some(one.split(':').next()?.to_owned())).collect()
    };
    let wrong = "type-derives = { '/components/schemas/Mony' = ['Hash'] }\n";
    let client = format!("[[client]]\nspec = 'api.yaml'\nout = 'a'\n{wrong}");
    assert_eq!(lines(&format!("{client}max-file-mib = '5'\n"), &[]), ["4", "5"]);
    assert_eq!(lines(&format!("{client}crate-name = '1st'\n"), &[]), ["4", "5"]);
    let done = run(folder.path(), &["generate", "--spec", "nope.yaml"]);
    assert_eq!(done.status, Some(2));
    assert!(done.stderr.contains("help: say `--out DIR`"), "{}", done.stderr);
    assert!(
        done.stderr.contains("error[io]") && done.stderr.contains("nope.yaml"),
        "{}",
        done.stderr
    );
}

/// A parameter may be left out where it is referred to, and named where it is.
#[test]
fn a_parameter_that_is_left_out_by_its_reference() {
    let (place, shared) =
        ("/paths/~1orders/post/parameters/query=dry", "/components/parameters/Dry");
    let text = SHOP.replace(
        "{name: dry, in: query, schema: {type: boolean}}",
        "{$ref: '#/components/parameters/Dry'}",
    );
    let dry =
        "components:\n  parameters:\n    Dry: {name: dry, in: query, schema: {type: boolean}}\n";
    let folder = folder(&text.replace("components:\n", dry));
    for (dropped, renamed) in [(place, shared), (shared, place)] {
        let config = format!(
            "[[client]]\nspec = 'api.yaml'\nout = 'a'\ndrop-parameters = ['{dropped}']\n\
             rename = {{ '{renamed}' = 'arid' }}\n"
        );
        let expected = format!(
            "5: `rename` names `{renamed}`, which is `{dropped}`, and `drop-parameters` leaves that \
             parameter out; remove the entry, or that of `drop-parameters`"
        );
        assert_eq!(refused(folder.path(), &config, &[]), [expected]);
    }
}
