//! Takes a snapshot of a cluster, and waits for it if it is told to.
//!
//! With credentials in the environment it talks to Atlas:
//! `cargo run -p atlas-snapshots --example take_snapshot -- PROJECT_ID CLUSTER_NAME`.
//!
//! Without any it plays Atlas itself, on this machine, and shows what goes over the wire:
//! `cargo run -p atlas-snapshots --example take_snapshot -- --demo`.

mod demo;
mod show;
mod stand_in;
mod wait;

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::TakeSnapshotRequest;
use atlas_snapshots::{ApiKey, Client, Error, ServiceAccount};

const USAGE: &str = "\
Takes a snapshot of a cluster in MongoDB Atlas.

Usage:
  take_snapshot PROJECT_ID CLUSTER_NAME          ask Atlas for a snapshot, kept for one day
  take_snapshot PROJECT_ID CLUSTER_NAME --wait   the same, and wait until it is complete
  take_snapshot --demo                           show all of it against a stand-in for Atlas

Credentials come from the environment, a service account's or an API key's:
  MONGODB_ATLAS_CLIENT_ID    MONGODB_ATLAS_CLIENT_SECRET
  MONGODB_ATLAS_PUBLIC_KEY   MONGODB_ATLAS_PRIVATE_KEY
MONGODB_ATLAS_BASE_URL, if set, replaces https://cloud.mongodb.com.
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["--demo"] => demo::run().await,
        ["-h" | "--help"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [project_id, cluster_name] if !project_id.starts_with('-') => {
            take_snapshot(project_id, cluster_name).await.map_err(Into::into)
        }
        [project_id, cluster_name, "--wait"] => {
            take_and_wait(project_id, cluster_name).await.map_err(Into::into)
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            show::failure(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

/// What a program of yours would do: make a client, ask for a snapshot, look at what came back.
async fn take_snapshot(project_id: &str, cluster_name: &str) -> Result<(), Error> {
    let client = client_from_env()?;
    let request = TakeSnapshotRequest::new()
        .with_description("taken by the example of atlas-snapshots")
        .with_retention_in_days(1);

    match client.take_snapshot(project_id, cluster_name, request).send().await {
        Ok(snapshot) => show::snapshot(&snapshot),
        Err(error) => {
            match error.as_service() {
                Some(TakeSnapshotError::NotFound(_)) => {
                    eprintln!("There is no cluster {cluster_name} in project {project_id}.");
                }
                Some(TakeSnapshotError::TooManyRequests(_)) => {
                    let wait = error.retry_after().unwrap_or(Duration::from_secs(60));
                    eprintln!("Too many requests. Try again in {} seconds.", wait.as_secs());
                }
                _ if error.may_have_reached_server() => {
                    eprintln!("Atlas may have taken the snapshot; look before you try again.");
                }
                _ => {}
            }
            return Err(error.into());
        }
    }
    Ok(())
}

/// The same with the wait behind it.
async fn take_and_wait(project_id: &str, cluster_name: &str) -> Result<(), Error> {
    let client = client_from_env()?;
    let request = TakeSnapshotRequest::new()
        .with_description(format!("taken by process {} of an example", std::process::id()))
        .with_retention_in_days(1);
    let every = Duration::from_secs(5)..=Duration::from_secs(60);
    let taken = wait::take_snapshot_and_wait(&client, project_id, cluster_name, request, every);
    match taken.await {
        Ok(snapshot) => show::snapshot(&snapshot),
        Err(error) => {
            if error.is_failure() {
                eprintln!("Atlas could not take the snapshot.");
            }
            return Err(error.into());
        }
    }
    Ok(())
}

/// A service account if there is one, an API key otherwise.
fn client_from_env() -> Result<Client, Error> {
    let mut builder = Client::builder();
    if let Ok(url) = env::var("MONGODB_ATLAS_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder = if env::var_os("MONGODB_ATLAS_CLIENT_ID").is_some() {
        builder.credentials(ServiceAccount::from_env()?)
    } else {
        builder.credentials(ApiKey::from_env()?)
    };
    Ok(builder.build()?)
}
