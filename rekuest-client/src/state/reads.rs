//! When a watched state is asked for, and what the answer means.
//!
//! What is told is live only, and nothing says since when (protocol, section 3). So the state is read when the socket is
//! open, once more soon after that, and then at growing intervals: what was missed at the beginning is seen, and so is a
//! state that has gone, of which nothing is told.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _};
use tokio::time::{Instant, sleep_until};

use super::place::Place;
use crate::GraphqlError;
use crate::client::Shared;
use crate::graphql::operations::{ReadState, StateValue};

/// What an answer means.
pub(super) enum Answer {
    /// This is what the state holds.
    Value(StateValue),
    /// The server knows no state of this id.
    Unknown,
    /// The agent is away, and another one of the same name shows the state.
    Moved,
}

type Asked = BoxFuture<'static, Result<Answer, GraphqlError>>;

/// The questions about one state: one at a time.
pub(super) struct Reads {
    shared: Arc<Shared>,
    place: Place,
    id: String,
    asked: Option<Asked>,
    next: Instant,
    wait: Duration,
    /// Whether nothing was told since the question was asked.
    alone: bool,
    /// Whether something was told since that could not be read: the answer may be older than it.
    missed: bool,
}

impl Reads {
    /// The first question is due at once.
    pub(super) fn new(shared: Arc<Shared>, place: Place, id: String) -> Self {
        let wait = shared.timing.poll_first;
        Self { shared, place, id, asked: None, next: Instant::now(), wait, alone: true, missed: false }
    }

    /// Something was told: there is no need to ask for a while.
    pub(super) fn told(&mut self) {
        self.alone = false;
        self.next = Instant::now() + self.wait;
    }

    /// Something was told that could not be read.
    pub(super) fn missed(&mut self) {
        self.alone = false;
        self.missed = true;
        self.next = Instant::now();
    }

    /// Waits until a question is due and asks it, then waits for the answer; and whether nothing was told meanwhile.
    /// Cancel-safe: a question that was asked is kept.
    pub(super) async fn answer(&mut self) -> (Result<Answer, GraphqlError>, bool) {
        let asked = match &mut self.asked {
            Some(asked) => asked,
            None => {
                sleep_until(self.next).await;
                self.alone = true;
                self.missed = false;
                let asking = ask(Arc::clone(&self.shared), self.place.clone(), self.id.clone());
                self.asked.insert(asking.boxed())
            }
        };
        let answer = asked.await;
        self.asked = None;
        // Between three quarters and five quarters of the wait: watches that began together part.
        let wait = self.wait.mul_f64(0.75 + fastrand::f64() / 2.0);
        self.next = if self.missed { Instant::now() } else { Instant::now() + wait };
        self.wait = (self.wait * 2).min(self.shared.timing.poll_longest);
        (answer, self.alone)
    }
}

async fn ask(shared: Arc<Shared>, place: Place, id: String) -> Result<Answer, GraphqlError> {
    let Some(state) = shared.graphql.execute(&ReadState { id: &id }).await? else {
        return Ok(Answer::Unknown);
    };
    let is_away = state.agent.is_some_and(|agent| !agent.connected);
    if is_away && place.find(&shared.graphql, Some(&id)).await.is_ok_and(|found| found != id) {
        return Ok(Answer::Moved);
    }
    Ok(Answer::Value(state))
}
