//! A client that a build script makes, so that nothing generated is committed.
//!
//! `cargo run -p specwright-examples --bin build_script -- PROJECT_ID CLUSTER_NAME`

use std::io::{self, Write as _};

/// What `build.rs` has made of the document, which is the file's name.
#[allow(
    unreachable_pub,
    unused_imports,
    reason = "a client is made for whoever takes it in, and this is a program"
)]
mod api {
    specwright_runtime::include_client!("atlas-snapshots");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [project, cluster] = arguments.as_slice() else {
        return Err("say the id of a project and the name of a cluster".into());
    };
    let mut builder = api::Client::builder().credentials(api::ServiceAccount::from_env()?);
    if let Ok(url) = std::env::var("MONGODB_ATLAS_BASE_URL") {
        builder = builder.base_url(url);
    }
    let page = builder.build()?.list_snapshots(project, cluster).send().await?;
    writeln!(io::stdout(), "{} snapshots on the first page", page.results.len())?;
    Ok(())
}
