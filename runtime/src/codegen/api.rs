//! What generated code says about its document as a whole.

use crate::client::{ClientBuilder, Core, server};
use crate::error::CredentialsError;

/// The document: who speaks, and to which servers.
#[derive(Debug)]
pub struct Api {
    name: &'static str,
    version: &'static str,
    servers: &'static [&'static str],
    variables: &'static [(&'static str, &'static str)],
    demanded: &'static [&'static str],
    error_code: Option<&'static str>,
}

impl Api {
    /// The name and version that go into `User-Agent`: the generated crate's own, or the
    /// document's title and version where there is no crate.
    #[must_use]
    pub const fn new(name: &'static str, version: &'static str) -> Self {
        Self { name, version, servers: &[], variables: &[], demanded: &[], error_code: None }
    }

    /// The document's servers in its order, as written there.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [&'static str]) -> Self {
        self.servers = servers;
        self
    }

    /// The variables in server URLs, with their defaults.
    #[must_use]
    pub const fn variables(mut self, variables: &'static [(&'static str, &'static str)]) -> Self {
        self.variables = variables;
        self
    }

    /// The variables in server URLs that have no default.
    #[must_use]
    pub const fn demanded(mut self, variables: &'static [&'static str]) -> Self {
        self.demanded = variables;
        self
    }

    /// Where in the body of an error its name stands: a JSON pointer (`x-specwright-error-code`).
    #[must_use]
    pub const fn error_code(mut self, pointer: &'static str) -> Self {
        self.error_code = Some(pointer);
        self
    }

    pub(crate) fn code_pointer(&self) -> Option<&'static str> {
        self.error_code
    }

    /// The first absolute server. A relative one (OpenAPI 3.0.3, Server Object) is relative to
    /// where the document was served, which nobody knows any more.
    pub(crate) fn declared_server(&self, values: &[(String, String)]) -> Option<String> {
        let filled = self.servers.iter().filter_map(|server| server::fill(server, values));
        filled.into_iter().find(|server| server.contains("://"))
    }

    /// What is missing for a base URL, where [`declared_server`](Self::declared_server) has none.
    pub(crate) fn missing(&self, values: &[(String, String)]) -> String {
        let has_value = |name: &str| values.iter().any(|(known, _)| known == name);
        let lacks = self.demanded.iter().find(|name| {
            let braced = format!("{{{name}}}");
            !has_value(name) && self.servers.iter().any(|server| server.contains(&braced))
        });
        match lacks {
            Some(name) => format!(
                "the document's server needs a value for {name:?}: call `server_variable`, or \
                 `base_url`"
            ),
            None => "the document declares no absolute server: call `base_url`".to_owned(),
        }
    }

    /// All variables with the caller's values, else their defaults; those without either are left
    /// out.
    ///
    /// # Errors
    /// The caller gave a value to a variable that no server has, or one that would lead to another
    /// server than the document's.
    pub(crate) fn values(
        &self,
        chosen: &[(String, String)],
    ) -> Result<Vec<(String, String)>, String> {
        let known = |name: &str| {
            self.variables.iter().any(|(known, _)| *known == name) || self.demanded.contains(&name)
        };
        if let Some((name, _)) = chosen.iter().find(|(name, _)| !known(name)) {
            return Err(format!("no server of the document has a variable {name:?}"));
        }
        if let Some(name) = self.servers.iter().find_map(|url| server::misplaced(url, chosen)) {
            return Err(format!(
                "the value of {name:?} is not fit for the host in the server's URL"
            ));
        }
        let with_default = self.variables.iter().map(|(name, default)| (*name, Some(*default)));
        let without = self.demanded.iter().map(|name| (*name, None));
        let value = |(name, default): (&str, Option<&str>)| {
            let own = chosen.iter().rev().find(|(known, _)| known == name);
            let value = own.map(|(_, value)| value.as_str()).or(default)?;
            Some((name.to_owned(), value.to_owned()))
        };
        Ok(with_default.chain(without).filter_map(value).collect())
    }

    /// `name/version`, with anything that is no token character (RFC 9110, section 5.6.2)
    /// replaced: a document's title is free text.
    pub(crate) fn product(&self) -> String {
        format!("{}/{}", token(self.name), token(self.version))
    }
}

fn token(text: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let token: String = text.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
    if token.is_empty() { "client".to_owned() } else { token }
}

/// A generated client: a wrapper around [`Core`].
pub trait Service: Sized {
    /// Wraps the core.
    fn from_core(core: Core) -> Self;
}

/// Starts building a client for `api`.
pub fn builder<C: Service>(api: &'static Api) -> ClientBuilder<C> {
    ClientBuilder::new(api)
}

/// Reads all of `names` from the environment.
///
/// # Errors
/// Names every variable that is unset, empty or not Unicode.
pub fn env_vars<const N: usize>(names: [&'static str; N]) -> Result<[String; N], CredentialsError> {
    let values = names.map(|name| std::env::var(name).unwrap_or_default());
    let missing: Vec<&'static str> = names
        .iter()
        .zip(&values)
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| *name)
        .collect();
    if missing.is_empty() { Ok(values) } else { Err(CredentialsError::new(missing)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_is_two_tokens() {
        assert_eq!(Api::new("atlas-snapshots", "0.1.0").product(), "atlas-snapshots/0.1.0");
        assert_eq!(Api::new("Mein Dienst (β)", "").product(), "Mein-Dienst----/client");
    }

    #[test]
    fn first_absolute_server_is_declared() {
        let api = Api::new("a", "1").servers(&["/v1", "https://{host}/", "https://a.example/v1"]);
        assert_eq!(api.declared_server(&[]).as_deref(), Some("https://a.example/v1"));
        assert_eq!(Api::new("a", "1").servers(&["/v1"]).declared_server(&[]), None);
    }

    #[test]
    fn variables_have_defaults_and_values() {
        let api = Api::new("a", "1")
            .servers(&["https://{region}.example/{version}"])
            .variables(&[("region", "eu"), ("version", "v1")]);
        let server =
            |chosen: &[(String, String)]| api.declared_server(&api.values(chosen).unwrap());
        assert_eq!(server(&[]).as_deref(), Some("https://eu.example/v1"));
        let us = [("region".to_owned(), "us".to_owned())];
        assert_eq!(server(&us).as_deref(), Some("https://us.example/v1"));
        assert!(api.values(&[("regoin".to_owned(), "us".to_owned())]).is_err());
    }

    #[test]
    fn a_variable_without_a_default_is_demanded() {
        let api = Api::new("a", "1").servers(&["https://{tenant}.example"]).demanded(&["tenant"]);
        let none = api.values(&[]).unwrap();
        assert_eq!(api.declared_server(&none), None);
        assert!(api.missing(&none).contains("tenant"));
        let acme = api.values(&[("tenant".to_owned(), "acme".to_owned())]).unwrap();
        assert_eq!(api.declared_server(&acme).as_deref(), Some("https://acme.example"));
        assert!(Api::new("a", "1").servers(&["/v1"]).missing(&[]).contains("base_url"));
    }

    #[test]
    fn every_missing_variable_is_named() {
        let error = env_vars(["SPECWRIGHT_TEST_ONE", "PATH", "SPECWRIGHT_TEST_TWO"]).unwrap_err();
        assert_eq!(error.missing(), ["SPECWRIGHT_TEST_ONE", "SPECWRIGHT_TEST_TWO"]);
        assert!(env_vars(["PATH"]).is_ok());
    }
}
