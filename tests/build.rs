//! Makes clients of the cases that are tried on the wire, as modules that a test includes. What
//! the generator warns of is in the snapshots of the cases, and is not repeated here.

use std::path::{Path, PathBuf};

use specwright::Options;
use specwright::config::Config;
use specwright::source::Disk;

/// The cases, each with the configuration beside it if there is one.
const TRIED: &[&str] = &[
    "all-versions",
    "answers",
    "bodies",
    "closed-enums",
    "error-ranges",
    "event-choices",
    "event-stream",
    "foreign-types",
    "group-by-tag",
    "headers",
    "inferred-pages",
    "json-lines",
    "left-out",
    "pagination",
    "representations",
    "requests",
    "security-broken",
    "servers",
    "swagger",
    "tuples",
    "unions",
    "waiters",
    "webhooks",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    println!("cargo::rerun-if-changed=cases");
    for &name in TRIED {
        let generated =
            specwright::generate(&options(name)?, &Disk).map_err(|refused| refused.to_string())?;
        for file in generated.files {
            std::fs::write(out.join(file.path), file.text)?;
        }
    }
    Ok(())
}

fn options(name: &str) -> Result<Options, Box<dyn std::error::Error>> {
    let spec = Path::new("cases").join(name).with_extension("yaml");
    let keys = std::fs::read_to_string(spec.with_extension("toml")).unwrap_or_default();
    let text = format!("[[client]]\nspec = {spec:?}\nout = ''\nmodule-only = true\n{keys}");
    let config = Config::parse(&text, Path::new("specwright.toml"))
        .map_err(|refused| format!("{name}: {refused}"))?;
    let client = config.clients.first().ok_or("there is one client")?;
    Ok(Options::from(client))
}
