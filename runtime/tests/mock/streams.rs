//! Answers of many values.

use std::time::Duration;

use specwright_runtime::ErrorKind;
use specwright_runtime::codegen::v1::Item;
use specwright_runtime::mock::Reply;

use crate::{mocked, snapshot};

#[tokio::test(start_paused = true)]
async fn events() {
    let (mock, client) = mocked();
    let sent = [snapshot("1", "a\nb"), snapshot("2", "")];
    mock.when(client.events(Item::Data)).then_events(sent.clone());
    let mut events = client.events(Item::Data).await.unwrap();
    for one in sent {
        assert_eq!(events.try_next().await.unwrap(), Some(one));
    }
    assert_eq!(events.try_next().await.unwrap(), None);
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn lines_and_records() {
    let (mock, client) = mocked();
    let sent = [snapshot("1", "a\nb"), snapshot("2", "")];
    mock.when(client.lines()).then_values(sent.clone());
    mock.when(client.records()).then_values(sent.clone());
    for mut values in [client.lines().await.unwrap(), client.records().await.unwrap()] {
        for one in sent.clone() {
            assert_eq!(values.try_next().await.unwrap(), Some(one));
        }
        assert_eq!(values.try_next().await.unwrap(), None);
    }
    mock.verify();
}

/// Pieces that come late, and an end that does not come well.
#[tokio::test(start_paused = true)]
async fn streams_that_go_wrong() {
    let (mock, client) = mocked();
    let reply = || Reply::new(200).header("content-type", "application/x-ndjson");
    let line = "{\"id\": \"1\"}\n";
    mock.when(client.lines())
        .then_reply(reply().chunk_after(Duration::from_secs(100), line).broken_off())
        .then_reply(reply().chunk_after(Duration::from_secs(1_000), line));
    let mut values = client.lines().await.unwrap();
    assert_eq!(values.try_next().await.unwrap().unwrap().id.as_deref(), Some("1"));
    assert_eq!(values.try_next().await.unwrap_err().kind(), ErrorKind::Truncated);
    // A silence longer than the limit.
    let mut values = client.lines().await.unwrap();
    assert_eq!(values.try_next().await.unwrap_err().kind(), ErrorKind::Timeout);
    mock.verify();
}
