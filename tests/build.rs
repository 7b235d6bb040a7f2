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
    "parts",
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

/// The same document with the times of other crates.
const TIMES: [(&str, &str); 2] = [
    ("chrono", "date-time = 'chrono::DateTime<chrono::Utc>'\ndate = 'chrono::NaiveDate'"),
    ("time", "date-time = 'crate::times::Moment'\ndate = 'time::Date'"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    println!("cargo::rerun-if-changed=cases");
    println!("cargo::rerun-if-changed=times.yaml");
    for &name in TRIED {
        let spec = Path::new("cases").join(name).with_extension("yaml");
        let keys = std::fs::read_to_string(spec.with_extension("toml")).unwrap_or_default();
        write(&out.join(name), &options(&spec, &keys)?)?;
    }
    for (name, formats) in TIMES {
        let keys = format!("both-directions = true\n[client.formats]\n{formats}\n");
        write(&out.join(name), &options(Path::new("times.yaml"), &keys)?)?;
    }
    Ok(())
}

/// Writes a client, which is one file.
fn write(path: &Path, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let generated = specwright::generate(options, &Disk).map_err(|refused| refused.to_string())?;
    let text = generated.files.first().map(|file| file.text.as_str()).unwrap_or_default();
    Ok(std::fs::write(path.with_extension("rs"), text)?)
}

fn options(spec: &Path, keys: &str) -> Result<Options, Box<dyn std::error::Error>> {
    let text = format!("[[client]]\nspec = {spec:?}\nout = ''\nmodule-only = true\n{keys}");
    let config = Config::parse(&text, Path::new("specwright.toml"))
        .map_err(|refused| format!("{}: {refused}", spec.display()))?;
    let client = config.clients.first().ok_or("there is one client")?;
    Ok(Options::from(client))
}
