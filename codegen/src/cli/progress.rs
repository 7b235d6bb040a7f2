//! A line that moves while work goes on: on a terminal alone, and gone before anything else is said.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::visible::visible_line;

/// What ends sooner needs no explanation.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line moves.
const TICK: Duration = Duration::from_millis(100);

/// What is being done; nothing is shown any more once it is dropped.
pub(super) struct Progress(Option<Line>);

struct Line {
    bar: ProgressBar,
    /// Ends the wait of the thread by being dropped.
    done: Option<Sender<()>>,
    waiter: Option<JoinHandle<()>>,
}

impl Progress {
    /// Nothing to be seen, whatever is told.
    pub(super) fn hidden() -> Self {
        Self(None)
    }

    /// A line on stderr, if that is a terminal that can move one. It has no colours, so `NO_COLOR`
    /// changes nothing.
    pub(super) fn on_terminal() -> Self {
        let is_fit = fits(io::stderr().is_terminal(), std::env::var("TERM").ok().as_deref());
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        let Some(style) = style.ok().filter(|_| is_fit) else { return Self::hidden() };
        let hidden = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(None, hidden)
            .with_style(style.tick_strings(&["-", "\\", "|", "/", " "]));
        let (done, end) = mpsc::channel();
        let late = bar.clone();
        let wait = move || {
            if end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                late.set_draw_target(ProgressDrawTarget::stderr());
                late.enable_steady_tick(TICK);
            }
        };
        let waiter = thread::Builder::new().spawn(wait).ok();
        Self(Some(Line { bar, done: Some(done), waiter }))
    }

    /// Says what is being done now.
    pub(super) fn tell(&self, what: &str) {
        if let Self(Some(line)) = self {
            line.bar.set_message(visible_line(what));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(waiter) = self.waiter.take() {
            // It has nothing to panic about.
            let _ = waiter.join();
        }
        self.bar.finish_and_clear();
    }
}

/// Whether a line can be moved there; a terminal that does not say what it is may do nothing.
fn fits(is_terminal: bool, term: Option<&str>) -> bool {
    is_terminal && (cfg!(windows) || term.is_some_and(|term| term != "dumb"))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_line_moves_on_a_terminal_that_can() {
        assert!(fits(true, Some("xterm-256color")));
        assert!(!fits(true, Some("dumb")));
        assert!(!fits(false, Some("xterm-256color")));
        assert!(cfg!(windows) || !fits(true, None));
    }
}
