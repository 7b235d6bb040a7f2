//! Speaking to the driver, and serving its clients meanwhile.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde_json::Value;

use super::server::{self, Reply, Seen};

/// How long the driver may be silent before it counts as stuck.
const PATIENCE: Duration = Duration::from_secs(120);

/// The driver, running, with a server for its clients.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    orders: ChildStdin,
    events: Receiver<Event>,
    base: String,
}

/// What happens while an order is carried out.
#[derive(Debug)]
pub(super) enum Event {
    /// A client asks; the answer goes to the sender.
    Request(Seen, Sender<Reply>),
    /// The driver is done.
    Said(String),
}

impl Driver {
    /// Starts the program.
    ///
    /// # Errors
    ///
    /// It cannot be started.
    pub(super) fn start(program: &Path) -> Result<Self, String> {
        let (sender, events) = channel();
        let base = server::start(sender.clone())?;
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (orders, answers) = pipes.ok_or("the driver has no pipes")?;
        std::thread::spawn(move || {
            for line in BufReader::new(answers).lines().map_while(Result::ok) {
                if sender.send(Event::Said(line)).is_err() {
                    return;
                }
            }
            // The server keeps the channel open, so that the end has to be said.
            let _ = sender.send(Event::Said(String::new()));
        });
        Ok(Self { child, orders, events, base })
    }

    /// Has a text decoded into a type and encoded again.
    ///
    /// # Errors
    ///
    /// The driver is gone.
    pub fn trip(&mut self, ty: usize, instance: &Value) -> Result<Value, String> {
        self.order(&format!("trip\t{ty}\t{instance}"), &mut |_| Reply::default())
    }

    /// Has an operation called; `serve` answers what is asked.
    ///
    /// # Errors
    ///
    /// The driver is gone.
    pub fn call(
        &mut self,
        operation: usize,
        arguments: &Value,
        serve: &mut dyn FnMut(Seen) -> Reply,
    ) -> Result<Value, String> {
        let order = format!("call\t{operation}\t{}\t{arguments}", self.base);
        self.order(&order, serve)
    }

    /// JSON has no bare tab and no bare line break, so an order is one line.
    fn order(
        &mut self,
        order: &str,
        serve: &mut dyn FnMut(Seen) -> Reply,
    ) -> Result<Value, String> {
        writeln!(self.orders, "{order}")
            .and_then(|()| self.orders.flush())
            .map_err(|error| format!("the driver is gone: {error}"))?;
        loop {
            match self.events.recv_timeout(PATIENCE) {
                Ok(Event::Request(seen, reply)) => {
                    // Who no longer waits for an answer says so itself.
                    let _ = reply.send(serve(seen));
                }
                Ok(Event::Said(line)) => {
                    return serde_json::from_str(&line)
                        .map_err(|_| format!("the driver ended at: {order}"));
                }
                Err(_) => return Err(format!("the driver is stuck at: {order}")),
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A driver that hangs must not outlive its test.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
