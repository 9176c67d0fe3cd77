//! What a running function reaches of its agent.

use std::future::ready;
use std::sync::PoisonError;

use futures_util::future::BoxFuture;
use rekuest_core::invocation::Job;
use rekuest_core::message::{Assign, Event, LogLevel};
use rekuest_core::{Contexts, Failure, Host};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{Said, Work};
use crate::table::Kind;

/// How much of a message is sent, in bytes.
const LONGEST_MESSAGE: usize = 64 << 10;

/// From how many children on those that have ended are looked for.
const MANY_CHILDREN: usize = 64;

impl Host for Work {
    fn assign(&self) -> &Assign {
        &self.assign
    }

    fn contexts(&self) -> &Contexts {
        self.contexts()
    }

    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>> {
        let most = self.workshop.max_message;
        if returns.get().len() > most {
            let sizes = sizes(returns.get().len(), most);
            return Box::pin(ready(Err(Failure::TooLarge(format!(
                "return value of {} exceeds the limit of {} for one message (`App::max_message`); \
                 yield it in parts, or return a reference to where it is",
                sizes.0, sizes.1
            )))));
        }
        let text = Event::Yield(Some(&returns)).to_json(Uuid::new_v4(), self.id());
        if self.provided.generator {
            return Box::pin(async move {
                self.workshop.table.yields(self, text).await;
                Ok(())
            });
        }
        *self.returned.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
        Box::pin(ready(Ok(())))
    }

    fn spawn_blocking(&self, job: Job) {
        self.workshop.blocking.run(job);
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) {
        let mut children = self.children.lock().unwrap_or_else(PoisonError::into_inner);
        // Looked at under the lock that its end takes: nothing is started after it.
        if self.is_over() {
            return;
        }
        if children.len() >= MANY_CHILDREN {
            children.retain(|child| !child.is_finished());
        }
        children.push(self.workshop.runtime().spawn(work).abort_handle());
    }

    fn progress(&self, percent: Option<u32>, message: Option<String>) {
        let message = message.map(shortened);
        let event = Event::Progress { progress: percent.map(i64::from), message: message.as_deref() };
        let text = event.to_json(Uuid::new_v4(), self.id());
        self.workshop.table.tell(self, Kind::Progress, text);
    }

    fn log(&self, level: LogLevel, message: String) {
        let event = Event::Log { level, message: &shortened(message) };
        let text = event.to_json(Uuid::new_v4(), self.id());
        self.workshop.table.tell(self, Kind::Log, text);
    }

    fn is_over(&self) -> bool {
        self.control.is_over()
    }

    fn over(&self) -> BoxFuture<'_, ()> {
        Box::pin(self.control.over())
    }

    fn breakpoint(&self) -> BoxFuture<'_, ()> {
        if self.control.passes() {
            return Box::pin(ready(()));
        }
        Box::pin(self.control.breakpoint(|| self.workshop.table.say(self, Said::Paused)))
    }
}

/// A message, or its beginning if it is too long to be sent.
fn shortened(mut message: String) -> String {
    if message.len() > LONGEST_MESSAGE {
        message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
        message.push_str(" … (the rest is left out)");
    }
    message
}

/// Two sizes as a person reads them, in bytes where they would read alike.
pub(crate) fn sizes(given: usize, most: usize) -> (String, String) {
    match (Size(given).to_string(), Size(most).to_string()) {
        (given_as, most_as) if given_as == most_as => (format!("{given} bytes"), format!("{most} bytes")),
        different => different,
    }
}

/// Bytes as a person reads them.
struct Size(usize);

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            bytes if bytes >= 1 << 20 => write!(f, "{} MiB", bytes >> 20),
            bytes if bytes >= 1 << 10 => write!(f, "{} KiB", bytes >> 10),
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}
