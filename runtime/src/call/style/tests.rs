use serde_json::json;

use super::*;

fn color(kind: &str) -> Tree {
    let text = |text: &str| Tree::Text(text.to_owned());
    match kind {
        "empty" => text(""),
        "string" => text("blue"),
        "array" => Tree::List(["blue", "black", "brown"].map(text).to_vec()),
        _ => Tree::Pairs(
            [("R", "100"), ("G", "200"), ("B", "150")]
                .map(|(name, value)| (name.to_owned(), text(value)))
                .to_vec(),
        ),
    }
}

const KINDS: [&str; 4] = ["empty", "string", "array", "object"];

/// OpenAPI 3.0.4, "Style Examples"; `-` is "n/a" there.
#[test]
fn the_table_of_the_specification_in_paths() {
    for (style, expected) in [
        (
            Style::MATRIX,
            [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
        ),
        (
            Style::MATRIX.exploded(),
            [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
        ),
        (Style::LABEL, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (Style::LABEL.exploded(), [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (Style::SIMPLE, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Style::SIMPLE.exploded(), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ] {
        for (kind, expected) in KINDS.into_iter().zip(expected) {
            assert_eq!(segment("color", &color(kind), style), expected, "{style:?} {kind}");
        }
    }
}

#[test]
fn the_table_of_the_specification_in_queries() {
    for (style, expected) in [
        (
            Style::FORM,
            ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
        ),
        (
            Style::FORM.exploded(),
            ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
        ),
        (
            Style::SPACE_DELIMITED,
            ["-", "-", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
        ),
        (
            Style::PIPE_DELIMITED,
            ["-", "-", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
        ),
        (
            Style::DEEP_OBJECT.exploded(),
            ["-", "-", "-", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
        ),
    ] {
        for (kind, expected) in KINDS.into_iter().zip(expected) {
            if expected != "-" {
                let got = pairs("color", &color(kind), style).join("&");
                assert_eq!(got, expected, "{style:?} {kind}");
            }
        }
    }
}

/// What has no spelling but JSON is that, numbers and truth values included.
#[test]
fn lists_within_lists_keep_their_types() {
    let tree = Tree::of(&json!([[1, "2", true], [-0.5, {"a": 3, "b": null}], ["1"]])).unwrap();
    let written = r#"[1,"2",true],[-0.5,{"a":3,"b":null}],["1"]"#;
    assert_eq!(header(&tree, Style::SIMPLE), written);
    assert_eq!(pairs("l", &tree, Style::FORM.exploded()).len(), 3);
    let odd = Tree::of(&[[f64::NAN, 1e20]]).unwrap();
    assert_eq!(header(&odd, Style::SIMPLE), r#"["NaN",100000000000000000000]"#);
}

#[test]
fn headers_are_simple_and_not_encoded() {
    assert_eq!(header(&color("array"), Style::SIMPLE), "blue,black,brown");
    assert_eq!(header(&color("object"), Style::SIMPLE), "R,100,G,200,B,150");
    assert_eq!(header(&color("object"), Style::SIMPLE.exploded()), "R=100,G=200,B=150");
    assert_eq!(header(&Tree::Text("a b%".to_owned()), Style::SIMPLE), "a b%");
}

fn of(value: serde_json::Value) -> Tree {
    Tree::of(&value).unwrap().without_null()
}

#[test]
fn what_is_not_there_expands_to_nothing() {
    for value in [json!(null), json!([]), json!({}), json!([null]), json!({"a": null})] {
        let value = of(value);
        for style in [
            Style::FORM,
            Style::FORM.exploded(),
            Style::SPACE_DELIMITED,
            Style::PIPE_DELIMITED,
            Style::DEEP_OBJECT,
        ] {
            assert!(pairs("a", &value, style).is_empty(), "{style:?} {value:?}");
        }
        for style in [Style::SIMPLE, Style::LABEL, Style::MATRIX, Style::MATRIX.exploded()] {
            assert_eq!(segment("a", &value, style), "", "{style:?} {value:?}");
        }
    }
}

#[test]
fn what_is_null_below_the_first_level_is_json() {
    let lists = of(json!([["a", null], null, {"b": null}]));
    assert_eq!(
        pairs("q", &lists, Style::FORM.exploded()),
        ["q=%5B%22a%22%2Cnull%5D", "q=%7B%22b%22%3Anull%7D"]
    );
    assert_eq!(header(&lists, Style::SIMPLE), r#"["a",null],{"b":null}"#);
    // Of a deep object nothing is JSON.
    let deep = of(json!({"a": ["x", null, "y"], "b": {"c": null, "d": [null]}}));
    assert_eq!(pairs("q", &deep, Style::DEEP_OBJECT), ["q%5Ba%5D%5B0%5D=x", "q%5Ba%5D%5B1%5D=y"]);
}

#[test]
fn delimiters_inside_values_that_nobody_could_tell_apart_are_found() {
    let check = |value: serde_json::Value, style: Style, expected: Option<char>| {
        assert_eq!(within(&of(value.clone()), style), expected, "{value}");
    };
    let list = json!(["a|b", "c"]);
    check(list.clone(), Style::PIPE_DELIMITED, Some('|'));
    check(list.clone(), Style::SPACE_DELIMITED, None);
    // Repeated, or joined by a comma, which is encoded within a value.
    check(list.clone(), Style::PIPE_DELIMITED.exploded(), None);
    check(list, Style::FORM, None);
    check(json!({"x": 1, "a b": 2}), Style::SPACE_DELIMITED, Some(' '));
    check(json!("a|b"), Style::PIPE_DELIMITED, None);
    check(json!([1.5, 2]), Style::LABEL.exploded(), Some('.'));
    check(json!([1.5, 2]), Style::LABEL, None);
    check(json!(1.5), Style::LABEL.exploded(), None);
}

#[test]
fn commas_inside_values_of_a_header_are_found() {
    for (value, style, expected) in [
        (json!(["a,b", "c"]), Style::SIMPLE, Some(',')),
        (json!(["a b", "c"]), Style::SIMPLE, None),
        // An entity tag, for one.
        (json!([r#"W/"a,b""#, r#""c""#]), Style::SIMPLE, None),
        (json!([r#""a",b"#]), Style::SIMPLE, Some(',')),
        (json!([["a", null]]), Style::SIMPLE, Some(',')),
        (json!("a,b"), Style::SIMPLE, None),
        (json!({"k": "v,w"}), Style::SIMPLE, Some(',')),
        (json!({"k,v": 1}), Style::SIMPLE.exploded(), Some(',')),
        (json!({"k": "b=y"}), Style::SIMPLE.exploded(), None),
        (json!({"k=v": "y"}), Style::SIMPLE.exploded(), Some('=')),
        (json!({"k=v": "y"}), Style::SIMPLE, None),
    ] {
        assert_eq!(within_header(&of(value.clone()), style), expected, "{value}");
    }
}

#[test]
fn delimiters_inside_values_are_encoded() {
    let list = of(json!(["a,b", "c|d", "e f", "g&h=i"]));
    assert_eq!(pairs("q[]", &list, Style::FORM), ["q%5B%5D=a%2Cb,c%7Cd,e%20f,g%26h%3Di"],);
    assert_eq!(pairs("q", &list, Style::FORM.exploded()).len(), 4);
    assert_eq!(segment("q", &of(json!("a/b;c.d")), Style::SIMPLE), "a%2Fb%3Bc.d");
    assert_eq!(segment("q", &of(json!(["a;b"])), Style::MATRIX), ";q=a%3Bb");
}

#[test]
fn reserved_characters_stay_where_they_cannot_mislead() {
    let text = of(json!(":/?@!$()*,;='[]#&+%"));
    assert_eq!(pairs("q", &text, Style::FORM.reserved()), ["q=:/?@!$()*,;=%27%5B%5D%23%26%2B%25"],);
}

#[test]
fn deep_objects_go_on_below() {
    let value = of(json!({"created": {"gt": 1, "lt": 2.5}, "tags": ["a b", true]}));
    assert_eq!(
        pairs("f", &value, Style::DEEP_OBJECT).join("&"),
        "f%5Bcreated%5D%5Bgt%5D=1&f%5Bcreated%5D%5Blt%5D=2.5&f%5Btags%5D%5B0%5D=a%20b&f%5Btags%5D%5B1%5D=true"
    );
    assert_eq!(pairs("f", &of(json!("now")), Style::DEEP_OBJECT), ["f=now"]);
}

#[test]
fn cookies_keep_what_a_cookie_can_hold() {
    assert_eq!(cookies("sid", &of(json!("a+b/c==")), Style::FORM), ["sid=a+b/c=="]);
    assert_eq!(
        cookies("sid", &of(json!("a;b c,\"é%")), Style::FORM),
        ["sid=a%3Bb%20c%2C%22%C3%A9%25"]
    );
    assert_eq!(cookies("n", &of(json!([1, 2])), Style::FORM.exploded()), ["n=1", "n=2"]);
}

#[test]
fn structs_keep_the_order_of_their_properties() {
    #[derive(serde::Serialize)]
    struct Range {
        to: u8,
        from: Option<i64>,
    }
    let tree = Tree::of(&Range { to: 1, from: Some(-2) }).unwrap();
    assert_eq!(segment("r", &tree, Style::SIMPLE), "to,1,from,-2");
    let tree = Tree::of(&Range { to: 1, from: None }).unwrap().without_null();
    assert_eq!(segment("r", &tree, Style::MATRIX.exploded()), ";to=1");
}
