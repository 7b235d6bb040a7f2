//! Logins, by what their types hand to the runtime.

use syn::visit::Visit;

use super::surface::text;
use super::wire::Wire;
use super::words::{Fact, code, cookie, header, list, literal, literals, query};

/// A login, by the constructor of the runtime's type that it calls.
pub(super) fn login(block: &syn::Block) -> Wire {
    struct Logins(Vec<Fact>);
    impl Visit<'_> for Logins {
        fn visit_expr_call(&mut self, call: &syn::ExprCall) {
            let function = text(&call.func);
            let mut way = function.rsplit("::");
            let (constructor, inner) = (way.next(), way.next());
            let fixed = call.args.first().and_then(literal).unwrap_or_default();
            let is = match (inner, constructor) {
                (Some("Bearer"), _) => "a bearer token".to_owned(),
                (Some("Basic"), _) => "HTTP Basic".to_owned(),
                (Some("Digest"), _) => "HTTP Digest".to_owned(),
                (Some("HeaderKey"), Some("query")) => query(&fixed),
                (Some("HeaderKey"), Some("cookie")) => cookie(&fixed),
                (Some("HeaderKey"), _) => header(&fixed),
                (Some("ClientCredentials"), _) => {
                    format!("OAuth 2.0 client credentials, with tokens from {}", code(&fixed))
                }
                (_, Some("env_vars")) => {
                    let names = call.args.first().map(literals).unwrap_or_default();
                    self.0.push(Fact::new("the variables of the environment", list(names)));
                    return;
                }
                _ => return syn::visit::visit_expr_call(self, call),
            };
            self.0.push(Fact::new("the login", is));
        }
    }
    let mut logins = Logins(Vec::new());
    logins.visit_block(block);
    Wire { facts: logins.0, code: String::new() }
}

/// What a login is called by the document, which the conversion into a credential says.
pub(super) fn scheme(block: &syn::Block) -> Option<String> {
    struct Scheme(Option<String>);
    impl Visit<'_> for Scheme {
        fn visit_expr_call(&mut self, call: &syn::ExprCall) {
            if text(&call.func).ends_with("::for_scheme") {
                self.0 = call.args.first().and_then(literal);
            }
        }
    }
    let mut scheme = Scheme(None);
    scheme.visit_block(block);
    scheme.0
}
