//! To take a snapshot and to wait for it, as one call that loses nothing: where Atlas may have taken
//! the snapshot and its answer never came, the snapshot is looked for, and not taken twice.

use std::ops::RangeInclusive;
use std::time::Duration;

use atlas_snapshots::types::{Snapshot, SnapshotType, TakeSnapshotRequest};
use atlas_snapshots::{Client, Error};
use specwright_runtime::WaitError;
use specwright_runtime::jiff::{SignedDuration, Timestamp};

use crate::show;

/// Longer than any of your snapshots takes.
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);
/// By how much the clock here and that of Atlas may differ.
const CLOCKS: SignedDuration = SignedDuration::from_mins(2);

/// Takes a snapshot, and gives it once it is complete. A description that no other snapshot has makes
/// sure that it is found again.
pub(crate) async fn take_snapshot_and_wait(
    client: &Client,
    project_id: &str,
    cluster_name: &str,
    request: TakeSnapshotRequest,
    every: RangeInclusive<Duration>,
) -> Result<Snapshot, WaitError<Snapshot>> {
    let search = Search {
        client: client.clone(),
        project_id: project_id.to_owned(),
        cluster_name: cluster_name.to_owned(),
        description: request.description.clone(),
        since: Timestamp::now().checked_sub(CLOCKS).unwrap_or(Timestamp::MIN),
    };
    client
        .take_snapshot(project_id, cluster_name, request)
        .and_wait()
        .or_find(|lost| search.run(lost))
        .poll_every(every)
        .on_update(show::state)
        .wait(LONGEST)
        .await
}

/// What is known of a snapshot whose id was lost.
struct Search {
    client: Client,
    project_id: String,
    cluster_name: String,
    description: Option<String>,
    since: Timestamp,
}

impl Search {
    /// Lists, then decides: only one snapshot that can be ours is ours. With none or several, the error
    /// is the one that started the search, and somebody has to look.
    async fn run(self, lost: Error) -> Result<Snapshot, Error> {
        let list = self.client.list_snapshots(&self.project_id, &self.cluster_name);
        let Ok(page) = list.items_per_page(100).send().await else { return Err(lost) };
        let mut ours = page.results.into_iter().filter(|snapshot| self.may_be_ours(snapshot));
        match (ours.next(), ours.next()) {
            (Some(snapshot), None) => Ok(snapshot),
            _ => Err(lost),
        }
    }

    fn may_be_ours(&self, snapshot: &Snapshot) -> bool {
        snapshot.snapshot_type == Some(SnapshotType::OnDemand)
            && snapshot.description == self.description
            && snapshot.created_at.is_none_or(|taken| taken >= self.since)
    }
}
