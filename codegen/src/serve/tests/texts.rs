//! Bodies that are texts.

use http::Request;

use super::answered;

const TEXTS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /short: {post: {requestBody: {content: {text/plain: {schema: {type: string, maxLength: 3}}}}, responses: {'204': {description: x}}}}
  /count: {post: {requestBody: {content: {'text/*': {schema: {type: integer, minimum: 2}}}}, responses: {'204': {description: x}}}}
  /rows: {post: {requestBody: {content: {text/csv: {schema: {type: array, items: {type: string}}}}}, responses: {'204': {description: x}}}}
  /wide: {post: {requestBody: {content: {text/plain; charset=UTF-16: {schema: {type: string, maxLength: 3}}}}, responses: {'204': {description: x}}}}
  /latin: {post: {requestBody: {content: {text/plain; charset=iso-8859-1: {schema: {type: string, maxLength: 3}}}}, responses: {'204': {description: x}}}}
";

#[test]
fn a_text_is_read_in_its_charset_and_checked() {
    let check = |path: &str, kind: &str, body: &[u8], expected: u16| {
        let request = Request::post(path).header("content-type", kind);
        let (status, problem) = answered(TEXTS, &request.body(body.to_vec()).unwrap());
        assert_eq!(status, expected, "{path} {kind} {body:?}: {problem}");
        if status == 415 {
            assert_eq!(problem["violations"][0]["at"], "content-type");
        }
    };
    check("/short", "text/plain", "äöü".as_bytes(), 204);
    check("/short", "text/plain; charset=\"UTF-8\"", "äöü".as_bytes(), 204);
    check("/short", "text/plain", b"long", 400);
    check("/short", "text/plain", b"", 204);
    check("/short", "text/plain", b"\xe4", 400);
    check("/short", "text/plain; charset=iso-8859-1", b"\xe4\xf6\xfc", 204);
    check("/short", "text/plain; charset=iso-8859-1", "äöü".as_bytes(), 400);
    check("/short", "text/plain; charset=us-ascii", b"abc", 204);
    check("/short", "text/plain; charset=us-ascii", "ä".as_bytes(), 400);
    check("/short", "text/plain; charset=latin1", b"\xe4\xf6\xfc", 204);
    check("/short", "text/plain; charset=Windows-1252", b"\x80\x99\xfc", 204);
    check("/short", "text/plain; charset=utf-16", b"\0a", 415);
    // Numbers are written as texts.
    check("/count", "text/plain", b"2", 204);
    check("/count", "text/plain", b"1", 400);
    check("/count", "text/plain", b"two", 400);
    // What stands for an object or a list, and what the document has in another charset, is not read.
    check("/rows", "text/csv", b"\xff,1", 204);
    check("/wide", "text/plain; charset=utf-16", b"\0l\0o\0n\0g", 204);
    check("/latin", "text/plain", b"\xe4\xf6\xfc", 204);
    check("/latin", "text/plain", b"long", 400);
}

#[test]
fn a_text_is_answered_in_the_charset_that_the_answer_names() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /latin: {get: {responses: {'200': {description: x, content: {text/plain; charset=ISO-8859-1: {schema: {type: string, example: äö}}}}}}}
  /utf: {get: {responses: {'200': {description: x, content: {text/plain: {schema: {type: string, example: äö}}}}}}}
";
    let mock = super::mock(text);
    let body = |path: &str| mock.answer(&Request::get(path).body(Vec::new()).unwrap()).into_body();
    assert_eq!(body("/latin"), b"\xe4\xf6");
    assert_eq!(body("/utf"), "äö".as_bytes());
}

#[test]
fn json_is_utf_8() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /json: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {'204': {description: x}}}}
  /own: {post: {requestBody: {content: {application/json; charset=utf-16: {schema: {type: string}}}}, responses: {'204': {description: x}}}}
";
    let check = |path: &str, charset: &str, body: &[u8], expected: u16, why: &str| {
        let kind = format!("application/json{charset}");
        let request = Request::post(path).header("content-type", kind);
        let (status, problem) = answered(text, &request.body(body.to_vec()).unwrap());
        assert_eq!(status, expected, "{charset} {body:?}: {problem}");
        let message = problem["violations"][0]["message"].as_str().unwrap_or_default();
        assert!(message.starts_with(why), "{message}");
    };
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\"ab\"".encode_utf16().flat_map(order).collect()
    };
    check("/json", "", "\"ä\"".as_bytes(), 204, "");
    check("/json", "; charset=UTF-8", "\"ä\"".as_bytes(), 204, "");
    // What is the same in both is no harm.
    check("/json", "; charset=iso-8859-1", b"\"a\"", 204, "");
    check("/json", "; charset=iso-8859-1", b"\"\xe4\"", 415, "names the charset iso-8859-1, and");
    check(
        "/json",
        "; charset=utf-16",
        b"\"a\"",
        415,
        "names the charset utf-16, and JSON is UTF-8",
    );
    check("/own", "; charset=utf-16", b"\"a\"", 204, "");
    check("/json", "", b"\"\xe4\"", 400, "is no UTF-8, and JSON is UTF-8 (RFC 8259");
    check("/json", "", &wide(u16::to_le_bytes), 400, "is UTF-16 or UTF-32, and JSON is UTF-8");
    check("/json", "", &wide(u16::to_be_bytes), 400, "is UTF-16 or UTF-32, and JSON is UTF-8");
    check("/json", "", b"\xff\xfe\"\0", 400, "is UTF-16 or UTF-32, and JSON is UTF-8");
    check("/json", "", b"\xef\xbb\xbf1", 400, "begins with a byte order mark, and JSON");
    check("/json", "", b"", 400, "is no JSON");
}
