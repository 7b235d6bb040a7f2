//! Choices without a discriminator: made of their parts, and read by what their alternatives share.

use crate::clients::of;
use crate::clients::unions::Client;
use crate::clients::unions::types::{Filter, Found, FoundSignal, FoundSwitch, Range};
use crate::server::{Reply, Server};

const FOUND: &str = r#"{
    "shape": {"kind": "circle", "radius": 1},
    "either": {"name": "a"},
    "level": "low",
    "signal": {"about": "fire", "at": "2026-01-02T03:04:05Z"},
    "switch": {"on": false}
}"#;

async fn search(filter: impl Into<Filter>) -> (String, Found) {
    let json = [("Content-Type", "application/json")];
    let server = Server::always(Reply::new(200, &json, FOUND)).await;
    let client: Client = of(Client::builder(), &server);
    let found = client.search(filter.into()).send().await.unwrap();
    (server.only().text().to_owned(), found)
}

#[tokio::test]
async fn a_part_is_sent_as_the_choice() {
    assert_eq!(search("a name").await.0, r#""a name""#);
    assert_eq!(search(7).await.0, "7");
    assert_eq!(search(vec!["a".to_owned()]).await.0, r#"["a"]"#);
    assert_eq!(search(Range::new(1.5)).await.0, r#"{"least":1.5}"#);
}

#[tokio::test]
async fn what_alternatives_share_is_read_without_a_match() {
    let (_, found) = search("").await;
    let at = found.signal.as_ref().and_then(FoundSignal::at);
    assert_eq!(at.map(|at| at.to_string()).as_deref(), Some("2026-01-02T03:04:05Z"));
    assert_eq!(found.switch.as_ref().and_then(FoundSwitch::on), Some(false));
    let unknown = FoundSwitch::UnknownValue(specwright_runtime::serde_json::Value::Null);
    assert_eq!(unknown.on(), None);
}
