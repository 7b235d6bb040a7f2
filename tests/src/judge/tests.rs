//! Requests against a small document: the right one, and each wrong in one way.

use serde_json::{Value, json};

use super::{Expected, Operation};
use crate::draw::Raw;
use crate::drive::Seen;

fn document() -> Raw {
    let text = "
openapi: 3.0.3
paths:
  /a/{id}:pin:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post:
      parameters:
        - {name: list, in: query, schema: {type: array, items: {type: string}}}
        - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array}}
        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object}}
        - {name: X-Flag, in: header, schema: {type: boolean}}
        - {name: Accept, in: header, schema: {type: string}}
      requestBody: {content: {application/a+json: {schema: {}}}}
      responses: {'200': {content: {application/b+json: {schema: {}}}}}
";
    Raw::parse(text, false).unwrap()
}

fn right() -> Seen {
    Seen {
        method: "POST".to_owned(),
        target: "/a/x%2Fy:pin?deep%5Bk%5D=v&list=1+2&list=b&pipes=p%7Cq".to_owned(),
        headers: [
            ("content-type", "application/a+json"),
            ("accept", "application/b+json"),
            ("x-flag", "true"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        body: b"{\"n\": 1.0}".to_vec(),
    }
}

fn mismatches(seen: &Seen) -> Vec<String> {
    let raw = document();
    let operation = Operation::at(&raw, "/paths/~1a~1{id}:pin/post").unwrap();
    let given = json!({
        "id": "x/y",
        "list": ["1 2", "b"],
        "pipes": ["p", "q"],
        "deep": {"k": "v"},
        "X-Flag": true,
    });
    let values: Vec<(_, Value)> =
        operation.parameters.iter().map(|one| (one, given[one.name].clone())).collect();
    assert_eq!(values.len(), 5, "`Accept` is no parameter");
    let expected = Expected {
        operation: &operation,
        values,
        body: Some(("application/a+json".to_owned(), json!({"n": 1}))),
        accepted: vec!["application/b+json".to_owned()],
    };
    expected.mismatches(seen)
}

#[test]
fn the_right_request_is_right() {
    assert_eq!(mismatches(&right()), Vec::<String>::new());
}

#[test]
fn every_fault_is_found() {
    let check = |what: &str, change: &dyn Fn(&mut Seen)| {
        let mut seen = right();
        change(&mut seen);
        assert_eq!(mismatches(&seen).len(), 1, "{what}: {:?}", mismatches(&seen));
    };
    let target = |from: &'static str, to: &'static str| {
        move |seen: &mut Seen| {
            assert!(seen.target.contains(from));
            seen.target = seen.target.replace(from, to);
        }
    };
    check("method", &|seen| seen.method = "PUT".to_owned());
    check("a slash that is not escaped", &target("%2F", "/"));
    check("a literal that is lost", &target(":pin", ""));
    check("an item that is lost", &target("&list=b", ""));
    check("items in another order", &target("list=1+2&list=b", "list=b&list=1+2"));
    check("a list that is exploded", &target("pipes=p%7Cq", "pipes=p&pipes=q"));
    check("a parameter too many", &target("deep", "x=1&deep"));
    check("a header", &|seen| seen.headers[2].1 = "false".to_owned());
    check("Accept", &|seen| seen.headers[1].1 = "*/*".to_owned());
    check("Content-Type", &|seen| seen.headers[0].1 = "application/json".to_owned());
    check("body", &|seen| seen.body = b"{\"n\": 2}".to_vec());
}
