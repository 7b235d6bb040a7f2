//! A backup every night: takes a snapshot that Atlas keeps for a week, waits until it is complete, and
//! tells which ones there are and how long each is kept. Fails if the snapshot does, so that whoever runs
//! it at night hears of it.
//!
//! `cargo run -p specwright-examples --bin nightly_backup -- PROJECT_ID CLUSTER_NAME`

use std::io::{self, Write};
use std::time::Duration;

use atlas_snapshots::types::{Snapshot, TakeSnapshotRequest};
use atlas_snapshots::{Client, ServiceAccount};
use specwright_runtime::jiff::Timestamp;

/// How long Atlas keeps a snapshot. It removes what is older by itself.
const DAYS: i32 = 7;
/// How often Atlas is asked, and how long in all.
const EVERY: std::ops::RangeInclusive<Duration> = Duration::from_secs(5)..=Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);
/// As many as Atlas gives at once.
const PAGE: i32 = 500;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [project, cluster] = arguments.as_slice() else {
        return Err("say the id of a project and the name of a cluster".into());
    };
    let mut builder = Client::builder().credentials(ServiceAccount::from_env()?);
    if let Ok(url) = std::env::var("MONGODB_ATLAS_BASE_URL") {
        builder = builder.base_url(url);
    }
    back_up(&builder.build()?, project, cluster, &mut io::stdout()).await
}

/// Takes a snapshot, waits for it, and tells `out` of all there are. The client is the caller's, so that a
/// test can have one that sends nothing: `tests/nightly_backup.rs`.
pub(crate) async fn back_up(
    client: &Client,
    project: &str,
    cluster: &str,
    out: &mut impl Write,
) -> Result<(), Box<dyn std::error::Error>> {
    // A description of its own, by which the snapshot can be found if its answer is lost.
    let description = format!("nightly {}", Timestamp::now());
    let request =
        TakeSnapshotRequest::new().with_description(description).with_retention_in_days(DAYS);
    let taken = client
        .take_snapshot(project, cluster, request)
        .and_wait()
        .poll_every(EVERY)
        .wait(LONGEST)
        .await?;
    tell(out, "taken", &taken)?;
    let mut kept = client.list_snapshots(project, cluster).items_per_page(PAGE).items();
    while let Some(snapshot) = kept.try_next().await? {
        tell(out, "kept", &snapshot)?;
    }
    Ok(())
}

fn tell(out: &mut impl Write, what: &str, snapshot: &Snapshot) -> io::Result<()> {
    let id = snapshot.id.as_deref().unwrap_or("a snapshot without an id");
    let end = snapshot.expires_at.map_or("nobody knows when".to_owned(), |end| end.to_string());
    writeln!(out, "{what}: {id}, until {end}")
}
