//! `x-specwright-credentials`: what the credential type of a security scheme is called, and where
//! its secrets come from.
//!
//! ```yaml
//! x-specwright-credentials: {name: ServiceAccount, env: [CLIENT_ID, CLIENT_SECRET]}
//! ```

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Lowerer;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::SecurityScheme;
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;

const KEY: &str = "x-specwright-credentials";
const KEYS: [&str; 3] = ["env", "fields", "name"];

/// The texts of a list, and what is wrong with it.
type Checked = Result<Vec<String>, String>;

impl Lowerer<'_> {
    /// What the document says of the credentials of a scheme. What does not fit is left out, and
    /// told; a value that is no mapping was told where keys are checked.
    pub(super) fn customise(
        &mut self,
        scheme: &mut SecurityScheme,
        extensions: &IndexMap<String, Value>,
    ) {
        let Some(Value::Object(custom)) = extensions.get(KEY) else { return };
        let at = scheme.at.push(KEY);
        let count = scheme.kind.secrets();
        let env =
            texts(custom, "env", count).and_then(|all| match all.iter().find(is_no_variable) {
                Some(name) => Err(format!("no variable of the environment is called `{name}`")),
                None => Ok(all),
            });
        scheme.type_name = self.type_name(custom, &at);
        scheme.env = self.fitting(env, &at.push("env"));
        let fields = texts(custom, "fields", count).and_then(distinct);
        scheme.fields = self.fitting(fields, &at.push("fields"));
        self.unknown(custom, &KEYS, KEY, &at);
    }

    fn type_name(&mut self, custom: &Map<String, Value>, at: &Pointer) -> Option<String> {
        match custom.get("name")? {
            Value::String(name) if !name.trim().is_empty() => Some(name.clone()),
            _ => {
                let why = "`name` has to be the name of a type".to_owned();
                self.wrong(why, &at.push("name"));
                None
            }
        }
    }

    fn fitting(&mut self, list: Checked, at: &Pointer) -> Vec<String> {
        list.unwrap_or_else(|why| {
            self.wrong(why, at);
            Vec::new()
        })
    }

    /// Tells of keys that an extension of ours does not have.
    pub(super) fn unknown(
        &mut self,
        custom: &Map<String, Value>,
        known: &[&str],
        extension: &str,
        at: &Pointer,
    ) {
        for key in custom.keys().filter(|key| !known.contains(&key.as_str())) {
            let help = did_you_mean(key, known.iter().copied())
                .unwrap_or_else(|| format!("it has `{}`", known.join("`, `")));
            let message = format!("`{key}` is no key of `{extension}`");
            let warning = Diagnostic::warning(Code::UnknownKey, message).at(&at.push(key));
            self.diagnostics.push(warning.help(help));
        }
    }

    /// Tells of a value in an extension of ours that is not what it has to be.
    pub(super) fn wrong(&mut self, why: String, at: &Pointer) {
        self.warn(Code::WrongValue, format!("{why}: it is left out"), at, "correct it");
    }
}

/// The list under a key, which has one text for each secret.
fn texts(custom: &Map<String, Value>, key: &str, count: usize) -> Checked {
    let Some(value) = custom.get(key) else { return Ok(Vec::new()) };
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let texts: Vec<String> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    if texts.len() == count && list.len() == count {
        return Ok(texts);
    }
    let number = match count {
        1 => "one text, as this scheme has one secret".to_owned(),
        many => format!("{many} texts, one for each part of this scheme's credentials"),
    };
    Err(format!("`{key}` has to be a list of {number}"))
}

/// The arguments of a constructor have a name each.
fn distinct(fields: Vec<String>) -> Checked {
    let mut seen = BTreeSet::new();
    match fields.iter().find(|name| !seen.insert(*name)) {
        Some(twice) => Err(format!("`fields` has `{twice}` twice")),
        None => Ok(fields),
    }
}

/// A name that the environment cannot have (POSIX.1-2017, section 8.1).
fn is_no_variable(name: &&String) -> bool {
    name.is_empty() || name.contains(['=', '\0'])
}
