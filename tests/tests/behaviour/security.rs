//! Logins of every place at once, optional ones, and those of the caller's own making.

use specwright_runtime::auth::{Credential, HeaderKey};

use crate::clients::security_broken::{Client, First, Second, Third, Token};
use crate::server::{Reply, Seen, Server};

async fn server() -> Server {
    Server::always(Reply::raw("HTTP/1.1 204 X\r\n\r\n")).await
}

fn login(seen: &Seen) -> Option<&str> {
    seen.header("authorization")
}

#[tokio::test]
async fn credentials_of_the_callers_making_serve_a_scheme_nobody_knows() {
    let server = server().await;
    let dsn = || HeaderKey::new("Authorization", "DSN https://key@example.com".to_owned());
    let client = Client::builder()
        .base_url(&server.url)
        .credentials(Credential::for_scheme("odd", dsn()))
        .credentials(Token::new("t"))
        .build()
        .unwrap();
    client.odd().send().await.unwrap();
    client.either().send().await.unwrap();
    client.maybe().send().await.unwrap();
    let refused = client.undeclared().send().await.unwrap_err();
    assert!(refused.to_string().contains("gone"), "{refused}");
    let seen = server.seen();
    let logins: Vec<_> = seen.iter().map(login).collect();
    let dsn = Some("DSN https://key@example.com");
    assert_eq!(logins, [dsn, dsn, Some("Bearer t")]);
}

#[tokio::test]
async fn an_alternative_that_the_client_can_serve_is_taken() {
    let server = server().await;
    let builder = Client::builder().base_url(&server.url);
    let client = builder.credentials(Token::new("t")).build().unwrap();
    client.either().send().await.unwrap();
    let refused = client.odd().send().await.unwrap_err();
    assert!(refused.to_string().contains("odd"), "{refused}");
    let anonymous = Client::builder().base_url(&server.url).build().unwrap();
    anonymous.maybe().send().await.unwrap();
    let refused = anonymous.undeclared().send().await.unwrap_err();
    assert!(refused.to_string().contains("gone"), "{refused}");
    let seen = server.seen();
    let logins: Vec<_> = seen.iter().map(login).collect();
    assert_eq!(logins, [Some("Bearer t"), None]);
}

#[tokio::test]
async fn several_at_once() {
    let server = server().await;
    let client = Client::builder()
        .base_url(&server.url)
        .credentials(Third::new("3"))
        .credentials(Second::new("2 &"))
        .credentials(First::new("1"))
        .credentials(Token::new("t"))
        .build()
        .unwrap();
    client.all().send().await.unwrap();
    let [seen] = &server.seen()[..] else { panic!("one call") };
    assert_eq!(seen.target(), "/all?second%20key=2%20%26");
    assert_eq!(login(seen), Some("Bearer t"));
    assert_eq!((seen.header("x-first"), seen.header("cookie")), (Some("1"), Some("third=3")));
}
