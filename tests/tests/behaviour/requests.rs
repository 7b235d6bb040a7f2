//! Odd paths, bodies of methods that seldom have one, servers with variables.

use crate::clients::requests::operations::ChangeThingsBody;
use crate::clients::requests::types::{
    ChangeThingsRequestMergePatch, Range色, SearchThingsRequest, Thing,
};
use crate::clients::{of, requests};
use crate::server::{Reply, Server};

async fn server() -> (Server, requests::Client) {
    let server = Server::always(Reply::raw("HTTP/1.1 204 X\r\n\r\n")).await;
    let client = of(requests::Client::builder(), &server);
    (server, client)
}

#[tokio::test]
async fn paths() {
    let (server, client) = server().await;
    client.pin("a:b/c").send().await.unwrap();
    client.range(-1, 2, Range色::色).send().await.unwrap();
    client.range(1, 2, Range色::香).limit(3).note("a,b&c").send().await.unwrap();
    client.rename_things().send().await.unwrap();
    let seen = server.seen();
    let targets: Vec<&str> = seen.iter().map(|seen| seen.target()).collect();
    assert_eq!(
        targets,
        [
            "/clusters/a%3Ab%2Fc:pin",
            "/ranges/-1-2?kind=all&%E8%89%B2=%E8%89%B2",
            "/ranges/1-2?kind=all&%E8%89%B2=%E9%A6%99&limit=3&note=a%2Cb%26c",
            "/things"
        ]
    );
    // Parameters of these names say nothing, and the document lists no media type.
    assert_eq!((seen[1].header("accept"), seen[1].header("authorization")), (Some("*/*"), None));
}

#[tokio::test]
async fn bodies_of_methods_that_seldom_have_one() {
    let (server, client) = server().await;
    client.search_things().body(SearchThingsRequest::new().with_q("x")).send().await.unwrap();
    client.drop_things().body(vec!["a".to_owned()]).send().await.unwrap();
    client.ask_things().body("7").send().await.unwrap();
    client.drop_things().send().await.unwrap();
    let sent: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| {
            let method = seen.line.split(' ').next().unwrap().to_owned();
            (method, seen.header("content-type").map(str::to_owned), seen.text().to_owned())
        })
        .collect();
    let json = || Some("application/json".to_owned());
    let text = Some("text/plain".to_owned());
    assert_eq!(sent[0], ("GET".to_owned(), json(), r#"{"q":"x"}"#.to_owned()));
    assert_eq!(sent[1], ("DELETE".to_owned(), json(), r#"["a"]"#.to_owned()));
    assert_eq!(sent[2], ("OPTIONS".to_owned(), text, "7".to_owned()));
    assert_eq!(sent[3], ("DELETE".to_owned(), None, String::new()));
}

#[tokio::test]
async fn one_of_two_kinds_of_json() {
    let (server, client) = server().await;
    let whole = ChangeThingsBody::Json(Thing::new().with_name("a"));
    client.change_things(whole).send().await.unwrap();
    let mut patch = ChangeThingsRequestMergePatch::new();
    patch.name = specwright_runtime::Nullable::Null;
    client.change_things(ChangeThingsBody::MergePatch(patch)).send().await.unwrap();
    let [whole, patch] = &server.seen()[..] else { panic!("two calls") };
    assert_eq!(whole.header("content-type"), Some("application/json"));
    assert_eq!(whole.text(), r#"{"name":"a"}"#);
    assert_eq!(patch.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(patch.text(), r#"{"name":null}"#);
}

#[test]
fn servers_with_variables() {
    let base = |builder: specwright_runtime::ClientBuilder<requests::Client>| {
        builder.build().map(|client| format!("{client:?}"))
    };
    let usual = base(requests::Client::builder()).unwrap();
    assert!(usual.contains("https://eu.example.com"), "{usual}");
    let us = base(requests::Client::builder().server_variable("region", "us")).unwrap();
    assert!(us.contains("https://us.example.com"), "{us}");
    assert!(base(requests::Client::builder().server_variable("zone", "us")).is_err());
}
