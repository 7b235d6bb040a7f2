//! Where calls go: the servers of document, path and operation, and URLs that only callers know.

use specwright_runtime::{CallOptions, ClientBuilder};

use crate::clients::servers;
use crate::server::{Reply, Server};

async fn server() -> Server {
    Server::always(Reply::raw("HTTP/1.1 204 X\r\n\r\n")).await
}

/// A client whose base URL comes from the variables of the document's server.
fn by_variables(server: &Server) -> ClientBuilder<servers::Client> {
    let (host, port) = server.url.trim_start_matches("http://").rsplit_once(':').unwrap();
    servers::Client::builder()
        .server_variable("scheme", "http")
        .server_variable("host", host)
        .server_variable("port", port)
        .server_variable("tenant", "acme")
}

fn targets(server: &Server) -> Vec<String> {
    server.seen().iter().map(|seen| seen.target().to_owned()).collect()
}

#[test]
fn a_variable_without_a_default_is_demanded() {
    let error = servers::Client::builder().build().unwrap_err();
    assert!(error.to_string().contains("\"tenant\""), "{error}");
    assert!(servers::Client::builder().server_variable("tenant", "acme").build().is_ok());
    assert!(servers::Client::builder().base_url("https://a.example").build().is_ok());
}

#[tokio::test]
async fn scheme_host_port_and_path_may_be_variables() {
    let server = server().await;
    by_variables(&server).build().unwrap().plain().send().await.unwrap();
    assert_eq!(targets(&server), ["/acme/plain"]);
}

#[tokio::test]
async fn operations_with_servers_of_their_own_go_there() {
    let server = server().await;
    let here = |prefix: &str| format!("{}/{prefix}", server.url);
    let client = by_variables(&server)
        .server("https://{region}.example.com/files", here("files"))
        .server("https://{agent-url}/{zone}", here("agent"))
        .server("example.com", here("nobody"))
        .server("/elsewhere", here("elsewhere"))
        .build()
        .unwrap();
    client.of_path().send().await.unwrap();
    client.of_operation().send().await.unwrap();
    client.of_nobody().send().await.unwrap();
    client.relative().send().await.unwrap();
    assert_eq!(
        targets(&server),
        ["/files/of-path", "/agent/of-path", "/nobody/of-path", "/elsewhere/of-path"]
    );
}

#[tokio::test]
async fn a_server_that_nobody_knows_is_asked_for_at_the_call() {
    let server = server().await;
    let client = by_variables(&server).build().unwrap();
    let unknown = client.of_operation().send().await.unwrap_err();
    assert!(unknown.to_string().contains("https://{agent-url}/{zone}"), "{unknown}");
    let relative = client.relative().send().await.unwrap_err();
    assert!(relative.to_string().contains("/elsewhere"), "{relative}");
    let secret = client.of_nobody().send().await.unwrap_err();
    assert!(secret.to_string().contains("\"example.com\""), "{secret}");
    assert!(targets(&server).is_empty());
}

#[tokio::test]
async fn a_url_that_only_the_caller_knows() {
    let server = server().await;
    let client = by_variables(&server).build().unwrap();
    let unknown = client.upload().body("x").send().await.unwrap_err();
    assert!(unknown.to_string().contains("CallOptions::url"), "{unknown}");
    let to = |url: String| client.with_options(CallOptions::new().url(url));
    let signed = to(format!("{}/a%20b/?sig=c%2Fd&part=1", server.url));
    signed.upload().part(2).body("x").send().await.unwrap();
    to(format!("{}/short#ignored", server.url)).upload().body("x").send().await.unwrap();
    to(server.url.clone()).upload().body("x").send().await.unwrap();
    assert_eq!(targets(&server), ["/a%20b/?sig=c%2Fd&part=1&part=2", "/short", "/"]);
    for unfit in
        ["/relative", "ftp://127.0.0.1/x", "http://canary:b@127.0.0.1/x", "http://a.example"]
    {
        let error = to(unfit.to_owned()).upload().body("x").send().await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
    let misled = to(server.url.clone()).plain().send().await.unwrap_err();
    assert!(misled.to_string().contains("CallOptions::url"), "{misled}");
    assert_eq!(targets(&server).len(), 3);
}
