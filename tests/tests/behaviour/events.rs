//! Server-sent events whose schema is a choice of whole events.

use specwright_runtime::ErrorKind;

use crate::clients::event_choices::types::{
    ChatResponse, FollowEitherResponse, FollowStyleResponseItem,
};
use crate::clients::{self, event_choices};
use crate::server::{Reply, Server};

async fn client(body: &str) -> (Server, event_choices::Client) {
    let head = "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n\r\n";
    let server = Server::always(Reply::raw(format!("{head}{body}")).then_close()).await;
    let client = clients::of(event_choices::Client::builder(), &server);
    (server, client)
}

/// The stream and the values of OpenAPI 3.2, section 4.14.4.
#[tokio::test]
async fn the_style_of_the_specification() {
    let body = "event: addString\ndata: This data is formatted\ndata: across two lines\nretry: 5\n\n\
                event: addInt64\ndata: 1234.5678\nunknownField: this is ignored\n\n\
                : A comment\n\n\
                event: addJson\ndata: {\"foo\": 42}\n\n\
                event: addMore\ndata: {\"foo\": 42}\n\n";
    let (_server, client) = client(body).await;
    let mut events = client.follow_style().send().await.unwrap();
    let Some(FollowStyleResponseItem::AddString(text)) = events.try_next().await.unwrap() else {
        panic!("no text");
    };
    let data = "This data is formatted\nacross two lines";
    assert_eq!((text.data.as_deref(), text.retry), (Some(data), Some(5)));
    let Some(FollowStyleResponseItem::AddInt64(number)) = events.try_next().await.unwrap() else {
        panic!("no number");
    };
    assert_eq!(number.data.as_deref(), Some("1234.5678"));
    let Some(FollowStyleResponseItem::AddJson(json)) = events.try_next().await.unwrap() else {
        panic!("no JSON");
    };
    assert_eq!(json.data.unwrap().foo, 42);
    let Some(FollowStyleResponseItem::UnknownValue(other)) = events.try_next().await.unwrap()
    else {
        panic!("nothing unknown");
    };
    assert_eq!((&*other.event, other.data.as_deref()), ("addMore", Some("{\"foo\": 42}")));
    assert_eq!(events.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn each_name_has_data_of_its_own() {
    let body = "data: {\"text\":\"Hé\"}\n\nevent: note\nid: 7\ndata: 12\n\n\
                event: ping\ndata:\n\nevent: else\ndata: [1]\n\nevent: else\ndata: [1\n\n\
                event: message\ndata: canary\n\nevent: message\ndata: {\"text\":\"b\"}\n\n";
    let (_server, client) = client(body).await;
    let mut events = client.chat().send().await.unwrap();
    // An event without a name is called `message`.
    let Some(ChatResponse::Message(delta)) = events.try_next().await.unwrap() else {
        panic!("no message");
    };
    assert_eq!((&*delta.event, &*delta.data.text), ("message", "Hé"));
    let Some(ChatResponse::Note(note)) = events.try_next().await.unwrap() else {
        panic!("no note");
    };
    assert_eq!((&*note.data, note.id.as_deref()), ("12", Some("7")));
    assert!(matches!(events.try_next().await.unwrap(), Some(ChatResponse::Ping(_))));
    let data = [serde_json::json!([1]), serde_json::json!("[1")];
    for data in data {
        let Some(ChatResponse::UnknownValue(other)) = events.try_next().await.unwrap() else {
            panic!("nothing unknown");
        };
        assert_eq!(other, serde_json::json!({"event": "else", "data": data}));
    }
    let error = events.try_next().await.unwrap_err();
    assert_eq!((error.kind(), &error.bytes().unwrap()[..]), (ErrorKind::Decode, &b"canary"[..]));
    assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    assert!(matches!(events.try_next().await.unwrap(), Some(ChatResponse::Message(_))));
    assert_eq!(events.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn data_that_is_json_in_some_and_text_in_others() {
    let (_server, client) = client("data: 7\n\ndata: seven\nid: 7\n\n").await;
    let mut events = client.follow_either().send().await.unwrap();
    let first = events.try_next().await.unwrap();
    assert!(matches!(first, Some(FollowEitherResponse::Count(count)) if count.data == 7));
    let second = events.try_next().await.unwrap();
    assert!(matches!(second, Some(FollowEitherResponse::Word(word)) if word.data == "seven"));
}

#[tokio::test]
async fn json_in_a_text() {
    let (_server, client) = client("data: {\"text\":\"a\"}\n\n").await;
    let mut events = client.follow_content().send().await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().data.text, "a");
    // What is an answer of its own as well keeps the text that it is there.
    let mut events = client.follow_shared().send().await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().data, "{\"text\":\"a\"}");
}
