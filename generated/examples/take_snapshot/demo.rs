//! Both logins, three snapshots and a failure, against a stand-in for Atlas in this process.

use std::time::Duration;

use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::TakeSnapshotRequest;
use atlas_snapshots::{ApiKey, Client, Error, ServiceAccount};

use crate::show;
use crate::stand_in::{Accounts, StandIn};
use crate::wait::take_snapshot_and_wait;

const PROJECT_ID: &str = "64f0c1d2e3a4b5968778695a";

/// What the stand-in accepts. They open nothing else.
const ACCOUNTS: Accounts = Accounts {
    client_id: "mdb_sa_id_demo",
    client_secret: "mdb_sa_sk_demo",
    public_key: "demokey1",
    private_key: "5f1d0c7e-demo",
    cluster_name: "orders-production",
};

/// Runs the whole show; fails if anything in it goes otherwise than announced.
pub(crate) async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let atlas = StandIn::start(ACCOUNTS).await?;
    show::line(&format!("{} plays Atlas, inside this process.", atlas.base_url()));
    show::line("→ is what the client sent, ← what it got back.");

    let client = with_service_account(&atlas).await?;
    with_api_key(&atlas).await?;
    if !finds_no_cluster(&atlas, &client).await? {
        return Err("a cluster that does not exist was found".into());
    }
    waits(&atlas, &client).await?;
    show::line(
        "\nTwo logins, three snapshots, one error that knows its name, and nothing taken twice.",
    );
    Ok(())
}

/// A token is fetched first, then shown with every call until it runs out.
async fn with_service_account(atlas: &StandIn) -> Result<Client, Error> {
    show::title(
        1,
        "A service account takes a snapshot",
        "Its id and secret buy a token, and the token opens the door.",
    );
    let client = Client::builder()
        .base_url(atlas.base_url())
        .credentials(ServiceAccount::new(ACCOUNTS.client_id, ACCOUNTS.client_secret))
        .build()?;

    let snapshot = client
        .take_snapshot(
            PROJECT_ID,
            ACCOUNTS.cluster_name,
            TakeSnapshotRequest::new()
                .with_description("before the 4.2 migration")
                .with_retention_in_days(7),
        )
        .send()
        .await?;

    show::exchanges(&atlas.exchanges());
    show::outcome("Ok(Snapshot)");
    show::snapshot(&snapshot);
    Ok(client)
}

/// The server sends a challenge, the client proves that it knows the private key.
async fn with_api_key(atlas: &StandIn) -> Result<(), Error> {
    show::title(
        2,
        "An API key takes a snapshot",
        "The server asks for proof of the private key; the key itself is never sent.",
    );
    let client = Client::builder()
        .base_url(atlas.base_url())
        .credentials(ApiKey::new(ACCOUNTS.public_key, ACCOUNTS.private_key))
        .build()?;

    let answer = client
        .take_snapshot(
            PROJECT_ID,
            ACCOUNTS.cluster_name,
            TakeSnapshotRequest::new().with_description("end of quarter"),
        )
        .send_with_metadata()
        .await?;

    show::exchanges(&atlas.exchanges());
    show::outcome("Ok(Response), with status and headers around the snapshot");
    show::row("status()", &answer.status().to_string());
    if let Some(remaining) = answer.rate_limit().and_then(|limit| limit.remaining) {
        show::row("rate_limit()", &format!("{remaining} calls left"));
    }
    show::snapshot(answer.body());
    Ok(())
}

/// The status chooses the variant, and the body arrives typed.
async fn finds_no_cluster(atlas: &StandIn, client: &Client) -> Result<bool, Error> {
    show::title(
        3,
        "A cluster that does not exist",
        "The token of part 1 is still good. The answer is an error of its own type.",
    );
    let request = TakeSnapshotRequest::new();
    let outcome = client.take_snapshot(PROJECT_ID, "no-such-cluster", request).send().await;

    show::exchanges(&atlas.exchanges());
    let Err(error) = outcome else { return Ok(false) };
    let Some(TakeSnapshotError::NotFound(body)) = error.as_service() else {
        return Err(error.into());
    };
    show::outcome("Err(TakeSnapshotError::NotFound)");
    if let Some(problem) = body.get() {
        show::row("error_code", &problem.error_code);
        show::row("detail", problem.detail.as_deref().unwrap_or("(none)"));
    }
    Ok(true)
}

/// The answer to the first call is lost. The snapshot is there all the same, and is waited for.
async fn waits(atlas: &StandIn, client: &Client) -> Result<(), Error> {
    show::title(
        4,
        "A snapshot that is waited for, though the answer is lost",
        "It may have been taken, so it is looked for and not taken again.",
    );
    atlas.lose_next_answer();
    let request = TakeSnapshotRequest::new().with_description("before the audit");
    let every = Duration::from_millis(20)..=Duration::from_millis(50);
    let snapshot =
        take_snapshot_and_wait(client, PROJECT_ID, ACCOUNTS.cluster_name, request, every).await?;

    show::exchanges(&atlas.exchanges());
    show::outcome("Ok(Snapshot)");
    show::snapshot(&snapshot);
    Ok(())
}
