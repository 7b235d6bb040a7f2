//! What is answered on a port of this machine: axum reads and writes, one thread answers, and only
//! those who mean this machine.

use std::io;
use std::net::{IpAddr, TcpListener};

use axum::Router;
use http::{Request, header, uri::Authority};

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

/// Whether a request names this machine by a name that is nobody else's. A page of a stranger may
/// have its own name lead here (DNS rebinding) and would then read what is a stranger's no more.
pub(crate) fn is_meant<B>(request: &Request<B>) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    host.is_some_and(|host| {
        // A user name, or a port that is none: a part of a name that only begins like ours.
        let port = host.as_str().strip_prefix(host.host());
        let is_port = |text: &str| text.parse::<u16>().is_ok();
        let is_whole =
            port.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port));
        is_whole && is_of_this_machine(host.host())
    })
}

/// `localhost`, and the addresses of the loopback interface.
fn is_of_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        let check = |host: &str, expected| {
            let request = Request::builder().header("host", host).body(()).unwrap();
            assert_eq!(is_meant(&request), expected, "{host}");
        };
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:4711", "127.0.0.2", "[::1]", "[::1]:9"]
        {
            check(host, true);
        }
        for host in [
            "",
            "x",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "127.0.0.1:1.evil",
            "localhost:1.evil",
            "localhost:99999",
            "localhost:",
            "user@localhost",
            "localhost@evil.example",
            "a@b@c",
            "192.0.2.1",
            "[2001:db8::1]",
        ] {
            check(host, false);
        }
        assert!(!is_meant(&Request::new(())));
    }
}
