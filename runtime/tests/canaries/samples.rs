//! One value at least of each type, with the secret wherever the type takes a text.

use std::any::type_name_of_val;
use std::fmt::Debug;
use std::path::Path;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use specwright_runtime::auth::{
    AuthContext, AuthError, AuthErrorKind, AuthRequest, Basic, Bearer, ClientCredentials,
    Credential, Digest, FileTokenStore, HeaderKey, StoreTurn, StoredToken, TokenKey, TokenStore,
};
use specwright_runtime::codegen::v1::{self, ErrorParts};
use specwright_runtime::transport::{
    BoxFuture, CollectError, Middleware, Next, RequestBody, ReqwestTransport, ResponseBody,
    Transport, TransportError,
};
use specwright_runtime::{
    AnyError, Body, CallOptions, ClientBuilder, Event, Multipart, NoError, Part, Secret,
};
use url::Url;

use crate::CANARY;

pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The name is the type's own, so that a sample cannot pass for another's.
fn sample<T: Debug>(value: &T) -> Sample {
    let path = type_name_of_val(value).split('<').next().unwrap();
    let name = path.rsplit("::").next().unwrap().to_owned();
    Sample { name, text: format!("{value:?} {value:#?}") }
}

/// Only its name is shown.
const CANARY_VARIABLE: &str = "SPECWRIGHT_IS_NOT_SET";

fn secret() -> String {
    CANARY.to_owned()
}

#[derive(Clone, Debug)]
struct Client(v1::Core);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self(core)
    }
}

static API: v1::Api = v1::Api::new("canaries", "0.1.0").servers(&["https://api.example"]);
static POST: v1::Operation =
    v1::Operation::new(Method::POST, "post", "/{id}").security(&[&["login"]]);

/// Answers with the secret, and prints on the way what passes.
#[derive(Clone, Debug, Default)]
struct Echo {
    seen: Arc<Mutex<Vec<Sample>>>,
    status: u16,
}

impl Debug for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl Transport for Echo {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        self.seen.lock().unwrap().push(sample(request.body()));
        let answer = Response::builder().status(self.status).header("x-echo", CANARY);
        let answer = answer.body(ResponseBody::from_bytes(CANARY)).unwrap();
        self.seen.lock().unwrap().push(sample(answer.body()));
        Box::pin(async { Ok(answer) })
    }
}

impl Middleware for Echo {
    fn handle<'a>(
        &'a self,
        request: Request<RequestBody>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        self.seen.lock().unwrap().push(sample(&next));
        next.run(request)
    }
}

impl TokenStore for Echo {
    fn load<'a>(
        &'a self,
        key: TokenKey<'a>,
    ) -> BoxFuture<'a, Result<Option<StoredToken>, AuthError>> {
        self.seen.lock().unwrap().push(sample(&key));
        Box::pin(async { Ok(Some(StoredToken::new(secret(), None))) })
    }

    fn save<'a>(&'a self, _: TokenKey<'a>, _: StoredToken) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(async { Ok(()) })
    }

    fn remove<'a>(&'a self, _: TokenKey<'a>) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(async { Ok(()) })
    }
}

pub(crate) async fn all() -> Vec<Sample> {
    let mut all = values();
    all.extend(logins());
    for status in [200, 500] {
        all.extend(calls(status).await);
    }
    all.extend(streams().await);
    all.extend(waits().await);
    all.extend(pages().await);
    all
}

/// What a user makes, and what is made for him.
fn values() -> Vec<Sample> {
    let part = || Part::file(CANARY, CANARY.as_bytes().to_vec()).with_media_type("text/plain");
    let too_large = CollectError::TooLarge { cap: 1 };
    vec![
        sample(&Secret::from(secret())),
        sample(&Body::from(CANARY.as_bytes().to_vec())),
        sample(&sent_file()),
        sample(&part()),
        sample(&Multipart::new().part("a", part())),
        sample(&CallOptions::new().header("x-key", CANARY).header(CANARY, "a\n")),
        sample(&ErrorParts::new(500, CANARY)),
        sample(&too_large),
        sample(&TransportError::exchange("reset")),
        sample(&ReqwestTransport::new(reqwest::Client::builder().user_agent(CANARY)).unwrap()),
        sample(&StoreTurn::held(secret())),
        sample(&StoredToken::new(secret(), None)),
        sample(&AuthError::new(AuthErrorKind::Rejected, "no").with_status(StatusCode::FORBIDDEN)),
        sample(&v1::TextRules::new().max_length(1).check(CANARY).unwrap_err()),
        sample(&v1::env_vars([CANARY_VARIABLE]).unwrap_err()),
    ]
}

fn logins() -> Vec<Sample> {
    let account = || ClientCredentials::new("https://a.example/token", secret(), secret());
    let url = Url::parse("https://api.example").unwrap();
    let transport: Arc<dyn Transport> = Arc::new(Echo::default());
    let context = AuthContext {
        transport: &transport,
        base_url: &url,
        server: &url,
        declared_server: None,
        token_store: None,
    };
    let (method, mut headers) = (Method::GET, HeaderMap::new());
    headers.insert("x-key", CANARY.parse().unwrap());
    let mut uri: Uri = format!("https://api.example/?key={CANARY}").parse().unwrap();
    let request = AuthRequest { method: &method, uri: &mut uri, headers: &mut headers };
    vec![
        sample(&account()),
        sample(&Credential::from(account())),
        sample(&Digest::new(secret(), secret())),
        sample(&Basic::new(secret(), secret())),
        sample(&Bearer::new(secret())),
        sample(&HeaderKey::query("key", secret())),
        sample(&FileTokenStore::new("/var/lib/tokens")),
        sample(&context),
        sample(&request),
    ]
}

/// A file that is named after the secret.
fn sent_file() -> Body {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(CANARY);
    std::fs::write(&path, CANARY).unwrap();
    Body::from_file(path).unwrap()
}

/// Answers of many values, and an event with the secret wherever a server may put one.
async fn streams() -> Vec<Sample> {
    static OPEN: v1::Operation = v1::Operation::new(Method::POST, "open", "/{id}");
    let builder: ClientBuilder<Client> = v1::builder(&API);
    let client = builder.transport(Echo { status: 200, ..Echo::default() }).build().unwrap();
    let call = || client.0.call(&OPEN).path("id", CANARY);
    let mut events = call().send_events::<Event, NoError>().await.unwrap();
    let mut lines = call().send_lines::<Event, NoError>().await.unwrap();
    let event = serde_json::json!({"event": "tick", "data": CANARY, "id": CANARY});
    let event: Event = serde_json::from_value(event).unwrap();
    let mut all = vec![sample(&events), sample(&lines), sample(&event)];
    all.extend(events.try_next().await.err().as_ref().map(sample));
    all.extend(lines.try_next().await.err().as_ref().map(sample));
    let download = || async { call().send_download::<NoError>().await.unwrap().into_inner() };
    all.push(sample(&download().await));
    // Its error says where the program wanted the file, so that the place is no secret.
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("none/file");
    all.extend(download().await.write_to(nowhere).await.err().as_ref().map(sample));
    all
}

/// Waits for a call, and for one that another begins.
async fn waits() -> Vec<Sample> {
    static ASKED: v1::Operation = v1::Operation::new(Method::GET, "asked", "/{id}").success(&[200]);
    let builder: ClientBuilder<Client> = v1::builder(&API);
    let client = builder.transport(Echo { status: 200, ..Echo::default() }).build().unwrap();
    let call = || client.0.call(&ASKED).path("id", CANARY);
    let ask = |call: v1::Call| call.wait_json::<Event, NoError>(|_| v1::Progress::Pending);
    let waiter = ask(call());
    let started = v1::started(call(), call().send_text::<NoError>(), |before, answer: &String| {
        let next = before.core().call(&ASKED).path("id", answer);
        Some(next.wait_json::<Event, NoError>(|_| v1::Progress::Pending))
    });
    let mut all = vec![sample(&waiter), sample(&started)];
    let error = started.wait(std::time::Duration::from_secs(1)).await.unwrap_err();
    all.extend([sample(error.reason()), sample(&error), sample(&AnyError::from(error))]);
    all
}

/// An answer in pages, whose way on is wherever a server wants it.
async fn pages() -> Vec<Sample> {
    static LISTED: v1::Operation =
        v1::Operation::new(Method::GET, "listed", "/{id}").pages(v1::Paging::link_header());
    let builder: ClientBuilder<Client> = v1::builder(&API);
    let link = format!("<https://{CANARY}.example/>; rel=next").parse().unwrap();
    let client = builder.transport(Linked(link)).build().unwrap();
    let call = || client.0.call(&LISTED).path("id", CANARY);
    let items = call().items_json::<_, _, NoError>(|page: Vec<String>| page);
    let mut pages = call().pages_json::<Vec<String>, NoError>();
    pages.try_next().await.unwrap();
    let mut all = vec![sample(&items), sample(&pages)];
    all.push(sample(&pages.try_next().await.unwrap_err()));
    all
}

/// Answers with a list of the secret and a link.
#[derive(Debug)]
struct Linked(http::HeaderValue);

impl Transport for Linked {
    fn send(
        &self,
        _: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let answer = Response::builder().header("link", self.0.clone());
        let answer = answer.header("content-type", "application/json");
        let body = ResponseBody::from_bytes(format!("[\"{CANARY}\"]"));
        Box::pin(async { Ok(answer.body(body).unwrap()) })
    }
}

/// A call, from the builder to its end.
async fn calls(status: u16) -> Vec<Sample> {
    let echo = Echo { status, ..Echo::default() };
    let refused: ClientBuilder<Client> = v1::builder(&API);
    let error = refused.base_url(format!("https://{CANARY}@api.example")).build().unwrap_err();
    let builder: ClientBuilder<Client> = v1::builder(&API);
    let account = ClientCredentials::new("https://api.example/token", secret(), secret());
    let builder = builder.credentials(account).header("x-key", CANARY).user_agent(CANARY);
    let builder =
        builder.transport(echo.clone()).middleware(echo.clone()).token_store(echo.clone());
    let mut all = vec![sample(&error), sample(&AnyError::from(error)), sample(&builder)];

    let client = builder.build().unwrap();
    all.push(sample(&client.0));
    let call = client.0.call(&POST).path("id", CANARY).query("q", CANARY).json(&CANARY);
    all.push(sample(&call));
    let future = call.send_empty_with_metadata::<NoError>();
    all.push(sample(&future));
    match future.await {
        Ok(answer) => all.push(sample(&answer)),
        Err(error) => {
            all.push(sample(&error));
            all.push(sample(&AnyError::from(error)));
        }
    }
    all.extend(std::mem::take(&mut *echo.seen.lock().unwrap()));
    all
}
