//! Pages that no document declares, over real HTTP: what was read off an operation turns them.

use specwright_runtime::ErrorKind;

use crate::clients::{inferred_pages, of};
use crate::server::{Reply, Server};

use inferred_pages::Client;
use inferred_pages::types::Item;

fn json(body: &str) -> Reply {
    Reply::new(200, &[("Content-Type", "application/json")], body)
}

/// Pages with these words beside the list, which is called `list`; the ids count up.
async fn server<const N: usize>(list: &str, beside: [&str; N]) -> Server {
    let page = |(number, beside): (usize, &str)| {
        let comma = if beside.is_empty() { "" } else { "," };
        json(&format!(r#"{{"{list}":[{{"id":"{number}"}}]{comma}{beside}}}"#))
    };
    let pages: Vec<Reply> = beside.into_iter().enumerate().map(page).collect();
    Server::run(move |number, _| pages[number].clone()).await
}

fn client(server: &Server) -> Client {
    of(Client::builder(), server)
}

/// Every item came once, and this is what was asked for.
fn check(server: &Server, items: &[Item], expected: &[&str]) {
    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let all: Vec<String> = (0..items.len()).map(|number| number.to_string()).collect();
    assert_eq!(ids, all);
    let targets: Vec<String> = server.seen().iter().map(|seen| seen.target().to_owned()).collect();
    assert_eq!(targets, expected);
}

#[tokio::test]
async fn cursors() {
    let beside =
        [r#""response_metadata":{"next_cursor":"b"}"#, r#""response_metadata":{"next_cursor":""}"#];
    let server = server("data", beside).await;
    let items = client(&server).list_by_cursor().limit(1).items().try_collect().await.unwrap();
    check(&server, &items, &["/by-cursor?limit=1", "/by-cursor?limit=1&cursor=b"]);
}

#[tokio::test]
async fn cursors_that_are_on_the_last_page_too() {
    let beside = [r#""last_id":"x","has_more":true"#, r#""last_id":"y","has_more":false"#];
    let server = server("data", beside).await;
    let items = client(&server).list_by_last_id().items().try_collect().await.unwrap();
    check(&server, &items, &["/by-last-id", "/by-last-id?after=x"]);
}

#[tokio::test]
async fn the_last_item_is_the_cursor() {
    let server = server("data", [r#""has_more":true"#, r#""has_more":false"#]).await;
    let items = client(&server).list_by_last_item().items().try_collect().await.unwrap();
    check(&server, &items, &["/by-last-item", "/by-last-item?starting_after=0"]);
}

#[tokio::test]
async fn numbers_as_long_as_there_is_a_link() {
    let beside =
        [r#""links":[{"rel":"next","href":"https://elsewhere.example"}]"#, r#""links":[]"#];
    let server = server("items", beside).await;
    let items = client(&server).list_by_page().items().try_collect().await.unwrap();
    check(&server, &items, &["/by-page", "/by-page?page=2"]);
}

#[tokio::test]
async fn the_number_that_the_page_says() {
    let beside = [
        r#""meta":{"pagination":{"page":0,"next_page":1}}"#,
        r#""meta":{"pagination":{"page":1,"next_page":null}}"#,
    ];
    let server = server("items", beside).await;
    let items = client(&server).list_by_next_page().items().try_collect().await.unwrap();
    check(&server, &items, &["/by-next-page", "/by-next-page?page=1"]);
}

#[tokio::test]
async fn offsets() {
    let beside = [r#""count":2,"next":"http://elsewhere.example/""#, r#""count":2,"next":null"#];
    let server = server("results", beside).await;
    let items = client(&server).list_by_offset().items().try_collect().await.unwrap();
    check(&server, &items, &["/by-offset", "/by-offset?offset=1"]);
}

#[tokio::test]
async fn links() {
    let beside = [r#""next_page_uri":"/by-link?Page=1&PageToken=x""#, r#""next_page_uri":null"#];
    let server = server("items", beside).await;
    let items = client(&server).list_by_link().items().try_collect().await.unwrap();
    check(&server, &items, &["/by-link", "/by-link?Page=1&PageToken=x"]);
}

#[tokio::test]
async fn links_in_the_header() {
    let server = Server::run(|number, _| {
        let link = if number == 0 { r#"</by-header?page=2>; rel="next""# } else { "" };
        let headers = [("Content-Type", "application/json"), ("Link", link)];
        Reply::new(200, &headers, format!(r#"[{{"id":"{number}"}}]"#))
    })
    .await;
    let items = client(&server).list_by_header().items().try_collect().await.unwrap();
    check(&server, &items, &["/by-header", "/by-header?page=2"]);
}

#[tokio::test]
async fn until_a_page_is_empty() {
    let page = |items: &str| json(&format!(r#"{{"items":[{items}]}}"#));
    let replies = [page(r#"{"id":"0"}"#), page(r#"{"id":"1"}"#), page("")];
    let server = Server::script(replies).await;
    let items = client(&server).list_until_empty().items().try_collect().await.unwrap();
    check(&server, &items, &["/until-empty", "/until-empty?page=2", "/until-empty?page=3"]);
}

/// Some servers take a page behind the last for the last one.
#[tokio::test]
async fn a_page_that_comes_again_is_an_error() {
    let server = Server::always(json(r#"{"items":[{"id":"0"}]}"#)).await;
    let error = client(&server).list_until_empty().items().try_collect().await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::NextPage, 2));
}
