//! `serve`: the API of a document on a port of this machine.

use std::net::{SocketAddr, TcpListener};

use specwright::diagnostics::{Code, Diagnostic, Diagnostics};
use specwright::serve::{Behaviour, Mock};
use specwright::source::Disk;

use super::args::Serve;
use super::report::Report;
use super::{Status, settings};

/// Says where it listens, in the first line of stdout, and answers until it is ended.
pub(super) fn run(args: &Serve, report: &mut Report) -> Result<Status, Diagnostics> {
    let documents = settings::documents(&args.input)?;
    let [document] = documents.as_slice() else {
        let message = "the configuration has several documents, and one is served";
        let help = "say `--spec FILE`";
        return Err(Diagnostic::error(Code::Config, message).help(help).into());
    };
    let behaviour = Behaviour {
        failures: args.fail.clone().unwrap_or_default(),
        delay: args.delay.unwrap_or_default(),
    };
    let (mock, warnings) = Mock::new(document, &Disk, &behaviour)?;
    let (listener, address) = listen(args)?;
    report.say(&format!("http://{address}{}", mock.base_path()));
    for login in mock.logins() {
        report.say(&format!("  {login}"));
    }
    report.diagnostics(warnings);
    if !args.host.is_loopback() {
        let message = format!("everybody who reaches {} can connect", args.host);
        report.diagnostics(
            Diagnostic::warning(Code::Config, message)
                .help("leave `--host` away to be reached from this machine alone")
                .into(),
        );
    }
    mock.serve(listener).map_err(|error| {
        let message = format!("cannot go on answering: {error}");
        Diagnostic::error(Code::Io, message)
    })?;
    Ok(Status::Done)
}

fn listen(args: &Serve) -> Result<(TcpListener, SocketAddr), Diagnostic> {
    let wanted = SocketAddr::new(args.host, args.port);
    let listening = TcpListener::bind(wanted)
        .and_then(|listener| listener.local_addr().map(|address| (listener, address)));
    listening.map_err(|error| {
        Diagnostic::error(Code::Io, format!("cannot listen on {wanted}: {error}"))
            .help("`--port 0` takes a port that is free")
    })
}
