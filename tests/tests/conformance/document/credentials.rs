//! Security schemes → credential types.

use serde_yaml::Value;

use super::{Document, entries, items, list, text};
use crate::case::pascal;
use crate::surface::Surface;

/// One credential type for each security scheme.
pub(super) fn describe(document: &Document, surface: &mut Surface) {
    for (scheme, value) in document.entries("/components/securitySchemes") {
        describe_scheme(document, scheme, document.resolve(value), surface);
    }
}

fn describe_scheme(document: &Document, scheme: &str, value: &Value, surface: &mut Surface) {
    let Some((wrapped, literal, default_fields)) = kind(document, value) else {
        surface
            .problem(format!("this test does not know the kind of the security scheme {scheme}"));
        return;
    };
    let said = value.get("x-specwright-credentials");
    let ours =
        said.and_then(|said| text(said, "name")).map_or_else(|| pascal(scheme), str::to_owned);
    let mut fields: Vec<&str> = texts(said, "fields");
    if fields.is_empty() {
        fields = default_fields.to_vec();
    }
    let place = format!("credentials::{ours}");
    surface.add(&ours, format!("pub use {place}"));
    surface.add(&place, format!("struct [] ({wrapped})"));
    surface.add(format!("{place}: scheme"), format!("{scheme:?}"));
    let arguments: Vec<String> =
        fields.iter().map(|field| format!("{field}: impl Into<String>")).collect();
    let passed: Vec<&str> = literal.as_deref().into_iter().chain(fields.iter().copied()).collect();
    surface.add(
        format!("{place}::new"),
        format!("({}) -> Self wraps {wrapped}::new({})", arguments.join(", "), passed.join(", ")),
    );
    let variables = texts(said, "env");
    if !variables.is_empty() {
        surface.add(
            format!("{place}::from_env"),
            format!(
                "() -> Result<Self, specwright_runtime::CredentialsError> reads {}",
                list(variables.into_iter())
            ),
        );
    }
}

fn texts<'a>(said: Option<&'a Value>, key: &str) -> Vec<&'a str> {
    items(said.and_then(|said| said.get(key))).filter_map(Value::as_str).collect()
}

/// The runtime's type, a literal that goes first into it, and the arguments it takes when the
/// document names none.
fn kind(
    document: &Document,
    scheme: &Value,
) -> Option<(&'static str, Option<String>, &'static [&'static str])> {
    let http = text(scheme, "scheme").unwrap_or_default();
    match (text(scheme, "type")?, http) {
        ("oauth2", _) => {
            let (_, flow) =
                entries(scheme.get("flows")).find(|(flow, _)| *flow == "clientCredentials")?;
            let url = text(document.resolve(flow), "tokenUrl")?;
            let fields: &[&str] = &["client_id", "client_secret"];
            Some(("specwright_runtime::auth::ClientCredentials", Some(format!("{url:?}")), fields))
        }
        ("http", "digest") => {
            Some(("specwright_runtime::auth::Digest", None, &["username", "password"]))
        }
        ("http", "basic") => {
            Some(("specwright_runtime::auth::Basic", None, &["username", "password"]))
        }
        _ => None,
    }
}
