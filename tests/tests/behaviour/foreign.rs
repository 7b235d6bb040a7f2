//! Types of the user's own: they travel wherever a value may stand, and are read by their own rules.

use std::collections::BTreeSet;
use std::net::Ipv6Addr;
use std::num::{NonZeroU8, NonZeroU16};

use crate::clients::foreign_types::operations::{GetHostError, headers};
use crate::clients::foreign_types::types::{Host, Route};
use crate::clients::foreign_types::{self, Client};
use crate::clients::of;
use crate::server::{Reply, Server};

const HOST: &str = r#"{"address":"::1","backup":"10.0.0.1","key":[1,2],"labels":["a","b"],"extra":{"x":{"a":"b"}},"ports":{"web":80},"routes":["::2",7],"preferred":443}"#;

fn json(status: u16, body: &str) -> Reply {
    let headers = [("Content-Type", "application/json"), ("X-Served-By", "2001:db8::9")];
    Reply::new(status, &headers, body)
}

fn ip(last: u16) -> Ipv6Addr {
    Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, last)
}

fn host() -> Host {
    let labels = BTreeSet::from(["a".to_owned(), "b".to_owned()]);
    let extra = serde_json::json!({"x": {"a": "b"}}).as_object().unwrap().clone();
    Host::new(ip(1), vec![1, 2], labels)
        .with_backup("10.0.0.1".parse().unwrap())
        .with_extra(extra)
        .with_ports([("web".to_owned(), NonZeroU16::new(80).unwrap())].into())
        .with_routes(vec![Route::Text(ip(2)), Route::Integer(7)])
        .with_preferred(NonZeroU16::new(443).unwrap())
}

#[tokio::test]
async fn parameters_and_answers() {
    let server = Server::always(json(200, HOST)).await;
    let client: Client = of(foreign_types::Client::builder(), &server);
    let call = client
        .get_host(ip(1))
        .ports([1, 2].map(|port| NonZeroU8::new(port).unwrap()))
        .port(NonZeroU16::new(8080).unwrap())
        .x_from(ip(3))
        .seen([ip(4), ip(5)]);
    let answer = call.send_with_metadata().await.unwrap();
    assert_eq!(answer.header(headers::X_SERVED_BY), "2001:db8::9".parse().ok());
    assert_eq!(answer.into_inner(), host());
    let seen = server.only();
    assert_eq!(seen.target(), "/hosts/%3A%3A1?ports=1&ports=2&port=8080");
    let headers: Vec<String> =
        seen.headers.iter().map(|line| line.to_ascii_lowercase().replace(' ', "")).collect();
    assert!(headers.contains(&"x-from:::3".to_owned()), "{headers:?}");
    assert!(headers.contains(&"cookie:seen=::4;seen=::5".to_owned()), "{headers:?}");
}

#[tokio::test]
async fn bodies_and_errors() {
    let server = Server::always(json(200, r#"["b","a","b"]"#)).await;
    let client: Client = of(foreign_types::Client::builder(), &server);
    let labels = client.put_host(ip(1), host()).send().await.unwrap();
    assert_eq!(labels, BTreeSet::from(["a".to_owned(), "b".to_owned()]));
    assert_eq!(server.only().text(), HOST);

    let server = Server::always(json(404, r#"{"why":1}"#)).await;
    let client: Client = of(foreign_types::Client::builder(), &server);
    let error = client.get_host(ip(1)).send().await.unwrap_err();
    let Some(GetHostError::NotFound(body)) = error.as_service() else { panic!("{error}") };
    assert_eq!(body.get().unwrap()["why"], 1);
}

#[tokio::test]
async fn what_the_type_refuses_is_an_error_with_its_place() {
    let body = HOST.replace("\"preferred\":443", "\"preferred\":0,\"z\":1");
    let server = Server::always(json(200, &body)).await;
    let client: Client = of(foreign_types::Client::builder(), &server);
    let error = client.get_host(ip(1)).send().await.unwrap_err().to_string();
    assert!(error.contains("preferred: expected a nonzero u16, found another integer"), "{error}");
}
