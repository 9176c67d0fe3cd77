//! What happens to assignations: events are stored and published.

use std::sync::Arc;

use rekuest_core::message::{FromAgent, LogLevel};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::assignations::{Change, Event, EventKind};
use super::{Inner, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// An event that is to be recorded.
#[derive(Debug)]
pub(super) struct NewEvent {
    kind: EventKind,
    returns: Option<Box<RawValue>>,
    message: Option<String>,
    progress: Option<i64>,
    level: LogLevel,
    delegated_to: Option<Id>,
}

impl NewEvent {
    pub(super) fn of(kind: EventKind) -> Self {
        Self { kind, returns: None, message: None, progress: None, level: LogLevel::Info, delegated_to: None }
    }

    pub(super) fn delegated_to(child: Id) -> Self {
        Self { delegated_to: Some(child), ..Self::of(EventKind::Delegate) }
    }

    /// A change that this generation has no kind of event for. As PROGRESS with a message it reaches subscribers and
    /// `statusMessage`; that is also what agents send to servers that do not take the frame.
    fn told_as_progress(what: &str) -> Self {
        Self { message: Some(what.to_owned()), ..Self::of(EventKind::Progress) }
    }

    /// What a frame says happened; none for frames that are not about an assignation.
    fn from_frame(frame: FromAgent) -> Option<Self> {
        Some(match frame {
            FromAgent::Progress { progress, message, .. } => {
                Self { progress, message, ..Self::of(EventKind::Progress) }
            }
            FromAgent::Log { message, level, .. } => {
                Self { message: Some(message), level, ..Self::of(EventKind::Log) }
            }
            FromAgent::Yield { returns, .. } => Self { returns, ..Self::of(EventKind::Yield) },
            FromAgent::Done { .. } => Self::of(EventKind::Done),
            FromAgent::Error { error, .. } => {
                Self { message: Some(error), level: LogLevel::Error, ..Self::of(EventKind::Error) }
            }
            FromAgent::Critical { error, .. } => {
                Self { message: Some(error), level: LogLevel::Critical, ..Self::of(EventKind::Critical) }
            }
            FromAgent::Cancelled { .. } => Self::of(EventKind::Cancelled),
            FromAgent::Interrupted { .. } => Self::of(EventKind::Interupted),
            FromAgent::Paused { .. } => Self::told_as_progress("paused"),
            FromAgent::Resumed { .. } => Self::told_as_progress("resumed"),
            _ => return None,
        })
    }
}

impl Store {
    /// Works a frame of an agent about one of its assignations. Frames about assignations that are unknown, another
    /// agent's, or ended are ignored, and a repeated YIELD is: after a reconnect agents send again what may not have
    /// been delivered (protocol, section 4).
    pub(crate) fn apply(&self, agent: Id, frame: FromAgent, frame_id: Option<Uuid>) {
        let kind = frame.kind();
        let Some(about) = frame.assignation() else { return };
        let mut inner = self.lock();
        let id = about.parse().ok();
        let Some((id, entry)) =
            id.and_then(|id: Id| inner.assignations.entries.get_mut(&id).map(|entry| (id, entry)))
        else {
            tracing::warn!(%agent, assignation = about, kind, "an event for an unknown assignation is ignored");
            return;
        };
        if entry.call.implementation.agent != agent {
            tracing::warn!(%agent, assignation = about, kind, "an event for another agent's assignation is ignored");
            return;
        }
        if entry.is_done {
            tracing::debug!(%agent, assignation = about, kind, "an event after the last one is ignored");
            return;
        }
        if matches!(frame, FromAgent::Yield { .. }) && frame_id.is_some_and(|frame| entry.is_repeated(frame))
        {
            tracing::debug!(%agent, assignation = about, "a repeated YIELD is ignored");
            return;
        }
        if let Some(event) = NewEvent::from_frame(frame) {
            self.record(&mut inner, id, event);
        }
    }

    /// Stores an event and publishes it; with a terminal one the assignation ends.
    pub(super) fn record(&self, inner: &mut Inner, id: Id, new: NewEvent) {
        let Some(entry) = inner.assignations.entries.get_mut(&id) else { return };
        let event = Arc::new(Event {
            id: self.ids.next(),
            assignation: Arc::clone(&entry.call),
            kind: new.kind,
            returns: new.returns,
            message: new.message,
            progress: new.progress,
            level: new.level,
            delegated_to: new.delegated_to,
            created_at: Timestamp::now(),
        });
        entry.add(Arc::clone(&event));
        if event.kind.is_terminal() {
            if let Some(agent) = inner.agents.get_mut(&event.assignation.implementation.agent) {
                agent.open.remove(&id);
            }
            inner.assignations.finish(id, self.settings.finished_kept, self.settings.finished_bytes);
        }
        let waiter = Arc::clone(&event.assignation.waiter);
        inner.registries.publish(&waiter, || Change::Event(event));
    }
}
