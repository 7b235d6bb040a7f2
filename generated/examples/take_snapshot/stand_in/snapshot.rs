//! The operations: checks what Atlas checks, makes up a snapshot, and lets it become complete.

use specwright_runtime::jiff::{SignedDuration, Timestamp};
use specwright_runtime::serde_json::{self, Map, Value, json};

use super::State;
use super::http::{Answer, Request};

const MEDIA_TYPE: &str = "application/vnd.atlas.2023-01-01+json";

/// Atlas keeps an on-demand snapshot for a day if it is not told otherwise.
const DEFAULT_DAYS: i64 = 1;

/// What becomes of a snapshot from one look at it to the next.
const STAGES: [&str; 3] = ["queued", "inProgress", "completed"];

/// The answer to a request that is logged in.
pub(super) fn operation(state: &State, request: &Request) -> Answer {
    if request.header("accept") != MEDIA_TYPE {
        return Answer::error(406, "VERSION_NOT_ACCEPTABLE", "Accept must name a version.");
    }
    match (request.method.as_str(), request.path().rsplit('/').next().unwrap_or_default()) {
        ("POST", _) => take(state, request),
        (_, "snapshots") => {
            let page = json!({ "results": state.memory().snapshots });
            Answer::json(200, MEDIA_TYPE, &page, "a page of snapshots")
        }
        (_, id) => show(state, id),
    }
}

/// The snapshot of this id, one stage further than it was.
fn show(state: &State, id: &str) -> Answer {
    let mut memory = state.memory();
    let Some(snapshot) = memory.snapshots.iter_mut().find(|known| known["id"] == id) else {
        let detail = format!("There is no snapshot {id}.");
        return Answer::error(404, "SNAPSHOT_NOT_FOUND", &detail);
    };
    let stage = STAGES.iter().position(|stage| snapshot["status"] == *stage).unwrap_or_default();
    let next = STAGES.get(stage + 1).copied().unwrap_or("completed");
    snapshot["status"] = json!(next);
    Answer::json(200, MEDIA_TYPE, snapshot, "a snapshot")
}

fn take(state: &State, request: &Request) -> Answer {
    if request.header("content-type") != MEDIA_TYPE {
        return Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must name a version.");
    }
    let Some((group_id, cluster_name)) = names(request.path()) else {
        return Answer::error(404, "RESOURCE_NOT_FOUND", "There is nothing at this path.");
    };
    if cluster_name != state.accounts.cluster_name {
        let detail = format!("No cluster named {cluster_name} exists in group {group_id}.");
        return Answer::error(404, "CLUSTER_NOT_FOUND", &detail);
    }
    let Ok(body) = serde_json::from_str::<Map<String, Value>>(&request.body) else {
        return Answer::error(400, "MALFORMED_JSON", "The body is not a JSON object.");
    };
    match body.get("retentionInDays").map_or(Some(DEFAULT_DAYS), Value::as_i64) {
        Some(days @ 1..=36_500) => {
            let snapshot = snapshot(state, body.get("description"), days);
            state.memory().snapshots.push(snapshot.clone());
            Answer::json(200, MEDIA_TYPE, &snapshot, "a snapshot")
                .with("RateLimit-Limit", "100")
                .with("RateLimit-Remaining", "99")
        }
        _ => Answer::error(400, "INVALID_ATTRIBUTE", "retentionInDays must be at least 1."),
    }
}

/// The two parameters in `/api/atlas/v2/groups/{}/clusters/{}/backup/snapshots`.
fn names(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix("/api/atlas/v2/groups/")?.strip_suffix("/backup/snapshots")?;
    rest.split_once("/clusters/").filter(|(_, cluster_name)| !cluster_name.contains('/'))
}

/// Just asked for, so `queued`: an answer that real work would follow.
fn snapshot(state: &State, description: Option<&Value>, days: i64) -> Value {
    let now = Timestamp::now().as_second();
    let taken = Timestamp::from_second(now).unwrap_or_default();
    let expires = taken.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(taken);
    let id: String = state.fresh().chars().take(24).collect();
    let mut snapshot = json!({
        "cloudProvider": "AWS",
        "createdAt": taken.to_string(),
        "expiresAt": expires.to_string(),
        "id": id,
        "links": [],
        "mongodVersion": "8.0.4",
        "replicaSetName": "atlas-x1y2z3-shard-0",
        "snapshotType": "onDemand",
        "status": "queued",
        "storageSizeBytes": 0,
        "type": "replicaSet",
    });
    if let (Some(text), Some(fields)) = (description, snapshot.as_object_mut()) {
        fields.insert("description".to_owned(), text.clone());
    }
    snapshot
}
