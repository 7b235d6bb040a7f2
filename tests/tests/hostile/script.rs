//! What a build script tells cargo while it reads hostile documents. Cargo obeys every line that
//! begins as its instructions do, so that none may begin with a stranger's words.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use super::build::document;
use super::payloads::PAYLOADS;

/// The payloads that break lines or are written for cargo.
const DUE: [&str; 9] = [
    "new-line",
    "blank-line",
    "carriage-return",
    "crlf",
    "form-feed",
    "cargo",
    "cargo-old",
    "header",
    "bidi",
];

/// What the build script says of a document in this folder, and whether it succeeds.
fn script(folder: &Path, document: &str) -> (String, bool) {
    let Output { status, stdout, .. } = Command::new(env!("CARGO_BIN_EXE_script"))
        .arg(document)
        .current_dir(folder)
        .env("OUT_DIR", folder)
        .output()
        .expect("a program can be started");
    (String::from_utf8(stdout).expect("it says text"), status.success())
}

/// A document that is told of in warnings, with the payload in all of them; with `broken` in a
/// refusal too.
fn told(payload: &str, broken: bool) -> String {
    let schema = json!({"type": "object", payload: 1, "properties": {"a": {"tpye": payload}}});
    let schema = json!({"A": schema, "B": {"$ref": format!("./{payload}.json")}});
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": payload, "version": payload, payload: payload},
        "paths": {},
        "components": {"schemas": schema},
        payload: payload,
    });
    if broken {
        document["paths"] = json!({"/a": {"get": {"responses": {payload: payload}}}});
    }
    document.to_string()
}

/// A document beside a file that has the payload for a name, with a warning in each.
fn tree(folder: &Path, payload: &str) -> Option<String> {
    let name: String = payload.chars().filter(|c| *c != '/').take(100).collect();
    let name = format!("{name}.json");
    let part = json!({"type": "object", "descriptoin": payload, "properties": {"a": {}}});
    // A system may not have files of such names.
    std::fs::write(folder.join(&name), part.to_string()).ok()?;
    let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let schemas = json!({"A": {"$ref": encoded}});
    Some(root(&schemas).to_string())
}

fn root(schemas: &Value) -> Value {
    let info = json!({"title": "Tree", "version": "1"});
    json!({"openapi": "3.0.3", "info": info, "paths": {}, "components": {"schemas": schemas}})
}

/// Everything that is said of all of them.
fn everything(folder: &Path) -> String {
    let mut all = String::new();
    let (mut warned, mut refused) = (0, 0);
    for (name, payload) in PAYLOADS.into_iter().filter(|(name, _)| DUE.contains(name)) {
        let texts = [
            Some(document(name, payload).text),
            Some(told(payload, false)),
            Some(told(payload, true)),
            tree(folder, payload),
        ];
        for text in texts.into_iter().flatten() {
            std::fs::write(folder.join("a.json"), text).expect("the folder can be written");
            let (said, succeeded) = script(folder, "a.json");
            warned += said.matches("cargo::warning=").count();
            refused += usize::from(!succeeded);
            all.push_str(&said);
        }
    }
    assert!(warned > 10 * DUE.len() && refused >= DUE.len(), "{warned}, {refused}:\n{all}");
    all
}

/// Whether cargo can build a crate whose build script says this, and that does not want to be
/// built with what the payloads would set.
fn builds(folder: &Path, said: &str) -> bool {
    let files = [
        ("Cargo.toml", "[package]\nname = \"canary\"\nedition = \"2021\"\n\n[workspace]\n"),
        ("build.rs", "fn main() { print!(\"{}\", std::fs::read_to_string(\"said\").unwrap()) }\n"),
        (
            "src/lib.rs",
            "#[cfg(specwright_canary)]\ncompile_error!(\"a cfg\");\n\
             const _: () = assert!(option_env!(\"SPECWRIGHT_CANARY\").is_none());\n",
        ),
        ("said", said),
    ];
    std::fs::create_dir_all(folder.join("src")).expect("the folder can be written");
    for (path, text) in files {
        std::fs::write(folder.join(path), text).expect("the folder can be written");
    }
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut cargo = Command::new(cargo);
    cargo.args(["check", "--offline", "--quiet", "--target-dir", "target"]).current_dir(folder);
    cargo.output().expect("cargo can be started").status.success()
}

#[test]
fn cargo_hears_nothing_of_a_document_but_problems() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-script");
    let documents = folder.join("documents");
    std::fs::create_dir_all(&documents).expect("the folder can be written");
    let said = everything(&documents);
    for line in said.split('\n').filter(|line| !line.is_empty()) {
        let (instruction, rest) = line.split_once('=').expect("an instruction has an argument");
        let known = ["cargo::rerun-if-changed", "cargo::warning", "cargo::error"];
        assert!(known.contains(&instruction), "{line}");
        assert!(!rest.contains(|c: char| c.is_control()), "{line:?}");
        assert!(instruction == "cargo::rerun-if-changed" || !rest.contains('\u{202e}'), "{line:?}");
    }
    // An error alone makes a build fail, whatever it says.
    let said = said.replace("cargo::error=", "cargo::warning=");
    let package = folder.join("package");
    assert!(builds(&package, &said), "{said}");
    // That it would be noticed:
    assert!(!builds(&package, &format!("{said}cargo::rustc-env=SPECWRIGHT_CANARY=1\n")));
    assert!(!builds(&package, &format!("{said}cargo:rustc-cfg=specwright_canary\n")));
}
