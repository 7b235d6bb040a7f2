//! Where the runtime is: `--runtime-path`.

use std::path::Path;

use specwright::diagnostics::{Code, Diagnostic};
use specwright::package;

/// What the package is called that every client links to.
const NAME: &str = "specwright-runtime";

/// Refuses a folder without the runtime in it, which cargo would refuse when it builds the client.
pub(super) fn check(path: &Path) -> Result<(), Diagnostic> {
    let message = match package_in(path) {
        Found::Package(name) if name == NAME => return Ok(()),
        Found::Package(name) => {
            format!("the crate in `{}` is `{name}`, and not `{NAME}`", path.display())
        }
        Found::NoPackage => format!("the `Cargo.toml` in `{}` is of no package", path.display()),
        Found::Broken => format!("the `Cargo.toml` in `{}` is not TOML", path.display()),
        Found::Nothing => format!("there is no crate in `{}`", path.display()),
    };
    let below = path.join("runtime");
    let help = match package_in(&below) {
        Found::Package(name) if name == NAME => format!("did you mean `{}`?", below.display()),
        Found::Package(_) | Found::NoPackage | Found::Broken | Found::Nothing => {
            format!("`--runtime-path` is the folder of the crate `{NAME}`")
        }
    };
    Err(Diagnostic::error(Code::Config, message).help(help))
}

/// What is in a folder.
enum Found {
    Package(String),
    /// A manifest that describes none, such as that of a workspace.
    NoPackage,
    /// A manifest that cannot be read.
    Broken,
    Nothing,
}

fn package_in(path: &Path) -> Found {
    match std::fs::read_to_string(path.join("Cargo.toml")) {
        Ok(text) if !package::is_manifest(&text) => Found::Broken,
        Ok(text) => package::of_manifest(&text).map_or(Found::NoPackage, Found::Package),
        Err(_) => Found::Nothing,
    }
}
