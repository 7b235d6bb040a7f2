//! Security schemes and what each operation requires of them.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, Operation as Raw, SecurityScheme as RawScheme};
use serde_json::Value;

use super::{Lowerer, component_pointer, resolve};
use crate::diagnostics::Code;
use crate::ir::{SchemeKind, SecurityScheme};
use crate::pointer::Pointer;

impl<'d> Lowerer<'d> {
    /// The schemes the runtime can speak; the others are named in warnings.
    pub(super) fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let Some(components) = &self.document.components else { return Vec::new() };
        let map = &components.security_schemes;
        let mut schemes = Vec::new();
        for (name, scheme) in map {
            let at = component_pointer("securitySchemes", name);
            if let Some((scheme, at)) = resolve(scheme, at, "securitySchemes", Some(map)) {
                schemes.extend(self.security_scheme(name, scheme, at));
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
        let Some(kind) = scheme_kind(raw) else {
            self.warn(
                Code::UnsupportedSecurity,
                format!("the security scheme `{name}` cannot be spoken"),
                &at,
                "implement `specwright_runtime::auth::Credentials` for it and hand it to the client",
            );
            return None;
        };
        let (description, extensions) = annotations(raw);
        let mut scheme = SecurityScheme {
            at,
            name: name.to_owned(),
            kind,
            description: description.clone(),
            type_name: None,
            env: Vec::new(),
            fields: Vec::new(),
        };
        if let Some(Value::Object(custom)) = extensions.get("x-specwright-credentials") {
            scheme.type_name = custom.get("name").and_then(Value::as_str).map(str::to_owned);
            scheme.env = strings(custom.get("env"));
            scheme.fields = strings(custom.get("fields"));
        }
        Some(scheme)
    }

    /// The alternatives of an operation: its own, else the document's. Alternatives that need a
    /// scheme we cannot speak are left out.
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
            match names.iter().find(|name| !self.can_speak(name)) {
                None => alternatives.push(names),
                Some(name) => {
                    let place = at.push("security").push(&index.to_string()).push(name);
                    self.report_requirement(name, &place);
                }
            }
        }
        alternatives
    }

    fn report_requirement(&mut self, name: &str, at: &Pointer) {
        let schemes = self.document.components.as_ref().map(|all| &all.security_schemes);
        if schemes.is_some_and(|all| all.contains_key(name)) {
            // The scheme itself has its own warning.
            return;
        }
        self.error(
            Code::InvalidDocument,
            format!("`{name}` is not a security scheme of this document"),
            at,
            "declare it under `components.securitySchemes`",
        );
    }

    fn can_speak(&self, name: &str) -> bool {
        let map = self.document.components.as_ref().map(|all| &all.security_schemes);
        let Some(scheme) = map.and_then(|all| all.get(name)) else { return false };
        let at = component_pointer("securitySchemes", name);
        resolve(scheme, at, "securitySchemes", map)
            .is_some_and(|(scheme, _)| scheme_kind(scheme).is_some())
    }
}

/// What a scheme asks of the client. OAuth flows that need a person give a token in the end, and
/// the client sends it as a bearer token (RFC 6750).
fn scheme_kind(raw: &RawScheme) -> Option<SchemeKind> {
    Some(match raw {
        RawScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Header => SchemeKind::HeaderKey(name.clone()),
            APIKeyLocation::Query => SchemeKind::QueryKey(name.clone()),
            APIKeyLocation::Cookie => SchemeKind::CookieKey(name.clone()),
        },
        RawScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            "digest" => SchemeKind::Digest,
            _ => return None,
        },
        RawScheme::OAuth2 { flows, .. } => match &flows.client_credentials {
            Some(flow) => SchemeKind::ClientCredentials { token_url: flow.token_url.clone() },
            None => SchemeKind::Bearer,
        },
        RawScheme::OpenIDConnect { .. } => SchemeKind::Bearer,
    })
}

fn annotations(raw: &RawScheme) -> (&Option<String>, &IndexMap<String, Value>) {
    match raw {
        RawScheme::APIKey { description, extensions, .. }
        | RawScheme::HTTP { description, extensions, .. }
        | RawScheme::OAuth2 { description, extensions, .. }
        | RawScheme::OpenIDConnect { description, extensions, .. } => (description, extensions),
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
