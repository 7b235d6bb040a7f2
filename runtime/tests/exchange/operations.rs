//! Parameters in their styles, bodies that are not JSON, answers of several kinds, servers of
//! single operations.

use std::collections::BTreeMap;

use bytes::Bytes;
use futures_util::stream;
use specwright_runtime::codegen::v1::{self, Answers, Method, Operation, Style};
use specwright_runtime::transport::TransportError;
use specwright_runtime::{Body, ClientBuilder, ErrorBody, ErrorKind, Multipart, NoError, Part};

use crate::api::{Client, client};
use crate::mock::{Mock, Reply};

static FIND: Operation = Operation::new(Method::GET, "find", "/items/{ids}{filter}?kind=all");
static PUT: Operation =
    Operation::new(Method::PUT, "put", "/items").content_type("application/octet-stream");

#[tokio::test]
async fn styles_reach_the_wire() {
    let (client, mock) = client([Reply::plain(200, "")]);
    let range = BTreeMap::from([("gt", 1), ("lt", 9)]);
    let call = client.call(&FIND).path_styled("ids", &["a", "b/c"], Style::SIMPLE);
    let call = call.path_styled("filter", &range, Style::MATRIX.exploded());
    let call = call.query_styled("range", &range, Style::DEEP_OBJECT.exploded());
    let call = call.query_styled("n", &[1, 2], Style::PIPE_DELIMITED);
    let call = call.query_styled("q", &"a:b/c&d", Style::FORM.reserved());
    let call = call.query_styled("json", &range, Style::JSON);
    let call = call.query_styled("none", &None::<u8>, Style::FORM);
    let call = call.header_styled("X-Range", &range, Style::SIMPLE);
    let call = call.cookie("a", &["1", "2"], Style::FORM.exploded()).cookie("b", "x", Style::FORM);
    call.send_empty::<NoError>().await.unwrap();
    let seen = mock.only();
    assert_eq!(
        seen.uri,
        "https://cloud.example/items/a,b%2Fc;gt=1;lt=9?kind=all&range%5Bgt%5D=1&range%5Blt%5D=9\
         &n=1%7C2&q=a:b/c%26d&json=%7B%22gt%22%3A1%2C%22lt%22%3A9%7D"
    );
    assert_eq!(seen.header("x-range"), Some("gt,1,lt,9"));
    assert_eq!(seen.header("cookie"), Some("a=1; a=2; b=x"));
}

#[tokio::test]
async fn styled_values_cannot_break_out() {
    let (client, mock) = client([]);
    let call = || client.call(&FIND).path("filter", "x");
    for (call, reason) in [
        (call().path_styled("ids", &Vec::<u8>::new(), Style::SIMPLE), "`ids` is empty"),
        (call().path_styled("ids", &["canary\n"], Style::SIMPLE), "control character"),
        (
            call().path("ids", "a").header_styled("X", &["canary\r\nY: z"], Style::SIMPLE),
            "control character",
        ),
        (
            call().path("ids", "a").query_styled("q", &["a", "canary|b"], Style::PIPE_DELIMITED),
            "query parameter `q` has `|` in a value",
        ),
        (
            call().path("ids", "a").form(
                &BTreeMap::from([("tags", ["a", "canary b"])]),
                &[("tags", Style::SPACE_DELIMITED)],
            ),
            "field `tags` has ` ` in a value",
        ),
        (
            call().path_styled("ids", &["a", "canary.b"], Style::LABEL.exploded()),
            "path parameter `ids` has `.` in a value",
        ),
    ] {
        let error = call.send_empty::<NoError>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        let text = format!("{error} {error:?}");
        assert!(text.contains(reason) && !text.contains("canary"), "{text}");
    }
    static DOTS: Operation = Operation::new(Method::GET, "dots", "/items/{ids}/more");
    let call = client.call(&DOTS).path_styled("ids", &[".."], Style::SIMPLE);
    assert_eq!(call.send_empty::<NoError>().await.unwrap_err().kind(), ErrorKind::Build);
    assert!(mock.seen().is_empty());
}

#[tokio::test]
async fn forms_texts_and_bytes() {
    #[derive(serde::Serialize)]
    struct Charge {
        amount: u32,
        note: Option<&'static str>,
        tags: [&'static str; 2],
        address: BTreeMap<&'static str, &'static str>,
        meta: BTreeMap<&'static str, &'static str>,
    }
    let address = BTreeMap::from([("city", "Köln")]);
    let tags = ["a b", "c&d"];
    let charge = Charge { amount: 7, note: None, tags, address: address.clone(), meta: address };
    let (client, mock) = client((0..4).map(|_| Reply::plain(200, "")));
    let put = || client.call(&PUT);
    let form = put().content_type("application/x-www-form-urlencoded");
    let form = form.form(&charge, &[("address", Style::DEEP_OBJECT.exploded())]);
    form.send_empty::<NoError>().await.unwrap();
    put().content_type("text/csv").text("a,b").send_empty::<NoError>().await.unwrap();
    put().body(vec![0, 255]).send_empty::<NoError>().await.unwrap();
    let png = Body::from(vec![1]).with_media_type("image/png");
    put().body(png).send_empty::<NoError>().await.unwrap();
    let seen = mock.seen();
    let shown = |index: usize| (seen[index].header("content-type"), seen[index].body.as_deref());
    assert_eq!(
        shown(0),
        (
            Some("application/x-www-form-urlencoded"),
            Some(
                &b"amount=7&tags=a%20b&tags=c%26d&address%5Bcity%5D=K%C3%B6ln\
                   &meta=%7B%22city%22%3A%22K%C3%B6ln%22%7D"[..]
            )
        )
    );
    assert_eq!(shown(1), (Some("text/csv"), Some(&b"a,b"[..])));
    assert_eq!(shown(2), (Some("application/octet-stream"), Some(&[0, 255][..])));
    assert_eq!(shown(3), (Some("image/png"), Some(&[1][..])));
}

#[tokio::test]
async fn a_form_has_null_in_its_json_alone() {
    let (client, mock) = client([Reply::plain(200, "")]);
    let body = serde_json::json!({
        "a": [1, null, 2], "b": null, "c": [["x", null]], "d": {"e": null, "f": [null, 1]},
    });
    let (list, deep) = (Style::FORM.exploded(), Style::DEEP_OBJECT.exploded());
    let call = client.call(&PUT).content_type("application/x-www-form-urlencoded");
    let call = call.form(&body, &[("a", list), ("c", list), ("d", deep)]);
    call.send_empty::<NoError>().await.unwrap();
    let expected = &b"a=1&a=2&c=%5B%22x%22%2Cnull%5D&d%5Bf%5D%5B0%5D=1"[..];
    assert_eq!(mock.only().body.as_deref(), Some(expected));
}

#[tokio::test]
async fn streams_are_sent_once() {
    let (client, mock) = client([Reply::plain(200, "")]);
    let chunks = stream::iter([Ok::<_, TransportError>(Bytes::from("a")), Ok(Bytes::from("b"))]);
    let call = client.call(&PUT).body(Body::from_stream(chunks));
    let again = call.clone();
    call.send_empty::<NoError>().await.unwrap();
    assert_eq!(mock.only().body.as_deref(), Some(&b"ab"[..]));
    let error = again.send_empty::<NoError>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("stream"));
}

#[tokio::test]
async fn forms_of_several_parts_stream_too() {
    let (client, mock) = client([Reply::plain(200, ""), Reply::plain(200, "")]);
    let chunks = stream::iter([Ok::<_, TransportError>(Bytes::from("con")), Ok("tent".into())]);
    let file = Part::file("a.txt", Body::from_stream(chunks)).with_media_type("text/plain");
    let call = client.call(&PUT).part("file", file).part_value("n", &[1, 2]);
    let call = call.part_json("meta", &"x").part_value("none", &None::<u8>);
    call.send_empty::<NoError>().await.unwrap();
    let form = Multipart::new().part("a", "b");
    client.call(&PUT).multipart(form).send_empty::<NoError>().await.unwrap();
    let seen = mock.seen();
    let (kind, boundary) = seen[0].header("content-type").unwrap().split_once('=').unwrap();
    assert_eq!(kind, "multipart/form-data; boundary");
    let body = std::str::from_utf8(seen[0].body.as_deref().unwrap()).unwrap();
    assert_eq!(
        body.replace(boundary, "B"),
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
         Content-Type: text/plain\r\n\r\ncontent\r\n\
         --B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n\
         --B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n2\r\n\
         --B\r\nContent-Disposition: form-data; name=\"meta\"\r\n\
         Content-Type: application/json\r\n\r\n\"x\"\r\n--B--\r\n"
    );
    assert!(seen[1].body.as_deref().is_some_and(|body| body.ends_with(b"--\r\n")));
}

#[derive(Debug, PartialEq)]
enum GetAnswer {
    Ok(u8),
    Accepted(String),
    NoContent,
}

impl Answers for GetAnswer {
    fn decode(parts: v1::AnswerParts<'_>) -> Result<Self, v1::Undecodable> {
        match parts.status() {
            200 => parts.json().map(Self::Ok),
            202 => parts.text().map(Self::Accepted),
            204 => Ok(Self::NoContent),
            _ => parts.unlisted(),
        }
    }
}

#[derive(Clone, Debug, v1::ServiceError)]
enum GetError {
    #[status(304)]
    NotModified(ErrorBody<()>),
}

#[tokio::test]
async fn answers_are_told_apart_by_status() {
    static GET: Operation = Operation::new(Method::GET, "get", "/get").success(&[200, 202, 204]);
    let (client, _) = client([
        Reply::json(200, "7").with("x-rate-limit", " 12 "),
        Reply::plain(202, "later"),
        Reply::plain(204, ""),
        Reply::json(200, "x"),
        Reply::plain(304, ""),
        Reply::plain(302, "").with("location", "/x"),
    ]);
    let get = || client.call(&GET).send_one_of_with_metadata::<GetAnswer, GetError>();
    let first = get().await.unwrap();
    assert_eq!(first.header_as::<u32>("X-Rate-Limit"), Some(12));
    assert_eq!(first.header_as::<u32>("content-type"), None);
    assert_eq!(first.into_inner(), GetAnswer::Ok(7));
    assert_eq!(get().await.unwrap().into_inner(), GetAnswer::Accepted("later".to_owned()));
    assert_eq!(get().await.unwrap().into_inner(), GetAnswer::NoContent);
    assert_eq!(get().await.unwrap_err().kind(), ErrorKind::Decode);
    let unchanged = get().await.unwrap_err();
    let Some(GetError::NotModified(body)) = unchanged.as_service() else { panic!("{unchanged}") };
    assert!(body.bytes().is_empty());
    assert_eq!(get().await.unwrap_err().kind(), ErrorKind::Redirect);
}

static ELSEWHERE: Operation =
    Operation::new(Method::GET, "up", "/up").server("https://{zone}.upload.example/v2");
static REGIONS: v1::Api =
    v1::Api::new("a", "1").servers(&["https://{zone}.api.example"]).variables(&[("zone", "eu")]);

#[tokio::test]
async fn operations_may_have_servers_of_their_own() {
    type Change = fn(ClientBuilder<Client>) -> ClientBuilder<Client>;
    let cases: [(Change, Option<&str>); 4] = [
        (|b| b, Some("https://eu.upload.example/v2/up")),
        (|b| b.server_variable("zone", "us"), Some("https://us.upload.example/v2/up")),
        (|b| b.base_url("https://test.example"), None),
        (
            |b| {
                let declared = "https://{zone}.upload.example/v2";
                b.base_url("https://test.example").server(declared, "http://127.0.0.1:1/x")
            },
            Some("http://127.0.0.1:1/x/up"),
        ),
    ];
    for (change, expected) in cases {
        let mock = Mock::new([Reply::plain(200, "")]);
        let builder = change(v1::builder(&REGIONS).transport(mock.clone()));
        let client = builder.build().unwrap();
        let sent = client.call(&ELSEWHERE).send_empty::<NoError>().await;
        match expected {
            Some(uri) => assert_eq!(mock.only().uri, uri),
            None => {
                assert_eq!(sent.unwrap_err().kind(), ErrorKind::Build);
                assert!(mock.seen().is_empty());
            }
        }
    }
    let unknown = v1::builder::<Client>(&REGIONS).server_variable("zoom", "x");
    assert!(unknown.transport(Mock::default()).build().is_err());
}
