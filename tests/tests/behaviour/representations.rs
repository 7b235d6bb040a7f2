//! Media types that are asked for, and versions of one operation.

use crate::clients::representations::operations::{GetReportError, MakeReportCsvResponse};
use crate::clients::{self, all_versions, representations};
use crate::server::{Reply, Server};

async fn server(content_type: &str, body: &[u8]) -> (Server, representations::Client) {
    let reply = Reply::new(200, &[("Content-Type", content_type)], body);
    let server = Server::always(reply).await;
    let client = clients::of(representations::Client::builder(), &server);
    (server, client)
}

#[tokio::test]
async fn each_way_asks_for_its_own() {
    let (server, client) = server("application/json", br#"{"id":"7","lines":["a"]}"#).await;
    let usual = client.get_report("7").send().await.unwrap();
    assert_eq!(usual.id.as_deref(), Some("7"));
    let full = client.get_report("7").send_api_full().await.unwrap();
    assert_eq!(full.lines, Some(vec!["a".to_owned()]));
    let accepted: Vec<_> =
        server.seen().iter().map(|seen| seen.header("accept").unwrap().to_owned()).collect();
    assert_eq!(accepted, ["application/json", "application/vnd.api.full+json"]);
}

#[tokio::test]
async fn text_and_bytes() {
    let (server, client) = server("text/csv", b"a,b\n").await;
    assert_eq!(client.get_report("7").send_csv().await.unwrap(), "a,b\n");
    assert_eq!(server.only().header("accept"), Some("application/vnd.api.2023-01-01+csv"));
    let (server, client) = self::server("application/gzip", &[0x1f, 0x8b, 0xff]).await;
    let answer = client.get_report("7").send_gzip_with_metadata().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.body()[..]), (200, &[0x1f, 0x8b, 0xff][..]));
    assert_eq!(server.only().header("accept"), Some("application/x-gzip"));
}

#[tokio::test]
async fn an_answer_as_it_arrives() {
    // The rest of the body never comes: only what is there can be read.
    let head = "HTTP/1.1 200 X\r\nContent-Length: 1000000000000\r\n\r\n";
    let reply = Reply::raw([head.as_bytes(), &[0x1f, 0x8b]].concat()).then_stall();
    let server = Server::always(reply).await;
    let client: representations::Client = clients::of(representations::Client::builder(), &server);
    let answer = client.get_report("7").send_gzip_stream().await.unwrap();
    assert_eq!(answer.headers()["content-length"], "1000000000000");
    let mut body = answer.into_inner();
    let mut first = Vec::new();
    while first.len() < 2 {
        first.extend_from_slice(&body.chunk().await.unwrap().unwrap());
    }
    assert_eq!(first, [0x1f, 0x8b]);
}

#[tokio::test]
async fn a_stream_that_breaks_off() {
    let reply = Reply::raw("HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nabc").then_close();
    let server = Server::always(reply).await;
    let client: representations::Client = clients::of(representations::Client::builder(), &server);
    let mut body = client.get_report("7").send_csv_stream().await.unwrap().into_inner();
    let end = loop {
        match body.chunk().await {
            Ok(Some(chunk)) => assert!(b"abc".starts_with(&chunk[..])),
            end => break end,
        }
    };
    assert!(end.is_err());
}

#[tokio::test]
async fn errors_are_the_same_whatever_is_asked_for() {
    let body = r#"{"detail":"none"}"#;
    let server = Server::always(Reply::new(404, &[], body)).await;
    let client: representations::Client = clients::of(representations::Client::builder(), &server);
    let csv = client.get_report("7").send_csv().await.unwrap_err();
    let stream = client.get_report("7").send_csv_stream().await.unwrap_err();
    for error in [csv, stream] {
        let Some(GetReportError::NotFound(problem)) = error.as_service() else { panic!("{error}") };
        assert_eq!(problem.get().unwrap().detail.as_deref(), Some("none"));
        assert_eq!(error.bytes().unwrap(), body);
    }
}

#[tokio::test]
async fn a_success_without_the_media_type_stays_what_it_is() {
    let reply =
        |status, content_type, body| Reply::new(status, &[("Content-Type", content_type)], body);
    let replies = [reply(200, "text/csv", "a,b"), reply(202, "application/json", r#"{"id":"7"}"#)];
    let server = Server::script(replies).await;
    let client: representations::Client = clients::of(representations::Client::builder(), &server);
    let made = client.make_report("7").send_csv().await.unwrap();
    assert!(matches!(made, MakeReportCsvResponse::Ok(text) if text == "a,b"));
    let later = client.make_report("7").send_csv().await.unwrap();
    assert!(matches!(later, MakeReportCsvResponse::Accepted(report) if report.id.is_some()));
    assert_eq!(server.seen()[0].header("accept"), Some("text/csv, application/json"));
}

#[tokio::test]
async fn each_version_speaks_its_own_media_types() {
    let server = Server::always(Reply::new(200, &[], r#"{"id":"7"}"#)).await;
    let client: all_versions::Client = clients::of(all_versions::Client::builder(), &server);
    let cluster = all_versions::types::Cluster::new().with_id("7");
    let new = client.update_cluster_2024_08_05("a", cluster.clone()).send().await.unwrap();
    assert_eq!(new, cluster);
    assert!(client.update_cluster_2023_01_01("a", cluster).send().await.is_err(), "an integer id");
    let types = |name: &str| -> Vec<String> {
        server.seen().iter().map(|seen| seen.header(name).unwrap().to_owned()).collect()
    };
    let (old, new) = ("application/vnd.api.2023-01-01+json", "application/vnd.api.2024-08-05+json");
    assert_eq!(types("accept"), [new, old]);
    assert_eq!(types("content-type"), [old, old]);
}
