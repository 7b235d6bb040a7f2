//! Both logins, two snapshots and a failure, against a stand-in for Atlas in this process.

use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::TakeSnapshotRequest;
use atlas_snapshots::{ApiKey, Client, Error, ServiceAccount};

use crate::show;
use crate::stand_in::{Accounts, StandIn};

const PROJECT_ID: &str = "64f0c1d2e3a4b5968778695a";

/// What the stand-in accepts. They open nothing else.
const ACCOUNTS: Accounts = Accounts {
    client_id: "mdb_sa_id_demo",
    client_secret: "mdb_sa_sk_demo",
    public_key: "demokey1",
    private_key: "5f1d0c7e-demo",
    cluster_name: "orders-production",
};

/// Runs the whole show.
pub(crate) async fn run() -> Result<(), Error> {
    let atlas = match StandIn::start(ACCOUNTS).await {
        Ok(atlas) => atlas,
        Err(error) => {
            show::line(&format!("The stand-in for Atlas could not start: {error}."));
            return Ok(());
        }
    };
    show::line(&format!("Atlas is played by {}, inside this process.", atlas.base_url()));

    let with_account = with_service_account(&atlas).await?;
    with_api_key(&atlas).await?;
    a_cluster_that_is_not_there(&atlas, &with_account).await
}

/// A token is fetched first, then shown with every call until it runs out.
async fn with_service_account(atlas: &StandIn) -> Result<Client, Error> {
    show::title(1, "A service account takes a snapshot");
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
    show::snapshot(&snapshot);
    Ok(client)
}

/// The server sends a challenge, the client proves that it knows the private key.
async fn with_api_key(atlas: &StandIn) -> Result<(), Error> {
    show::title(2, "An API key takes a snapshot");
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
    show::snapshot(answer.body());
    if let Some(remaining) = answer.rate_limit().and_then(|limit| limit.remaining) {
        show::row("calls left", &remaining.to_string());
    }
    Ok(())
}

/// The status chooses the variant, and the body arrives typed.
async fn a_cluster_that_is_not_there(atlas: &StandIn, client: &Client) -> Result<(), Error> {
    show::title(3, "A cluster that does not exist");
    let outcome = client
        .take_snapshot(PROJECT_ID, "no-such-cluster", TakeSnapshotRequest::new())
        .send()
        .await;

    show::exchanges(&atlas.exchanges());
    match outcome {
        Ok(snapshot) => show::snapshot(&snapshot),
        Err(error) => match error.as_service() {
            Some(TakeSnapshotError::NotFound(body)) => {
                show::line("\n   Err(TakeSnapshotError::NotFound(body))");
                if let Some(problem) = body.get() {
                    show::row("error_code", &problem.error_code);
                    show::row("detail", problem.detail.as_deref().unwrap_or("(none)"));
                }
            }
            _ => return Err(error.into()),
        },
    }
    Ok(())
}
