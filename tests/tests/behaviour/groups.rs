//! A client whose operations are grouped by tag: the group makes the call that the client would.

use crate::clients::group_by_tag::Client;
use crate::clients::group_by_tag::groups::{Pets, VetVisits};
use crate::clients::group_by_tag::types::Pet;
use crate::clients::of;
use crate::server::{Reply, Server};

/// Whoever keeps groups needs no client.
struct Kept {
    pets: Pets,
    visits: VetVisits,
}

#[tokio::test]
async fn a_group_makes_its_own_calls() {
    let server = Server::always(Reply::new(204, &[], "")).await;
    let client: Client = of(Client::builder(), &server);
    let kept = Kept { pets: client.pets(), visits: client.vet_visits() };
    client.ping().send().await.unwrap();
    drop(client);
    let Kept { pets, visits } = kept;
    // Two groups have a method of one name.
    pets.list().send().await.unwrap();
    visits.list().send().await.unwrap();
    let call = pets.clone().create_pet().body(Pet::new().with_name("Rex"));
    tokio::spawn(call.send()).await.unwrap().unwrap();
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(
        lines,
        ["GET /ping HTTP/1.1", "GET /pets HTTP/1.1", "GET /visits HTTP/1.1", "POST /pets HTTP/1.1"]
    );
}
