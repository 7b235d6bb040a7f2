//! Calls from code that is not asynchronous, over real HTTP.

use std::thread;

use specwright_runtime::{Blocking, Body, ErrorKind};
use tokio::runtime::{Builder, Runtime};

use crate::clients::{bodies, of, representations};
use crate::fixtures::{GROUP, call, client, ok, refusal, snapshot};
use crate::server::{Nowhere, Reply, Server};

/// A server with a runtime of its own, which goes on while this thread waits.
fn serve(replies: impl IntoIterator<Item = Reply>) -> (Runtime, Server) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::script(replies));
    (runtime, server)
}

fn page(id: &str, next: &str) -> Reply {
    ok(format!(r#"{{"links":[{next}],"results":[{{"id":"{id}"}}]}}"#))
}

#[test]
fn a_call_is_waited_for() {
    let (_runtime, server) = serve([snapshot(), refusal(404, "NO_CLUSTER"), snapshot()]);
    let (blocking, client) = (Blocking::new().unwrap(), client(&server));

    assert!(blocking.wait(call(&client).send()).unwrap().id.is_some());
    let error = blocking.wait(call(&client).send()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    // Any thread may wait, and the connection of the first is used again.
    let answer = thread::scope(|threads| {
        threads.spawn(|| blocking.wait(call(&client).send())).join().unwrap()
    });
    assert!(answer.unwrap().id.is_some());
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn pages_are_an_iterator() {
    let (_runtime, server) = serve([page("a", r#"{"rel":"next","href":"x"}"#), page("b", "")]);
    let (blocking, client) = (Blocking::new().unwrap(), client(&server));

    let items = blocking.each(client.list_snapshots(GROUP, "Cluster0").items());
    let ids: Vec<_> = items.map(|item| item.unwrap().id.unwrap()).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn files_go_both_ways() {
    let gzip = || Reply::new(200, &[("Content-Type", "application/x-gzip")], "abc");
    let (_runtime, server) = serve([gzip(), gzip(), Reply::new(204, &[], "")]);
    let blocking = Blocking::new().unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("report.gz");

    let reports: representations::Client = of(representations::Client::builder(), &server);
    let report = || blocking.wait(reports.get_report("7").send_gzip_stream()).unwrap().into_inner();
    assert_eq!(blocking.wait(report().write_to(&path)).unwrap(), 3);
    let chunks: Result<Vec<_>, _> = blocking.each(report()).collect();
    assert_eq!(chunks.unwrap().concat(), b"abc");

    let files: bodies::Client = of(bodies::Client::builder(), &server);
    let body = Body::from_file(&path).unwrap();
    blocking.wait(files.replace_file().body(body).send()).unwrap();
    assert_eq!(server.seen()[2].text(), "abc");
}

/// The clock of a call is the thread's own: the runtime that the server has would do it no good.
#[test]
fn the_time_that_a_call_has_runs() {
    let (_runtime, server) = serve([Reply::raw("").then_stall()]);
    let blocking = Blocking::new().unwrap();
    let limit = std::time::Duration::from_millis(50);
    let client = crate::fixtures::open(&server).timeout(limit).build().unwrap();
    let error = blocking.wait(call(&client).send()).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[test]
fn a_failure_is_the_call_s_and_the_thread_goes_on() {
    let blocking = Blocking::new().unwrap();
    let nowhere = Nowhere::new();
    let login = specwright_runtime::auth::External;
    let client = atlas_snapshots::Client::builder().base_url(nowhere.url()).credentials(login);
    let client = client.build().unwrap();
    for _ in 0..2 {
        let error = blocking.wait(call(&client).send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
    }
}
