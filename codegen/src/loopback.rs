//! What is answered on a port of this machine: axum reads and writes, one thread answers.

use std::io;
use std::net::TcpListener;

use axum::Router;

/// Answers whoever connects, until the process ends. The caller decides who can.
///
/// # Errors
/// The listener cannot be used.
pub(crate) fn serve(listener: TcpListener, app: Router) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, app).await
    })
}
