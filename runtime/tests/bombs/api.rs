//! A client with an answer for each sort of bomb.

use futures_util::StreamExt;
use http::{Request, Response};
use specwright_runtime::auth::{ClientCredentials, Digest, External};
use specwright_runtime::bytes::Bytes;
use specwright_runtime::codegen::v1::{self, Decode};
use specwright_runtime::serde_json::Value;
use specwright_runtime::transport::{
    BoxFuture, Middleware, Next, RequestBody, ResponseBody, TransportError,
};
use specwright_runtime::{ErrorKind, NoError, RetryPolicy};

/// Bytes of a success that may be read.
pub(crate) const CAP: usize = 1024 * 1024;
/// Bytes of any other answer, as it is unless set.
pub(crate) const ERROR_CAP: usize = 256 * 1024;

static API: v1::Api = v1::Api::new("bombs", "0.1.0");
static GET: v1::Operation = v1::Operation::new(v1::Method::GET, "get", "/get")
    .accept("application/json")
    .success(&[200])
    .security(&[&["login"]]);

#[derive(Clone, Copy)]
pub(crate) enum Login {
    None,
    Token,
    Digest,
}

/// What the answer is to become.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    Thing,
    Texts,
    Numbers,
    Values,
    /// A thing whose answer is decompressed on the way, because the user wants it so.
    Inflated,
}

#[derive(Decode)]
struct Thing {
    #[allow(dead_code, reason = "only what it takes to decode counts")]
    id: Option<String>,
}

/// What an element of each list takes up.
pub(crate) const LARGEST: usize = size_of::<Value>();

pub(crate) struct Client {
    url: String,
    login: Login,
}

struct Generated(v1::Core);

impl v1::Service for Generated {
    fn from_core(core: v1::Core) -> Self {
        Self(core)
    }
}

impl Client {
    pub(crate) fn new(url: &str, login: Login) -> Self {
        Self { url: url.to_owned(), login }
    }

    /// How the call ends; `None` is a success, which is dropped.
    pub(crate) async fn call(&self, wanted: Wanted) -> Option<ErrorKind> {
        let builder = v1::builder::<Generated>(&API).base_url(&self.url);
        let builder = builder.max_response_bytes(CAP as u64).retry(RetryPolicy::never());
        let id = || "id".to_owned();
        let builder = match self.login {
            Login::None => builder.credentials(External),
            Login::Token => {
                let token_url = format!("{}/token", self.url);
                builder.credentials(ClientCredentials::new(token_url, id(), id()))
            }
            Login::Digest => builder.credentials(Digest::new(id(), id())),
        };
        let inflated = matches!(wanted, Wanted::Inflated);
        let builder = if inflated { builder.middleware(Inflate) } else { builder };
        let call = builder.build().unwrap().0.call(&GET);
        match wanted {
            Wanted::Thing | Wanted::Inflated => kind(call.send_json::<Thing, NoError>().await),
            Wanted::Texts => kind(call.send_json::<Vec<Option<String>>, NoError>().await),
            Wanted::Numbers => kind(call.send_json::<Vec<f64>, NoError>().await),
            Wanted::Values => kind(call.send_json::<Value, NoError>().await),
        }
    }
}

fn kind<T>(result: Result<T, specwright_runtime::Error<NoError>>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

/// Does to an answer what decompressing one does at worst: a thousand bytes for each.
#[derive(Debug)]
struct Inflate;

static ZEROS: [u8; 64 * 1024] = [0; 64 * 1024];

impl Middleware for Inflate {
    fn handle<'a>(
        &'a self,
        request: Request<RequestBody>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let answer = next.run(request).await?;
            Ok(answer.map(|body| {
                ResponseBody::from_stream(body.flat_map(|chunk| {
                    let blocks = chunk.map_or(0, |bytes| bytes.len() / 64);
                    futures_util::stream::iter((0..blocks).map(|_| Ok(Bytes::from_static(&ZEROS))))
                }))
            }))
        })
    }
}
