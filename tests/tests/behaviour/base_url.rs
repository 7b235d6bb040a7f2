//! Which server is called: http stays on this machine, and a path in front of the API's is kept.

use atlas_snapshots::{ApiKey, Client, ServiceAccount};

use crate::fixtures::{PATH, call, grant, snapshot};
use crate::server::Server;

#[test]
fn plain_http_to_another_machine_is_refused_when_the_client_is_built() {
    for url in [
        "http://cloud.mongodb.com",
        "http://10.0.0.1",
        "http://192.168.1.1:8080/x",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "http://[2001:db8::1]",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "HTTP://cloud.mongodb.com",
    ] {
        let error = Client::builder().base_url(url).build().unwrap_err();
        assert!(error.to_string().contains("https"), "{url}: {error}");
        let with_login = Client::builder().base_url(url).credentials(ApiKey::new("a", "b"));
        assert!(with_login.build().is_err(), "{url}");
        assert!(Client::builder().base_url(url).allow_http().build().is_ok(), "{url}");
    }
}

#[test]
fn loopback_and_https_are_fine() {
    for url in [
        "http://127.0.0.1:1",
        "http://127.1.2.3",
        "http://[::1]:8080",
        "http://localhost:8080/prefix",
        "https://10.0.0.1",
        "https://cloud.mongodb.com/",
    ] {
        assert!(Client::builder().base_url(url).build().is_ok(), "{url}");
    }
    assert!(Client::builder().build().is_ok(), "the document's own server");
}

#[test]
fn what_is_no_base_url_is_refused() {
    for url in [
        "",
        "cloud.mongodb.com",
        "/api",
        "ftp://127.0.0.1",
        "http://user:secret@127.0.0.1",
        "https://cloud.mongodb.com/?a=b",
        "https://cloud.mongodb.com/#a",
        "https://cloud.mongodb.com/ x",
    ] {
        let error = Client::builder().base_url(url).build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    }
}

#[tokio::test]
async fn a_path_in_front_of_the_api_is_kept_for_calls_and_tokens() {
    for (prefix, kept) in [
        ("", ""),
        ("/", ""),
        ("/proxy", "/proxy"),
        ("/a/b/", "/a/b"),
        ("/a%20b/\u{fc}", "/a%20b/%C3%BC"),
    ] {
        let server = Server::script([grant("t"), snapshot()]).await;
        let client = Client::builder()
            .base_url(format!("{}{prefix}", server.url))
            .credentials(ServiceAccount::new("id", "secret"))
            .build()
            .unwrap();
        call(&client).pretty(true).send().await.unwrap();

        let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
        let expected = [
            format!("POST {kept}/api/oauth/token HTTP/1.1"),
            format!("POST {kept}{PATH}?pretty=true HTTP/1.1"),
        ];
        assert_eq!(lines, expected);
    }
}
