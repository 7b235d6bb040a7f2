//! A login that somebody else takes care of.

use std::future::ready;

use super::{AuthContext, AuthError, AuthRequest, Credentials, Readiness};
use crate::transport::BoxFuture;

/// Credentials that add nothing: the login happens elsewhere, or there is none.
///
/// For a TLS certificate of the client's (`mutualTLS`), a proxy or a
/// [`Middleware`](crate::transport::Middleware) that logs in, and for servers of tests that do not
/// ask. Without it, a call that needs a login fails before it is sent.
///
/// ```
/// # use specwright_runtime::ClientBuilder;
/// use specwright_runtime::auth::{Credential, External};
/// # fn with<C: specwright_runtime::codegen::v1::Service>(b: ClientBuilder<C>) -> ClientBuilder<C> {
/// # b
/// .credentials(External) // for every call, or for one scheme of the document:
/// .credentials(Credential::for_scheme("ClientCertificate", External))
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct External;

impl Credentials for External {
    fn takes_challenges(&self) -> bool {
        false
    }

    fn authorize<'a>(
        &'a self,
        _: AuthContext<'a>,
        _: AuthRequest<'a>,
    ) -> BoxFuture<'a, Result<Readiness, AuthError>> {
        Box::pin(ready(Ok(Readiness::Send)))
    }
}
