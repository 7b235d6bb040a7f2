//! Chores of this workspace. `cargo xtask corpus DIR` measures the generator on a folder of
//! documents, `cargo xtask growth DIR` how its cost grows with them, and `cargo xtask compare` sets
//! it beside other generators; see `.github/CONTRIBUTING.md`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

mod compare;
mod corpus;
mod growth;
mod measure;
mod semver;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Chores of the specwright workspace")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Runs the generator over a folder of documents, and compares with what is known of them.
    Corpus(corpus::Arguments),
    /// Runs this generator and others on the same documents, in turn, and says what each took.
    Compare(compare::Arguments),
    /// How the cost of a run grows with the document.
    Growth(growth::Arguments),
    /// Whether `specwright diff` asks for the versions that cargo-semver-checks asks for.
    Semver(semver::Arguments),
    /// Runs one program, within a time, and says what it took. For the other chores.
    #[command(hide = true)]
    Measure(measure::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Corpus(arguments) => corpus::run(&arguments),
        Chore::Compare(arguments) => compare::run(&arguments),
        Chore::Growth(arguments) => growth::run(&arguments),
        Chore::Semver(arguments) => semver::run(&arguments),
        Chore::Measure(arguments) => measure::run(&arguments).map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}
