//! Takes one snapshot.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = client::Client::new("https://cloud.mongodb.com")?;
    let request = client::util::serde_json::json!({ "retentionInDays": 7 });
    let snapshot = client.take_snapshots("32b6e34b3d91647abb20e7b8", "Cluster0", request).await?;
    println!("{snapshot:?}");
    Ok(())
}
