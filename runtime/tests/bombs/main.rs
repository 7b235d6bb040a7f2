//! Answers that are made to use up memory: how much of it a call takes at most, beside the bytes it
//! was allowed to read.
//!
//! Memory is counted by the allocator, for the whole process. The servers are threads that send the
//! same few bytes again and again and allocate next to nothing while they do.

#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]

mod api;
mod server;
mod table;

use std::time::Duration;

use peak_alloc::PeakAlloc;

use crate::api::Client;
use crate::server::serve;
use crate::table::Row;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Notices a call that hangs; how long one takes is not the question.
const GUARD: Duration = Duration::from_secs(60);

/// How many bytes the call took at most at one time, beside its cap.
async fn over_the_cap(row: &Row) -> usize {
    let url = serve(row.head, row.again, row.times, row.end);
    let client = Client::new(&url, row.login);
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let call = tokio::time::timeout(GUARD, client.call(row.wanted));
    let ended = call.await.unwrap_or_else(|_| panic!("{} hangs", row.name));
    let most = MEMORY.peak_usage().saturating_sub(before);
    assert_eq!(ended, row.ends, "{}", row.name);
    most.saturating_sub(row.cap)
}

/// One test, because there is one allocator; and one thread for the calls.
#[tokio::test]
#[allow(clippy::print_stdout, reason = "seen with `--nocapture` only")]
async fn memory_has_a_bound() {
    // What is set up once in a process is nobody's answer.
    let ready = Row { name: "nothing", ..table::rows().remove(0) };
    over_the_cap(&ready).await;
    for row in table::rows() {
        let over = over_the_cap(&row).await;
        println!("| peak memory over the cap, {} | {} KiB |", row.name, over.div_ceil(1024));
        assert!(over <= row.bound, "{}: {over} bytes, more than {}", row.name, row.bound);
    }
}
