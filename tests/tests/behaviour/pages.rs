//! Answers in pages over real HTTP: what is asked for next in each style, and what ends it.

use atlas_snapshots::Error;
use atlas_snapshots::operations::ListSnapshotsError;
use atlas_snapshots::types::Snapshot;
use futures_util::{StreamExt, TryStreamExt};
use specwright_runtime::{ErrorKind, RetryPolicy};

use crate::clients::{of, pagination};
use crate::fixtures::{GROUP, MEDIA_TYPE, PATH, client, ok, open, refusal};
use crate::server::{Reply, Server};

fn json(body: &str) -> Reply {
    Reply::new(200, &[("Content-Type", "application/json")], body)
}

/// A page of Atlas, with a link to the next one or without.
fn page(ids: &[&str], has_next: bool) -> Reply {
    let results: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    let next = r#",{"rel":"next","href":"https://cloud.mongodb.com/elsewhere?pageNum=9"}"#;
    let next = if has_next { next } else { "" };
    ok(format!(
        r#"{{"links":[{{"rel":"self","href":"x"}}{next}],"results":[{}],"totalCount":99}}"#,
        results.join(",")
    ))
}

fn targets(server: &Server) -> Vec<String> {
    server.seen().iter().map(|seen| seen.target().to_owned()).collect()
}

fn ids(snapshots: &[Snapshot]) -> Vec<&str> {
    snapshots.iter().filter_map(|snapshot| snapshot.id.as_deref()).collect()
}

#[tokio::test]
async fn snapshots_of_all_pages() {
    let server =
        Server::script([page(&["a", "b"], true), page(&[], true), page(&["c"], false)]).await;
    let call = client(&server).list_snapshots(GROUP, "Cluster0").items_per_page(2);
    let snapshots = call.items().try_collect().await.unwrap();
    assert_eq!(ids(&snapshots), ["a", "b", "c"]);
    let expected = ["", "&pageNum=2", "&pageNum=3"];
    assert_eq!(targets(&server), expected.map(|more| format!("{PATH}?itemsPerPage=2{more}")));
    assert!(server.seen().iter().all(|seen| seen.header("accept") == Some(MEDIA_TYPE)));
}

#[tokio::test]
async fn the_pages_themselves_from_where_the_caller_wants() {
    let server = Server::script([page(&["a"], true), page(&["b"], false)]).await;
    let mut pages = client(&server).list_snapshots(GROUP, "Cluster0").page_num(7).pages();
    assert!(server.seen().is_empty());
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!((first.total_count, ids(&first.results)), (Some(99), vec!["a"]));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(ids(&pages.try_next().await.unwrap().unwrap().results), ["b"]);
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(targets(&server), [7, 8].map(|page| format!("{PATH}?pageNum={page}")));
}

#[tokio::test]
async fn an_error_in_the_middle_is_typed_and_the_last_item() {
    let server = Server::script([page(&["a"], true), refusal(404, "CLUSTER_NOT_FOUND")]).await;
    let mut items = client(&server).list_snapshots(GROUP, "Cluster0").items();
    assert_eq!(items.try_next().await.unwrap().unwrap().id.as_deref(), Some("a"));
    let error = items.try_next().await.unwrap_err();
    assert!(matches!(error.as_service(), Some(ListSnapshotsError::NotFound(_))));
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(server.seen().len(), 2);
    // `?` makes the client's own error of it.
    assert_eq!(Error::from(error).code(), Some("CLUSTER_NOT_FOUND"));
}

#[tokio::test]
async fn each_page_is_tried_again_as_any_call() {
    let busy = || Reply::new(503, &[("Retry-After", "0")], "");
    let server = Server::script([page(&["a"], true), busy(), page(&["b"], false)]).await;
    let policy = RetryPolicy::new().backoff(std::time::Duration::ZERO, std::time::Duration::ZERO);
    let client = open(&server).retry(policy).build().unwrap();
    let snapshots = client.list_snapshots(GROUP, "Cluster0").items().try_collect().await.unwrap();
    assert_eq!((ids(&snapshots), server.seen().len()), (vec!["a", "b"], 3));
}

#[tokio::test]
async fn dropping_it_in_the_middle_ends_it() {
    let server = Server::always(page(&["a", "b"], true)).await;
    let items = client(&server).list_snapshots(GROUP, "Cluster0").items();
    let some: Vec<Snapshot> = items.take(3).try_collect().await.unwrap();
    assert_eq!((ids(&some), server.seen().len()), (vec!["a", "b", "a"], 2));
}

#[tokio::test]
async fn pages_that_count_items() {
    let page = |names: &str, more: bool| {
        json(&format!(r#"{{"data":{{"list":[{names}]}},"meta":{{"hasMore":{more}}}}}"#))
    };
    let server = Server::script([page(r#""a","b""#, true), page(r#""c""#, false)]).await;
    let client = of(pagination::Client::builder(), &server);
    let authors = client.list_authors().items().try_collect().await.unwrap();
    assert_eq!(authors, ["a", "b", "c"]);
    assert_eq!(targets(&server), ["/authors", "/authors?skip=2"]);

    // An empty answer is one page without items.
    let server = Server::always(json(r#"{"data":{"list":null}}"#)).await;
    let client = of(pagination::Client::builder(), &server);
    assert!(client.list_authors().items().try_collect().await.unwrap().is_empty());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn pages_until_one_is_empty() {
    let page = |names: &str| json(&format!(r#"{{"drafts":[{names}]}}"#));
    let server = Server::script([page(r#""a""#), page(r#""b""#), page("")]).await;
    let client = of(pagination::Client::builder(), &server);
    assert_eq!(client.list_drafts().items().try_collect().await.unwrap(), ["a", "b"]);
    assert_eq!(targets(&server), ["/drafts", "/drafts?page=1", "/drafts?page=2"]);
}

#[tokio::test]
async fn cursors() {
    let page = |ids: &[&str], more: bool| {
        let ids: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
        json(&format!(r#"{{"data":[{}],"has_more":{more}}}"#, ids.join(",")))
    };
    let replies = [page(&["a", "b/&"], true), page(&["c"], false)];
    let server = Server::script(replies).await;
    let client = of(pagination::Client::builder(), &server);
    let loans = client.list_loans().items(5).items_stream().try_collect().await.unwrap();
    let ids: Vec<&str> = loans.iter().map(|loan| loan.id.as_str()).collect();
    assert_eq!(ids, ["a", "b/&", "c"]);
    assert_eq!(targets(&server), ["/loans?items=5", "/loans?items=5&after=b%2F%26"]);

    // A server that gives the same page whatever it is asked for.
    let server = Server::always(page(&["a"], true)).await;
    let client = of(pagination::Client::builder(), &server);
    let error = client.list_loans().items_stream().try_collect().await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::NextPage, 2));
}

const READER: &str = "72659f08-8b3c-4913-bb4e-a8a68e036502";

fn readers(next: &str) -> Reply {
    json(&format!(r#"{{"readers":["{READER}"],"next":{next}}}"#))
}

#[tokio::test]
async fn links_in_the_body() {
    let server =
        Server::script([readers(r#""?page=2""#), readers(r#""/readers/3""#), readers("null")])
            .await;
    let client = of(pagination::Client::builder(), &server);
    let readers = client.list_readers().items().try_collect().await.unwrap();
    let expected: Vec<String> = readers.iter().map(ToString::to_string).collect();
    assert_eq!(expected, [READER; 3]);
    assert_eq!(targets(&server), ["/readers", "/readers?page=2", "/readers/3"]);
}

#[tokio::test]
async fn a_foreign_link_gets_no_request() {
    let other = Server::always(readers("null")).await;
    let server = Server::always(readers(&format!(r#""{}/readers""#, other.url))).await;
    let client = of(pagination::Client::builder(), &server);
    let mut pages = client.list_readers().pages();
    assert!(pages.try_next().await.unwrap().is_some());
    let error = pages.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NextPage);
    assert!(!format!("{error} {error:?}").contains(&other.url));
    assert!(other.seen().is_empty());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn links_that_go_round_in_a_circle() {
    let replies = [readers(r#""/readers?page=2""#), readers(r#""/readers""#)];
    let server = Server::script(replies).await;
    let client = of(pagination::Client::builder(), &server);
    let error = client.list_readers().items().try_collect().await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::NextPage, 2));
}

#[tokio::test]
async fn links_in_the_header() {
    let page = |body: &str, link: &str| {
        Reply::new(200, &[("Content-Type", "application/json"), ("Link", link)], body)
    };
    let server = Server::run(move |number, _| match number {
        0 => page("[1,2]", r#"</shelves?page=1>; rel="prev", </shelves?page=2>; rel="next""#),
        _ => page("[3]", r#"</shelves?page=1>; rel="first""#),
    })
    .await;
    let client = of(pagination::Client::builder(), &server);
    assert_eq!(client.list_shelves().items().try_collect().await.unwrap(), [1, 2, 3]);
    assert_eq!(targets(&server), ["/shelves", "/shelves?page=2"]);
}
