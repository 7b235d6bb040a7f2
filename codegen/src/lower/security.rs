//! Security schemes and what each operation requires of them.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, Operation as Raw, SecurityScheme as RawScheme};
use serde_json::Value;

use super::header::is_token;
use super::server::url::unreadable;
use super::{Lowerer, component_pointer, resolve};
use crate::diagnostics::Code;
use crate::faults::Mark;
use crate::ir::{SchemeKind, SecurityScheme};
use crate::nearest::aside;
use crate::pointer::Pointer;

impl<'d> Lowerer<'d> {
    /// The schemes the runtime can speak; the others are named in warnings.
    pub(super) fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let Some(components) = &self.document.components else { return Vec::new() };
        let map = &components.security_schemes;
        let mut schemes = Vec::new();
        for (name, scheme) in map {
            let at = component_pointer("securitySchemes", name);
            let here = at.clone();
            if let Some((raw, at)) = resolve(scheme, at, "securitySchemes", Some(map)) {
                let description = self.described(&here, annotations(raw).0.as_deref());
                let scheme = self.security_scheme(name, raw, at);
                schemes.extend(scheme.map(|scheme| SecurityScheme { description, ..scheme }));
            }
        }
        schemes
    }

    fn security_scheme(
        &mut self,
        name: &str,
        raw: &RawScheme,
        at: Pointer,
    ) -> Option<SecurityScheme> {
        let kind = match scheme_kind(raw) {
            Ok(kind) => kind,
            Err((code, why)) => {
                self.warn(
                    code,
                    format!("the security scheme `{name}` cannot be spoken: {why}"),
                    &at,
                    &format!(
                        "implement `specwright_runtime::auth::Credentials` for it and hand it to \
                         the client as `Credential::for_scheme({name:?}, …)`"
                    ),
                );
                return None;
            }
        };
        self.tell_of_token_url(raw, &at);
        let (_, extensions) = annotations(raw);
        let mut scheme = SecurityScheme {
            at,
            name: name.to_owned(),
            kind,
            description: None,
            type_name: None,
            env: Vec::new(),
            fields: Vec::new(),
        };
        self.customise(&mut scheme, extensions);
        Some(scheme)
    }

    /// A token endpoint that no request can reach: the token is then whatever the caller has got.
    fn tell_of_token_url(&mut self, raw: &RawScheme, at: &Pointer) {
        let RawScheme::OAuth2 { flows, .. } = raw else { return };
        let Some(why) =
            flows.client_credentials.as_ref().and_then(|flow| unreachable(&flow.token_url))
        else {
            return;
        };
        self.warn(
            Code::FaultyDocument,
            format!("the token URL {why}: the login takes a token that you obtain"),
            &at.push("flows").push("clientCredentials").push("tokenUrl"),
            "write the URL that gives out tokens",
        );
    }

    /// The alternatives of an operation: its own, else the document's. Schemes that we cannot speak
    /// are among them, for the credentials of the caller's own making.
    pub(super) fn requirements(&mut self, raw: &'d Raw, site: &Pointer) -> Vec<Vec<String>> {
        let root = Pointer::root();
        let (list, at) = match (&raw.security, &self.document.security) {
            (Some(own), _) => (own, site),
            (None, Some(all)) => (all, &root),
            (None, None) => return Vec::new(),
        };
        let mut alternatives = Vec::with_capacity(list.len());
        for (index, requirement) in list.iter().enumerate() {
            let names: Vec<String> = requirement.keys().cloned().collect();
            for name in &names {
                if self.is_declared(name) {
                    continue;
                }
                let place = at.push("security").push(&index.to_string()).push(name);
                self.warn(
                    Code::FaultyDocument,
                    format!("`{name}` is not a security scheme of this document"),
                    &place,
                    &format!(
                        "declare it under `components.securitySchemes`, or hand the client a \
                         `Credential::for_scheme({name:?}, …)`"
                    ),
                );
            }
            alternatives.push(names);
        }
        alternatives
    }

    fn is_declared(&self, name: &str) -> bool {
        let map = self.document.components.as_ref().map(|all| &all.security_schemes);
        map.is_some_and(|all| all.contains_key(name))
    }
}

/// What a scheme asks of the client, or why that is not known. OAuth flows that need a person give
/// a token in the end, and the client sends it as a bearer token (RFC 6750).
fn scheme_kind(raw: &RawScheme) -> Result<SchemeKind, (Code, String)> {
    if let Some((_, why)) = Mark::find(|key| annotations(raw).1.get(key)) {
        return Err((Code::FaultyDocument, why.to_owned()));
    }
    let token = |name: &String, what: &str| match is_token(name) {
        true => Ok(name.clone()),
        false => Err((Code::FaultyDocument, format!("no {what} can be called `{name}`"))),
    };
    Ok(match raw {
        RawScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Header if is_of_connection(name) => {
                let why = format!("the connection has the header `{name}` for itself");
                return Err((Code::FaultyDocument, why));
            }
            APIKeyLocation::Header => SchemeKind::HeaderKey(token(name, "header")?),
            APIKeyLocation::Query if name.is_empty() => {
                let why = "a query parameter has a name".to_owned();
                return Err((Code::FaultyDocument, why));
            }
            APIKeyLocation::Query => SchemeKind::QueryKey(name.clone()),
            APIKeyLocation::Cookie => SchemeKind::CookieKey(token(name, "cookie")?),
        },
        RawScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            "digest" => SchemeKind::Digest,
            _ => {
                let near = aside(scheme, ["basic", "bearer", "digest"].into_iter());
                let why = format!("the runtime has no HTTP scheme `{scheme}`{near}");
                return Err((Code::UnsupportedSecurity, why));
            }
        },
        RawScheme::OAuth2 { flows, .. } => match &flows.client_credentials {
            Some(flow) if unreachable(&flow.token_url).is_none() => {
                SchemeKind::ClientCredentials { token_url: flow.token_url.clone() }
            }
            Some(_) | None => SchemeKind::Bearer,
        },
        RawScheme::OpenIDConnect { .. } => SchemeKind::Bearer,
    })
}

/// Headers that say where a message ends and what becomes of the connection, and the server's name
/// (RFC 9110, sections 7.2, 7.6.1 and 8.6; RFC 9112, section 6.1).
fn is_of_connection(name: &str) -> bool {
    let own =
        ["connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"];
    own.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Why no request can go to a token URL. A relative one is relative to the server.
fn unreachable(token_url: &str) -> Option<String> {
    if token_url.is_empty() { Some("is missing".to_owned()) } else { unreadable(token_url) }
}

fn annotations(raw: &RawScheme) -> (&Option<String>, &IndexMap<String, Value>) {
    match raw {
        RawScheme::APIKey { description, extensions, .. }
        | RawScheme::HTTP { description, extensions, .. }
        | RawScheme::OAuth2 { description, extensions, .. }
        | RawScheme::OpenIDConnect { description, extensions, .. } => (description, extensions),
    }
}
