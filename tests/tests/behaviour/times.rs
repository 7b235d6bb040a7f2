//! Times of other crates in place of `jiff`: on the wire they are what they were, and what was received
//! is written again as it came, with `both-directions`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::clients::{by_chrono, by_time, of};
use crate::server::{Reply, Server};

/// The crate `time` writes RFC 3339 where a field says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Moment(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

const SHIFTS: &str = r#"[{"begins":"2026-01-02T03:04:05Z","day":"2026-01-02"}]"#;
const TARGET: &str = "/shifts?since=2026-01-02T03%3A04%3A05Z&day=2026-01-02";

async fn server() -> Server {
    Server::always(Reply::new(200, &[("Content-Type", "application/json")], SHIFTS)).await
}

#[tokio::test]
async fn chrono() {
    let server = server().await;
    let client = of(by_chrono::Client::builder(), &server);
    let since: DateTime<Utc> = "2026-01-02T03:04:05Z".parse().unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap();
    let shifts = client.list_shifts().since(since).day(day).send().await.unwrap();
    assert_eq!(server.only().target(), TARGET);
    assert_eq!(shifts, [by_chrono::types::Shift::new(since, day)]);
    let json = specwright_runtime::serde_json::to_string(&shifts).unwrap();
    assert_eq!(json, SHIFTS);
}

#[tokio::test]
async fn time() {
    let server = server().await;
    let client = of(by_time::Client::builder(), &server);
    let since = Moment(OffsetDateTime::from_unix_timestamp(1_767_323_045).unwrap());
    let day = time::Date::from_ordinal_date(2026, 2).unwrap();
    let shifts = client.list_shifts().since(since.clone()).day(day).send().await.unwrap();
    assert_eq!(server.only().target(), TARGET);
    assert_eq!(shifts, [by_time::types::Shift::new(since, day)]);
    let json = specwright_runtime::serde_json::to_string(&shifts).unwrap();
    assert_eq!(json, SHIFTS);
}
