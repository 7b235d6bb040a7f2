//! Answers with a success status: read leniently where servers grow, refused where they are not
//! the snapshot they claim to be.

use atlas_snapshots::types::{
    CloudProvider, ClusterType, Link, Snapshot, SnapshotConfigServerType, SnapshotFrequencyType,
    SnapshotMember, SnapshotStatus, SnapshotType,
};
use specwright_runtime::ErrorKind;

use crate::fixtures::{
    CallError, MEDIA_TYPE, SNAPSHOT, api_error, call, client, ends, fails, ok, snapshot,
};
use crate::server::{Reply, Server};

const WHOLE: &str = r#"{
    "createdAt": "2024-01-11T18:00:00Z", "description": "d", "expiresAt": "2024-01-18T18:00:00.5Z",
    "frequencyType": "hourly", "id": "65a0", "links": [{"href": "https://a", "rel": "self"}, {}],
    "masterKeyUUID": "72659f08-8b3c-4913-bb4e-a8a68e036502", "mongodVersion": "8.0.4",
    "policyItems": ["p"], "snapshotType": "onDemand", "status": "inProgress",
    "storageSizeBytes": 9223372036854775807, "type": "shardedCluster", "cloudProvider": "AZURE",
    "copyRegions": [], "replicaSetName": "rs", "configServerType": "EMBEDDED",
    "members": [{"cloudProvider": "GCP", "id": "m", "replicaSetName": "shard"}],
    "snapshotIds": ["1", "2"]
}"#;

#[tokio::test]
async fn every_field() {
    let expected = Snapshot::new()
        .with_created_at("2024-01-11T18:00:00Z".parse().unwrap())
        .with_description("d")
        .with_expires_at("2024-01-18T18:00:00.5Z".parse().unwrap())
        .with_frequency_type(SnapshotFrequencyType::Hourly)
        .with_id("65a0")
        .with_links(vec![Link::new().with_href("https://a").with_rel("self"), Link::new()])
        .with_master_key_uuid("72659f08-8b3c-4913-bb4e-a8a68e036502".parse().unwrap())
        .with_mongod_version("8.0.4")
        .with_policy_items(vec!["p".to_owned()])
        .with_snapshot_type(SnapshotType::OnDemand)
        .with_status(SnapshotStatus::InProgress)
        .with_storage_size_bytes(i64::MAX)
        .with_type(ClusterType::ShardedCluster)
        .with_cloud_provider(CloudProvider::Azure)
        .with_copy_regions(Vec::new())
        .with_replica_set_name("rs")
        .with_config_server_type(SnapshotConfigServerType::Embedded)
        .with_members(vec![SnapshotMember::new(CloudProvider::Gcp, "m", "shard")])
        .with_snapshot_ids(vec!["1".to_owned(), "2".to_owned()]);
    assert_eq!(ends(ok(WHOLE)).await.unwrap(), expected);
}

#[tokio::test]
async fn what_a_newer_server_adds_does_no_harm() {
    for (body, expected) in [
        (r#"{"id":"1","isNew":{"status":[1,{"id":2}]},"Id":"3"}"#, Snapshot::new().with_id("1")),
        (
            r#"{"links":[{"rel":"self","title":"t"}]}"#,
            Snapshot::new().with_links(vec![Link::new().with_rel("self")]),
        ),
        (
            r#"{"status":"paused","members":[{"cloudProvider":"Gcp","id":"","replicaSetName":""}]}"#,
            Snapshot::new()
                .with_status(SnapshotStatus::UnknownValue("paused".to_owned()))
                .with_members(vec![SnapshotMember::new(
                    CloudProvider::UnknownValue("Gcp".to_owned()),
                    "",
                    "",
                )]),
        ),
        (r#"{"id":null,"status":null,"members":null,"createdAt":null}"#, Snapshot::new()),
    ] {
        assert_eq!(ends(ok(body)).await.unwrap(), expected, "{body}");
    }
}

#[tokio::test]
async fn media_types_are_matched_by_their_meaning() {
    let charset = format!("{MEDIA_TYPE}; charset=utf-8");
    let newer = "application/vnd.atlas.2025-03-12+json;charset=UTF-8";
    for content_type in [MEDIA_TYPE, &charset, newer, "Application/JSON", "application/json; q=1"] {
        let reply = Reply::new(200, &[("Content-Type", content_type)], SNAPSHOT);
        assert_eq!(ends(reply).await.unwrap().id.as_deref(), Some("65a0"), "{content_type}");
    }
    assert!(ends(Reply::new(200, &[], SNAPSHOT)).await.is_ok(), "a server that does not say");

    for content_type in ["text/html", "text/plain", "application/xml", "application/jsonx"] {
        let error = fails(Reply::new(200, &[("Content-Type", content_type)], SNAPSHOT)).await;
        refused(&error, ErrorKind::MediaType, SNAPSHOT);
        assert!(error.to_string().contains(content_type), "{error}");
    }
}

/// A 200 that is not what the document promises, kept whole.
fn refused(error: &CallError, kind: ErrorKind, body: &str) {
    assert_eq!(error.kind(), kind, "{body}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.bytes().unwrap(), body.as_bytes());
    assert!(error.as_service().is_none() && error.may_have_reached_server());
}

#[tokio::test]
async fn a_200_that_is_no_snapshot() {
    let an_error = api_error(404, "CLUSTER_NOT_FOUND");
    for body in [
        &*an_error,
        "{}",
        " { } ",
        r#"{"unknown":1}"#,
        r#"{"status":200,"content":{"id":"1"}}"#,
        "[]",
        r#"["2024-01-11T18:00:00Z","d"]"#,
        r#"[{"id":"1"}]"#,
        "null",
        "7",
        r#""queued""#,
        "<html></html>",
        r#"{"id":"1""#,
        r#"{"id":"1"} x"#,
        r#"{"id":"1","id":"2"}"#,
        r#"{"id":1}"#,
        r#"{"id":"1","storageSizeBytes":9223372036854775808}"#,
        r#"{"createdAt":"yesterday"}"#,
        r#"{"members":[{"cloudProvider":"AWS","id":"1"}]}"#,
        r#"{"members":[{"cloudProvider":"AWS","id":"1","replicaSetName":null}]}"#,
    ] {
        refused(&fails(ok(body)).await, ErrorKind::Decode, body);
    }
    refused(&fails(ok("")).await, ErrorKind::EmptyBody, "");
}

#[tokio::test]
async fn another_success_status_is_not_the_documented_one() {
    for status in [201, 202, 203, 206, 207] {
        let reply = Reply::new(status, &[("Content-Type", MEDIA_TYPE)], SNAPSHOT);
        let error = fails(reply).await;

        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus, "{status}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.bytes().unwrap(), SNAPSHOT.as_bytes());
        assert!(error.as_service().is_none() && error.may_have_reached_server());
    }
    let error = fails(Reply::raw("HTTP/1.1 204 No Content\r\n\r\n")).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
}

#[tokio::test]
async fn metadata() {
    let reply = Reply::new(
        200,
        &[("RateLimit-Limit", "100"), ("RateLimit-Remaining", "99"), ("Content-Type", MEDIA_TYPE)],
        SNAPSHOT,
    );
    let server = Server::script([reply, snapshot()]).await;
    let client = client(&server);
    let first = call(&client).send_with_metadata().await.unwrap();
    let second = call(&client).send_with_metadata().await.unwrap();

    assert_eq!(first.status().as_u16(), 200);
    assert_eq!(first.headers()["content-type"], MEDIA_TYPE);
    let limit = first.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(100), Some(99)));
    assert_eq!(second.rate_limit(), None);
    assert_eq!(first.into_inner(), second.into_inner());
}
