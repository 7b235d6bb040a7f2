//! The frame around every command: arguments in, exit status out, a bug of ours caught.

mod args;
mod bundle;
mod diff;
mod folders;
mod generate;
mod init;
#[cfg(any(feature = "preview", feature = "serve"))]
mod listen;
mod look;
#[cfg(feature = "preview")]
mod preview;
mod progress;
mod report;
mod runtime;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod shell;
mod tally;
mod visible;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use specwright::diagnostics::{Code, Diagnostic, Diagnostics};

use self::args::{Args, Command, MessageFormat};
use self::report::Report;

/// How a run ended. Other scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Done, maybe with warnings.
    Done,
    /// `--check` found a difference, `diff` one that breaks something.
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
    let words: Vec<OsString> = std::env::args_os().collect();
    let args = match Args::read(&words) {
        Ok(args) => args,
        Err(error) => return ExitCode::from(refuse(&words, &error).code()),
    };
    let format = args.message_format;
    let status = guard(move || run(&args)).unwrap_or_else(|bug| {
        Report::plain(format).diagnostics(bug.into());
        Status::Bug
    });
    ExitCode::from(status.code())
}

/// Tells of arguments that make no sense, or what `--help` asks for.
fn refuse(words: &[OsString], error: &clap::Error) -> Status {
    if error.exit_code() == 0 || !Args::ask_for_json(words) {
        let asked_for_help = error.exit_code() == 0;
        let arrived = error.print().is_ok();
        return if asked_for_help && arrived { Status::Done } else { Status::Refused };
    }
    let text = error.render().to_string();
    let mut parts = text.split("\n\n").map(|part| part.lines().map(str::trim).collect::<Vec<_>>());
    let message = parts.next().unwrap_or_default().join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let tip = parts.find_map(|part| Some(part.join(" ").strip_prefix("tip: ")?.to_owned()));
    let help = tip.unwrap_or_else(|| "`specwright --help` lists the arguments".to_owned());
    let diagnostic = Diagnostic::error(Code::Config, message).help(help);
    Report::plain(MessageFormat::Json).diagnostics(diagnostic.into());
    Status::Refused
}

fn run(args: &Args) -> Status {
    let mut report = Report::new(args);
    let outcome = match &args.command {
        None => generate::run(&args.generate, args.verbose, &mut report),
        Some(Command::Generate(generate)) => generate::run(generate, args.verbose, &mut report),
        Some(Command::List(list)) => look::list(list, &mut report),
        Some(Command::Inspect(inspect)) => look::inspect(inspect, &mut report),
        Some(Command::Diff(diff)) => diff::run(diff, &mut report),
        #[cfg(feature = "serve")]
        Some(Command::Serve(serve)) => serve::run(serve, &mut report),
        #[cfg(feature = "preview")]
        Some(Command::Preview(preview)) => preview::run(preview, &mut report),
        Some(Command::Init(init)) => init::run(init, &mut report),
        Some(Command::Explain(explain)) => look::explain(explain, &mut report),
        Some(Command::Completions(completions)) => Ok(shell::completions(completions, &mut report)),
        Some(Command::Man(man)) => shell::man(man, &mut report),
        Some(Command::Schema) => Ok(shell::schema(&mut report)),
    };
    let status = outcome.unwrap_or_else(|diagnostics| {
        let status = Status::of(&diagnostics);
        report.diagnostics(diagnostics);
        status
    });
    match report.failure() {
        None => status,
        Some(error) => {
            report::to_stderr(&format!("error[io]: cannot write to the standard output: {error}"));
            Status::Refused
        }
    }
}

/// How much stack a thread has that goes down into documents. Reserved, not used: the system gives out what is
/// touched.
const STACK: usize = 256 << 20;

/// Runs `work` where it may nest as deep as any document that is read, and turns a panic into an
/// apology. What the panic said goes into the message; its backtrace helps nobody but us.
fn guard(work: impl FnOnce() -> Status + Send + 'static) -> Result<Status, Diagnostic> {
    let said = Arc::new(Mutex::new(String::new()));
    let note = Arc::clone(&said);
    std::panic::set_hook(Box::new(move |panic| {
        *note.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    let ended = match thread {
        Ok(thread) => thread.join(),
        Err(error) => {
            report::to_stderr(&format!("error[io]: cannot start a thread: {error}"));
            return Ok(Status::Refused);
        }
    };
    drop(std::panic::take_hook());
    ended.map_err(|_| bug(&said.lock().unwrap_or_else(PoisonError::into_inner)))
}

/// The apology for a panic.
fn bug(said: &str) -> Diagnostic {
    let said = said.lines().collect::<Vec<_>>().join(" ");
    let version = env!("CARGO_PKG_VERSION");
    let message = format!("this is a bug of specwright {version}: {said}");
    Diagnostic::error(Code::Internal, message)
        .help("please report it with this line, the arguments and the document")
}

/// From now on a panic is told when it happens, on whatever thread: a server goes on without what has
/// panicked, and its end, where [`guard`] tells it, may be days away.
#[cfg(any(feature = "preview", feature = "serve"))]
fn tell_bugs_at_once(tell: impl Fn(Diagnostic) + Send + Sync + 'static) {
    let note = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tell(bug(&panic.to_string()));
        note(panic);
    }));
}

/// Writes to stdout. A reader that has seen enough, as `head` has, is no error.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_bug_and_does_not_escape() {
        let bug = guard(|| panic!("tea")).unwrap_err();
        assert!(bug.message.contains("a bug of specwright") && bug.message.ends_with(" tea"));
        assert_eq!(guard(|| Status::Different).unwrap().code(), 1);
        // Another test would take the hook of this one.
        #[cfg(any(feature = "preview", feature = "serve"))]
        {
            let (sender, told) = std::sync::mpsc::channel();
            let status = guard(move || {
                tell_bugs_at_once(move |bug| sender.send(bug.message).unwrap());
                std::thread::spawn(|| panic!("milk")).join().unwrap_err();
                assert!(told.try_recv().unwrap().ends_with(" milk"), "the server goes on");
                Status::Done
            });
            assert_eq!(status.unwrap(), Status::Done);
        }
    }
}
