//! A thousand calls that must not be made twice, on a server that fails most of them in some way
//! and counts what it has done.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime::RetryPolicy;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::api::{Answer, Client, transport};
use crate::faults::{head, whole};
use crate::scenarios::told;
use crate::server;

const CALLS: usize = 1000;
/// How many calls are on their way together.
const TOGETHER: usize = 50;

/// How often each thing was taken, by the id in its path.
type Taken = Arc<Mutex<HashMap<String, usize>>>;

/// What goes wrong with a request. The server acts on all but the first three.
#[derive(Clone, Copy, Debug)]
enum Fault {
    CloseUnread,
    ResetUnread,
    Busy,
    CloseBeforeAnswer,
    ResetBeforeAnswer,
    Garbage,
    HalfAHead,
    HalfABody,
    BrokenChunk,
    Silence,
    BadGateway,
    Unavailable,
    Internal,
    Elsewhere,
    Page,
    Nothing,
}

impl Fault {
    const ALL: [Self; 16] = [
        Self::CloseUnread,
        Self::ResetUnread,
        Self::Busy,
        Self::CloseBeforeAnswer,
        Self::ResetBeforeAnswer,
        Self::Garbage,
        Self::HalfAHead,
        Self::HalfABody,
        Self::BrokenChunk,
        Self::Silence,
        Self::BadGateway,
        Self::Unavailable,
        Self::Internal,
        Self::Elsewhere,
        Self::Page,
        Self::Nothing,
    ];

    fn answer(self) -> String {
        let later = "Retry-After: 0";
        match self {
            Self::Busy => whole(429, &[later], ""),
            Self::Garbage => "SSH-2.0-OpenSSH_9.9\r\n\r\n".to_owned(),
            Self::HalfAHead => "HTTP/1.1 200 OK\r\nContent-".to_owned(),
            Self::HalfABody => head("Content-Length: 10\r\n") + "{",
            Self::BrokenChunk => head("Transfer-Encoding: chunked\r\n") + "zz\r\n",
            Self::BadGateway => whole(502, &[later], ""),
            Self::Unavailable => whole(503, &[later], ""),
            Self::Internal => whole(500, &[later], ""),
            Self::Elsewhere => whole(307, &["Location: /things/x"], ""),
            Self::Page => whole(200, &["Content-Type: text/html"], "<html>"),
            Self::Nothing => whole(200, &["Content-Type: application/json"], r#"{"id":"1"}"#),
            Self::CloseUnread
            | Self::ResetUnread
            | Self::CloseBeforeAnswer
            | Self::ResetBeforeAnswer
            | Self::Silence => String::new(),
        }
    }
}

async fn serve(mut stream: TcpStream, fault: Fault, taken: Taken) {
    if matches!(fault, Fault::ResetUnread | Fault::ResetBeforeAnswer) {
        // The connection will not be ended, but broken.
        let _ = stream.set_zero_linger();
    }
    if matches!(fault, Fault::CloseUnread | Fault::ResetUnread) {
        return;
    }
    let Some((head, _)) = server::request(&mut stream, &mut Vec::new()).await else { return };
    if !matches!(fault, Fault::Busy) {
        let target = head.split(' ').nth(1).unwrap();
        let id = target.rsplit('/').next().unwrap().to_owned();
        *taken.lock().unwrap().entry(id).or_default() += 1;
    }
    if matches!(fault, Fault::Silence) {
        std::future::pending::<()>().await;
    }
    let _ = stream.write_all(fault.answer().as_bytes()).await;
}

/// Deals out the faults in an order that has nothing to do with that of the calls.
async fn unreliable(taken: Taken) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut number = 0_usize;
        while let Ok((stream, _)) = listener.accept().await {
            let fault = Fault::ALL[number * 7 % Fault::ALL.len()];
            number += 1;
            tokio::spawn(serve(stream, fault, Arc::clone(&taken)));
        }
    });
    url
}

async fn take_all(client: &Client) -> Vec<(String, Answer)> {
    let mut answers = Vec::with_capacity(CALLS);
    for first in (0..CALLS).step_by(TOGETHER) {
        let ids = (first..first + TOGETHER).map(|id| format!("thing-{id}"));
        let start = |id: String| {
            let client = client.clone();
            tokio::spawn(async move { (id.clone(), client.take(&id).await) })
        };
        let tasks: Vec<_> = ids.map(start).collect();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_taken_twice() {
    let taken = Taken::default();
    let url = unreliable(Arc::clone(&taken)).await;
    let eager = RetryPolicy::new().max_attempts(8).backoff(Duration::ZERO, Duration::ZERO);
    let client = Client::builder(&transport(), &url)
        .retry(eager)
        .retry_budget(None)
        .attempt_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let answers = take_all(&client).await;

    let taken = taken.lock().unwrap();
    let twice: Vec<_> = taken.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert_eq!(answers.len(), CALLS);
    let (mut good, mut repeated) = (0, 0);
    for (id, answer) in &answers {
        let times = taken.get(id).copied().unwrap_or_default();
        match answer {
            Ok(response) => {
                assert_eq!(times, 1, "{id} was not taken, whatever its answer says");
                good += 1;
                repeated += usize::from(response.attempts() > 1);
            }
            Err(error) if !error.may_have_reached_server() => {
                assert_eq!(times, 0, "{id}: {error:?}")
            }
            Err(_) => {}
        }
    }
    // The faults did happen, and so did the repeats that are allowed.
    assert!(good > 20 && good < CALLS / 4, "{good}");
    assert!(repeated > 0 && taken.len() > CALLS / 2, "{repeated}, {}", taken.len());
    told("POSTs on a server that fails most of them, acted on twice", CALLS);
}
