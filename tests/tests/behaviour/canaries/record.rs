//! Everything that is traced, at every level, by this client and by all it stands on.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{self, DefaultGuard};
use tracing::{Event, Metadata, Subscriber};

/// Spans and events as text.
#[derive(Clone, Default)]
pub(super) struct Recorder {
    text: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

impl Recorder {
    /// Records what the current thread traces until the guard is dropped.
    ///
    /// Whether anybody wants an event is kept for all threads, and with a single subscriber it is
    /// the thread that comes first that is asked. Other tests have no subscriber, so everybody
    /// gets one that wants everything.
    pub(super) fn start() -> (Self, DefaultGuard) {
        static EVERYBODY: Once = Once::new();
        EVERYBODY.call_once(|| subscriber::set_global_default(Self::default()).unwrap());
        let recorder = Self::default();
        let guard = subscriber::set_default(recorder.clone());
        (recorder, guard)
    }

    pub(super) fn text(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    fn write(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
        let mut line = Line(format!("{} {}: ", metadata.target(), metadata.name()));
        record(&mut line);
        *self.text.lock().unwrap() += &(line.0 + "\n");
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, "{field}={value:?} ");
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let _ = write!(self.0, "{field}={value} {value:?} ");
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(span.metadata(), |line| span.record(line));
        Id::from_u64(1 + self.spans.fetch_add(1, Ordering::SeqCst))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        *self.text.lock().unwrap() += &(line.0 + "\n");
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write(event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
