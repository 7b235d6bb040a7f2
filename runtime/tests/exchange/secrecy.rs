//! Canaries through everything that can be printed.

use std::fmt::Debug;

use specwright_runtime::transport::TransportError;

use crate::api::{Client, client};
use crate::mock::{Mock, Reply};

#[track_caller]
fn silent(what: &impl Debug) {
    let text = format!("{what:?} {what:#?}");
    assert!(!text.to_lowercase().contains("canary"), "{text}");
}

#[tokio::test]
async fn clients_and_calls_show_no_values() {
    let builder = Client::builder()
        .transport(Mock::default())
        .header("X-Key", "canary")
        .user_agent("canary/1")
        .base_url("https://user:canary@cloud.example");
    silent(&builder);
    silent(&builder.build().unwrap_err());
    let (client, _) = client([]);
    silent(&client);
    let call = client.take_snapshot("canary", "canary");
    silent(&call);
    let call = call.call.header("X-Key", "canary").query("key", "canary");
    silent(&call);
    silent(&call.send_empty::<specwright_runtime::NoError>());
}

#[tokio::test]
async fn errors_and_answers_show_no_values() {
    for reply in [
        Reply::json(200, r#"{"id":"a"}"#).with("set-cookie", "canary"),
        Reply::json(200, r#"{"id":["canary"]}"#),
        Reply::json(200, r#"{"error":"canary"}"#),
        Reply::json(200, "canary"),
        Reply::json(200, "\"canary\""),
        Reply::json(302, "canary").with("location", "https://canary"),
        Reply::json(404, r#"{"error":"canary"}"#).with("set-cookie", "canary"),
        Reply::json(418, "canary"),
        Reply::Fail(TransportError::exchange("reset")),
    ] {
        let (client, _) = client([reply]);
        match client.take_snapshot("canary", "canary").send_with_metadata().await {
            Ok(response) => silent(&response),
            Err(error) => {
                silent(&error);
                let mut next = Some(&error as &dyn std::error::Error);
                while let Some(error) = next {
                    assert!(!error.to_string().contains("canary"), "{error}");
                    next = error.source();
                }
            }
        }
    }
}
