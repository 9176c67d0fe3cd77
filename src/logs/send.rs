//! Sending an event to who called.

use std::cell::Cell;

use rekuest_core::message::LogLevel;
use rekuest_core::task::capture;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use super::filter::Sent;
use super::text;

/// Sends the events of assignations.
#[derive(Debug)]
pub(super) struct Sender {
    sent: Sent,
}

impl Sender {
    pub(super) fn new(sent: Sent) -> Self {
        Self { sent }
    }
}

impl<S: Subscriber> Layer<S> for Sender {
    fn on_layer(&mut self, _: &mut S) {
        if !self.sent.is_off() {
            // The filter answers otherwise while somebody captures, and `tracing` remembers its answers.
            capture::on_change(tracing::callsite::rebuild_interest_cache);
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let Some(_sending) = Sending::begin() else { return };
        // Asked once more: an event that was traced while another layer formatted this one has changed what the
        // subscriber remembers of the filter's answer.
        let Some(task) = self.sent.task(event.metadata()) else { return };
        if !task.cancelled() {
            task.log(level(*event.metadata().level()), text::of(event));
        }
    }
}

fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        Level::DEBUG | Level::TRACE => LogLevel::Debug,
    }
}

thread_local! {
    static SENDING: Cell<bool> = const { Cell::new(false) };
}

/// While this lives, the thread sends an event, and what formatting its fields traces is not sent.
struct Sending(());

impl Sending {
    fn begin() -> Option<Self> {
        (!SENDING.replace(true)).then(|| Self(()))
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        SENDING.set(false);
    }
}
