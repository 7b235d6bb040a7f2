//! A port to answer on.

use std::net::{IpAddr, SocketAddr, TcpListener};

use specwright::diagnostics::{Code, Diagnostic};

/// Takes a port, and says which it is where any would do. `free` is how a free one is asked for.
pub(super) fn listen(
    host: IpAddr,
    port: u16,
    free: &str,
) -> Result<(TcpListener, SocketAddr), Diagnostic> {
    let wanted = SocketAddr::new(host, port);
    let listening = TcpListener::bind(wanted)
        .and_then(|listener| listener.local_addr().map(|address| (listener, address)));
    listening.map_err(|error| {
        Diagnostic::error(Code::Io, format!("cannot listen on {wanted}: {error}")).help(free)
    })
}
