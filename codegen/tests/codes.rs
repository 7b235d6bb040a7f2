//! The example that `specwright explain` gives for a code is one: a run on it tells of that code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{MODULE, SOUND, folder, run};

const HEAD: &str = "\
openapi: 3.0.3
info: {title: Widgets, version: '1'}
servers: [{url: 'https://example.com'}]
";

/// An operation that answers with a `Widget`.
const GET: &str = "\
paths:
  /widgets:
    get:
      responses:
        '200':
          description: d
          content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}}}
";

const DONE: &str = "responses: {'204': {description: d}}";

/// What an answer with an object of one property is written as.
fn answer(property: &str) -> String {
    let schema = format!("{{type: object, properties: {{{property}}}}}");
    format!(
        "responses: {{'200': {{description: d, content: {{application/json: {{schema: {schema}}}}}}}}}"
    )
}

/// The text as a member of a mapping so far down.
fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{:by$}{line}\n", "")).collect()
}

fn in_schemas(example: &str) -> String {
    format!("{HEAD}{GET}components:\n  schemas:\n{}", indented(example, 4))
}

fn in_schema(example: &str) -> String {
    in_schemas(&format!("Widget:\n{}", indented(example, 2)))
}

fn in_operation(example: &str) -> String {
    format!("{HEAD}paths:\n  /widgets:\n    get:\n      {DONE}\n{}", indented(example, 6))
}

fn in_path(example: &str, rest: &str) -> String {
    format!("{HEAD}paths:\n  /widgets:\n{}{rest}", indented(example, 4))
}

fn in_answer(example: &str) -> String {
    let answer = format!(
        "'200':\n  description: d\n  content:\n    application/json:\n{}",
        indented(example, 6)
    );
    format!("{HEAD}paths:\n  /widgets:\n    get:\n      responses:\n{}", indented(&answer, 8))
}

/// A document with the example of a page where it belongs.
fn document(code: &str, example: &str) -> String {
    match code {
        "ambiguous-union" | "unsupported-schema" => in_schema(example),
        "faulty-document" | "unknown-key" => in_schemas(example),
        "wrong-value" => in_schemas(example).replacen("3.0.3", "3.1.0", 1),
        "name-collision" => in_schema(&format!("type: object\n{example}")),
        "not-a-number" => in_schema(&format!("type: number\n{example}")),
        "merge-key" => format!("x-base: &base {{title: b}}\n{}", in_schemas(example)),
        "reference-cycle" => {
            in_schemas(&format!("Widget: {{$ref: '#/components/schemas/A'}}\n{example}"))
        }
        "duplicate-key" => format!("{HEAD}{GET}{example}"),
        "ignored" | "misplaced-key" | "unsupported-parameter" => in_operation(example),
        "inferred-pages" => in_path(example, ""),
        "invalid-document" => in_operation(example).replacen(DONE, "summary: s", 1),
        "pagination" => {
            let list = answer("results: {type: array, items: {type: string}}");
            in_path(example, &format!("      {list}\n"))
        }
        "waiter" => {
            let id = "parameters: [{name: snapshotId, in: path, required: true, schema: {type: string}}]";
            let asked = format!(
                "  /widgets/{{snapshotId}}:\n    get:\n      operationId: getSnapshot\n      {id}\n      {}\n",
                answer("status: {type: string}")
            );
            in_path(example, &format!("      {}\n{asked}", answer("id: {type: string}")))
        }
        "repeated-operation-id" => {
            let whole = example.replace("list}", &format!("list, {DONE}}}"));
            format!("{HEAD}paths:\n{}", indented(&whole, 2))
        }
        "syntax" => format!("openapi: 3.0.3\n{example}"),
        "unsupported-version" => example.to_owned(),
        "unresolved-reference" | "unsupported-reference" => in_answer(example),
        "unsupported-security" => {
            let used = in_operation("security: [{corporate: []}]");
            format!("{used}components:\n{}", indented(example, 2))
        }
        "too-deep" => {
            let open = example.matches('[').count() + 100;
            format!("{HEAD}x-deep: {}{}\npaths: {{}}\n", "[".repeat(open), "]".repeat(open))
        }
        // "And so on", as the page has it.
        "too-large" => {
            let more = (1..30).map(|index| {
                let last = if index == 1 { "c".to_owned() } else { format!("n{}", index - 1) };
                format!("x-n{index}: &n{index} [*{last}, *{last}, *{last}]\n")
            });
            format!("{HEAD}{example}{}paths: {{}}\n", more.collect::<String>())
        }
        _ => panic!("{code}: nobody has said where its example belongs"),
    }
}

/// The document of a run, its arguments, and what else lies beside the document.
type Order<'a> = (String, Vec<&'a str>, Vec<(&'a str, Vec<u8>)>);

/// What a run in a folder says whose document is the example, or SOUND where the example is no part of one.
fn told(code: &str, language: &str, example: &str) -> String {
    let json: &[&str] = &["--message-format", "json"];
    let (document, args, files): Order<'_> = match (code, language) {
        ("config", "toml") => (SOUND.to_owned(), vec![], vec![("specwright.toml", example.into())]),
        ("overlay", "yaml") => {
            let widgets = in_path(&format!("get:\n  {DONE}\n"), "");
            let args = [&MODULE[..], &["--overlay", "overlay.yaml"]].concat();
            (widgets, args, vec![("overlay.yaml", example.into())])
        }
        ("io", _) => {
            (SOUND.to_owned(), vec!["--spec", "openapi/api.yaml", "--out", "client"], vec![])
        }
        ("out-of-date", _) => {
            let other = "// @generated by specwright 0.1.0 from api.yaml; changes are lost.\n";
            let args = [&MODULE[..], &["--check"]].concat();
            (SOUND.to_owned(), args, vec![("out/api.rs", other.into())])
        }
        ("output-not-ours", _) => {
            let args = vec!["generate", "--spec", "api.yaml", "--out", "src"];
            (SOUND.to_owned(), args, vec![("src/main.rs", "fn main() {}\n".into())])
        }
        ("strict", _) => {
            let odd = SOUND.replace("count:", "xnt: {nonsense: 1}\n        count:");
            (odd, [&MODULE[..], &["--strict"]].concat(), vec![])
        }
        ("unknown-operation", _) => {
            let args = [&MODULE[..], &["--operation", "takeSnaphsot"]].concat();
            let taken = format!("get:\n  operationId: takeSnapshot\n  {DONE}\n");
            (in_path(&taken, ""), args, vec![])
        }
        ("encoding", _) => {
            let text = SOUND.replace("Ping Pong", "Pingpöng");
            let latin = text.chars().map(|char| u8::try_from(u32::from(char)).unwrap());
            (SOUND.to_owned(), MODULE.to_vec(), vec![("api.yaml", latin.collect())])
        }
        ("several-versions", _) => {
            let types = example.split('`').skip(1).step_by(2);
            let content: String =
                types.map(|name| format!("  {name}: {{schema: {{type: object}}}}\n")).collect();
            let answer = format!("'200':\n  description: d\n  content:\n{}", indented(&content, 2));
            let get = format!("get:\n  responses:\n{}", indented(&answer, 4));
            (in_path(&get, ""), MODULE.to_vec(), vec![])
        }
        (_, "yaml") => (document(code, example), MODULE.to_vec(), vec![]),
        _ => panic!("{code}: nobody has said what its example comes from"),
    };
    let folder = folder(&document);
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let done = run(folder.path(), &[&args[..], json].concat());
    done.stdout + &done.stderr
}

#[test]
fn each_example_is_one() {
    let here = tempfile::tempdir().unwrap();
    let list = run(here.path(), &["explain"]).stdout;
    let codes: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.len() > 30, "{list}");
    for code in codes {
        let page = run(here.path(), &["explain", code]).stdout;
        let example =
            page.split("## Example").nth(1).unwrap().split("## What to do").next().unwrap();
        // A bug cannot be ordered.
        if code == "internal" {
            continue;
        }
        let (language, text) = match example.split_once("```") {
            Some((_, block)) => block.split("```").next().unwrap().split_once('\n').unwrap(),
            None => ("", example),
        };
        let told = told(code, language, text);
        assert!(told.contains(&format!("\"code\":\"{code}\"")), "{code}: {told}");
        // The first line of what an example shows is told, but for what is in its backticks.
        if language == "text" {
            let words = |line: &str| -> String { line.split('`').step_by(2).collect() };
            let said = text.lines().next().unwrap().split(": ").nth(1).unwrap();
            let start: String = words(said).split(" (").next().unwrap().to_owned();
            assert!(words(&told).contains(&start), "{code}: {start}: {told}");
        }
    }
}
