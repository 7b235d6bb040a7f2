//! The frame around every command: arguments in, exit status out, a bug of ours caught.

mod args;
mod folders;
mod generate;
mod look;
mod report;
mod settings;
mod tally;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use specwright::diagnostics::{Code, Diagnostics};

use self::args::{Args, Command};
use self::report::Report;

/// How a run ended. Other scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Done, maybe with warnings.
    Done,
    /// `--check` found a difference.
    Different,
    /// The input or the arguments are refused.
    Refused,
    /// A bug of the generator.
    Bug,
}

impl Status {
    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Different => 1,
            Self::Refused => 2,
            Self::Bug => 70,
        }
    }

    /// The status of a run that these diagnostics stopped.
    fn of(diagnostics: &Diagnostics) -> Self {
        let bug = diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Internal);
        if bug { Self::Bug } else { Self::Refused }
    }
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let args = match Args::read(std::env::args_os()) {
        Ok(args) => args,
        Err(error) => {
            // Nobody is left to tell if this fails.
            let _ = error.print();
            let asked_for_help = error.exit_code() == 0;
            let status = if asked_for_help { Status::Done } else { Status::Refused };
            return ExitCode::from(status.code());
        }
    };
    ExitCode::from(guard(move || run(args)).code())
}

fn run(args: Args) -> Status {
    let colour =
        io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut report = Report::new(args.message_format, colour);
    let outcome = match args.command {
        None => generate::run(&args.generate, &mut report),
        Some(Command::Generate(generate)) => generate::run(&generate, &mut report),
        Some(Command::List(list)) => look::list(&list),
        Some(Command::Inspect(inspect)) => look::inspect(&inspect),
    };
    outcome.unwrap_or_else(|diagnostics| {
        let status = Status::of(&diagnostics);
        report.diagnostics(diagnostics);
        status
    })
}

/// Runs `work` where it may nest as deep as any document that is read, and turns a panic into an
/// apology. What the panic said goes into the message; its backtrace helps nobody but us.
fn guard(work: impl FnOnce() -> Status + Send + 'static) -> Status {
    /// Reserved, not used: the system gives out what is touched.
    const STACK: usize = 256 << 20;
    let said = Arc::new(Mutex::new(String::new()));
    let note = Arc::clone(&said);
    std::panic::set_hook(Box::new(move |panic| {
        *note.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
    let ended = match std::thread::Builder::new().stack_size(STACK).spawn(work) {
        Ok(thread) => thread.join(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot start a thread: {error}");
            return Status::Refused;
        }
    };
    drop(std::panic::take_hook());
    ended.unwrap_or_else(|_| {
        let said = said.lock().unwrap_or_else(PoisonError::into_inner);
        let said = said.lines().collect::<Vec<_>>().join(" ");
        let _ = writeln!(
            io::stderr(),
            "error[internal]: this is a bug of specwright {}: {said}\n  \
             = help: please report it with this line, the arguments and the document",
            env!("CARGO_PKG_VERSION"),
        );
        Status::Bug
    })
}

/// Writes to stdout. A reader that has seen enough, as `head` has, is no error.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_bug_and_does_not_escape() {
        assert_eq!(guard(|| panic!("tea")), Status::Bug);
        assert_eq!(guard(|| Status::Different).code(), 1);
    }
}
