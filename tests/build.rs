//! Makes clients of the cases that are tried on the wire, as modules that a test includes. What
//! the generator warns of is in the snapshots of the cases, and is not repeated here.

use std::path::{Path, PathBuf};

use specwright::Options;
use specwright::select::Choice;
use specwright::source::Disk;

/// The cases, and which of their versions are wanted.
const TRIED: [(&str, Choice); 7] = [
    ("all-versions", Choice::All),
    ("answers", Choice::Newest),
    ("bodies", Choice::Newest),
    ("error-ranges", Choice::Newest),
    ("headers", Choice::Newest),
    ("representations", Choice::Newest),
    ("requests", Choice::Newest),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    for (name, choice) in TRIED {
        let spec = Path::new("cases").join(format!("{name}.yaml"));
        println!("cargo::rerun-if-changed={}", spec.display());
        let mut options = Options { spec, module_only: true, ..Options::default() };
        options.selection.versions.choice = choice;
        let generated =
            specwright::generate(&options, &Disk).map_err(|refused| refused.to_string())?;
        for file in generated.files {
            std::fs::write(out.join(file.path), file.text)?;
        }
    }
    Ok(())
}
