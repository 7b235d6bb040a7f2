//! Everything the example prints, in two columns. No login is ever shown, only its kind.

use std::error::Error;
use std::fmt::Display;

use atlas_snapshots::types::Snapshot;

use crate::stand_in::Exchange;

/// A line of its own.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// The heading of a numbered part, and what it is about.
pub(crate) fn title(number: u8, title: &str, about: &str) {
    println!("\n{number}. {title}\n   {about}");
}

/// What a call gave.
pub(crate) fn outcome(text: &str) {
    println!("\n   {text}");
}

/// One thing and its value, under the thing they belong to.
pub(crate) fn row(label: &str, value: &str) {
    println!("     {label:<18}{value}");
}

/// What was sent and what came back, as the server saw it.
pub(crate) fn exchanges(exchanges: &[Exchange]) {
    for exchange in exchanges {
        println!("\n   → {} {}", exchange.method, exchange.target);
        row("Login", &exchange.login);
        for (label, value) in [
            ("Accept", &exchange.accept),
            ("Content-Type", &exchange.content_type),
            ("Body", &exchange.body),
        ] {
            if !value.is_empty() {
                row(label, value);
            }
        }
        println!("   ← {}", exchange.answer);
    }
}

/// How far the work on a snapshot has come.
pub(crate) fn state(snapshot: &Snapshot) {
    let status = snapshot.status.as_ref();
    println!("   … {}", status.map_or("no status yet", |status| status.as_str()));
}

/// The fields of a snapshot that Atlas filled in.
pub(crate) fn snapshot(snapshot: &Snapshot) {
    field("id", snapshot.id.as_ref());
    field("status", snapshot.status.as_ref());
    field("snapshot_type", snapshot.snapshot_type.as_ref());
    field("description", snapshot.description.as_ref());
    field("created_at", snapshot.created_at.as_ref());
    field("expires_at", snapshot.expires_at.as_ref());
    field("type", snapshot.r#type.as_ref());
    field("cloud_provider", snapshot.cloud_provider.as_ref());
    field("replica_set_name", snapshot.replica_set_name.as_ref());
    field("mongod_version", snapshot.mongod_version.as_ref());
    for member in snapshot.members.iter().flatten() {
        row("member", &member.replica_set_name);
    }
}

fn field(label: &str, value: Option<&impl Display>) {
    if let Some(value) = value {
        row(label, &value.to_string());
    }
}

/// An error and what caused it.
pub(crate) fn failure(error: &dyn Error) {
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}
