//! `completions`, `man` and `schema`: what a shell, a manual and an editor want to know.

use clap::CommandFactory as _;
use specwright::diagnostics::{Code, Diagnostic, Diagnostics};

use super::Status;
use super::args::{Args, Completions, Man};
use super::report::Report;

/// The script that completes arguments in a shell.
pub(super) fn completions(args: &Completions, report: &mut Report) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "specwright", &mut script);
    report.print(&String::from_utf8_lossy(&script));
    Status::Done
}

/// The manual page of the program or of one of its commands, as roff.
pub(super) fn man(args: &Man, report: &mut Report) -> Result<Status, Diagnostics> {
    let mut program = Args::command();
    // Gives each command the name it goes by outside: `specwright-generate`.
    program.build();
    let command = match &args.command {
        None => &program,
        Some(name) => program.find_subcommand(name).ok_or_else(|| {
            Diagnostic::error(Code::Config, format!("there is no command `{name}`"))
                .help("`specwright --help` lists the commands")
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(|error| Diagnostic::error(Code::Io, format!("cannot write the page: {error}")))?;
    report.print(&String::from_utf8_lossy(&page));
    Ok(Status::Done)
}

/// The JSON schema of `specwright.toml`.
pub(super) fn schema(report: &mut Report) -> Status {
    report.print(specwright::config::SCHEMA);
    Status::Done
}
