//! One credential type a security scheme.

use super::build::Context;
use super::{Credential, Docs, docs, markdown};
use crate::ir::{SchemeKind, SecurityScheme};

/// In document order.
pub(super) fn credentials(context: &Context<'_>) -> Vec<Credential> {
    let schemes = context.api.schemes.iter().enumerate();
    schemes
        .map(|(index, scheme)| {
            let names = context.names.credential(index);
            let (inner, constructor, fixed) = target(&scheme.kind);
            let env = if scheme.env.len() == names.arguments.len() {
                scheme.env.clone()
            } else {
                Vec::new()
            };
            Credential {
                docs: credential_docs(scheme),
                name: names.type_name.clone(),
                scheme: scheme.name.clone(),
                inner,
                constructor,
                fixed,
                arguments: names.arguments.clone(),
                env,
            }
        })
        .collect()
}

/// The runtime's type, its constructor, and what the document fixes of its arguments.
fn target(kind: &SchemeKind) -> (&'static str, &'static str, Vec<String>) {
    match kind {
        SchemeKind::ClientCredentials { token_url } => {
            ("ClientCredentials", "new", vec![token_url.clone()])
        }
        SchemeKind::Digest => ("Digest", "new", Vec::new()),
        SchemeKind::Basic => ("Basic", "new", Vec::new()),
        SchemeKind::Bearer => ("Bearer", "new", Vec::new()),
        SchemeKind::HeaderKey(name) => ("HeaderKey", "new", vec![name.clone()]),
        SchemeKind::QueryKey(name) => ("HeaderKey", "query", vec![name.clone()]),
        SchemeKind::CookieKey(name) => ("HeaderKey", "cookie", vec![name.clone()]),
    }
}

fn credential_docs(scheme: &SecurityScheme) -> Docs {
    let how = match &scheme.kind {
        SchemeKind::ClientCredentials { token_url } => format!(
            "OAuth 2.0 client credentials; tokens come from {} and are shared by all clones.",
            markdown::code(token_url)
        ),
        SchemeKind::Digest => "HTTP Digest authentication (RFC 7616).".to_owned(),
        SchemeKind::Basic => "HTTP Basic authentication (RFC 7617).".to_owned(),
        SchemeKind::Bearer => "A bearer token (RFC 6750).".to_owned(),
        SchemeKind::HeaderKey(name) => format!("A key in the header {}.", markdown::code(name)),
        SchemeKind::QueryKey(name) => {
            format!("A key in the query parameter {}.", markdown::code(name))
        }
        SchemeKind::CookieKey(name) => format!("A key in the cookie {}.", markdown::code(name)),
    };
    let name = format!("The security scheme {}.", markdown::code(&scheme.name));
    let words = scheme.description.as_deref().map(markdown::lines).unwrap_or_default();
    docs::join(vec![vec![how], words, vec![name]])
}
