//! From an API key to a service account: shows that both see the same before the key is given up. Only the
//! login is another one, and no call changes.
//!
//! `cargo run -p specwright-examples --bin to_service_account -- PROJECT_ID CLUSTER_NAME`

use std::io::{self, Write as _};

use atlas_snapshots::{ApiKey, Client, Error, ServiceAccount};
use specwright_runtime::auth::Credential;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [project, cluster] = arguments.as_slice() else {
        return Err("say the id of a project and the name of a cluster".into());
    };
    // HTTP digest, with a challenge for every nonce, and OAuth 2.0, with a token that all calls share.
    let before = seen(client(ApiKey::from_env()?)?, project, cluster).await?;
    let after = seen(client(ServiceAccount::from_env()?)?, project, cluster).await?;
    if before != after {
        return Err(
            "the service account does not see what the API key sees: look at its roles".into()
        );
    }
    writeln!(io::stdout(), "both see {} snapshots: the API key can go", after.len())?;
    Ok(())
}

fn client(login: impl Into<Credential>) -> Result<Client, Error> {
    let mut builder = Client::builder().credentials(login);
    if let Ok(url) = std::env::var("MONGODB_ATLAS_BASE_URL") {
        builder = builder.base_url(url);
    }
    Ok(builder.build()?)
}

/// The snapshots that a login sees, by id.
async fn seen(client: Client, project: &str, cluster: &str) -> Result<Vec<String>, Error> {
    let page = client.list_snapshots(project, cluster).send().await?;
    Ok(page.results.into_iter().filter_map(|snapshot| snapshot.id).collect())
}
