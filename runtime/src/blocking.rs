//! Calls from code that is not asynchronous.

use std::fmt;
use std::future::{IntoFuture, poll_fn};
use std::io;
use std::pin::Pin;
use std::thread::{self, JoinHandle};

use futures_core::Stream;
use tokio::runtime::{self, Handle};
use tokio::sync::oneshot;

/// Makes calls from code that is not asynchronous: a thread that keeps connections and clocks going,
/// while the thread that wants something waits for it.
///
/// The client, its calls, types and errors are those of asynchronous code. One value is enough for a
/// program, and any thread may use it. Connections last as long as it does, so that a client is best
/// kept beside it.
///
/// ```no_run
/// # use std::time::Duration;
/// # async fn send() -> Result<u8, std::io::Error> { Ok(1) }
/// # fn items() -> specwright_runtime::JsonStream<u8> { unimplemented!() }
/// use specwright_runtime::Blocking;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let blocking = Blocking::new()?;
/// let snapshot = blocking.wait(send())?; // client.take_snapshot(…).send()
/// for snapshot in blocking.each(items()) { // client.list_snapshots(…).items()
///     println!("{:?}", snapshot?);
/// }
/// # Ok(()) }
/// ```
pub struct Blocking {
    handle: Handle,
    /// Ends the thread when it goes.
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Blocking {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system has no thread or no event queue to give.
    pub fn new() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel::<()>();
        let run = move || {
            // An error says that the other half is gone, which is what is waited for.
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        let thread = thread::Builder::new().name("specwright-blocking".to_owned()).spawn(run)?;
        Ok(Self { handle, end: Some(end), thread: Some(thread) })
    }

    /// Waits for what a call, or anything else that is asynchronous, comes to.
    ///
    /// # Panics
    /// In asynchronous code: the thread that would wait has the work of others to do.
    pub fn wait<F: IntoFuture>(&self, future: F) -> F::Output {
        self.handle.block_on(future.into_future())
    }

    /// The items of a stream as an iterator, which waits for each: pages, the items on them, events.
    ///
    /// # Panics
    /// Its [`next`](Iterator::next) does, where [`wait`](Self::wait) would.
    pub fn each<S: Stream>(&self, stream: S) -> Each<'_, S> {
        Each { blocking: self, stream: Box::pin(stream) }
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // It has nothing to say, and a panic of its was told already.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking").finish_non_exhaustive()
    }
}

/// The items of a stream, one after another: what [`Blocking::each`] gives.
#[must_use = "an iterator does nothing unless it is read"]
pub struct Each<'a, S> {
    blocking: &'a Blocking,
    stream: Pin<Box<S>>,
}

impl<S: Stream> Iterator for Each<'_, S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        self.blocking.wait(poll_fn(|cx| self.stream.as_mut().poll_next(cx)))
    }
}

impl<S> fmt::Debug for Each<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Each").finish_non_exhaustive()
    }
}
