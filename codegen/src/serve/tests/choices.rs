//! Choices with a discriminator, and what is said of values that are none of them.

use http::Request;
use serde_json::{Value, json};

use super::answered;

const PETS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /pets:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  /base:
    get:
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Base'}}}}
  /marks:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Mark'}}}
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Mark'}}}}
  /letters:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Letter'}}}
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Letter'}}}}
  /shapes:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}}
  /loose:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Loose'}}}
      responses: {'204': {description: Fine.}}
  /sized:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Sized'}}}
      responses: {'204': {description: Fine.}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {feline: '#/components/schemas/Cat'}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer, maximum: 9}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    # Told by the values of the schemas, one of which is made of another.
    Mark:
      oneOf: [{$ref: '#/components/schemas/Yes'}, {$ref: '#/components/schemas/No'}, {$ref: '#/components/schemas/Old'}]
      discriminator: {propertyName: set}
    Yes: {type: object, required: [set], properties: {set: {type: boolean, enum: [true]}}}
    No: {type: object, required: [set], properties: {set: {type: boolean, enum: [false]}}}
    Old: {allOf: [{type: object, required: [set], properties: {set: {type: string, enum: [old]}}}]}
    # No alternative declares the property, which is sent all the same.
    Letter:
      oneOf: [{$ref: '#/components/schemas/Post'}, {$ref: '#/components/schemas/Mail'}]
      discriminator: {propertyName: by, mapping: {cart: '#/components/schemas/Post'}}
    Post: {type: object, required: [text], properties: {text: {type: string}}}
    Mail: {type: object, required: [text], properties: {text: {type: string}}}
    Sized:
      oneOf:
        - {type: object, required: [width, height, depth], properties: {width: {type: integer}}}
        - {$ref: '#/components/schemas/Round'}
    Round: {type: object, required: [radius], properties: {radius: {type: integer, minimum: 1}}}
    # In place, known by the values that their properties are limited to.
    Shape:
      oneOf:
        - {title: Round, type: object, required: [kind], properties: {kind: {type: string, enum: [round]}, size: {type: integer, maximum: 9}}}
        - {type: object, required: [kind], properties: {kind: {type: string, enum: [flat, square]}, size: {type: integer}}}
        - {$ref: '#/components/schemas/Cube'}
      discriminator: {propertyName: kind}
    Cube: {type: object, required: [kind], properties: {kind: {type: string}, size: {type: boolean}}}
    # Nothing names the first.
    Loose:
      oneOf:
        - {type: object, properties: {kind: {type: string}, a: {type: integer}}, required: [a]}
        - {$ref: '#/components/schemas/Cube'}
      discriminator: {propertyName: kind}
    Base: {type: object, required: [sort], properties: {sort: {type: string}}, discriminator: {propertyName: sort}}
    Gift: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [ribbon], properties: {ribbon: {type: string}}}]}
";

fn answer(request: Request<Vec<u8>>) -> (u16, Value) {
    answered(PETS, &request)
}

fn post(path: &str, body: &Value) -> (u16, Value) {
    let request = Request::post(path).header("content-type", "application/json");
    answer(request.body(body.to_string().into_bytes()).unwrap())
}

#[test]
fn the_discriminator_says_which_alternative_is_meant() {
    // What fits both schemas is the one that it names, and gets an answer with a name.
    assert_eq!(
        post("/pets", &json!({"kind": "feline"})),
        (200, json!({"kind": "feline", "lives": 1}))
    );
    // The mapping has another value for it, which is the one that the client knows.
    assert_eq!(post("/pets", &json!({"kind": "Cat"})).0, 400);
    assert_eq!(post("/pets", &json!({"kind": "Dog", "lives": 10})).0, 200);
    let base = answer(Request::get("/base").body(Vec::new()).unwrap());
    assert_eq!(base, (200, json!({"sort": "Gift", "ribbon": "text"})));
}

#[test]
fn the_values_of_a_schema_lead_to_it_as_they_do_for_the_client() {
    let status = |set: Value| post("/marks", &json!({"set": set})).0;
    assert_eq!([status(json!(true)), status(json!(false)), status(json!("old"))], [200; 3]);
    for set in [json!("Yes"), json!("true"), json!("Old"), json!(null), json!(1)] {
        assert_eq!(status(set.clone()), 400, "{set}");
    }
    assert_eq!(post("/marks", &json!({"set": true})).1, json!({"set": true}));
}

#[test]
fn a_property_that_no_alternative_declares_tells_all_the_same() {
    let status = |by: &str| post("/letters", &json!({"by": by, "text": "t"})).0;
    assert_eq!([status("cart"), status("Mail"), status("Post")], [200, 200, 400]);
    assert_eq!(post("/letters", &json!({"text": "t"})).0, 400);
    assert_eq!(post("/letters", &json!({"by": "cart", "text": "t"})).1["by"], "cart");
}

#[test]
fn a_violation_says_what_is_wrong_with_the_alternative_that_was_meant() {
    let check = |path: &str, body: Value, at: &str, rule: &str, words: &[&str]| {
        let (status, problem) = post(path, &body);
        let first = &problem["violations"][0];
        assert_eq!(
            (status, &first["at"], &first["rule"]),
            (400, &json!(at), &json!(rule)),
            "{problem}"
        );
        let message = first["message"].as_str().unwrap();
        assert!(words.iter().all(|word| message.contains(word)), "{message}");
    };
    let rule = "#/components/schemas/Cat/properties/lives/maximum";
    check("/pets", json!({"kind": "feline", "lives": 10}), "/lives", rule, &["9", "`Cat`"]);
    let rule = "#/components/schemas/Pet/discriminator";
    check("/pets", json!({"kind": "cow"}), "", rule, &["`kind`", "feline", "Dog"]);
    check("/pets", json!({"lives": 1}), "", rule, &["`kind`"]);
    // Without one it is the alternative with the fewest faults.
    let rule = "#/components/schemas/Round/properties/radius/minimum";
    check("/sized", json!({"radius": 0}), "/radius", rule, &["1", "`Round`"]);
}

#[test]
fn an_alternative_in_place_is_known_by_the_values_of_its_property() {
    let status = |body: Value| post("/shapes", &body).0;
    assert_eq!(status(json!({"kind": "round", "size": 9})), 200);
    assert_eq!(status(json!({"kind": "square", "size": 10})), 200);
    assert_eq!(status(json!({"kind": "Cube", "size": true})), 200);
    assert_eq!(status(json!({"kind": "other", "size": true})), 400);
    let (_, problem) = post("/shapes", &json!({"kind": "round", "size": 10}));
    let first = &problem["violations"][0];
    assert_eq!(first["rule"], "#/components/schemas/Shape/oneOf/0/properties/size/maximum");
    assert!(first["message"].as_str().unwrap().ends_with("for `Round`"), "{problem}");
    assert_eq!(post("/shapes", &json!({"kind": "flat"})).1, json!({"kind": "round", "size": 1}));
    assert_eq!(post("/loose", &json!({"kind": "any", "a": 1, "size": 1})).0, 204);
}
