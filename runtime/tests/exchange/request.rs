//! What goes out.

use specwright_runtime::codegen::v1::{Method, Operation};
use specwright_runtime::{ErrorKind, NoError};

use crate::api::{API, Client, client, open};
use crate::mock::{Mock, Reply};

const OK: &str = r#"{"id":"1"}"#;

static LIST: Operation = Operation::new(Method::GET, "list", "/items/{id}:pin");

#[tokio::test]
async fn a_call_goes_out_exactly_as_the_document_says() {
    let (client, mock) = client([Reply::json(200, OK)]);
    let snapshot = client.take_snapshot("32b6", "a b/c").send().await.unwrap();
    assert_eq!(snapshot.id.as_deref(), Some("1"));
    let seen = mock.only();
    assert_eq!(seen.method, "POST");
    assert_eq!(seen.uri, "https://cloud.example/api/groups/32b6/clusters/a%20b%2Fc/snapshots");
    assert_eq!(seen.header("accept"), Some("application/vnd.atlas.2023-01-01+json"));
    assert_eq!(seen.header("content-type"), Some("application/vnd.atlas.2023-01-01+json"));
    let agent = concat!("atlas-snapshots/0.1.0 specwright-runtime/", env!("CARGO_PKG_VERSION"));
    assert_eq!(seen.header("user-agent"), Some(agent));
    assert_eq!(seen.header("authorization"), None);
    assert_eq!(seen.header("accept-encoding"), None);
    assert_eq!(seen.body.as_deref(), Some(&br#"{"description":"before"}"#[..]));
}

#[tokio::test]
async fn query_parameters_keep_their_order_and_replace_themselves() {
    let (client, mock) = client([Reply::plain(200, "")]);
    let call = client.call(&LIST).path("id", 7);
    let call = call.query("pretty", true).query("q", "a b&c").query("pretty", false);
    let call = call.query_list("tag", ["x", "y,z"], true).query_list("n", [1, 2], false);
    call.query_list("none", Vec::<u8>::new(), true).send_empty::<NoError>().await.unwrap();
    let seen = mock.only();
    let query = "q=a%20b%26c&pretty=false&tag=x&tag=y%2Cz&n=1,2";
    assert_eq!(seen.uri, format!("https://cloud.example/items/7:pin?{query}"));
    assert_eq!((seen.method.as_str(), seen.body), ("GET", None));
    assert!(!seen.headers.contains_key("content-type"));
}

#[tokio::test]
async fn headers_of_the_call_win_over_the_clients() {
    let mock = Mock::new([Reply::plain(200, "")]);
    let builder = open(&mock).user_agent(" my-app/2 ");
    let client = builder.header("X-Team", "one").header("X-Other", "é").build().unwrap();
    let call = client.call(&LIST).path("id", "a").header("X-Team", "two");
    call.header("x-flag", true).send_empty::<NoError>().await.unwrap();
    let seen = mock.only();
    assert_eq!(seen.header("x-team"), Some("two"));
    assert_eq!(seen.header("x-flag"), Some("true"));
    assert_eq!(seen.headers.get("x-other").map(|v| v.as_bytes()), Some("é".as_bytes()));
    assert!(seen.header("user-agent").unwrap().starts_with("my-app/2 atlas-snapshots/"));
}

#[tokio::test]
async fn the_base_path_is_kept() {
    let mock = Mock::new([Reply::plain(200, "")]);
    let builder = open(&mock);
    let client = builder.base_url("http://127.0.0.1:9/gate/way/").build().unwrap();
    client.call(&LIST).path("id", "a").send_empty::<NoError>().await.unwrap();
    assert_eq!(mock.only().uri, "http://127.0.0.1:9/gate/way/items/a:pin");
}

#[tokio::test]
async fn refused_arguments_come_out_of_send_and_nothing_goes_out() {
    let (client, mock) = client([]);
    let call = || client.call(&LIST);
    let good = || call().path("id", "a");
    for (call, reason) in [
        (call(), "path parameter `id` has no value"),
        (call().path("id", ""), "path parameter `id` is empty"),
        (call().path("id", ".."), "path parameter `id` is `.` or `..`"),
        (call().path("id", "canary\n"), "path parameter `id` holds a control character"),
        (good().header("X-A", "canary\r\nX-B: 1"), "header `X-A` holds a control character"),
        (good().header("X A", "canary"), "`X A` is no header name"),
        (good().header("Host", "canary"), "header `host` is the transport's own"),
        (good().envelope(true), "the operation has no envelope"),
        (good().json(&Unwritable), "the body cannot be written as JSON"),
    ] {
        let error = call.send_empty::<NoError>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(!error.may_have_reached_server());
        let text = format!("{error} {error:?}");
        assert!(text.contains(reason) && !text.contains("canary"), "{text}");
    }
    assert!(mock.seen().is_empty());
}

struct Unwritable;

impl serde::Serialize for Unwritable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("canary"))
    }
}

#[test]
fn a_client_needs_a_server_it_may_talk_to() {
    use specwright_runtime::codegen::v1;
    static NOWHERE: v1::Api = v1::Api::new("a", "1").servers(&["/v1"]);
    let build = |builder: specwright_runtime::ClientBuilder<Client>| {
        builder.transport(Mock::default()).build().map(|_| ()).map_err(|e| e.to_string())
    };
    assert!(build(v1::builder(&NOWHERE)).unwrap_err().contains("base_url"));
    assert_eq!(build(v1::builder(&NOWHERE).base_url("https://a.example")), Ok(()));
    let plain = || v1::builder(&API).base_url("http://a.example");
    assert!(build(plain()).unwrap_err().contains("allow_http"));
    assert_eq!(build(plain().allow_http()), Ok(()));
    assert!(build(v1::builder(&API).user_agent("a\r\nb")).is_err());
    assert!(build(v1::builder(&API).header("a b", "c")).is_err());
    assert!(build(v1::builder(&API).header("a", "c\n")).is_err());
}
