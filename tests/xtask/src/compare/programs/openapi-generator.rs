//! Takes one snapshot.

use client::apis::cloud_backups_api::take_snapshots;
use client::apis::configuration::Configuration;
use client::models::DiskBackupOnDemandSnapshotRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration = Configuration::new();
    let mut request = DiskBackupOnDemandSnapshotRequest::new();
    request.retention_in_days = Some(7);
    let group = "32b6e34b3d91647abb20e7b8";
    let snapshot = take_snapshots(&configuration, group, "Cluster0", request).await?;
    println!("{snapshot:?}");
    Ok(())
}
