//! Which credentials a call uses, and what they do to its request.

use http::{HeaderMap, Request, Uri};

use super::request::Prepared;
use crate::auth::{AuthRequest, ChallengeResponse, Credential, Readiness};
use crate::client::Shared;
use crate::codegen::Operation;
use crate::error::{Details, ErrorKind};
use crate::transport::RequestBody;

/// The credentials of one call; none if its operation needs none.
pub(super) struct Login<'a> {
    chosen: Chosen<'a>,
}

/// The first, which nearly always is the only one, and the others.
type Chosen<'a> = (Option<&'a Credential>, Vec<&'a Credential>);

impl<'a> Login<'a> {
    /// The first of the operation's alternatives that the client can serve in full.
    ///
    /// An alternative without schemes makes the login optional (OpenAPI 3.0.3, Security
    /// Requirement Object): it is taken only when no other can be.
    ///
    /// # Errors
    /// The operation needs a login, and the client has no credentials, or only some for other
    /// schemes. The server could only answer with a 401, which says less.
    pub(super) fn choose(
        operation: &'static Operation,
        held: &'a [Credential],
    ) -> Result<Self, Box<Details>> {
        let alternatives = operation.alternatives();
        let served = alternatives
            .iter()
            .filter(|schemes| !schemes.is_empty())
            .find_map(|schemes| serve(schemes, held));
        if let Some(chosen) = served {
            return Ok(Self { chosen });
        }
        if alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty()) {
            return Ok(Self { chosen: (None, Vec::new()) });
        }
        Err(Details::new(ErrorKind::Auth, Some(operation)).because(lacks(alternatives, held)))
    }

    /// The credentials, in the order of the document.
    fn chosen(&self) -> impl Iterator<Item = &'a Credential> + '_ {
        let (first, others) = &self.chosen;
        first.iter().chain(others).copied()
    }

    /// Whether one of the credentials learns from a 401.
    pub(super) fn takes_challenges(&self) -> bool {
        self.chosen().any(|credential| credential.inner.takes_challenges())
    }

    /// The request with all credentials added; without its body if one of them only wants to be
    /// asked.
    pub(super) async fn authorize(
        &self,
        client: &Shared,
        prepared: &Prepared,
    ) -> Result<Outgoing, Box<Details>> {
        let (mut uri, mut headers) = (prepared.uri.clone(), prepared.headers(client));
        let mut probe = false;
        for credential in self.chosen() {
            let method = prepared.operation.method();
            let request = AuthRequest { method, uri: &mut uri, headers: &mut headers };
            let readiness =
                credential.inner.authorize(client.auth_context(&prepared.server), request).await;
            probe |=
                readiness.map_err(|e| Details::login(prepared.operation, e))? == Readiness::Probe;
        }
        if !same_origin(&uri, &prepared.uri) {
            let reason = "a login scheme changed where the request goes";
            return Err(Details::new(ErrorKind::Auth, Some(prepared.operation)).because(reason));
        }
        Ok(Outgoing { request: prepared.request(uri, headers, probe), probe })
    }

    /// Tells the credentials about a 401. True if one of them wants another try.
    pub(super) async fn challenged(
        &self,
        client: &Shared,
        prepared: &Prepared,
        sent: &HeaderMap,
        answer: &HeaderMap,
        uri: &Uri,
    ) -> Result<bool, Box<Details>> {
        let mut again = false;
        for credential in self.chosen() {
            let context = client.auth_context(&prepared.server);
            let response = credential.inner.challenged(context, sent, answer, uri).await;
            again |= response.map_err(|e| Details::login(prepared.operation, e))?
                == ChallengeResponse::Replay;
        }
        Ok(again)
    }
}

/// A request ready to be sent.
pub(super) struct Outgoing {
    pub(super) request: Request<RequestBody>,
    pub(super) probe: bool,
}

/// What the builder has to be told before the operation can be called.
fn lacks(alternatives: &[&[&str]], held: &[Credential]) -> String {
    let scheme = |schemes: &&[&str]| format!("`{}`", schemes.join("` with `"));
    let needed: Vec<String> = alternatives.iter().map(scheme).collect();
    let needed = needed.join(" or ");
    let missing = if held.is_empty() { "the client has none" } else { "the client has others" };
    format!(
        "the operation needs a credential for {needed}, and {missing}: \
         give it one with the builder's `credentials`"
    )
}

/// One credential for each scheme, those made for it first; `None` if one is missing.
fn serve<'a>(schemes: &[&str], held: &'a [Credential]) -> Option<Chosen<'a>> {
    let (mut first, mut others): Chosen<'a> = (None, Vec::new());
    for scheme in schemes {
        let exact = held.iter().find(|credential| credential.scheme == Some(scheme));
        let any = || held.iter().find(|credential| credential.scheme.is_none());
        let credential = exact.or_else(any)?;
        let mut taken = first.iter().chain(&others);
        if taken.any(|taken| std::ptr::eq(*taken, credential)) {
            continue;
        }
        match first {
            None => first = Some(credential),
            Some(_) => others.push(credential),
        }
    }
    Some((first, others))
}

fn same_origin(a: &Uri, b: &Uri) -> bool {
    a.scheme() == b.scheme() && a.authority() == b.authority()
}
