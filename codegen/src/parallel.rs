//! Work on a thread of its own, where there are threads to be had.

/// The stack of such a thread, of which the system gives out what is touched: it may nest as deep as
/// any document that is read. syn and prettyplease nest on it as the schemas do, and take far
/// more where a build script runs them without optimisation.
pub(crate) const STACK: usize = 64 << 20;

/// Does one thing on another thread and one on this, and gives what came of both. A platform without
/// threads does one after the other.
pub(crate) fn beside<T: Send, H>(there: impl Fn() -> T + Sync, here: impl FnOnce() -> H) -> (T, H) {
    std::thread::scope(|scope| {
        match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &there) {
            Ok(thread) => {
                let here = here();
                let there = thread.join();
                (there.unwrap_or_else(|panic| std::panic::resume_unwind(panic)), here)
            }
            Err(_) => (there(), here()),
        }
    })
}
