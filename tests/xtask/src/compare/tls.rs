//! What TLS costs whoever builds a client for the first time, by feature of the runtime.

use std::path::Path;

use super::output;
use super::sample::Sample;
use crate::workspace;

/// A way to have TLS.
struct Choice {
    /// The feature of the runtime.
    feature: &'static str,
    what: &'static str,
    /// What the program depends on beside.
    more: &'static str,
}

const CHOICES: [Choice; 4] = [
    Choice { feature: "reqwest", what: "none", more: "" },
    Choice { feature: "rustls", what: "rustls with aws-lc, the default", more: "" },
    Choice {
        feature: "rustls-no-provider",
        what: "rustls with ring, which the program brings",
        more: "rustls = { version = \"0.23\", default-features = false, features = [\"ring\"] }\n",
    },
    Choice { feature: "native-tls", what: "the platform's own", more: "" },
];

/// Builds the runtime from nothing with each, so many times, in turn.
pub(super) fn run(times: usize) -> Result<bool, String> {
    let folder = workspace::target().join("compare/tls");
    let mut samples = vec![Sample::default(); CHOICES.len()];
    for choice in &CHOICES {
        write(&folder.join(choice.feature), choice)?;
    }
    for _ in 0..times {
        for (choice, sample) in CHOICES.iter().zip(&mut samples) {
            sample.push(output::build_cold(&folder.join(choice.feature))?.cpu);
        }
    }
    println!("`cargo build` of the runtime from nothing, {times} times in turn:\n");
    println!("| feature | TLS | crates | CPU |\n|---|---|--:|--:|");
    for (choice, sample) in CHOICES.iter().zip(&samples) {
        println!(
            "| `{}` | {} | {} | {:.1} s ({:.1} to {:.1}) |",
            choice.feature,
            choice.what,
            output::crates(&folder.join(choice.feature))?,
            sample.median(),
            sample.least(),
            sample.most(),
        );
    }
    Ok(true)
}

/// A crate that has the runtime, with this feature, and nothing else.
fn write(folder: &Path, choice: &Choice) -> Result<(), String> {
    let runtime = workspace::root().join("runtime").display().to_string();
    let manifest = format!(
        "[package]\nname = \"user\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nspecwright-runtime = {{ path = {runtime:?}, default-features = false, \
         features = [{:?}] }}\n{}",
        choice.feature, choice.more
    );
    let made = std::fs::create_dir_all(folder.join("src"))
        .and_then(|()| std::fs::write(folder.join("Cargo.toml"), manifest))
        .and_then(|()| std::fs::write(folder.join("src/lib.rs"), ""));
    made.map_err(|error| format!("{}: {error}", folder.display()))
}
