//! Lists with a schema for each place: what is sent, and what is refused.

use crate::clients::tuples::types::{Track, TrackEither, TrackNamedPlace3};
use crate::clients::{of, tuples};
use crate::server::{Reply, Server};

const TRACK: &str = r#"{"start":[1.5,2.0],"stops":[[3.0,4.0]],"named":["a",null,{"a":"b"}],"one":["x"],"either":["a","b","c"]}"#;

fn json(body: &str) -> Reply {
    Reply::new(200, &[("Content-Type", "application/json")], body)
}

#[tokio::test]
async fn tuples_go_both_ways() {
    let server = Server::always(json(TRACK)).await;
    let client: tuples::Client = of(tuples::Client::builder(), &server);
    let place = TrackNamedPlace3::new().with_a("b");
    let track = Track::new((1.5, 2.0), ("a".to_owned(), None, place))
        .with_stops(vec![(3.0, 4.0)])
        .with_one(("x".to_owned(),))
        .with_either(TrackEither::TupleOf3(("a".into(), "b".into(), "c".into())));
    let received = client.add_track(track.clone()).r#box((0.5, 1.0)).send().await.unwrap();
    assert_eq!(received, track);
    let seen = server.only();
    assert_eq!(seen.text(), TRACK);
    assert_eq!(seen.target(), "/tracks?box=0.5&box=1");
}

#[tokio::test]
async fn a_place_too_few_or_too_many_is_named() {
    for (start, words) in [
        ("[1.5]", "start: expected a tuple of size 2, found another number of items"),
        ("[1.5,2,3]", "start"),
        (r#"[1.5,"secret"]"#, "start[1]: expected f64, found a string"),
    ] {
        let body = format!(r#"{{"start":{start},"named":["a",1,{{}}]}}"#);
        let server = Server::always(json(&body)).await;
        let client: tuples::Client = of(tuples::Client::builder(), &server);
        let track = Track::new((1.0, 2.0), ("a".to_owned(), None, TrackNamedPlace3::new()));
        let text = client.add_track(track).send().await.unwrap_err().to_string();
        assert!(text.contains(words) && !text.contains("secret"), "{text}");
    }
}
