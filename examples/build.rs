//! Makes the clients of `src/bin/build_script.rs` and `src/bin/own_types.rs`, each time that one of their
//! documents changes.

fn main() -> Result<(), specwright::Failure> {
    specwright::Builder::new("../spec/atlas-snapshots.yaml")
        .operation("listSnapshots")
        .strict(true)
        .generate()?;
    specwright::Builder::new("openapi/invoices.yaml")
        .format_type("decimal", "crate::Money")
        .schema_type("/components/schemas/Labels", "std::collections::BTreeSet<String>")
        .strict(true)
        .generate()
}
