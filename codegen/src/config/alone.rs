//! One client of a configuration, whatever is wrong with the others.
//!
//! Who names a client asks for that one, and need not mend the tables of his colleagues first. What belongs
//! to no client, a misspelt header among it, may be about this one too.

use std::path::Path;

use toml_edit::{DocumentMut, Item};

use super::check;
use super::remains::tables;
use super::{ClientConfig, Config};
use crate::diagnostics::Diagnostics;

impl Config {
    /// The one client that `is_it` finds by its `crate-name` and its `out`, with its position: of a
    /// configuration that [`Config::parse`] refuses. `None` if something is wrong that belongs to no
    /// client, or if not exactly one client is it.
    ///
    /// # Errors
    ///
    /// What is wrong with this client.
    pub fn alone(
        text: &str,
        path: &Path,
        is_it: impl Fn(&ClientConfig) -> bool,
    ) -> Option<Result<(usize, ClientConfig), Diagnostics>> {
        let found = check::look(text, path).problems;
        if found.iter().any(|(client, _)| client.is_none()) {
            return None;
        }
        let mut those = tables(text).into_iter().enumerate().filter(|(_, table)| {
            let text = |key: &str| table.get(key).and_then(Item::as_str);
            let mut named = ClientConfig {
                crate_name: text("crate-name").map(str::to_owned),
                out: text("out").unwrap_or_default().into(),
                ..ClientConfig::default()
            };
            named.stand_in(path);
            is_it(&named)
        });
        let ((index, table), None) = (those.next()?, those.next()) else { return None };
        let own = found.into_iter().filter(|(client, _)| *client == Some(index));
        let mut own: Diagnostics = own.map(|(_, problem)| problem).collect();
        own.sort();
        if !own.is_empty() {
            return Some(Err(own));
        }
        let mut client: ClientConfig =
            toml_edit::de::from_document(DocumentMut::from(table)).ok()?;
        client.stand_in(path);
        Some(Ok((index, client)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
[[client]]
spec = 'a.yaml'
out = 'a'
strict = 'yes'

[[client]]
spec = 'b.yaml'
out = 'b'

[[client]]
out = 'c'
crate-name = 'twice'

[[client]]
spec = 'd.yaml'
out = 'd'
crate-name = 'twice'
";

    #[test]
    fn a_client_has_its_own_problems() {
        let check = |text: &str, out: &str, expected: Option<Result<usize, &[usize]>>| {
            let path = Path::new("in/specwright.toml");
            let alone = Config::alone(text, path, |client| client.out == path.with_file_name(out));
            let lines = |all: Diagnostics| -> Vec<usize> {
                all.iter().filter_map(|one| Some(one.location.as_ref()?.line)).collect()
            };
            let alone = alone.map(|one| one.map(|(index, _)| index).map_err(lines));
            assert_eq!(alone, expected.map(|one| one.map_err(<[usize]>::to_vec)), "{out}");
        };
        check(TEXT, "a", Some(Err(&[4])));
        check(TEXT, "b", Some(Ok(1)));
        check(TEXT, "c", Some(Err(&[10])));
        check(TEXT, "d", Some(Ok(3)));
        check(TEXT, "e", None);
        // What stands outside may be meant for any of them.
        check(&format!("strict = true\n{TEXT}"), "b", None);
        check("[[client]\n", "b", None);
    }

    #[test]
    fn two_of_a_name_are_none() {
        let is_it = |client: &ClientConfig| client.crate_name.as_deref() == Some("twice");
        assert!(Config::alone(TEXT, Path::new("specwright.toml"), is_it).is_none());
    }
}
