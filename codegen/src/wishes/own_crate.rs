//! Paths that begin with `crate`: in a module they lead into the crate that includes it. Of a whole crate
//! every file is generated, and nothing of the user's own is in it.

use crate::Options;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::rust_path::RustPath;

/// An error for each entry that no crate of ours can resolve, which rustc would tell of file by file.
pub(super) fn check(options: &Options) -> Diagnostics {
    if options.module_only {
        return Diagnostics::default();
    }
    let types = options.types.iter().map(|(at, path)| ("types", at.clone(), &path.0));
    let formats = options.formats.iter().map(|(name, path)| ("formats", name.clone(), &path.0));
    let derives = options.derives.iter().map(|path| ("derives", path.0.to_string(), &path.0));
    let of_types = options.type_derives.iter().flat_map(|(at, paths)| {
        paths.iter().map(move |path| ("type-derives", at.clone(), &path.0))
    });
    let all = types.chain(formats).chain(derives).chain(of_types);
    all.filter_map(|(key, entry, path)| refused(key, &entry, path)).collect()
}

fn refused(key: &'static str, entry: &str, path: &RustPath) -> Option<Diagnostic> {
    let beside = path.beside_generated()?;
    let name = beside.steps.last().map_or("", |step| step.name.as_str());
    let message = format!("`{key}` names `{beside}`, and of a whole crate every file is generated");
    let help = format!(
        "put it into a crate of its own and name that: `some_crate::{name}`; or make the client a module \
         of your crate, by `module-only` or a build script"
    );
    Some(Diagnostic::error(Code::Config, message).about(key, Some(entry)).help(help))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    #[test]
    fn what_a_crate_of_ours_does_not_have() {
        let told = |line: &str| -> Vec<String> {
            let text = format!("[[client]]\nspec = 'a'\nout = 'b'\n{line}\n");
            let config = Config::parse(&text, Path::new("specwright.toml")).unwrap();
            let options = Options::from(&config.clients[0]);
            let module = Options { module_only: true, ..options.clone() };
            assert!(check(&module).is_empty(), "{line}");
            check(&options).iter().map(|one| one.message.clone()).collect()
        };
        let refused = |line: &str, key: &str, path: &str| {
            let message =
                format!("`{key}` names `{path}`, and of a whole crate every file is generated");
            assert_eq!(told(line), [message], "{line}");
        };
        refused("types = { '/a' = 'crate::Money' }", "types", "crate::Money");
        refused("formats = { a = 'Vec<crate::own::Money>' }", "formats", "crate::own::Money");
        refused("derives = ['Hash', 'crate::Named']", "derives", "crate::Named");
        refused("type-derives = { '/a' = ['crate::Named'] }", "type-derives", "crate::Named");
        for fine in [
            "types = { '/a' = 'crate::types::Other', '/b' = 'money::Money' }",
            "formats = { a = '::krate::Money' }",
            "derives = ['Hash', 'named::Named']",
        ] {
            assert!(told(fine).is_empty(), "{fine}");
        }
    }
}
