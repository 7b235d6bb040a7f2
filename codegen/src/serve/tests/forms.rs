//! Forms: of several parts, checked part by part, and of fields, read by their styles.

use http::Request;
use serde_json::Value;

use super::answered;

const UPLOADS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /uploads:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              allOf:
                - {type: object, required: [file], properties: {file: {type: string, format: binary}}}
                - type: object
                  properties:
                    size: {type: integer, maximum: 9}
                    mark: {type: string, format: byte}
                    tags: {type: array, items: {type: string, maxLength: 3}}
                    about: {type: object, required: [title], properties: {title: {type: string}}}
            encoding:
              file:
                contentType: image/png, image/jpeg
                headers: {X-Name: {required: true, schema: {type: string}}}
      responses: {'204': {description: Fine.}}
";

const FILE: &str = "content-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\
                    content-type: image/png\r\nx-name: a\r\n\r\n\u{1}\u{2}";

/// The status, and what was found wrong where.
fn post(parts: &[&str]) -> (u16, Vec<(String, String)>) {
    let parts: String = parts.iter().map(|part| format!("--B\r\n{part}\r\n")).collect();
    send(&format!("{parts}--B--\r\n"))
}

fn send(body: &str) -> (u16, Vec<(String, String)>) {
    let request =
        Request::post("/uploads").header("content-type", "multipart/form-data; boundary=B");
    let (status, problem) = answered(UPLOADS, &request.body(body.as_bytes().to_vec()).unwrap());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let violations = problem["violations"].as_array().into_iter().flatten();
    let violations = violations.map(|one| (text(&one["at"]), text(&one["message"]))).collect();
    (status, violations)
}

fn part(name: &str, text: &str) -> String {
    format!("content-disposition: form-data; name=\"{name}\"\r\n\r\n{text}")
}

#[test]
fn parts_are_what_the_schema_says() {
    let fine = [
        part("size", "9"),
        part("tags", "a"),
        part("tags", "b"),
        part("about", r#"{"title":"x"}"#),
    ];
    let all: Vec<&str> = [FILE].into_iter().chain(fine.iter().map(String::as_str)).collect();
    assert_eq!(post(&all), (204, Vec::new()));
    let places = |parts: &[&str]| {
        let (status, violations) = post(parts);
        assert_eq!(status, 400, "{violations:?}");
        violations.into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!(places(&[FILE, &part("size", "10")]), ["/size"]);
    // Text that stands for bytes, or the bytes themselves under a type of their own.
    assert_eq!(post(&[FILE, &part("mark", "AQI=")]).0, 204);
    assert_eq!(places(&[FILE, &part("mark", "\u{1}\u{2}")]), ["/mark"]);
    assert_eq!(post(&[FILE, &FILE.replace("\"file\"", "\"mark\"")]).0, 204);
    assert_eq!(places(&[FILE, &part("size", "many")]), ["/size"]);
    assert_eq!(places(&[FILE, &part("tags", "ab"), &part("tags", "long")]), ["/tags/1"]);
    assert_eq!(places(&[FILE, &part("about", "{}")]), ["/about"]);
    assert_eq!(places(&[&part("size", "1")]), [""]);
    // What is no list is there once.
    assert_eq!(places(&[FILE, &part("size", "1"), &part("size", "1")]), ["/size"]);
    assert_eq!(places(&[FILE, FILE]), ["/file"]);
}

#[test]
fn a_list_is_a_part_for_each_item_or_one_for_all() {
    let document = UPLOADS.replace(
        "tags: {type: array, items: {type: string, maxLength: 3}}",
        "ns: {type: array, items: {type: integer}}\n                    \
         ss: {type: array, items: {type: string, maxLength: 3}}\n                    \
         ls: {type: array, items: {type: array, items: {type: integer}}}",
    );
    let check = |parts: &[(&str, &str)], expected: u16| {
        let parts = [FILE.to_owned()].into_iter().chain(parts.iter().map(|(n, t)| part(n, t)));
        let parts: String = parts.map(|part| format!("--B\r\n{part}\r\n")).collect();
        let request =
            Request::post("/uploads").header("content-type", "multipart/form-data; boundary=B");
        let request = request.body(format!("{parts}--B--\r\n").into_bytes()).unwrap();
        let (status, problem) = answered(&document, &request);
        assert_eq!(status, expected, "{parts}: {problem}");
    };
    check(&[("ns", "1")], 204);
    check(&[("ns", "1"), ("ns", "2")], 204);
    check(&[("ns", "[1,2]")], 204);
    check(&[("ns", "[1,2]"), ("ns", "3")], 400);
    check(&[("ss", "[1]")], 204);
    check(&[("ss", "[\"long\"]")], 400);
    check(&[("ls", "[1,2]")], 204);
    check(&[("ls", "[1]"), ("ls", "[]")], 204);
    check(&[("ls", "[[1],[2]]")], 204);
    check(&[("ls", "1")], 400);
}

#[test]
fn heads_are_what_the_encoding_says() {
    let gif = FILE.replace("image/png", "image/gif");
    let (status, violations) = post(&[&gif]);
    let why = "is image/gif, and the document has image/png, image/jpeg";
    assert_eq!((status, violations), (400, vec![("/file".to_owned(), why.to_owned())]));
    let (_, violations) = post(&[&FILE.replace("x-name: a\r\n", "")]);
    assert_eq!(violations, [("/file".to_owned(), "has no header `X-Name`".to_owned())]);
    let counted =
        UPLOADS.replace("required: true, schema: {type: string}", "schema: {type: integer}");
    for (sent, fits) in [("x-name: 3\r\n", true), ("", true), ("x-name: three\r\n", false)] {
        let body = format!("--B\r\n{}\r\n--B--\r\n", FILE.replace("x-name: a\r\n", sent));
        let request =
            Request::post("/uploads").header("content-type", "multipart/form-data; boundary=B");
        let (status, problem) = answered(&counted, &request.body(body.into_bytes()).unwrap());
        assert_eq!(status == 204, fits, "{sent}: {problem}");
        let why = problem["violations"][0]["message"].as_str().unwrap_or("header `X-Name`: ");
        assert!(why.starts_with("header `X-Name`: "), "{why}");
    }
}

#[test]
fn an_object_is_json_where_the_document_says_nothing() {
    let about = |kind: &str| {
        let part = part("about", r#"{"title":"x"}"#);
        post(&[FILE, &part.replacen("\r\n", &format!("\r\ncontent-type: {kind}\r\n"), 1)])
    };
    assert_eq!(about("application/json"), (204, Vec::new()));
    assert_eq!(about("application/merge-patch+json"), (204, Vec::new()));
    let why = "is text/xml, and an object is application/json where the document does not say \
               otherwise";
    assert_eq!(about("text/xml"), (400, vec![("/about".to_owned(), why.to_owned())]));
}

#[test]
fn space_is_no_part_of_a_number() {
    for (text, status) in [("9", 204), (" 9", 400), ("9\n", 400), ("\t9", 400)] {
        assert_eq!(post(&[FILE, &part("size", text)]).0, status, "{text:?}");
    }
    assert_eq!(post(&[FILE, &part("about", " {\"title\": \"x\"}\n")]).0, 204);
    let (status, violations) = post(&[FILE, &part("size", " 9"), &part("mark", "\u{1}")]);
    assert_eq!((status, violations.len()), (400, 2), "{violations:?}");
}

#[test]
fn what_is_no_form_is_refused() {
    for body in
        ["", "--B\r\n", "--B\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\nabc", "x"]
    {
        let (status, violations) = send(body);
        assert_eq!(status, 400, "{body:?}: {violations:?}");
    }
}

const FIELDS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /fields:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [n]
              additionalProperties: false
              properties:
                n: {type: integer}
                plain: {type: array, items: {type: integer}}
                deep: {type: object, additionalProperties: false, properties: {a: {type: integer}, l: {type: array, items: {type: boolean}}}}
                spread: {type: object, properties: {x: {type: integer}, y: {type: string}}}
                map: {type: object, additionalProperties: {type: integer, maximum: 9}}
                spaces: {type: array, maxItems: 2, items: {type: integer}}
                pipes: {type: array, items: {type: integer}}
                commas: {type: array, items: {type: integer}}
                usual: {type: array, items: {type: integer}}
                json: {type: array, items: {type: integer}}
                about: {type: object, required: [t], properties: {t: {type: string}}}
            encoding:
              deep: {style: deepObject, explode: true}
              spread: {explode: true}
              map: {style: form, explode: false}
              spaces: {style: spaceDelimited}
              pipes: {style: pipeDelimited, explode: false}
              commas: {explode: false}
              usual: {style: form}
              json: {contentType: application/json}
      responses: {'204': {description: Fine.}}
";

#[test]
fn a_field_with_a_style_is_read_by_it() {
    let check = |body: &str, expected: u16, at: &str| {
        let request =
            Request::post("/fields").header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(body.as_bytes().to_vec()).unwrap();
        let (status, problem) = answered(FIELDS, &request);
        assert_eq!(status, expected, "{body}: {problem}");
        assert_eq!(problem["violations"][0]["at"].as_str().unwrap_or_default(), at, "{problem}");
    };
    check("n=1&plain=1&plain=2", 204, "");
    check("n=1&deep%5Ba%5D=1&deep%5Bl%5D%5B0%5D=true&deep%5Bl%5D%5B1%5D=false", 204, "");
    check("n=1&deep[a]=x", 400, "/deep/a");
    check("n=1&deep[z]=x", 400, "/deep");
    check("n=1&x=1&y=2", 204, "");
    check("n=1&x=many", 400, "/spread/x");
    check("n=1&map=a,1,b,2", 204, "");
    check("n=1&map=a,1,b,10", 400, "/map/b");
    check("n=1&spaces=1%202", 204, "");
    check("n=1&spaces=1+2+3", 400, "/spaces");
    check("n=1&pipes=1%7C2", 204, "");
    check("n=1&pipes=1%7Cx", 400, "/pipes/1");
    check("n=1&commas=1,2", 204, "");
    check("n=1&commas=1&commas=2", 400, "/commas");
    check("n=1&usual=1&usual=2", 204, "");
    check("n=1&usual=1,2", 400, "/usual/0");
    check("n=1&json=%5B1,2%5D", 204, "");
    check("n=1&json=1,2", 400, "/json");
    check("n=1&about=%7B%22t%22:%22a%22%7D", 204, "");
    check("n=1&about=%7B%7D", 400, "/about");
    check("n=1&n=2", 400, "/n");
    // What is no text is not read as another one.
    check("n=1&about=%FF", 400, "/about");
    check("n=1&%FF=1", 400, "/%FF");
    check("n=1&other=2", 400, "");
}
