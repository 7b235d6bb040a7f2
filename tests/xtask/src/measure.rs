//! One program, its time, the time of processors and its memory.
//!
//! What a child took is only known to its parent, and only as the most of all its children. So
//! each measured program has a parent of its own: this executable once more, which hands the
//! output through and adds a last line.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// How often to look whether the program has ended.
const TICK: Duration = Duration::from_millis(2);

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// After how many seconds the program is ended.
    seconds: u64,
    program: PathBuf,
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// What a program took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// Its exit status; none if it had to be ended or was killed.
    pub(crate) status: Option<i32>,
    /// Whether it was ended because its time was over.
    pub(crate) hung: bool,
    pub(crate) seconds: f64,
    /// The time of processors it took, in the system too and with all programs it ran, where the
    /// system tells.
    pub(crate) cpu: f64,
    /// The most memory it had at once, where the system tells.
    pub(crate) megabytes: u64,
}

/// Runs the program of the arguments.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let began = Instant::now();
    let mut child = Command::new(&arguments.program)
        .args(&arguments.arguments)
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| format!("{} cannot be run: {error}", arguments.program.display()))?;
    let mut hung = false;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            break status;
        }
        if !hung && began.elapsed() > Duration::from_secs(arguments.seconds) {
            hung = true;
            child.kill().map_err(|error| error.to_string())?;
        }
        std::thread::sleep(TICK);
    };
    let seconds = began.elapsed().as_secs_f64();
    let (cpu, megabytes) = used();
    let taken = Taken { status: status.code(), hung, seconds, cpu, megabytes };
    println!("{}", serde_json::to_string(&taken).map_err(|error| error.to_string())?);
    Ok(())
}

/// Has `program` run and measured: its standard output by lines, the other one, and what it took.
pub(crate) fn measured(
    program: &Path,
    arguments: &[String],
    seconds: u64,
) -> Result<(Vec<String>, String, Taken), String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(own)
        .arg("measure")
        .arg(seconds.to_string())
        .arg(program)
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = String::from_utf8_lossy(&output.stdout);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let taken = lines.pop().and_then(|line| serde_json::from_str(&line).ok());
    let taken = taken.ok_or_else(|| format!("{} was not measured: {said}", program.display()))?;
    Ok((lines, said, taken))
}

/// What the children of this process have used so far: seconds of processors, and the most
/// megabytes that one of them had at once.
#[cfg(unix)]
fn used() -> (f64, u64) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    const MICROSECONDS: f64 = 1e6;
    // Kilobytes everywhere but on macOS, which counts bytes.
    let unit = if cfg!(target_os = "macos") { 1 << 20 } else { 1 << 10 };
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (0.0, 0) };
    let microseconds = usage.user_time() + usage.system_time();
    let most = u64::try_from(usage.max_rss()).unwrap_or(0).div_ceil(unit);
    (microseconds.num_microseconds() as f64 / MICROSECONDS, most)
}

#[cfg(not(unix))]
fn used() -> (f64, u64) {
    (0.0, 0)
}
