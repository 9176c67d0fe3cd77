//! How a call is shown while it runs: a bar for people at a terminal, lines for logs, JSON for scripts.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use rekuest_core::caller::CallEvent;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::output::Output;
use super::{print, values};

/// What is shown of one call.
pub(super) struct Shown {
    output: Output,
    /// Each event as it comes, and not only what is returned.
    stream: bool,
    /// At a terminal.
    bar: Option<ProgressBar>,
    /// What was returned, where it is printed at the end.
    returned: Vec<Value>,
    is_generator: bool,
}

impl Shown {
    pub(super) fn new(output: Output, stream: bool, is_generator: bool) -> Self {
        let bar = (output == Output::Text && std::io::stderr().is_terminal()).then(bar);
        Self { output, stream, bar, returned: Vec::new(), is_generator }
    }

    /// The server has accepted the call. By this id it can be watched and cancelled from elsewhere.
    pub(super) fn started(&self, assignation: &str) {
        match self.output {
            _ if !self.stream => {}
            Output::Json => print::result(json!({"event": "STARTED", "assignation": assignation})),
            Output::Text => self.line(&format!("the call {assignation} has started")),
        }
    }

    /// Its cancellation was asked for.
    pub(super) fn cancelling(&self, assignation: &str) {
        self.line(&format!(
            "interrupted: the cancellation of the call {assignation} was asked for; interrupt again to leave at once"
        ));
    }

    /// Shows one event.
    pub(super) fn event(&mut self, event: &CallEvent) {
        match self.output {
            Output::Json if self.stream => print::result(described(event)),
            Output::Json => {
                if let CallEvent::Yield(returns) = event {
                    self.returned.push(value(returns));
                }
            }
            Output::Text => self.told(event),
        }
    }

    fn told(&self, event: &CallEvent) {
        match event {
            CallEvent::Yield(returns) => {
                if let Some(text) = values::show(returns) {
                    self.beside(|| print::result(text));
                }
            }
            // Every call is queued or running first; that is no news.
            CallEvent::Progress { percent: Some(0), message: Some(message) }
                if message.starts_with("Queued") || message == "Running" && !self.stream => {}
            CallEvent::Progress { percent, message } => {
                self.progress(*percent, message.as_deref().unwrap_or_default())
            }
            CallEvent::Log { level, message } => self.line(&format!("{level}: {message}")),
            CallEvent::Unreachable => self.line("the server cannot be reached; waiting for it"),
            CallEvent::Disconnected => self.line("the agent is away; waiting for it to come back"),
            _ => {}
        }
    }

    fn progress(&self, percent: Option<i64>, message: &str) {
        let Some(bar) = &self.bar else {
            let percent = percent.map(|percent| format!("{percent} % ")).unwrap_or_default();
            return print::progress(format_args!("{percent}{message}"));
        };
        if let Some(percent) = percent.and_then(|percent| u64::try_from(percent).ok()) {
            bar.set_position(percent.min(100));
        }
        bar.set_message(message.to_owned());
    }

    /// A line on standard error, above the bar.
    fn line(&self, line: &str) {
        self.beside(|| print::progress(line));
    }

    fn beside(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// The call has ended well.
    pub(super) fn ended(mut self) {
        self.clear();
        if self.output == Output::Json && !self.stream {
            let returned = std::mem::take(&mut self.returned);
            match self.is_generator {
                true => print::result(Value::Array(returned)),
                false => print::result(returned.into_iter().next_back().unwrap_or_default()),
            }
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Whatever ends it, the bar does not stay.
impl Drop for Shown {
    fn drop(&mut self) {
        self.clear();
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(100);
    // The template is a constant; were it wrong, the usual style is as good.
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_bar} {pos:>3} % {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

fn value(returns: &RawValue) -> Value {
    serde_json::from_str(returns.get()).unwrap_or_default()
}

/// An event for scripts.
pub(super) fn described(event: &CallEvent) -> Value {
    match event {
        CallEvent::Yield(returns) => json!({"event": "YIELD", "returns": value(returns)}),
        CallEvent::Progress { percent, message } => {
            json!({"event": "PROGRESS", "progress": percent, "message": message})
        }
        CallEvent::Log { level, message } => {
            json!({"event": "LOG", "level": level.to_string(), "message": message})
        }
        CallEvent::Disconnected => json!({"event": "DISCONNECTED"}),
        CallEvent::Unreachable => json!({"event": "UNREACHABLE"}),
        other => json!({"event": format!("{other:?}")}),
    }
}
