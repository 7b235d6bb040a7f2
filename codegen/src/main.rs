//! The command line: flags to settings, settings to the library, and what came of it to the
//! terminal. Printing and exiting happen here and nowhere else.

mod cli;

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
