//! Paths: staying inside the output folder, and the folders around it.

use std::path::{Component, Path, PathBuf};

use super::not_ours;
use crate::diagnostics::{Code, Diagnostic};

/// Refuses a folder that cannot be made: where it should be, or on the way there, is something else.
pub(super) fn may_be_folder(out: &Path) -> Result<(), Box<Diagnostic>> {
    let there = out.ancestors().find(|path| std::fs::symlink_metadata(path).is_ok());
    let Some(there) = there.filter(|path| !path.as_os_str().is_empty() && !path.is_dir()) else {
        return Ok(());
    };
    let is_link = std::fs::symlink_metadata(there).is_ok_and(|found| found.is_symlink());
    let what = match is_link {
        true if !there.exists() => "a link that leads nowhere",
        true => "a link to something else",
        false => "something else",
    };
    let message = format!("`{}` is to be a folder, and is {what}", there.display());
    let help = "name another folder, by the key `out` or by `--out`, or move this away";
    Err(Box::new(Diagnostic::error(Code::OutputNotOurs, message).help(help)))
}

/// `relative` below `out`, refused if a symbolic link on the way leads elsewhere.
pub(super) fn inside(out: &Path, relative: &str) -> Result<PathBuf, Box<Diagnostic>> {
    let mut path = out.to_owned();
    for step in relative.split('/') {
        if step.is_empty() || step == "." || step == ".." {
            return Err(not_ours(&path.join(relative)));
        }
        path.push(step);
        if std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(not_ours(&path));
        }
    }
    Ok(path)
}

/// Whether a crate in `out` would fall into a workspace that does not list it: cargo then refuses
/// to build it, unless it is a workspace of its own.
pub fn needs_own_workspace(out: &Path) -> bool {
    let Ok(out) = std::path::absolute(out) else { return false };
    let out = normal(&out);
    for folder in out.ancestors().skip(1) {
        let Ok(text) = std::fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let Ok(document) = text.parse::<toml_edit::DocumentMut>() else { continue };
        let Some(workspace) = document.get("workspace") else { continue };
        let relative = out.strip_prefix(folder).unwrap_or(&out);
        return !lists(workspace, "members", relative) && !lists(workspace, "exclude", relative);
    }
    false
}

fn lists(workspace: &toml_edit::Item, key: &str, folder: &Path) -> bool {
    let Some(list) = workspace.get(key).and_then(toml_edit::Item::as_array) else { return false };
    list.iter().filter_map(toml_edit::Value::as_str).any(|pattern| matches(pattern, folder))
}

/// Cargo's patterns are globs over path components; `*` within one is all that is in use.
fn matches(pattern: &str, folder: &Path) -> bool {
    let pattern: Vec<&str> =
        pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let parts: Vec<_> =
        folder.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    pattern.len() == parts.len()
        && pattern.iter().zip(&parts).all(|(pattern, part)| component_matches(pattern, part))
}

fn component_matches(pattern: &str, part: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == part,
        Some((before, after)) => part.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len())
                .filter(|at| rest.is_char_boundary(*at))
                .any(|at| component_matches(after, &rest[at..]))
        }),
    }
}

/// The way from the folder `from` to `to`, with forward slashes, as a manifest writes it.
pub fn relative_path(from: &Path, to: &Path) -> Option<String> {
    let from = normal(&std::path::absolute(from).ok()?);
    let to = normal(&std::path::absolute(to).ok()?);
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down =
        to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let steps: Vec<String> = up.chain(down).collect();
    Some(if steps.is_empty() { ".".to_owned() } else { steps.join("/") })
}

/// Without `.` and `..`; the paths are absolute, so that `..` at the root is the root.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{matches, relative_path};

    #[test]
    fn patterns() {
        assert!(matches("crates/*", Path::new("crates/a")));
        assert!(matches("gen-*-x", Path::new("gen-a-x")));
        assert!(!matches("crates/*", Path::new("crates/a/b")));
        assert!(!matches("crates", Path::new("crates/a")));
        assert!(matches("./generated/", Path::new("generated")));
    }

    #[test]
    fn ways() {
        let way = |from: &str, to: &str| relative_path(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/c").as_deref(), Some("../c"));
        assert_eq!(way("/a/b", "/a/b/c").as_deref(), Some("c"));
        assert_eq!(way("/a/b/../d", "/a/d").as_deref(), Some("."));
    }
}
