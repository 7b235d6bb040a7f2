//! Parameters that callers are not asked for: never sent, or always with the same value.

use crate::clients::left_out::types::ListThingsKind;
use crate::clients::left_out::{self, Client};
use crate::clients::of;
use crate::server::{Reply, Server};

#[tokio::test]
async fn what_is_fixed_is_sent_and_what_is_dropped_is_not() {
    let reply = Reply::new(200, &[("Content-Type", "application/json")], "[]");
    let server = Server::always(reply).await;
    let client: Client = of(left_out::Client::builder(), &server);
    client.list_things(ListThingsKind::Small).send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.target(), "/things/v2?limit=50&all=true&where=a/b&kind=small");
    let headers: Vec<String> =
        seen.headers.iter().map(|line| line.to_ascii_lowercase().replace(' ', "")).collect();
    assert!(headers.contains(&"x-api-version:2024-08-05".to_owned()), "{headers:?}");
    assert!(headers.contains(&"cookie:site=lab".to_owned()), "{headers:?}");
}

#[tokio::test]
async fn a_reference_that_is_dropped_is_so_in_its_place_alone() {
    let server = Server::always(Reply::new(204, &[], "")).await;
    let client: Client = of(left_out::Client::builder(), &server);
    client.delete_things().trace("t1").send().await.unwrap();
    assert_eq!(server.only().target(), "/things/v2?trace=t1");
}
