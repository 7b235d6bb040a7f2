//! Documents that break the specification: what is generated all the same, with which warning at
//! which place, and what stays a refusal.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::run;

/// A document with one operation, around the given texts in YAML's flow style: members of the
/// root, the path, members of the operation, its responses, the schema `S`.
struct Document {
    root: &'static str,
    path: &'static str,
    operation: &'static str,
    responses: &'static str,
    schema: &'static str,
}

const SOUND: Document = Document {
    root: "",
    path: "/a",
    operation: "",
    responses: "responses: {200: {description: x, content: {a/json: {schema: {$ref: '#/components/schemas/S'}}}}}",
    schema: "{type: object, properties: {a: {type: string}}}",
};

impl Document {
    /// The lines that the cases name: root 3, path 5, operation 8, responses 9, schema 12.
    fn text(&self) -> String {
        let Self { root, path, operation, responses, schema } = self;
        format!(
            "openapi: 3.0.1\ninfo: {{title: t, version: '1'}}\n{root}\npaths:\n  {path}:\n    \
             get:\n      operationId: a\n      {operation}\n      {responses}\ncomponents:\n  \
             schemas:\n    S: {schema}\n"
        )
    }
}

/// The exit status, and each diagnostic as `code line pointer`.
fn told(text: &str, more: &[&str]) -> (Option<i32>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), text).unwrap();
    let args = ["generate", "--spec", "a.yaml", "--out", "out", "--module-only"];
    let done = run(folder.path(), &[&args[..], &["--message-format", "json"], more].concat());
    let objects = done.objects().into_iter();
    let diagnostics = objects.map(|object| {
        let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", text("code"), object["line"], text("pointer"))
    });
    (done.status, diagnostics.collect())
}

/// Generated with exactly these warnings, which `--strict` makes fail.
#[track_caller]
fn mended(document: &Document, expected: &[&str]) {
    let text = document.text();
    let (status, diagnostics) = told(&text, &[]);
    assert_eq!(diagnostics, expected, "{text}");
    assert_eq!(status, Some(0), "{text}");
    let strict = told(&text, &["--strict"]).0;
    assert_eq!(strict, Some(if expected.is_empty() { 0 } else { 2 }), "{text}");
}

#[track_caller]
fn refused(document: &Document, expected: &[&str]) {
    let text = document.text();
    assert_eq!(told(&text, &[]), (Some(2), expected.iter().map(ToString::to_string).collect()));
}

#[test]
fn references() {
    let schema = |schema| Document { schema, ..SOUND };
    mended(
        &schema("{type: object, properties: {a: {$ref: '#/components/schemas/N'}}}"),
        &["unresolved-reference 12 /components/schemas/S/properties/a/$ref"],
    );
    mended(
        &schema("{type: object, properties: {a: {$ref: '../models/A.json'}}}"),
        &["unresolved-reference 12 /components/schemas/S/properties/a/$ref"],
    );
    mended(&Document { root: "x-a: {$ref: '#/nowhere'}", ..SOUND }, &[]);
    let responses = "responses: {200: {$ref: '#/components/responses/N'}}";
    let at = "unresolved-reference 9 /paths/~1a/get/responses/200/$ref";
    refused(&Document { responses, ..SOUND }, &[at]);
    let operation = "parameters: [{$ref: '#/components/parameters/N'}]";
    let at = "unresolved-reference 8 /paths/~1a/get/parameters/0/$ref";
    refused(&Document { operation, ..SOUND }, &[at]);
    let operation = "requestBody: {$ref: '#/components/requestBodies/N'}";
    let at = "unresolved-reference 8 /paths/~1a/get/requestBody/$ref";
    refused(&Document { operation, ..SOUND }, &[at]);
    let path = "/b: {$ref: '#/paths/~1c'}\n  /c: {get: {responses: {200: {description: x}}}}\n  /a";
    mended(&Document { path, ..SOUND }, &[]);
    let schema = "{type: object, properties: {a: {$ref: '#/x-b'}}}";
    mended(&Document { root: "x-b: {type: string}", schema, ..SOUND }, &[]);
    let schema = "{type: object, properties: {a: {$ref: '#/components/schemas/S/properties/b'}, b: \
                  {$ref: '#/components/schemas/S/properties/a'}}}";
    let at = "reference-cycle 12 /components/schemas/S/properties/a/$ref";
    mended(&Document { schema, ..SOUND }, &[at]);
    let root = "x-a: 1";
    let path = "/b: {$ref: '#/paths/~1nope'}\n  /a";
    refused(&Document { root, path, ..SOUND }, &["unresolved-reference 5 /paths/~1b/$ref"]);
}

#[test]
fn operations() {
    let path = |path| Document { path, ..SOUND };
    mended(&path("/a/{b}"), &["faulty-document 6 /paths/~1a~1{b}/get"]);
    let responses = |responses| Document { responses, ..SOUND };
    mended(&responses("responses: {4xx: {description: x}}"), &[]);
    mended(&responses("x-no: 1"), &["faulty-document 6 /paths/~1a/get"]);
    mended(&responses("responses: {200: }"), &["faulty-document 9 /paths/~1a/get/responses/200"]);
    refused(
        &responses("responses: {2000: {description: x}}"),
        &["invalid-document 9 /paths/~1a/get/responses/2000"],
    );
    refused(
        &responses("responses: {abc: {description: x}}"),
        &["invalid-document 9 /paths/~1a/get/responses/abc"],
    );
    mended(
        &responses("responses: {200: {description: x, content: {a/json: {}, examples: {}}}}"),
        &["faulty-document 9 /paths/~1a/get/responses/200/content/examples"],
    );
    mended(
        &responses("responses: {200: {description: x, headers: {A: {name: A, schema: {}}}}}"),
        &["unknown-key 9 /paths/~1a/get/responses/200/headers/A/name"],
    );
    mended(
        &responses("responses: {200: {description: x, content: {json: {}}}}"),
        &["faulty-document 9 /paths/~1a/get/responses/200/content/json"],
    );
    let root = "servers: [{url: 'https://{a}.b', variables: {b: {default: x}}}]";
    let told = ["faulty-document 3 /servers/0/url", "faulty-document 3 /servers/0/variables/b"];
    mended(&Document { root, ..SOUND }, &told);
    let path = |path| Document { path, ..SOUND };
    for template in ["/<upload_url>", "'/a/{b'", "/a/b}"] {
        let told =
            format!("faulty-document 5 /paths/{}", template.trim_matches('\'').replace('/', "~1"));
        mended(&path(template), &[&*told]);
    }
    let operation = "parameters: [{name: p, in: query, style: matrix, schema: {type: string}}]";
    let at = "faulty-document 8 /paths/~1a/get/parameters/0/style";
    mended(&Document { operation, ..SOUND }, &[at]);
    let operation = "parameters: {name: p, in: query, schema: {type: string}}";
    let at = "faulty-document 8 /paths/~1a/get/parameters";
    mended(&Document { operation, ..SOUND }, &[at]);
    let at = "faulty-document 9 /paths/~1a/get/responses/200/content/json";
    mended(&responses("responses: {200: {description: x, content: {json: {schema: {}}}}}"), &[at]);
}

#[test]
fn servers() {
    let check = |servers: &str, expected: &[&str]| {
        let root = format!("servers: {servers}").leak();
        mended(&Document { root, ..SOUND }, expected);
    };
    for sound in
        ["[]", "[{url: /v1}]", "[{url: ''}]", "[{url: //a.example}]", "[{url: 'http://[::1]:80'}]"]
    {
        check(sound, &[]);
    }
    for unfit in [
        "ftp://x",
        "'http://[::1'",
        "https://u:p@a.example",
        "https://a.example?b=c",
        "no url",
        "'https://{a'",
    ] {
        check(&format!("[{{url: {unfit}}}]"), &["ignored 3 /servers/0/url"]);
    }
    check("[{url: '{your-url}'}]", &["faulty-document 3 /servers/0/url"]);
    check(
        "[{url: 'https://{a}.b', variables: {a: {}}}]",
        &["faulty-document 3 /servers/0/variables/a"],
    );
    check("{url: /v1}", &["faulty-document 3 /servers"]);
    check("{a: /v1}", &["faulty-document 3 /servers"]);
    check("[/v1, {url: /v2}]", &["faulty-document 3 /servers/0"]);
    check(
        "[{description: x}, {}, {url: /v2}]",
        &["faulty-document 3 /servers/1", "faulty-document 3 /servers/0"],
    );
    let variables = |name: &str, default: &str| {
        format!("{{url: 'https://{{{name}}}', variables: {{{name}: {{default: {default}}}}}}}")
    };
    let two = format!("[{}, {}]", variables("a", "x"), variables("a", "y"));
    check(&two, &["ignored 3 /servers/1/variables/a"]);
    let operation = "servers: [{url: ftp://x}]";
    mended(&Document { operation, ..SOUND }, &["ignored 8 /paths/~1a/get/servers/0/url"]);
}

#[test]
fn security() {
    let check = |scheme: &str, expected: &str| {
        let schema = format!("{{}}\n  securitySchemes:\n    K: {scheme}").leak();
        let told = format!("{expected} 14 /components/securitySchemes/K");
        mended(&Document { schema, ..SOUND }, &[told.trim_start()]);
    };
    for scheme in [
        "text",
        "{}",
        "{type: scheme}",
        "{type: true}",
        "{type: apiKey}",
        "{type: apiKey, in: body, name: x}",
        "{type: apiKey, in: header, name: a b}",
        "{type: apiKey, in: cookie, name: a;b}",
        "{type: http}",
        "{type: oauth2}",
        "{type: openIdConnect}",
    ] {
        check(scheme, "faulty-document");
    }
    check("{type: http, scheme: hoba}", "unsupported-security");
    let flow = "{}\n  securitySchemes:\n    K: {type: oauth2, flows: {clientCredentials: {tokenUrl: ftp://x, scopes: {}}}}";
    let at = "faulty-document 14 /components/securitySchemes/K/flows/clientCredentials/tokenUrl";
    mended(&Document { schema: flow, ..SOUND }, &[at]);
    let operation = "security: [{Nope: []}]";
    let at = "faulty-document 8 /paths/~1a/get/security/0/Nope";
    mended(&Document { operation, ..SOUND }, &[at]);
}

#[test]
fn schemas() {
    let check = |keywords: &str, expected: Option<&str>| {
        let schema: &'static str =
            format!("{{type: object, properties: {{a: {{{keywords}}}}}}}").leak();
        let at = expected.map(|key| {
            let at = format!("faulty-document 12 /components/schemas/S/properties/a{key}");
            &*at.leak()
        });
        mended(&Document { schema, ..SOUND }, at.as_slice());
    };
    check("type: string, required: true", Some("/required"));
    check("type: string, enum: []", Some("/enum"));
    check("oneOf: []", Some("/oneOf"));
    check("type: array", Some(""));
    check("type: string, properties: {b: {type: string}}", Some("/properties"));
    check("type: string, enum: [1, 2]", Some("/enum/0"));
    check("type: file", Some(""));
    check("type: [string, 'null']", Some("/type"));
    check("type: integer, exclusiveMinimum: 3", Some("/exclusiveMinimum"));
    check("type: string, minLength: -1", Some("/minLength"));
    check("type: string, readOnly: true, writeOnly: true", Some(""));
    check("type: string, nullable: 'true'", Some("/nullable"));
    check("type: object, properties: []", Some("/properties"));
    check("$ref: '#/components/schemas/S', title: 5", None);
    check("$ref: '#/components/schemas/S', description: [a]", Some("/description"));
    check("$ref: '#/components/schemas/S', externalDocs: 5", Some("/externalDocs"));
    check("type: object, properties: {'': {type: string}, 1: {type: string}}", None);
}

#[test]
fn what_is_said_again_and_again_is_said_once() {
    let lists: Vec<String> = (0..30).map(|index| format!("p{index}: {{type: array}}")).collect();
    let schema = format!("{{type: object, properties: {{{}}}}}", lists.join(", ")).leak();
    mended(
        &Document { schema, ..SOUND },
        &["faulty-document 12 /components/schemas/S/properties/p0"],
    );
}
