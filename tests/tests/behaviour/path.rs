//! Path parameters: a value arrives as the one segment it is, or nothing is sent.

use atlas_snapshots::types::TakeSnapshotRequest;
use specwright_runtime::ErrorKind;

use crate::fixtures::{GROUP, client, snapshot};
use crate::server::Server;

/// The text a server finds in a segment.
fn decoded(segment: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), segment.as_bytes());
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).unwrap();
                out.push(u8::from_str_radix(digits, 16).unwrap());
                rest = after;
            }
            _ => out.push(*first),
        }
    }
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn a_value_is_one_segment() {
    let server = Server::always(snapshot()).await;
    let client = client(&server);
    for (value, on_the_wire) in [
        ("Cluster0", "Cluster0"),
        ("a/b", "a%2Fb"),
        ("../..", "..%2F.."),
        ("/", "%2F"),
        ("ü", "%C3%BC"),
        ("%2e%2e", "%252e%252e"),
        ("%", "%25"),
        ("...", "..."),
        (".a", ".a"),
        ("a b", "a%20b"),
        ("a\\b", "a%5Cb"),
        ("?x=1#y", "%3Fx%3D1%23y"),
        ("a;b&c+d", "a%3Bb%26c%2Bd"),
        ("{clusterName}", "%7BclusterName%7D"),
        ("a:b@c", "a%3Ab@c"),
        ("\u{1F980}", "%F0%9F%A6%80"),
    ] {
        let body = TakeSnapshotRequest::new();
        client.take_snapshot(value, value, body).send().await.unwrap();

        let seen = server.seen().pop().unwrap();
        let expected =
            format!("/api/atlas/v2/groups/{on_the_wire}/clusters/{on_the_wire}/backup/snapshots");
        assert_eq!(seen.target(), expected);
        let segments: Vec<String> = seen.target().split('/').map(decoded).collect();
        let whole = ["", "api", "atlas", "v2", "groups", value, "clusters", value, "backup"];
        assert_eq!(segments[..9], whole);
        assert_eq!(segments[9..], ["snapshots"]);
    }
}

#[tokio::test]
async fn a_value_that_cannot_be_a_segment_is_refused_before_anything_is_sent() {
    let server = Server::always(snapshot()).await;
    let client = client(&server);
    for value in
        ["", ".", "..", "\0", "a\nb", "\r\nHost: x", "\t", "a\u{1b}", "\u{7f}", "\u{85}", "\u{9f}"]
    {
        for (group, cluster, name) in [(value, "C0", "groupId"), (GROUP, value, "clusterName")] {
            let body = TakeSnapshotRequest::new();
            let error = client.take_snapshot(group, cluster, body).send().await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Build, "{value:?}");
            assert!(!error.may_have_reached_server());
            assert!(!error.is_connect() && !error.is_timeout());
            assert!(error.as_service().is_none() && error.status().is_none());
            assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
            assert!(server.seen().is_empty(), "{value:?}: {:#?}", server.seen());
        }
    }
}
