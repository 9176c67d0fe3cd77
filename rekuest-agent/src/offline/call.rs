//! One call of an agent without a connection.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;
use rekuest_core::caller::Instruction;
use rekuest_core::message::Assign;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{Offline, OfflineEvent};

/// What a caller says of a call beside its arguments: what the function learns from its
/// [`Task`](rekuest_core::Task). Nothing unless given.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct AssignOptions {
    /// The calling user's id.
    pub user: Option<String>,
    /// The calling app's id.
    pub app: Option<String>,
    /// The calling user's organization.
    pub org: Option<String>,
    /// The hash of the action that is called.
    pub action: Option<String>,
    /// The caller's own name for the call.
    pub reference: Option<String>,
    /// The assignation that makes this call. It is interrupted with it.
    pub parent: Option<String>,
    /// Whether everything that is logged and traced is asked for, whatever its level.
    pub capture: bool,
    /// The implementations that serve the function's dependencies, ids by key.
    pub dependencies: BTreeMap<String, String>,
}

impl AssignOptions {
    /// The same assignation with what is said here.
    pub(super) fn assign(self, assign: Assign) -> Assign {
        let Self { user, app, org, action, reference, parent, capture, dependencies } = self;
        Assign { user, app, org, action, reference, parent, capture, dependencies, ..assign }
    }
}

/// A call that runs, or waits for its turn. Dropped before its end, it is cancelled.
#[must_use = "a call that is dropped is cancelled"]
pub struct OfflineCall {
    agent: Offline,
    id: String,
    /// What was not looked at yet waits here, without a bound.
    events: UnboundedReceiver<OfflineEvent>,
    ended: bool,
}

impl OfflineCall {
    pub(super) fn new(agent: Offline, id: String, events: UnboundedReceiver<OfflineEvent>) -> Self {
        Self { agent, id, events, ended: false }
    }

    /// The id of its assignation.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The agent that runs it.
    pub fn agent(&self) -> &Offline {
        &self.agent
    }

    /// Cancels it: an async function is dropped at its next await, a blocking one sees it when it looks.
    pub fn cancel(&self) {
        self.agent.instruct(&self.id, Instruction::Cancel);
    }

    /// Ends it at once, with all its children.
    pub fn interrupt(&self) {
        self.agent.instruct(&self.id, Instruction::Interrupt);
    }

    /// Halts it at its next breakpoint, which says [`Paused`](OfflineEvent::Paused).
    pub fn pause(&self) {
        self.agent.instruct(&self.id, Instruction::Pause);
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.agent.instruct(&self.id, Instruction::Resume);
    }

    /// Lets it go on to its next breakpoint.
    pub fn step(&self) {
        self.agent.instruct(&self.id, Instruction::Step);
    }

    /// Leaves it to itself: it goes on, and nobody hears of it. Returns its id.
    pub(super) fn detach(mut self) -> String {
        self.ended = true;
        self.id.clone()
    }

    /// What happens next; none after its end.
    pub async fn next_event(&mut self) -> Option<OfflineEvent> {
        std::future::poll_fn(|context| self.poll_event(context)).await
    }

    /// Whether its end was looked at.
    pub fn is_finished(&self) -> bool {
        self.ended
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<OfflineEvent>> {
        let event = self.events.poll_recv(context);
        if let Poll::Ready(event) = &event {
            self.ended |= event.as_ref().is_none_or(OfflineEvent::is_end);
        }
        event
    }
}

impl Offline {
    /// Tells the agent what a caller asks of one of its assignations.
    pub(super) fn instruct(&self, id: &str, instruction: Instruction) {
        let table = self.table();
        match instruction {
            Instruction::Cancel => self.0.workshop.start(table.cancel(id)),
            Instruction::Interrupt => self.0.workshop.start(table.interrupt(id)),
            Instruction::Pause => table.pause(id),
            Instruction::Resume => table.resume(id),
            Instruction::Step => table.step(id),
        }
    }
}

/// What happens, up to its end.
impl Stream for OfflineCall {
    type Item = OfflineEvent;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<OfflineEvent>> {
        self.poll_event(context)
    }
}

impl fmt::Debug for OfflineCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfflineCall")
            .field("id", &self.id)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

impl Drop for OfflineCall {
    fn drop(&mut self) {
        if !self.ended {
            self.cancel();
        }
    }
}
