//! What the user decides and the document does not: what is said of keys that lead nowhere or make no
//! sense.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::run;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Hatches, version: '1'}
servers: [{url: 'https://example.com'}]
paths:
  /widgets/{id}:
    get:
      operationId: getWidget
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: The widget.
          content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}}}
components:
  schemas:
    Colour: {type: string, enum: [red, green]}
    Widget:
      type: object
      properties:
        colour: {$ref: '#/components/schemas/Colour'}
        size: {type: integer, enum: [1, 2]}
        name: {type: string}
        made: {type: string, format: date-time}
        shape: {$ref: '#/components/schemas/Shape'}
    Round: {type: object, required: [radius], properties: {radius: {type: number}}}
    Square: {type: object, required: [side], properties: {side: {type: number}}}
    Shape: {oneOf: [{$ref: '#/components/schemas/Round'}, {$ref: '#/components/schemas/Square'}]}
";

/// What is said of a client with these keys, each problem as `message; help`.
fn told(keys: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), DOCUMENT).unwrap();
    let client = "[[client]]\nspec = 'api.yaml'\nout = 'out'\nmodule-only = true\n";
    std::fs::write(folder.path().join("specwright.toml"), format!("{client}{keys}\n")).unwrap();
    let done = run(folder.path(), &["--message-format", "json"]);
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or("-").to_owned();
    let told: Vec<String> =
        done.objects().iter().map(|one| text(one, "message") + "; " + &text(one, "help")).collect();
    let expected = if told.is_empty() { 0 } else { 2 };
    assert_eq!(done.status, Some(expected), "{keys}: {}{}", done.stdout, done.stderr);
    told
}

#[test]
fn enums_that_are_closed() {
    assert!(told("closed = true\nopen = ['/components/schemas/Colour']").is_empty());
    assert!(told("closed = ['/components/schemas/Widget/properties/size']").is_empty());
    assert_eq!(
        told("closed = ['/components/schemas/Colur', '/components/schemas/Widget', '/x']"),
        [
            "`closed` names `/components/schemas/Colur`, where no enum stands; did you mean \
             `/components/schemas/Colour`?",
            "`closed` names `/components/schemas/Widget`, where no enum stands; did you mean \
             `/components/schemas/Colour`?",
            "`closed` names `/x`, where no enum stands; remove the entry, or correct the JSON pointer",
        ]
    );
    assert_eq!(
        told("open = ['/components/schemas/Colour']"),
        [
            "`open` makes exceptions from `closed = true`, which is not said; remove `open`: enums are \
          open unless `closed` names them"
        ]
    );
}

#[test]
fn macros_that_are_derived() {
    assert!(told("derives = ['Eq', 'std::hash::Hash']").is_empty());
    assert_eq!(
        told("[client.type-derives]\n'/components/schemas/Wigdet' = ['Eq']"),
        [
            "`type-derives` names `/components/schemas/Wigdet`, where no struct or enum stands; did you \
          mean `/components/schemas/Widget`?"
        ]
    );
    let readme = "the README lists every key of specwright.toml";
    assert_eq!(
        told("derives = ['JsonSchema']"),
        [format!("`JsonSchema` does not say where it is: `some_crate::JsonSchema`; {readme}")]
    );
    assert_eq!(
        told("derives = ['serde::Serialize']"),
        [format!(
            "`serde::Serialize` would not know the names on the wire, and types have it already: \
             with `both-directions`, each of them has both; {readme}"
        )]
    );
}

#[test]
fn types_of_the_users_own() {
    assert!(told("[client.formats]\ndate-time = 'chrono::DateTime<chrono::Utc>'").is_empty());
    assert!(told("[client.types]\n'/components/schemas/Shape' = 'crate::Shape'").is_empty());
    assert!(
        told("[client.types]\n'/components/schemas/Round/properties/radius' = 'a::B'").is_empty()
    );
    assert_eq!(
        told("[client.formats]\ndatetime = 'a::B'\nport = 'a::B'"),
        [
            "`formats` names `datetime`, which no text or number in use has; did you mean \
             `date-time`?",
            "`formats` names `port`, which no text or number in use has; remove the entry, or correct \
             the name of the format",
        ]
    );
    assert_eq!(
        told("[client.types]\n'/components/schemas/Wigdet' = 'a::B'"),
        ["`types` names `/components/schemas/Wigdet`, where no schema stands; did you mean \
          `/components/schemas/Widget`?"]
    );
    let whole = "give the whole choice a type of yours, or properties of the alternative";
    assert_eq!(
        told("[client.types]\n'/components/schemas/Round' = 'a::B'"),
        [format!(
            "an alternative of `Shape` has a type of yours: no value could be told from others; {whole}"
        )]
    );
    let readme = "the README lists every key of specwright.toml";
    assert_eq!(
        told("[client.formats]\ndate-time = 'Option<a::B>'"),
        [format!(
            "`Option<a::B>` says that there may be no value, which is for the document to say: name \
             the type of the value; {readme}"
        )]
    );
}
