//! What a running function reaches of its agent.

use std::future::ready;
use std::sync::{Arc, PoisonError};

use futures_util::future::{BoxFuture, join_all};
use rekuest_core::caller::{CallEvents, CallRequest};
use rekuest_core::injected::AnyState;
use rekuest_core::invocation::Job;
use rekuest_core::message::{Assign, Event, LogLevel};
use rekuest_core::{CallError, Contexts, Dependency, Failure, Host};
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
        self.workshop.contexts()
    }

    fn contexts_of_calls(&self) -> &Contexts {
        self.workshop.contexts_of_calls()
    }

    fn dependencies(&self) -> &[Dependency] {
        self.provided.function.dependencies()
    }

    fn call(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        self.workshop.call(request)
    }

    fn changed(&self, state: Arc<dyn AnyState>, version: u64) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        match changes.iter_mut().find(|(known, _)| Arc::ptr_eq(known, &state)) {
            Some((_, newest)) => *newest = version.max(*newest),
            None => changes.push((state, version)),
        }
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
        let changes = std::mem::take(&mut *self.changes.lock().unwrap_or_else(PoisonError::into_inner));
        if changes.is_empty() && !self.provided.generator {
            self.returns(text);
            return Box::pin(ready(Ok(())));
        }
        Box::pin(async move {
            self.publish(changes).await;
            if self.provided.generator {
                self.workshop.table.yields(self, text).await;
            } else {
                self.returns(text);
            }
            Ok(())
        })
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

impl Work {
    /// What a function returns goes out together with its end.
    fn returns(&self, text: String) {
        *self.returned.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }

    /// Waits until the server has what was changed, not for long, and not once it is over.
    async fn publish(&self, changes: Vec<(Arc<dyn AnyState>, u64)>) {
        let published = changes.iter().map(async |(state, version)| {
            if !state.published(*version).await {
                tracing::debug!(
                    state = state.name(),
                    assignation = %self.id,
                    "the server does not have a change of a state yet, and what was changed is told before"
                );
            }
        });
        tokio::select! {
            _ = join_all(published) => {}
            () = self.control.over() => {}
        }
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

/// A size as a person reads it.
pub(crate) fn size(bytes: usize) -> impl std::fmt::Display {
    Size(bytes)
}

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
