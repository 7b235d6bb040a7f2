//! Where several clients go: no run may write over what the same run has written.

use std::path::{Path, PathBuf};

use specwright::config::ClientConfig;
use specwright::diagnostics::{Code, Diagnostic};
use specwright::output::relative_path;

/// Refuses clients of one configuration that would get into each other's way.
///
/// A crate owns its whole folder, and removes what it made there earlier, so nothing else may go
/// into it. A folder of modules may hold anything, but no two files of one name.
pub(super) fn check(clients: &[ClientConfig]) -> Result<(), Diagnostic> {
    for (index, one) in clients.iter().enumerate() {
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

/// Whether `inner` is `outer` or lies inside it.
fn holds(outer: &Path, inner: &Path) -> bool {
    relative_path(outer, inner).is_some_and(|way| way != ".." && !way.starts_with("../"))
}

fn is_same(one: &Path, other: &Path) -> bool {
    relative_path(one, other).is_some_and(|way| way == ".")
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
            assert_eq!(check(&[of(one), of(other)]).is_ok(), is_fine, "{one:?} {other:?}");
            assert_eq!(check(&[of(other), of(one)]).is_ok(), is_fine, "{other:?} {one:?}");
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
}
