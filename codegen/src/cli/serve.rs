//! `serve`: the API of a document on a port of this machine.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use specwright::diagnostics::{Code, Diagnostic, Diagnostics};
use specwright::serve::{Behaviour, Mock};
use specwright::source::Disk;

use super::args::Serve;
use super::listen::listen;
use super::report::{Report, to_stderr};
use super::{STACK, Status, settings};

/// Says where it listens, in the first line of stdout, and answers until it is ended.
pub(super) fn run(args: &Serve, report: &mut Report) -> Result<Status, Diagnostics> {
    let (client, document) = settings::document(&args.input)?;
    let behaviour = Behaviour {
        failures: args.fail.clone().unwrap_or_default(),
        delay: args.delay.unwrap_or_default(),
        polls: args.polls,
        fail_waits: args.fail_waits,
        pages: args.pages,
    };
    let (mock, warnings) = Mock::new(&document, &Disk, &behaviour)
        .map_err(|problems| settings::of_client(problems, &args.input, client))?;
    let (listener, address) = listen(args.host, args.port, "`--port 0` takes a port that is free")?;
    report.announce(&format!("http://{address}{}", mock.base_path()));
    for login in mock.logins() {
        report.announce(&format!("  {login}"));
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
    let mock = Arc::new(mock.telling(to_stderr));
    let looking = Arc::clone(&mock);
    report.tell_bugs_at_once();
    // Every answer is looked at, which takes long where there are many: the port is there before. A panic
    // has been told by then, and the answers are there all the same.
    let served = thread::scope(|scope| {
        let look = || {
            if let Ok(found) = catch_unwind(AssertUnwindSafe(|| looking.look())) {
                report.diagnostics(found);
            }
        };
        thread::Builder::new().stack_size(STACK).spawn_scoped(scope, look)?;
        mock.serve(listener)
    });
    served.map_err(|error| {
        let message = format!("cannot go on answering: {error}");
        Diagnostic::error(Code::Io, message)
    })?;
    Ok(Status::Done)
}
