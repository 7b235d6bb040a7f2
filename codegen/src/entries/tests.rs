//! What entries mean in a document, and what is said of those that count or lead out of it.

use serde_json::json;

use super::*;

fn document() -> Value {
    json!({
        "paths": {
            "/widgets": {
                "parameters": [{"in": "header", "name": "limit"}],
                "get": {"operationId": "listWidgets", "tags": ["a", "b"], "parameters": [
                    {"in": "query", "name": "limit"},
                    {"$ref": "#/components/parameters/Page"},
                    {"in": "header", "name": "a/b"},
                ]},
            },
            "/gadgets": {"get": {}},
        },
        "components": {
            "parameters": {"Page": {"in": "query", "name": "page"}},
            "schemas": {
                "Colour": {"enum": ["red", "light green", "7"]},
                "Number": {"enum": [7, 8, null]},
                "Choice": {"oneOf": [
                    {"$ref": "#/components/schemas/Colour"},
                    {"title": "Cat", "type": "object", "properties": {"a": {}}},
                    {"type": "object"},
                    {"type": "array", "prefixItems": [{}]},
                    {"type": "object", "title": "Dog"},
                ]},
            },
        },
        "tags": [{"name": "a"}, {"name": "b"}],
    })
}

fn position(entry: &str) -> Position {
    follow(&document(), entry).unwrap_or_else(|lost| panic!("{entry}: {lost:?}")).position
}

#[test]
fn elements_are_named_by_what_they_are() {
    let check = |entry: &str, expected: &str| {
        let way = follow(&document(), entry).unwrap_or_else(|lost| panic!("{entry}: {lost:?}"));
        assert_eq!(way.pointer.as_str(), expected, "{entry}");
        assert_eq!(way.position, Position::None, "{entry}");
        // Who counted would be told to write just that.
        assert_eq!(position(expected), Position::Named(entry.to_owned()), "{expected}");
    };
    let get = "/paths/~1widgets/get";
    check(&format!("{get}/parameters/query=limit"), &format!("{get}/parameters/0"));
    check(&format!("{get}/parameters/query=page"), &format!("{get}/parameters/1"));
    check(&format!("{get}/parameters/header=a~1b"), &format!("{get}/parameters/2"));
    check("/paths/~1widgets/parameters/header=limit", "/paths/~1widgets/parameters/0");
    check(&format!("{get}/tags/=b"), &format!("{get}/tags/1"));
    check("/tags/name=b", "/tags/1");
    let schemas = "/components/schemas";
    check(&format!("{schemas}/Colour/enum/=light green"), &format!("{schemas}/Colour/enum/1"));
    check(&format!("{schemas}/Colour/enum/=7"), &format!("{schemas}/Colour/enum/2"));
    check(&format!("{schemas}/Number/enum/=7"), &format!("{schemas}/Number/enum/0"));
    check(&format!("{schemas}/Number/enum/=null"), &format!("{schemas}/Number/enum/2"));
    check(&format!("{schemas}/Choice/oneOf/$ref=Colour"), &format!("{schemas}/Choice/oneOf/0"));
    check(&format!("{schemas}/Choice/oneOf/title=Cat"), &format!("{schemas}/Choice/oneOf/1"));
    check(
        &format!("{schemas}/Choice/oneOf/title=Cat/properties/a"),
        &format!("{schemas}/Choice/oneOf/1/properties/a"),
    );
    check(&format!("{schemas}/Choice/oneOf/type=array"), &format!("{schemas}/Choice/oneOf/3"));
}

#[test]
fn what_has_no_name_is_counted() {
    let list = "/components/schemas/Choice/oneOf";
    // Three alternatives are objects, and this one is nothing else.
    assert_eq!(position(&format!("{list}/2")), Position::Nameless(list.to_owned()));
    // In a tuple, the position is what is meant.
    assert_eq!(position(&format!("{list}/type=array/prefixItems/0")), Position::None);
}

#[test]
fn an_entry_that_leads_out_of_the_document_is_told_where() {
    let check = |entry: &str, expected: Option<&str>| {
        let advice = follow(&document(), entry).unwrap_err();
        assert_eq!(advice.as_ref().map(|advice| advice.text.as_str()), expected, "{entry}");
    };
    let get = "/paths/~1widgets/get";
    let three =
        format!("there are 3 in `{get}/parameters`: `query=limit`, `query=page`, `header=a/b`");
    check(&format!("{get}/parameters/3"), Some(&three));
    check(&format!("{get}/parameters/cookie=session"), Some(&three));
    let limit = format!("did you mean `{get}/parameters/query=limit`?");
    check(&format!("{get}/parameters/limit"), Some(&limit));
    check(&format!("{get}/parameters/query=limt"), Some(&limit));
    check("/paths/~1widgets/gett/parameters/0", Some(&limit));
    check("/paths/~1wigdets/get/parameters/0", Some(&limit));
    check(
        "/paths/~1widgets/delete/parameters/0",
        Some("`/paths/~1widgets` has `parameters`, `get`"),
    );
    let no_gett = "`/paths/~1gadgets` has no `gett`: did you mean `get`?";
    check("/paths/~1gadgets/gett/parameters/query=x", Some(no_gett));
    check(
        "/paths/~1nothing/get",
        Some("there is no path `/nothing`; `specwright list` shows what there is"),
    );
    let red = "did you mean `/components/schemas/Colour/enum/=red`?";
    check("/components/schemas/Colour/enum/red", Some(red));
    check("/components/schemas/Colur/enum/=red", Some(red));
    let several =
        "3 in `/components/schemas/Choice/oneOf` are `type=object`: name one by its position";
    check("/components/schemas/Choice/oneOf/type=object", Some(several));
    // What is behind a reference is written elsewhere, and what is no pointer leads nowhere.
    check(&format!("{get}/parameters/query=page/schema/items"), None);
    check("paths", None);
    // What is no pointer, and what is one by accident.
    check("listWidgets", Some("did you mean `/paths/~1widgets/get`?"));
    check("Colour", Some("did you mean `/components/schemas/Colour`?"));
    check("#/components/schemas/Colour", Some("did you mean `/components/schemas/Colour`?"));
    let slash = "did you mean `/paths/~1widgets/get`? A slash within a name is `~1`";
    check("/paths//widgets/get", Some(slash));
    check("/paths/widgets/get", Some("did you mean `/paths/~1widgets/get`?"));
    check(
        "/components/schemas/Choice/oneOf/title=Cat/a",
        Some("did you mean `/components/schemas/Choice/oneOf/title=Cat/properties/a`?"),
    );
    check("/definitions/Colour", None);
}

#[test]
fn two_entries_for_one_place_are_one_too_many() {
    let rename = [
        ("/components/schemas/Colour/enum/=red", "Rot"),
        ("/components/schemas/Colour/enum/0", "Rouge"),
    ];
    let rename = rename.map(|(at, name)| (at.to_owned(), name.to_owned())).into();
    let options = Options { rename, ..Options::default() };
    let (entries, found) = Entries::of(&options, &document());
    let errors: Vec<&Diagnostic> =
        found.iter().filter(|one| one.severity == Severity::Error).collect();
    let [error] = errors.as_slice() else { panic!("{found}") };
    let message = "`rename` names the same place twice: `/components/schemas/Colour/enum/0` and \
                   `/components/schemas/Colour/enum/=red`";
    assert_eq!(error.message, message);
    assert_eq!(entries.applied(&options).rename.len(), 1);
}

/// A property that a part of the schema declares, written into it or referred to.
#[test]
fn a_property_of_a_part_is_told_with_its_place() {
    let properties = |name: &str| json!({"type": "object", "properties": {name: {}}});
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let schemas = json!({
        "Base": {"allOf": [reference("Base"), properties("id")]},
        "Pet": {"allOf": [reference("Base"), properties("createdAt")]},
        "Cat": {"properties": {"indoors": {}}, "allOf": [reference("Pet")]},
    });
    let root = json!({"components": {"schemas": schemas}});
    let check = |entry: &str, expected: &str| {
        let advice = follow(&root, &format!("/components/schemas/{entry}")).unwrap_err().unwrap();
        let expected = format!("did you mean `/components/schemas/{expected}`?");
        assert_eq!((advice.text, advice.is_sure), (expected, true), "{entry}");
    };
    check("Pet/properties/createdAt", "Pet/allOf/type=object/properties/createdAt");
    check("Pet/properties/id", "Base/allOf/type=object/properties/id");
    check("Cat/properties/createdAt", "Pet/allOf/type=object/properties/createdAt");
    check("Cat/properties/indors", "Cat/properties/indoors");
}
