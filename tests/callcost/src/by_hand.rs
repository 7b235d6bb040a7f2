//! The same call as it is written without a generator: types with serde's derives, a function that
//! sends and reads with reqwest. It does what it has to and no more; enums lose what they do not know.

use std::error::Error;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use specwright_runtime::jiff::Timestamp;
use specwright_runtime::uuid::Uuid;

use super::{CLUSTER, DAYS, GROUP, NOTE};

const MEDIA_TYPE: &str = "application/vnd.atlas.2023-01-01+json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TakeSnapshotRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retention_in_days: Option<i32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "read, as a caller would")]
struct Snapshot {
    created_at: Option<Timestamp>,
    description: Option<String>,
    expires_at: Option<Timestamp>,
    frequency_type: Option<FrequencyType>,
    id: Option<String>,
    links: Option<Vec<Link>>,
    #[serde(rename = "masterKeyUUID")]
    master_key_uuid: Option<Uuid>,
    mongod_version: Option<String>,
    policy_items: Option<Vec<String>>,
    snapshot_type: Option<SnapshotType>,
    status: Option<Status>,
    storage_size_bytes: Option<i64>,
    r#type: Option<ClusterType>,
    cloud_provider: Option<CloudProvider>,
    copy_regions: Option<Vec<String>>,
    replica_set_name: Option<String>,
    config_server_type: Option<ConfigServerType>,
    members: Option<Vec<Member>>,
    snapshot_ids: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, as a caller would")]
struct Link {
    href: Option<String>,
    rel: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "read, as a caller would")]
struct Member {
    cloud_provider: CloudProvider,
    id: String,
    replica_set_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum FrequencyType {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum SnapshotType {
    OnDemand,
    Scheduled,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Status {
    Queued,
    InProgress,
    Completed,
    Failed,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum ClusterType {
    ReplicaSet,
    ShardedCluster,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum CloudProvider {
    Aws,
    Azure,
    Gcp,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum ConfigServerType {
    Embedded,
    Dedicated,
    #[serde(other)]
    Unknown,
}

/// Takes a snapshot so many times.
pub(super) async fn call(url: &str, times: u32) -> Result<(), Box<dyn Error>> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("by-hand/0.1.0")
        .no_proxy()
        .build()?;
    for _ in 0..times {
        let request = TakeSnapshotRequest {
            description: Some(NOTE.to_owned()),
            retention_in_days: Some(DAYS),
        };
        if take_snapshot(&client, url, GROUP, CLUSTER, false, &request).await?.id.is_none() {
            return Err("the answer has no id".into());
        }
    }
    Ok(())
}

async fn take_snapshot(
    client: &reqwest::Client,
    base: &str,
    group: &str,
    cluster: &str,
    pretty: bool,
    request: &TakeSnapshotRequest,
) -> Result<Snapshot, Box<dyn Error>> {
    let url = format!(
        "{base}/api/atlas/v2/groups/{group}/clusters/{cluster}/backup/snapshots?pretty={pretty}"
    );
    let answer = client
        .post(url)
        .header(ACCEPT, MEDIA_TYPE)
        .header(CONTENT_TYPE, MEDIA_TYPE)
        .body(serde_json::to_vec(request)?)
        .send()
        .await?
        .error_for_status()?;
    Ok(serde_json::from_slice(&answer.bytes().await?)?)
}

/// Reads a list of snapshots and counts them.
pub(super) fn decode(bytes: &[u8]) -> Result<usize, serde_json::Error> {
    serde_json::from_slice::<Vec<Snapshot>>(bytes).map(|list| list.len())
}
