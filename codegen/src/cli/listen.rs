//! A port to answer on.

use std::net::{IpAddr, SocketAddr, TcpListener};

use specwright::diagnostics::{Code, Diagnostic};

/// Takes a port, and says which it is where any would do.
pub(super) fn listen(host: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), Diagnostic> {
    let wanted = SocketAddr::new(host, port);
    let listening = TcpListener::bind(wanted)
        .and_then(|listener| listener.local_addr().map(|address| (listener, address)));
    listening.map_err(|error| {
        Diagnostic::error(Code::Io, format!("cannot listen on {wanted}: {error}"))
            .help("`--port 0` takes a port that is free")
    })
}
