//! The mock behind a port.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use futures_util::TryStreamExt as _;
use http::{Method, Request, Response, StatusCode, header};

use super::problem::{Problem, Violation};
use super::{Mock, failures};
use crate::loopback;

/// So many bytes of a body are read; a longer one is refused with 413.
pub const MAX_BODY: usize = 16 << 20;

impl Mock {
    /// Answers whoever connects, until the process ends. The caller decides who can: on an address of
    /// this machine alone, those who call it by that.
    ///
    /// # Errors
    /// The listener cannot be used.
    pub fn serve(self: Arc<Self>, listener: TcpListener) -> io::Result<()> {
        let is_private = listener.local_addr()?.ip().is_loopback();
        let served = Arc::new(Served { mock: self, is_private });
        loopback::serve(listener, Router::new().fallback(handle).with_state(served))
    }
}

/// A mock, and whether it is for this machine alone.
struct Served {
    mock: Arc<Mock>,
    is_private: bool,
}

async fn handle(State(served): State<Arc<Served>>, request: Request<Body>) -> Response<Body> {
    let Served { mock, is_private } = served.as_ref();
    if *is_private && !loopback::is_meant(&request) {
        let why = "This server is for the machine it runs on, under the name localhost";
        let refusal = Problem::new(StatusCode::MISDIRECTED_REQUEST, why)
            .with_header(header::CONNECTION.as_str(), "close");
        return mock.refuse(request.method(), request.uri(), refusal).map(Body::from);
    }
    let (parts, body) = request.into_parts();
    let is_head = parts.method == Method::HEAD;
    let response = match read(body).await {
        Ok(bytes) => {
            let request = Request::from_parts(parts, bytes);
            let delay = failures::delay(request.headers()).unwrap_or(mock.delay);
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            mock.answer(&request)
        }
        // What is left of the body is not read, so the connection is of no more use.
        Err(problem) => {
            let problem = problem.with_header(header::CONNECTION.as_str(), "close");
            mock.refuse(&parts.method, &parts.uri, problem)
        }
    };
    response.map(|bytes| if is_head { Body::empty() } else { Body::from(bytes) })
}

/// The whole of a body.
///
/// # Errors
/// It is longer than [`MAX_BODY`], or it breaks off or is not framed as it says: 413 is for the
/// first alone (RFC 9110, section 15.5.14).
async fn read(body: Body) -> Result<Vec<u8>, Problem> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.try_next().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > MAX_BODY {
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return Err(Problem::new(status, "The body is too large"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn broken(error: &axum::Error) -> Problem {
    let message = format!("cannot be read to its end: {error}");
    let violation = Violation { part: "body", place: String::new(), message, rule: None };
    Problem::new(StatusCode::BAD_REQUEST, "The body is broken").because(violation)
}
