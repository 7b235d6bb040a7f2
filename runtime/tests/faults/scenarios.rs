//! Each row of the table, tried.

use std::time::Duration;

use specwright_runtime::ErrorKind;
use specwright_runtime::transport::ReqwestTransport;

use crate::api::{Answer, Client, transport};
use crate::server::Server;
use crate::table::{self, Row};

/// The limit of an attempt where it is to run out.
const SHORT: Duration = Duration::from_millis(500);

/// The limit of an attempt where the call ends by itself: nothing of it is ever used up.
const AMPLE: Duration = Duration::from_secs(10);

/// What a busy machine may add. It is there to tell a call that keeps to its limits from one that
/// hangs, and says nothing about how fast a call is.
const SLACK: Duration = Duration::from_secs(8);

/// The limit of each attempt of a row's call, and the longest time the whole call may take: all its
/// attempts, each to its limit, where they run out; one attempt's limit where none does.
fn limits(row: &Row) -> (Duration, Duration) {
    match u32::try_from(row.arrivals) {
        Ok(attempts) if row.slow => (SHORT, SHORT * attempts + SLACK),
        Ok(_) | Err(_) => (AMPLE, AMPLE),
    }
}

#[derive(Clone, Copy, Debug)]
enum Method {
    Post,
    Get,
}

async fn call(client: &Client, method: Method) -> Answer {
    match method {
        Method::Post => client.take("1").await,
        Method::Get => client.look("1").await,
    }
}

/// What is wrong with how the call ends; nothing if it ends as the row says.
async fn differs(transport: ReqwestTransport, method: Method, row: Row) -> Option<String> {
    let (limit, longest) = limits(&row);
    let server = Server::run(row.scripts).await;
    let builder = Client::builder(&transport, &server.url).attempt_timeout(limit);
    let client = builder.build().unwrap();
    let Ok(answer) = tokio::time::timeout(longest, call(&client, method)).await else {
        return Some(format!("{method:?} {}: takes longer than {longest:?}", row.name));
    };
    let arrivals = server.arrivals();
    let (ends, status, attempts, told) = match &answer {
        Ok(response) => (None, Some(response.status()), response.attempts(), true),
        Err(error) => {
            let told = error.may_have_reached_server()
                && error.is_timeout() == (error.kind() == ErrorKind::Timeout)
                && !error.is_connect();
            (Some(error.kind()), error.status(), error.attempts(), told)
        }
    };
    let status = status.map(|status| status.as_u16());
    let good = (ends, status, arrivals) == (row.ends, row.status, row.arrivals)
        && attempts as usize == row.arrivals
        && told;
    (!good).then(|| {
        format!(
            "{method:?} {}: {ends:?} {status:?}, {arrivals} arrived, {attempts} attempts; expected {:?} {:?} {}\n  {answer:?}",
            row.name, row.ends, row.status, row.arrivals
        )
    })
}

/// Tries all rows at once; gives how many there were.
async fn all_hold(method: Method, rows: Vec<Row>) -> usize {
    let tried = rows.len();
    let transport = transport();
    let start = |row| tokio::spawn(differs(transport.clone(), method, row));
    let tasks: Vec<_> = rows.into_iter().map(start).collect();
    let mut different = Vec::new();
    for task in tasks {
        different.extend(task.await.unwrap());
    }
    assert!(different.is_empty(), "{} of {tried}:\n{}", different.len(), different.join("\n"));
    tried
}

/// A row of the table in the README.
#[allow(clippy::print_stdout, reason = "seen with `--nocapture` only")]
pub(crate) fn told(what: &str, tried: usize) {
    println!("| {what} | {tried} | 0 |");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn posts() {
    let tried = all_hold(Method::Post, table::posts()).await;
    assert!(tried >= 60);
    told("broken servers and a POST", tried);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gets() {
    let tried = all_hold(Method::Get, table::gets()).await;
    assert!(tried >= 60);
    told("broken servers and a GET", tried);
}

#[tokio::test]
async fn nobody_is_there() {
    let transport = transport();
    for method in [Method::Post, Method::Get] {
        let server = Server::nowhere();
        let client = Client::builder(&transport, &server.url).build().unwrap();
        let error = call(&client, method).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{method:?}");
        assert!(error.is_connect() && !error.may_have_reached_server());
        assert_eq!(server.arrivals(), 0);
    }
}
