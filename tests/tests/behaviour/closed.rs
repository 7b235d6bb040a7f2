//! Enums that the configuration closes: what they are sent as, and what they refuse.

use crate::clients::closed_enums::Client;
use crate::clients::closed_enums::types::{Alarm, AlarmSound, AlarmState, Level, Minutes, Region};
use crate::clients::of;
use crate::server::{Reply, Server};

async fn listed(alarm: &str) -> Result<Vec<Alarm>, String> {
    let json = [("Content-Type", "application/json")];
    let server = Server::always(Reply::new(200, &json, format!("[{alarm}]"))).await;
    let client: Client = of(Client::builder(), &server);
    let call = client.list_alarms().level(Level::High).every([Minutes::N15, Minutes::N60]);
    let result = call.send().await.map_err(|error| error.to_string());
    assert_eq!(server.only().target(), "/alarms?level=high&every=15&every=60");
    result
}

#[tokio::test]
async fn what_is_listed_is_read() {
    let alarm = r#"{"level":"low","every":30,"state":"silent","sound":"bell","region":"west"}"#;
    let expected = Alarm::new(Level::Low, AlarmState::Silent)
        .with_every(Minutes::N30)
        .with_sound(AlarmSound::Bell)
        .with_region(Region::from("west"));
    assert_eq!(listed(alarm).await, Ok(vec![expected]));
}

#[tokio::test]
async fn what_is_not_listed_is_an_error() {
    for (alarm, expected) in [
        (
            r#"{"level":"secret","state":"silent"}"#,
            "[0].level: expected `low` or `high`, found another",
        ),
        (r#"{"level":"low","every":31,"state":"silent"}"#, "[0].every: expected"),
    ] {
        let error = listed(alarm).await.unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}
