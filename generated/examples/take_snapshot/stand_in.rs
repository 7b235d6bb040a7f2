//! A stand-in for Atlas on loopback: the token endpoint, the digest challenge and three operations.
//!
//! It is as strict as Atlas about logins and media types, knows one cluster, and remembers what it
//! was sent, so that it can be shown.

mod digest;
mod http;
mod snapshot;
mod token;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::BufReader;
use tokio::net::{TcpListener, TcpStream};

use http::{Answer, Request};
use specwright_runtime::serde_json::Value;

/// Who may log in, and the one cluster there is.
#[derive(Clone, Copy)]
pub(crate) struct Accounts {
    pub(crate) client_id: &'static str,
    pub(crate) client_secret: &'static str,
    pub(crate) public_key: &'static str,
    pub(crate) private_key: &'static str,
    pub(crate) cluster_name: &'static str,
}

/// One request and its answer, fit to be printed: of a login only its kind is kept.
pub(crate) struct Exchange {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) login: String,
    pub(crate) accept: String,
    pub(crate) content_type: String,
    pub(crate) body: String,
    /// The status, and what the answer holds.
    pub(crate) answer: String,
}

/// The running server. It stops with the runtime it was started on.
pub(crate) struct StandIn {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    accounts: Accounts,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    exchanges: Vec<Exchange>,
    /// Access tokens that were given out.
    tokens: Vec<String>,
    /// Nonces that were given out, with the highest count that was used with each.
    nonces: BTreeMap<String, u32>,
    /// The snapshots that were taken, as they stand.
    snapshots: Vec<Value>,
    /// The next answer to a call never leaves.
    loses: bool,
    /// How many tokens, nonces and snapshots there were; makes each of them different.
    made: u64,
}

impl StandIn {
    /// Listens on a free port and serves in the background.
    pub(crate) async fn start(accounts: Accounts) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State { accounts, memory: Mutex::default() });
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A connection that breaks concerns nobody but its client.
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Ok(Self { address, state })
    }

    /// What to give to `Client::builder().base_url(…)`.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does what the next request asks for, and does not say so.
    pub(crate) fn lose_next_answer(&self) {
        self.state.memory().loses = true;
    }

    /// What happened since the last call.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        std::mem::take(&mut self.state.memory().exchanges)
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = http::read(&mut stream).await? {
        let mut answer = state.answer(&request);
        let is_lost = std::mem::take(&mut state.memory().loses);
        if is_lost {
            answer = answer.noted("lost on the way");
        }
        state.remember(request, &answer);
        if is_lost {
            break;
        }
        http::write(&mut stream, &answer).await?;
    }
    Ok(())
}

impl State {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A text that was not there before, for tokens, nonces and ids.
    fn fresh(&self) -> String {
        let mut memory = self.memory();
        memory.made += 1;
        digest::md5(&format!("{} {:?}", memory.made, std::time::SystemTime::now()))
    }

    fn answer(&self, request: &Request) -> Answer {
        match (request.method.as_str(), request.path()) {
            ("POST", "/api/oauth/token") => token::grant(self, request),
            ("POST" | "GET", path) if path.contains("/backup/snapshots") => self.operation(request),
            _ => Answer::error(404, "RESOURCE_NOT_FOUND", "There is nothing at this path."),
        }
    }

    /// Logins come first: who is nobody learns nothing, not even that the body was wrong.
    fn operation(&self, request: &Request) -> Answer {
        let login = request.header("authorization");
        let known = match login.split_once(' ') {
            Some(("Bearer", token)) => self.memory().tokens.iter().any(|known| known == token),
            Some(("Digest", answer)) => digest::accepts(self, request, answer),
            _ => false,
        };
        if known { snapshot::operation(self, request) } else { digest::challenge(self) }
    }

    fn remember(&self, request: Request, answer: &Answer) {
        let login = match request.header("authorization").split_once(' ') {
            Some(("Basic", _)) => "client id and secret",
            Some(("Bearer", _)) => "access token",
            Some(("Digest", _)) => "proof of the private key",
            _ => "none",
        };
        let exchange = Exchange {
            login: login.to_owned(),
            accept: request.header("accept").to_owned(),
            content_type: request.header("content-type").to_owned(),
            method: request.method,
            target: request.target,
            body: request.body,
            answer: answer.in_print(),
        };
        self.memory().exchanges.push(exchange);
    }
}
