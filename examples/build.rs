//! Makes the client of `src/bin/build_script.rs` from the document, each time that one changes.

fn main() -> Result<(), specwright::Failure> {
    specwright::Builder::new("../spec/atlas-snapshots.yaml")
        .operation("listSnapshots")
        .strict(true)
        .generate()
}
