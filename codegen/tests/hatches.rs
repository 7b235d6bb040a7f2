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
      x-specwright-waiter: {name: painted, expect: {match: {path: $.colour, values: [red]}}}
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: colour, in: query, required: true, schema: {$ref: '#/components/schemas/Colour'}}
        - {name: pretty, in: query, schema: {type: boolean}}
        - {name: sizes, in: query, schema: {type: array, items: {type: integer}}}
        - {name: X-Team, in: header, schema: {type: string}}
        - {name: filter, in: query, content: {application/json: {schema: {type: string}}}}
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

/// What is said of a client of the document with these keys, each problem as `message; help`.
fn told(keys: &str) -> Vec<String> {
    told_of(DOCUMENT, keys)
}

fn told_of(document: &str, keys: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), document).unwrap();
    let client = "[[client]]\nspec = 'api.yaml'\nout = 'out'\nmodule-only = true\n";
    std::fs::write(folder.path().join("specwright.toml"), format!("{client}{keys}\n")).unwrap();
    let done = run(folder.path(), &["--message-format", "json"]);
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or("-").to_owned();
    // That an element is counted is told beside: `positions.rs`.
    let told: Vec<String> = done
        .objects()
        .iter()
        .filter(|one| one["severity"] != "note")
        .map(|one| text(one, "message") + "; " + &text(one, "help"))
        .collect();
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
             `/components/schemas/Widget/properties/size`?",
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
    let like = "write it like `derives = [\"Hash\"]`";
    assert_eq!(
        told("derives = ['JsonSchema']"),
        [format!("`JsonSchema` does not say where it is: `some_crate::JsonSchema`; {like}")]
    );
    assert_eq!(
        told("derives = ['serde::Serialize']"),
        [format!(
            "`serde::Serialize` would not know the names on the wire, and types have it already: \
             with `both-directions`, each of them has both; {like}"
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
    assert_eq!(
        told("strict = true\n[client.types]\n'/components/schemas/Widget' = 'a::B'")[0],
        "`Widget` has a type of yours, whose fields are not known: the waiter is left out; take its \
         entry out of `types`, or wait by something else"
    );
    let whole = "give the whole choice a type of yours, or properties of the alternative";
    assert_eq!(
        told("[client.types]\n'/components/schemas/Round' = 'a::B'"),
        [format!(
            "an alternative of `Shape` has a type of yours: no value could be told from others; {whole}"
        )]
    );
    let like = "write it like `formats = { date-time = \"chrono::DateTime<chrono::Utc>\" }`";
    assert_eq!(
        told("[client.formats]\ndate-time = 'Option<a::B>'"),
        [format!(
            "`Option<a::B>` says that there may be no value, which is for the document to say: name \
             the type of the value; {like}"
        )]
    );
}

#[test]
fn parameters_that_are_left_out() {
    const GET: &str = "/paths/~1widgets~1{id}/get/parameters";
    assert!(told(&format!("drop-parameters = ['{GET}/2', '{GET}/4']")).is_empty());
    assert_eq!(
        told(&format!("drop-parameters = ['{GET}/0', '/paths/~1widgets~1{{id}}/get/parameter/2']")),
        [
            "`drop-parameters` names `id`, which `getWidget` requires; say in `fixed-parameters` what \
             is sent"
                .to_owned(),
            format!(
                "`drop-parameters` names `/paths/~1widgets~1{{id}}/get/parameter/2`, where no parameter \
                 stands; did you mean `{GET}/query=pretty`?"
            ),
        ]
    );
    let fixed = |index: usize, value: &str| {
        told(&format!("[client.fixed-parameters]\n'{GET}/{index}' = {value}"))
    };
    for (index, value) in [(0, "'w1'"), (1, "'red'"), (2, "false"), (4, "'blue'")] {
        assert!(fixed(index, value).is_empty(), "{index} {value}");
    }
    let single = "only single values can be fixed, as what they are";
    for (index, value, expected) in [
        (0, "1", format!("`fixed-parameters` makes `id` `1`, and it is a text; {single}")),
        (2, "'no'", format!("`fixed-parameters` makes `pretty` `no`, and it is `true` or `false`; {single}")),
        (3, "7", format!("`fixed-parameters` makes `sizes` `7`, and it is more than one value; {single}")),
        (0, "'..'", "`fixed-parameters` makes `id` `..`, which no call can send there; choose another value".to_owned()),
        (4, "\"a\\nb\"", "`fixed-parameters` makes `X-Team` `a\\nb`, which no call can send there; choose another value".to_owned()),
        (5, "'a'", "`fixed-parameters` names `filter`, which is sent as JSON; only a value that is sent as it is can be fixed".to_owned()),
        (0, "[1]", "an entry of `fixed-parameters` is a text, a number or a boolean, and this is a list; write it like `fixed-parameters = { \"/paths/~1widgets/get/parameters/query=region\" = \"eu\" }`".to_owned()),
    ] {
        assert_eq!(fixed(index, value), [expected], "{value}");
    }
    let both =
        format!("drop-parameters = ['{GET}/2']\n[client.fixed-parameters]\n'{GET}/2' = true");
    assert_eq!(
        told(&both),
        [
            "`drop-parameters` and `fixed-parameters` both name `pretty`; remove one of the two entries"
        ]
    );
    let strict = format!("strict = true\n[client.fixed-parameters]\n'{GET}/1' = 'rad'");
    assert_eq!(
        told(&strict)[0],
        "`fixed-parameters` makes `colour` `rad`, which the document does not list; did you mean `red`?"
    );
}

/// Pointers are those of the document as it is written, however it is read.
#[test]
fn places_of_other_versions() {
    const SWAGGER: &str = "\
swagger: '2.0'
info: {title: Old, version: '1'}
host: example.com
schemes: [https]
parameters:
  Pretty: {name: pretty, in: query, type: boolean}
paths:
  /pets:
    post:
      operationId: addPet
      consumes: [application/json]
      parameters:
        - {$ref: '#/parameters/Pretty'}
        - {name: limit, in: query, required: true, type: integer}
        - {name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
      responses: {204: {description: Done.}}
definitions:
  Name: {type: string, minLength: 1}
  Pet:
    type: object
    properties:
      kind: {type: string, enum: [cat, dog]}
      born: {type: string, format: date-time}
      seen: {type: string, format: date-time}
      name: {$ref: '#/definitions/Name'}
";
    let keys = "\
checked = ['/definitions/Name']
closed = ['/definitions/Pet/properties/kind']
drop-parameters = ['/parameters/Pretty']
fixed-parameters = { '/paths/~1pets/post/parameters/1' = 5 }
formats = { date-time = 'a::Instant' }
[client.types]
'/definitions/Pet/properties/born' = 'a::Day'
[client.type-derives]
'/definitions/Pet' = ['Eq']
";
    assert_eq!(told_of(SWAGGER, keys), Vec::<String>::new());
    assert_eq!(
        told_of(SWAGGER, "closed = ['/components/schemas/Pet/properties/kind']"),
        [
            "`closed` names `/components/schemas/Pet/properties/kind`, where no enum stands; remove the \
          entry, or correct the JSON pointer"
        ]
    );
}

#[test]
fn crates_of_the_users_own_belong_into_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), DOCUMENT).unwrap();
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'out'\nderives = ['std::hash::Hash']\n\
                  [client.formats]\ndate-time = 'chrono::DateTime<chrono::Utc>'\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let told = |done: &common::Run| -> Vec<String> {
        let all = done.objects();
        let all = all.iter().filter_map(|one| one["message"].as_str().map(str::to_owned));
        all.filter(|message| message.contains("chrono")).collect()
    };
    let first = run(folder.path(), &["--message-format", "json"]);
    let message = "`formats` names the crate `chrono`, which the client does not depend on";
    assert_eq!(told(&first), [message]);
    assert!(first.stdout.contains("cargo add chrono --features serde"), "{}", first.stdout);
    let manifest = folder.path().join("out/Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let text = text.replace("[dependencies]\n", "[dependencies]\nchrono = \"0.4\"\n");
    std::fs::write(manifest, text).unwrap();
    assert!(told(&run(folder.path(), &["--message-format", "json"])).is_empty());
}
