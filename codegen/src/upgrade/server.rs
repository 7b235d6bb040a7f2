//! `schemes`, `host` and `basePath` are servers.

use serde_json::{Map, Value, json};

use super::{Upgrade, texts};
use crate::pointer::Pointer;

impl<'s> Upgrade<'s> {
    /// The servers of the document; without a host they are relative to where it was published.
    pub(super) fn servers(&mut self, document: &'s Map<String, Value>) -> Option<Value> {
        let key = ["host", "basePath"].into_iter().find(|key| document.contains_key(*key))?;
        let from = Pointer::root().push(key);
        let to = Pointer::root().push("servers");
        self.moved(&to, &from);
        self.servers_of(&texts(document.get("schemes")))
    }

    /// The servers of these schemes. A document without schemes means the one it was fetched by,
    /// and nobody should fetch one, or send anything, without TLS.
    pub(super) fn servers_of(&self, schemes: &[&str]) -> Option<Value> {
        let text = |key: &str| self.root.get(key).and_then(Value::as_str).unwrap_or_default();
        let (host, path) = (text("host"), text("basePath"));
        let rooted = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        let urls: Vec<String> = match host {
            "" if path.is_empty() => return None,
            "" => vec![format!("{rooted}{path}")],
            _ => of_http(schemes)
                .into_iter()
                .map(|scheme| format!("{scheme}://{host}{rooted}{path}"))
                .collect(),
        };
        Some(urls.into_iter().map(|url| json!({"url": url})).collect())
    }
}

/// The schemes that a client speaks, the safe one first, since a client takes the first server.
fn of_http<'t>(schemes: &[&'t str]) -> Vec<&'t str> {
    let spoken: Vec<&str> =
        ["https", "http"].into_iter().filter(|scheme| schemes.contains(scheme)).collect();
    if spoken.is_empty() { vec!["https"] } else { spoken }
}
