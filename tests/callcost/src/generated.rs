//! The call as users of the generated crate make it.

use std::error::Error;

use atlas_snapshots::Client;
use atlas_snapshots::types::{Snapshot, TakeSnapshotRequest};
use specwright_runtime::auth::External;

use super::{CLUSTER, DAYS, GROUP, NOTE};

/// Takes a snapshot so many times.
pub(super) async fn call(url: &str, times: u32) -> Result<(), Box<dyn Error>> {
    let client = Client::builder().base_url(url).credentials(External).build()?;
    for _ in 0..times {
        let request =
            TakeSnapshotRequest::new().with_description(NOTE).with_retention_in_days(DAYS);
        let snapshot = client.take_snapshot(GROUP, CLUSTER, request).pretty(false).send().await?;
        if snapshot.id.is_none() {
            return Err("the answer has no id".into());
        }
    }
    Ok(())
}

/// Reads a list of snapshots and counts them.
pub(super) fn decode(bytes: &[u8]) -> Result<usize, serde_json::Error> {
    serde_json::from_slice::<Vec<Snapshot>>(bytes).map(|list| list.len())
}
