//! A call that runs.

use std::fmt;

use rekuest_agent::offline::OfflineCall;

use super::gather::{Gather, Missing};
use super::{Event, Outcome, Recording, TestError};

/// A call that runs, or waits for its turn; made by [`start`](super::start). Dropped before its end, it is cancelled.
#[must_use = "a call that is dropped is cancelled"]
pub struct RunningCall<V> {
    call: OfflineCall,
    recording: Recording,
    gather: Gather<V>,
}

impl<V> RunningCall<V> {
    pub(super) fn new(call: OfflineCall, gather: Gather<V>) -> Self {
        Self { call, recording: Recording::default(), gather }
    }

    /// The id of its assignation: what a call made by this one names as its [`parent`](super::TestCall::parent).
    pub fn id(&self) -> &str {
        self.call.id()
    }

    /// Cancels it: an async function is dropped at its next `.await`, a blocking one sees it when it looks, and its caller
    /// is told at once.
    pub fn cancel(&self) {
        self.call.cancel();
    }

    /// Ends it at once, with all its children.
    pub fn interrupt(&self) {
        self.call.interrupt();
    }

    /// Halts it at its next breakpoint, which says [`Event::Paused`].
    pub fn pause(&self) {
        self.call.pause();
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.call.resume();
    }

    /// Lets it go on to its next breakpoint, which says [`Event::Paused`] again.
    pub fn step(&self) {
        self.call.step();
    }

    /// What happens next; none after its end. It is recorded too.
    pub async fn next_event(&mut self) -> Option<Event> {
        let event = self.call.next_event().await?;
        self.recording.push(event.clone());
        Some(event)
    }

    /// Waits for an event of this kind, past all others; none if the call ends before one. What passes is recorded.
    pub async fn wait_for(&mut self, wanted: impl Fn(&Event) -> bool) -> Option<Event> {
        loop {
            let event = self.next_event().await?;
            if wanted(&event) {
                return Some(event);
            }
        }
    }

    /// What was looked at up to now.
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it ended in any way but well, or returned something else than was asked for.
    pub async fn outcome(mut self) -> Result<Outcome<V>, TestError> {
        while self.next_event().await.is_some() {}
        let Self { call, recording, gather } = self;
        match recording.events().last().cloned() {
            Some(Event::Done) => {
                let gathered = gather.gather(&recording.raw_yields(), call.agent().contexts()).await;
                match gathered {
                    Ok(value) => Ok(Outcome::new(value, recording)),
                    Err(Missing::Nothing) => Err(TestError::NothingReturned { recording }),
                    Err(Missing::Unfit(error)) => Err(TestError::Unfit { error, recording }),
                }
            }
            Some(Event::Error(message)) => Err(TestError::Error { message, recording }),
            Some(Event::Critical(message)) => Err(TestError::Critical { message, recording }),
            Some(Event::Cancelled) => Err(TestError::Cancelled { recording }),
            Some(Event::Interrupted) => Err(TestError::Interrupted { recording }),
            _ => Err(TestError::Abandoned { recording }),
        }
    }
}

impl<V> fmt::Debug for RunningCall<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningCall").field("call", &self.call).finish_non_exhaustive()
    }
}
