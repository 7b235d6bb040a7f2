//! Takes one snapshot.

use client::types::DiskBackupOnDemandSnapshotRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), client::Error> {
    let client = client::Client::builder().credentials(client::DigestAuth::new("me", "secret")).build()?;
    let request = DiskBackupOnDemandSnapshotRequest::new().with_retention_in_days(7);
    let snapshot = client.take_snapshots("32b6e34b3d91647abb20e7b8", "Cluster0", request).send().await?;
    println!("{snapshot:?}");
    Ok(())
}
