//! A build script as a program, so that a test can hear what it says to cargo: `script DOCUMENT`, with
//! `OUT_DIR` set.

fn main() -> Result<(), specwright::Failure> {
    let document = std::env::args_os().nth(1).unwrap_or_default();
    specwright::Builder::new(document).checked(true).generate()
}
