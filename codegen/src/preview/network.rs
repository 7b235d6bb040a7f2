//! The page behind a port: who may ask, and what is asked for.

use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde::Serialize;

use super::{Preview, page};
use crate::diagnostics::Diagnostics;
use crate::source::{Files, Noted};
use crate::{Options, loopback};

/// What is to be shown; asked again whenever something of it may have changed.
type Wanted = Box<dyn Fn(&dyn Files) -> Result<Options, Diagnostics> + Send + Sync>;

/// A page that shows a document as it is now.
pub struct Viewer<F> {
    files: F,
    wanted: Wanted,
    current: Mutex<Arc<Current<F>>>,
}

/// A document as it was when it was read.
struct Current<F> {
    preview: Preview,
    read: Noted<F>,
}

impl<F: Files + Clone> Current<F> {
    fn read(files: &F, wanted: &Wanted) -> Self {
        let read = Noted::new(files.clone());
        let preview = match wanted(&read) {
            Ok(options) => Preview::of(&options, &read),
            Err(problems) => Preview::refused(&Options::default(), &problems),
        };
        Self { preview, read }
    }
}

impl<F: Files + Clone + Send + Sync + 'static> Viewer<F> {
    /// Reads what is `wanted`, and reads it again when a page is loaded and any of the files is not
    /// what it was. What `wanted` itself reads counts among them.
    pub fn new(
        files: F,
        wanted: impl Fn(&dyn Files) -> Result<Options, Diagnostics> + Send + Sync + 'static,
    ) -> Self {
        let wanted: Wanted = Box::new(wanted);
        let current = Mutex::new(Arc::new(Current::read(&files, &wanted)));
        Self { files, wanted, current }
    }

    /// What the page would show, if it were loaded now.
    pub fn with_current<T>(&self, look: impl FnOnce(&Preview) -> T) -> T {
        look(&self.current(true).preview)
    }

    /// Shows it to whoever connects from this machine, until the process ends.
    ///
    /// # Errors
    /// The listener cannot be used.
    pub fn serve(self, listener: TcpListener) -> io::Result<()> {
        let app = Router::new().fallback(handle::<F>).with_state(Arc::new(self));
        loopback::serve(listener, app)
    }

    /// The answer to a request; bodies mean nothing here.
    pub fn answer<B>(&self, request: &Request<B>) -> Response<Vec<u8>> {
        if !loopback::is_meant(request) {
            let why = "this page is for the machine it runs on, under the name localhost";
            return page::refusal(StatusCode::MISDIRECTED_REQUEST, why);
        }
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            let mut refusal =
                page::refusal(StatusCode::METHOD_NOT_ALLOWED, "there is nothing to change here");
            refusal.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refusal;
        }
        match request.uri().path() {
            "/api/document" => json(self.current(true).preview.document()),
            "/api/operation" => self.operation(request.uri().query().unwrap_or_default()),
            path => page::file(path)
                .unwrap_or_else(|| page::refusal(StatusCode::NOT_FOUND, "there is nothing here")),
        }
    }

    fn operation(&self, query: &str) -> Response<Vec<u8>> {
        let value = |wanted: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(name, _)| name == wanted).map(|(_, value)| value).unwrap_or_default()
        };
        // As the list was read: a name of the one is a name of the other.
        match self.current(false).preview.operation(&value("method"), &value("path")) {
            Some(shown) => json(&shown),
            None => page::refusal(StatusCode::NOT_FOUND, "there is no such operation"),
        }
    }

    fn current(&self, look_again: bool) -> Arc<Current<F>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if look_again && !current.read.changed().is_empty() {
            *current = Arc::new(Current::read(&self.files, &self.wanted));
        }
        Arc::clone(&current)
    }
}

fn json(value: &impl Serialize) -> Response<Vec<u8>> {
    match serde_json::to_vec(value) {
        Ok(body) => page::answer(StatusCode::OK, "application/json", body),
        Err(error) => page::refusal(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn handle<F: Files + Clone + Send + Sync + 'static>(
    State(viewer): State<Arc<Viewer<F>>>,
    request: Request<Body>,
) -> Response<Body> {
    let is_head = request.method() == Method::HEAD;
    let response = viewer.answer(&request);
    response.map(|bytes| if is_head { Body::empty() } else { Body::from(bytes) })
}
