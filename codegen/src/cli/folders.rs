//! Where several clients go: no run may write over what the same run has written.

use std::path::{Path, PathBuf};

use specwright::config::ClientConfig;
use specwright::diagnostics::{Code, Diagnostic};
use specwright::output::relative_path;

use super::settings::Placed;

/// Two that would get into each other's way.
pub(super) struct Clash {
    pub(super) diagnostic: Box<Diagnostic>,
    /// The entry of the configuration that it is about: the index of its client, and its key.
    pub(super) at: Option<(usize, &'static str)>,
    /// The client whose entry of the same key is the other one.
    pub(super) other: Option<usize>,
}

impl Clash {
    fn new(code: Code, message: impl Into<String>, help: &str) -> Self {
        let diagnostic = Box::new(Diagnostic::error(code, message).help(help));
        Self { diagnostic, at: None, other: None }
    }

    /// A file that is for two things: the report of this client, if it is that.
    fn of_file(code: Code, message: String, help: &str, report: Option<usize>) -> Self {
        Self { at: report.map(|index| (index, "report")), ..Self::new(code, message, help) }
    }

    fn between(key: &'static str, message: String, help: &str, one: usize, other: usize) -> Self {
        let clash = Self::new(Code::Config, message, help);
        Self { at: Some((one, key)), other: Some(other), ..clash }
    }
}

/// Refuses clients of one configuration that would get into each other's way.
///
/// A crate owns its whole folder, and removes what it made there earlier, so nothing else may go
/// into it. A folder of modules may hold anything, but no two files of one name, and no folder of the
/// name of a file.
pub(super) fn check(clients: &[Placed], beside: &[(&str, &Path)]) -> Vec<Clash> {
    let mut found = Vec::new();
    for (position, (index, one)) in clients.iter().enumerate() {
        let index = *index;
        let reports = clients.iter();
        let reports =
            reports.filter_map(|(at, client)| Some((Some(*at), client.report.as_deref()?)));
        for (report, file) in reports.chain(beside.iter().map(|(_, path)| (None, *path))) {
            if owns(one, file) {
                let (file, out) = (file.display(), one.out.display());
                let message = format!("`{file}` is where the client in `{out}` has its own files");
                let help = "name a place outside of its `src`, and nothing that cargo reads";
                found.push(Clash::of_file(Code::Config, message, help, report));
            }
        }
        found.extend(files_apart(one, index, beside));
        for (at, other) in clients[..position].iter().map(|(at, other)| (*at, other)) {
            if let (Some(first), Some(second)) = (&one.report, &other.report)
                && is_same(first, second)
            {
                let message = format!("two clients would write one report: `{}`", first.display());
                let help = "give each `[[client]]` a `report` of its own";
                found.push(Clash::between("report", message, help, index, at));
            }
            if let Some(name) = one_name(one, other) {
                let message = format!("two clients would be the package `{name}`");
                let help = "give each `[[client]]` a `crate-name` of its own: cargo wants one package of \
                            a name, and a program one crate";
                found.push(Clash::between("crate-name", message, help, index, at));
            }
            if let Some(message) = meet(one, other) {
                let help = "give each `[[client]]` an `out` of its own, none inside another";
                found.push(Clash::between("out", message, help, index, at));
            }
        }
    }
    found
}

/// Refuses two files of one run at one place, and one in the place of what the client is made of.
fn files_apart(client: &ClientConfig, index: usize, beside: &[(&str, &Path)]) -> Option<Clash> {
    let report = client.report.as_deref().map(|path| ("--report", path));
    let files: Vec<(&str, &Path)> = report.into_iter().chain(beside.iter().copied()).collect();
    for (position, (what, path)) in files.iter().enumerate() {
        let at = (*what == "--report").then_some(index);
        let inputs = std::iter::once(&client.spec).chain(&client.overlays);
        if inputs.into_iter().any(|input| is_same(input, path)) {
            let message =
                format!("`{}` is what is read, and `{what}` would write over it", path.display());
            let code = Code::OutputNotOurs;
            return Some(Clash::of_file(code, message, "name another file", at));
        }
        if let Some((other, _)) = files[..position].iter().find(|(_, other)| is_same(other, path)) {
            let message = format!("`{}` cannot be for `{other}` and `{what}` both", path.display());
            let help = "give each a file of its own";
            return Some(Clash::of_file(Code::Config, message, help, at));
        }
    }
    None
}

/// How two clients get into each other's way, if they do.
pub(super) fn meet(one: &ClientConfig, other: &ClientConfig) -> Option<String> {
    let in_one_folder = || {
        let (one, other) = (one.out.display(), other.out.display());
        Some(format!("two clients would write to one folder: `{other}`, `{one}`"))
    };
    let (file, other_file) = (module(one), module(other));
    let meets = match (&file, &other_file) {
        (None, None) => holds(&one.out, &other.out) || holds(&other.out, &one.out),
        (None, Some(_)) => holds(&one.out, &other.out),
        (Some(_), None) => holds(&other.out, &one.out),
        (Some(file), Some(other)) if is_same(file, other) => {
            let file = file.display();
            return Some(format!("two clients would write one module: `{file}`"));
        }
        (Some(_), Some(_)) => false,
    };
    if meets {
        return in_one_folder();
    }
    let is_folder = |file: Option<PathBuf>, of: &ClientConfig| {
        let file = file.filter(|file| holds(file, &of.out))?;
        let (file, out) = (file.display(), of.out.display());
        Some(format!("`{file}` is the module of one client, and another would go to `{out}`"))
    };
    is_folder(file, other).or_else(|| is_folder(other_file, one))
}

/// The name that both packages are given, if they are given one.
fn one_name<'c>(one: &'c ClientConfig, other: &ClientConfig) -> Option<&'c str> {
    let name = |client: &ClientConfig| {
        let name = client.crate_name.as_ref().filter(|_| !client.module_only)?;
        Some(name.replace('-', "_"))
    };
    let is_one = name(one).is_some() && name(one) == name(other);
    one.crate_name.as_deref().filter(|_| is_one)
}

/// The one file of a client that is no crate.
fn module(client: &ClientConfig) -> Option<PathBuf> {
    let stem = client.spec.file_stem().filter(|_| client.module_only)?;
    Some(client.out.join(format!("{}.rs", stem.to_string_lossy())))
}

/// What cargo and rustc read of a package by its ending, wherever it is.
const READ: [&str; 4] = ["rs", "toml", "lock", "md"];

/// Whether a client writes this file, or removes it, or is built by what is in it.
fn owns(client: &ClientConfig, file: &Path) -> bool {
    if client.out.as_os_str().is_empty() {
        return false;
    }
    if client.module_only {
        return module(client).is_some_and(|module| is_same(&module, file));
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

pub(super) fn is_same(one: &Path, other: &Path) -> bool {
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

    fn all(clients: Vec<ClientConfig>) -> Vec<Clash> {
        check(&clients.into_iter().enumerate().collect::<Vec<_>>(), &[])
    }

    #[test]
    fn folders_that_meet() {
        let case = |one: (&str, &str, bool), other: (&str, &str, bool), is_fine: bool| {
            let of = |(spec, out, module): (&str, &str, bool)| client(spec, out, module);
            assert_eq!(all(vec![of(one), of(other)]).is_empty(), is_fine, "{one:?} {other:?}");
            assert_eq!(all(vec![of(other), of(one)]).is_empty(), is_fine, "{other:?} {one:?}");
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
        case(("a.yaml", "x", module), ("b.yaml", "x/a.rs", module), false);
        case(("a.yaml", "x", module), ("b.yaml", "x/a.rs/y", krate), false);
        case(("a.yaml", "x", module), ("b.yaml", "x/a", krate), true);
    }

    #[test]
    fn packages_of_one_name() {
        let named = |out: &str, name: Option<&str>, module_only: bool| ClientConfig {
            crate_name: name.map(str::to_owned),
            ..client(&format!("{out}.yaml"), out, module_only)
        };
        let meets = |one, other| !all(vec![one, other]).is_empty();
        assert!(meets(named("a", Some("pets"), false), named("b", Some("pets"), false)));
        assert!(meets(named("a", Some("my-pets"), false), named("b", Some("my_pets"), false)));
        assert!(!meets(named("a", Some("pets"), false), named("b", Some("pets-2"), false)));
        assert!(!meets(named("a", Some("pets"), false), named("b", Some("pets"), true)));
        assert!(!meets(named("a", None, false), named("b", None, false)));
    }

    #[test]
    fn files_beside_a_client() {
        let fits = |module_only: bool, report: &str, bundle: &str| {
            let client = client("api.yaml", "a", module_only);
            let client = ClientConfig { report: Some(report.into()), ..client };
            check(&[(0, client)], &[("--bundle", Path::new(bundle))]).is_empty()
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
