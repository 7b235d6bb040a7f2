//! Parameters that may be a list, an object or neither: what is written does not say which.

use http::Request;

use super::answered;

fn check(schema: &str, style: &str, sent: &[(&str, bool)]) {
    let text = format!(
        "
openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  /a:
    get:
      parameters: [{{name: p, in: query, schema: {schema}{style}}}]
      responses: {{'204': {{description: x}}}}
"
    );
    for (query, is_taken) in sent {
        let request = Request::get(format!("/a?{query}")).body(Vec::new()).unwrap();
        let (status, told) = answered(&text, &request);
        assert_eq!(status, if *is_taken { 204 } else { 400 }, "{schema} {query}: {told}");
    }
}

#[test]
fn any_shape_that_is_allowed_is_read() {
    let all = [("p=a", true), ("p=1&p=2", true), ("p=a&p=b", false)];
    check("{oneOf: [{type: array, items: {type: integer}}, {type: string}]}", "", &all);
    check("{type: [array, string], items: {type: integer}}", "", &all);
    let words = "{anyOf: [{type: array, items: {enum: [a, b]}}, {enum: [all]}]}";
    check(words, ", explode: false", &[("p=a,b", true), ("p=all", true), ("p=a,c", false)]);
    check(
        "{oneOf: [{type: object, properties: {x: {type: integer}}, required: [x]}, {type: string}]}",
        "",
        &[("x=1", true), ("p=s", true), ("x=a", false)],
    );
    check(
        "{oneOf: [{type: array, items: {type: integer}}, {type: boolean}]}",
        "",
        &[("p=1", true), ("p=true", true), ("p=maybe", false)],
    );
}
