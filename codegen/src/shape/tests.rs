//! `docs/support.md` promises to name every keyword; this holds it to that.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Object::{self, *};
use super::fields;

/// What the table calls the objects of the specification that have fixed keywords.
const OBJECTS: &[(&str, &[Object])] = &[
    ("document", &[Document]),
    ("info", &[Info]),
    ("contact, licence", &[Contact, License]),
    ("server", &[Server]),
    ("server variable", &[ServerVariable]),
    ("components", &[Components]),
    ("path item", &[PathItem]),
    ("operation", &[Operation]),
    ("external documentation", &[ExternalDocs]),
    ("parameter", &[Parameter]),
    ("request body", &[RequestBody]),
    ("media type", &[MediaType]),
    ("encoding", &[Encoding]),
    ("response", &[Response]),
    ("example", &[Example]),
    ("link", &[Link]),
    ("header", &[Header]),
    ("tag", &[Tag]),
    ("schema", &[Schema]),
    ("discriminator", &[Discriminator]),
    ("XML", &[Xml]),
    ("security scheme", &[SecurityScheme]),
    ("OAuth flows", &[OAuthFlows]),
    ("OAuth flow", &[OAuthFlow]),
];

struct Row {
    object: String,
    keywords: Vec<String>,
    support: String,
    cases: Vec<String>,
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The texts between backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn rows() -> Vec<Row> {
    let support = std::fs::read_to_string(workspace().join("codegen/docs/support.md")).unwrap();
    let table = support.split("\n## Every keyword").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let lines = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [object, keywords, support, cases] = cells.as_slice() else { panic!("{line}") };
        Row {
            object: (*object).to_owned(),
            keywords: quoted(keywords),
            support: (*support).to_owned(),
            cases: quoted(cases),
        }
    };
    lines.map(row).collect()
}

#[test]
fn the_page_names_every_keyword_once() {
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows().into_iter().filter(|row| row.object != "any") {
        named.entry(row.object).or_default().extend(row.keywords);
    }
    for (name, objects) in OBJECTS {
        let known: BTreeSet<&str> =
            objects.iter().flat_map(|object| fields(*object)).map(|field| field.key).collect();
        let listed = named.remove(*name).unwrap_or_default();
        let distinct: BTreeSet<&str> = listed.iter().map(String::as_str).collect();
        assert_eq!(distinct, known, "{name}");
        assert_eq!(distinct.len(), listed.len(), "{name}: a keyword is named twice");
    }
    assert!(named.is_empty(), "no such object: {named:?}");
}

#[test]
fn whatever_is_supported_has_a_case_that_uses_it() {
    let mut unused = Vec::new();
    for row in rows() {
        let texts: Vec<String> = row
            .cases
            .iter()
            .map(|case| {
                let path = workspace().join(format!("tests/cases/{case}.yaml"));
                std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no case `{case}`"))
            })
            .collect();
        let supported = row.support.starts_with("yes") || row.support.starts_with("documented");
        if !supported {
            continue;
        }
        for keyword in &row.keywords {
            let uses = format!("{keyword}:");
            if !texts.iter().any(|text| text.contains(&uses)) {
                unused.push(format!("{} {keyword}", row.object));
            }
        }
    }
    assert!(unused.is_empty(), "no case uses {unused:#?}");
}
