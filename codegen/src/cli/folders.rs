//! Where several clients go: no run may write over what the same run has written.

use std::path::{Path, PathBuf};

use specwright::config::ClientConfig;
use specwright::diagnostics::{Code, Diagnostic};
use specwright::output::relative_path;

/// Refuses clients of one configuration that would get into each other's way.
///
/// A crate owns its whole folder, and removes what it made there earlier, so nothing else may go
/// into it. A folder of modules may hold anything, but no two files of one name.
pub(super) fn check(clients: &[ClientConfig], beside: &[(&str, &Path)]) -> Result<(), Diagnostic> {
    for (index, one) in clients.iter().enumerate() {
        let reports = clients.iter().filter_map(|client| client.report.as_deref());
        for file in reports.chain(beside.iter().map(|(_, path)| *path)) {
            if owns(one, file) {
                let (file, out) = (file.display(), one.out.display());
                let message = format!("`{file}` is where the client in `{out}` has its own files");
                let help = "name a place outside of its `src`, and nothing that cargo reads";
                return Err(Diagnostic::error(Code::Config, message).help(help));
            }
        }
        files_apart(one, beside)?;
        for other in &clients[..index] {
            if let (Some(first), Some(second)) = (&one.report, &other.report)
                && is_same(first, second)
            {
                let message = format!("two clients would write one report: `{}`", first.display());
                let help = "give each `[[client]]` a `report` of its own";
                return Err(Diagnostic::error(Code::Config, message).help(help));
            }
            if meet(one, other) {
                let (one, other) = (one.out.display(), other.out.display());
                let message = format!("two clients would write to one folder: `{other}`, `{one}`");
                let help = "give each `[[client]]` an `out` of its own, none inside another";
                return Err(Diagnostic::error(Code::Config, message).help(help));
            }
        }
    }
    Ok(())
}

/// Refuses two files of one run at one place, and one in the place of what the client is made of.
fn files_apart(client: &ClientConfig, beside: &[(&str, &Path)]) -> Result<(), Diagnostic> {
    let report = client.report.as_deref().map(|path| ("--report", path));
    let files: Vec<(&str, &Path)> = report.into_iter().chain(beside.iter().copied()).collect();
    for (index, (what, path)) in files.iter().enumerate() {
        let inputs = std::iter::once(&client.spec).chain(&client.overlays);
        if inputs.into_iter().any(|input| is_same(input, path)) {
            let message =
                format!("`{}` is what is read, and `{what}` would write over it", path.display());
            return Err(Diagnostic::error(Code::OutputNotOurs, message).help("name another file"));
        }
        if let Some((other, _)) = files[..index].iter().find(|(_, other)| is_same(other, path)) {
            let message = format!("`{}` cannot be for `{other}` and `{what}` both", path.display());
            return Err(
                Diagnostic::error(Code::Config, message).help("give each a file of its own")
            );
        }
    }
    Ok(())
}

fn meet(one: &ClientConfig, other: &ClientConfig) -> bool {
    match (one.module_only, other.module_only) {
        (false, false) => holds(&one.out, &other.out) || holds(&other.out, &one.out),
        (false, true) => holds(&one.out, &other.out),
        (true, false) => holds(&other.out, &one.out),
        (true, true) => {
            let file = |client: &ClientConfig| -> Option<PathBuf> {
                client.spec.file_stem().map(|stem| client.out.join(stem))
            };
            let (one, other) = (file(one), file(other));
            one.zip(other).is_some_and(|(one, other)| is_same(&one, &other))
        }
    }
}

/// What cargo and rustc read of a package by its ending, wherever it is.
const READ: [&str; 4] = ["rs", "toml", "lock", "md"];

/// Whether a client writes this file, or removes it, or is built by what is in it.
fn owns(client: &ClientConfig, file: &Path) -> bool {
    if client.out.as_os_str().is_empty() {
        return false;
    }
    if client.module_only {
        let stem = client.spec.file_stem().unwrap_or_default().to_string_lossy();
        return is_same(&client.out.join(format!("{stem}.rs")), file);
    }
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_read = READ.iter().any(|known| ending.eq_ignore_ascii_case(known));
    holds(&client.out.join("src"), file) || (is_read && holds(&client.out, file))
}

/// Whether `inner` is `outer` or lies inside it.
fn holds(outer: &Path, inner: &Path) -> bool {
    let way = relative_path(&real(outer), &real(inner));
    way.is_some_and(|way| way != ".." && !way.starts_with("../"))
}

fn is_same(one: &Path, other: &Path) -> bool {
    relative_path(&real(one), &real(other)).is_some_and(|way| way == ".")
}

/// A path by the names that the file system has for as much of it as is there: two names of one
/// folder are one place.
fn real(path: &Path) -> PathBuf {
    // What is not there yet may be behind a link that leads to nothing yet.
    let path = std::fs::read_link(path)
        .map_or_else(|_| path.to_owned(), |to| path.parent().unwrap_or(Path::new("")).join(to));
    let mut rest = Vec::new();
    let mut at = path.as_path();
    loop {
        let here = if at.as_os_str().is_empty() { Path::new(".") } else { at };
        if let Ok(known) = std::fs::canonicalize(here) {
            return rest.iter().rev().fold(known, |path, step| path.join(step));
        }
        match (at.parent(), at.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name.to_owned());
                at = parent;
            }
            _ => return path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(spec: &str, out: &str, module_only: bool) -> ClientConfig {
        ClientConfig { spec: spec.into(), out: out.into(), module_only, ..ClientConfig::default() }
    }

    #[test]
    fn folders_that_meet() {
        let case = |one: (&str, &str, bool), other: (&str, &str, bool), is_fine: bool| {
            let of = |(spec, out, module): (&str, &str, bool)| client(spec, out, module);
            assert_eq!(check(&[of(one), of(other)], &[]).is_ok(), is_fine, "{one:?} {other:?}");
            assert_eq!(check(&[of(other), of(one)], &[]).is_ok(), is_fine, "{other:?} {one:?}");
        };
        let (krate, module) = (false, true);
        case(("a.yaml", "a", krate), ("b.yaml", "b", krate), true);
        case(("a.yaml", "a", krate), ("b.yaml", "a", krate), false);
        case(("a.yaml", "a", krate), ("b.yaml", "x/../a/", krate), false);
        case(("a.yaml", "a", krate), ("b.yaml", "a/b", krate), false);
        case(("a.yaml", "a", krate), ("b.yaml", "ab", krate), true);
        case(("a.yaml", "a", krate), ("b.yaml", "a/src", module), false);
        case(("a.yaml", "src/a", krate), ("b.yaml", "src", module), true);
        case(("a.yaml", "a", module), ("b.yaml", "a", module), true);
        case(("x/a.yaml", "a", module), ("y/a.yaml", "a", module), false);
    }

    #[test]
    fn files_beside_a_client() {
        let fits = |module_only: bool, report: &str, bundle: &str| {
            let client = client("api.yaml", "a", module_only);
            let client = ClientConfig { report: Some(report.into()), ..client };
            check(&[client], &[("--bundle", Path::new(bundle))]).is_ok()
        };
        assert!(fits(false, "a/report.json", "a/one.yaml"));
        assert!(!fits(false, "report.json", "./report.json"));
        assert!(!fits(false, "a/src/lib.rs", "one.yaml"));
        assert!(!fits(false, "a/build.rs", "one.yaml"));
        assert!(!fits(false, "a/.cargo/config.toml", "one.yaml"));
        assert!(!fits(false, "report.json", "x/../api.yaml"));
        assert!(!fits(false, "api.yaml", "one.yaml"));
        assert!(!fits(false, "report.json", "a/x/../Cargo.toml"));
        assert!(!fits(true, "a/api.rs", "one.yaml"));
        assert!(fits(true, "a/report.json", "a/api.yaml"));
    }
}
