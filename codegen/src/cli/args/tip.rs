//! What is said beside a word that is not understood: who names a document and forgets the flag, who
//! gives a flag of another command.

use std::ffi::OsString;
use std::path::Path;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _};

use super::Args;

/// Further apart than this, two flags have nothing to do with each other.
const SLIPS: usize = 2;

/// The same refusal, with a tip that fits the word.
pub(super) fn add(mut error: clap::Error, words: &[OsString]) -> clap::Error {
    let named = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    let word = named.into_iter().find_map(|kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    });
    let Some(word) = word else { return error };
    let tip = if is_document(&word) {
        Some(of_document(&word, words))
    } else {
        let is_unknown = error.kind() == ErrorKind::UnknownArgument;
        word.strip_prefix("--").filter(|_| is_unknown).map(|flag| of_flag(flag, words))
    };
    if let Some(tip) = tip {
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::SuggestedSubcommand);
        let tip = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
        error.insert(ContextKind::Suggested, tip);
        // Else it is that of the flag that was guessed.
        let usage = called(&program(), words).clone().render_usage();
        error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
    }
    error
}

/// What to say of a document that a command does not take: the flag by which it does, or all that it takes.
fn of_document(word: &str, words: &[OsString]) -> String {
    let program = program();
    let command = called(&program, words);
    if flags(command).contains(&"spec") {
        return format!("a document is named by a flag: `--spec {word}`");
    }
    let name = command.get_name();
    let takes: Vec<String> = command
        .get_positionals()
        .map(|one| format!("`{}`", one.get_id().as_str().to_uppercase()))
        .collect();
    match takes.as_slice() {
        [] => format!("`{name}` takes no document"),
        takes => format!("`{name}` takes {} and no more", takes.join(" and ")),
    }
}

/// What to say of a flag that a command does not take: the one that was likely meant, the commands that
/// have it, and in any case what there is.
fn of_flag(flag: &str, words: &[OsString]) -> String {
    let flag = flag.split('=').next().unwrap_or(flag);
    let program = program();
    let command = called(&program, words);
    let taken = flags(command);
    let near = taken.iter().map(|one| (strsim::osa_distance(flag, one), one)).min();
    if let Some((distance, near)) = near.filter(|(distance, _)| *distance <= SLIPS)
        && distance * 2 < flag.len().min(near.len())
    {
        return format!("did you mean `--{near}`?");
    }
    let name = match command.get_name() {
        "specwright" => "generate",
        name => name,
    };
    let takes: Vec<String> = taken.iter().map(|flag| format!("`--{flag}`")).collect();
    let others = program.get_subcommands().filter(|one| flags(one).contains(&flag));
    let others: Vec<String> = others.map(|one| format!("`{}`", one.get_name())).collect();
    let takes = match takes.as_slice() {
        [] => format!("`{name}` takes no flags of its own"),
        _ => format!("`{name}` takes {}", takes.join(", ")),
    };
    match others.as_slice() {
        [] => takes,
        others => format!("`--{flag}` is for {}; {takes}", others.join(", ")),
    }
}

fn program() -> Command {
    let mut program = Args::command();
    program.build();
    program
}

/// The command that the words call.
fn called<'c>(program: &'c Command, words: &[OsString]) -> &'c Command {
    let mut words = words.iter().skip(1).filter_map(|word| word.to_str());
    words.find_map(|word| program.find_subcommand(word)).unwrap_or(program)
}

/// The flags of a command of its own.
fn flags(command: &Command) -> Vec<&str> {
    let own = command.get_arguments().filter(|one| !one.is_global_set());
    own.filter_map(clap::Arg::get_long).filter(|flag| !["help", "version"].contains(flag)).collect()
}

fn is_document(word: &str) -> bool {
    let path = Path::new(word);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_named = ["yaml", "yml", "json"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    !word.starts_with('-') && (is_named || path.is_file())
}
