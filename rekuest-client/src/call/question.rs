//! When the server is asked about a call, and what its answer means.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::GraphqlError;
use crate::client::Shared;
use crate::graphql::operations::{Assignation, AssignationState};
use crate::merge::Ticket;
use crate::subscription::Link;

/// How often in a row the server may refuse to tell about a call before the call is lost: a single refusal may be a
/// passing fault of its database.
const REFUSALS: u32 = 3;

/// The wait after a refusal.
const AFTER_REFUSAL: Duration = Duration::from_millis(250);

/// Each outstanding call adds this to the longest wait between questions, so that all together ask some twenty times a
/// second at most.
const SHARE: Duration = Duration::from_millis(50);

/// What an answer means.
pub(super) enum Meaning {
    /// This is the state of the call.
    State(Ticket, AssignationState),
    /// The server does not know the call any more.
    Lost,
    /// The server cannot be reached, or does not make sense; it is asked again. `first` if it was fine before.
    Unreachable {
        /// What went wrong.
        error: GraphqlError,
        /// Whether the server could be reached before.
        first: bool,
    },
    /// The server refused to tell; it is asked again.
    Refused,
    /// The server refuses our token.
    NoAccess(GraphqlError),
}

type Answer = Result<Option<AssignationState>, GraphqlError>;

/// The questions about one call: one at a time, at growing intervals while nothing is heard.
pub(super) struct Questions {
    shared: Arc<Shared>,
    asked: Option<BoxFuture<'static, (Ticket, Answer)>>,
    next: Instant,
    wait: Duration,
    refusals: u32,
    unreachable: bool,
    /// Whether the questions are all that is heard of the call.
    alone: bool,
}

impl Questions {
    /// The first question is due at once if something may have been missed, else after a while. `alone` if it is not known
    /// whether anything is ever told of the call: then the questions stay as frequent as they are at first.
    pub(super) fn new(shared: Arc<Shared>, at_once: bool, alone: bool) -> Self {
        let wait = shared.timing.poll_first;
        let next = if at_once { Instant::now() } else { Instant::now() + wait };
        Self { shared, asked: None, next, wait, refusals: 0, unreachable: false, alone }
    }

    /// Something was heard of the call: there is no need to ask for a while.
    pub(super) fn heard(&mut self) {
        self.wait = self.shared.timing.poll_first;
        self.next = Instant::now() + self.wait;
    }

    /// Something was told of the call, so more will be.
    pub(super) fn told(&mut self) {
        self.alone = false;
    }

    /// The next question is due at once, unless the server has just failed to answer one.
    pub(super) fn hurry(&mut self) {
        if self.unreachable {
            self.soon();
        } else if self.refusals == 0 {
            self.next = Instant::now();
        }
    }

    /// The subscription is open again: whatever happened meanwhile is asked for at once.
    pub(super) fn reopen(&mut self) {
        self.wait = self.shared.timing.poll_first;
        self.next = Instant::now();
    }

    /// The answer did not suffice: asks again after a moment.
    pub(super) fn again(&mut self) {
        self.next = Instant::now() + AFTER_REFUSAL;
    }

    /// The next question is due as soon as one usually is.
    pub(super) fn soon(&mut self) {
        self.wait = self.shared.timing.poll_first;
        self.next = self.next.min(Instant::now() + self.wait);
    }

    /// Waits until a question is due and asks it, then waits for the answer. Cancel-safe: a question that was asked is
    /// kept.
    pub(super) async fn answer(&mut self, id: &str, ticket: impl FnOnce() -> Ticket) -> (Ticket, Answer) {
        if self.asked.is_none() {
            tokio::time::sleep_until(self.next).await;
        }
        let asked = self.asked.get_or_insert_with(|| ask(Arc::clone(&self.shared), id.to_owned(), ticket()));
        let answer = asked.await;
        self.asked = None;
        answer
    }

    /// What an answer means, and when to ask again.
    pub(super) fn understand(&mut self, ticket: Ticket, answer: Answer) -> Meaning {
        let was_unreachable = std::mem::take(&mut self.unreachable);
        let refusals = std::mem::take(&mut self.refusals);
        let timing = self.shared.timing;
        let longest = if self.alone { timing.poll_first } else { timing.poll_longest };
        let longest = longest.max(SHARE * self.shared.routes.len() as u32);
        self.wait = (self.wait * 2).min(longest);
        // Between three quarters and five quarters of the wait: calls that began together part.
        self.next = Instant::now() + self.wait.mul_f64(0.75 + fastrand::f64() / 2.0);
        match answer {
            Ok(Some(state)) => Meaning::State(ticket, state),
            Ok(None) => Meaning::Lost,
            Err(error @ (GraphqlError::Errors { .. } | GraphqlError::Refused { .. })) => {
                self.refusals = refusals + 1;
                self.next = Instant::now() + AFTER_REFUSAL * self.refusals;
                match error {
                    _ if self.refusals < REFUSALS => Meaning::Refused,
                    GraphqlError::Errors { .. } => Meaning::Lost,
                    error => Meaning::NoAccess(error),
                }
            }
            Err(error) => {
                self.unreachable = true;
                Meaning::Unreachable { error, first: !was_unreachable }
            }
        }
    }
}

fn ask(shared: Arc<Shared>, id: String, ticket: Ticket) -> BoxFuture<'static, (Ticket, Answer)> {
    Box::pin(async move {
        // The semaphore is never closed; were it, asking at once would be right as well.
        let _permit = shared.questions.acquire().await;
        (ticket, shared.graphql.execute(&Assignation { id: &id }).await)
    })
}

/// The session that is known to be active, if there is one.
pub(super) fn active(link: &watch::Receiver<Link>) -> Option<u64> {
    link.borrow().live.filter(|session| session.proven).map(|session| session.number)
}
