//! A call that runs, and its events.

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, Stream, stream};
use rekuest_core::caller::{CallEvent, CallEvents, Entering, Instruction};
use rekuest_core::{CallError, Running};
use serde_json::value::RawValue;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};
use uuid::Uuid;

use super::assigned::Assigned;
use super::connection;
use super::limits::{Limits, Passed};
use super::operate;
use super::question::{Meaning, Questions, active};
use crate::client::{Shared, entering, inside};
use crate::graphql::operations::AssignationAgent;
use crate::merge::{End, Merge, Step};
use crate::routes::Route;
use crate::subscription::Link;

/// A call that the server has accepted.
///
/// Its events are read with [`next`](Self::next) or [`events`](Self::events); the whole work of following the call is
/// done there. Dropping it cancels the call; [`detach`](Self::detach) leaves it to itself. One that was
/// [attached](crate::Client::attach) to is left to itself in any case.
///
/// What arrives while it is not read waits: 16,384 events, or 64 MiB of returns and one YIELD besides; beyond 1,024
/// events only the newest PROGRESS, and no LOG. A call of which more was told ends with [`CallError::Lagged`] once it was
/// read up to there: no YIELD is left out without a word.
#[must_use = "dropping a running call cancels it, unless it was attached to"]
pub struct RunningCall {
    shared: Arc<Shared>,
    route: Route,
    assigned: Assigned,
    merge: Merge,
    questions: Questions,
    link: watch::Receiver<Link>,
    limits: Limits,
    /// An event that is not the agent's: the server cannot be reached.
    unreachable: bool,
    ended: bool,
}

impl RunningCall {
    pub(super) fn new(
        shared: Arc<Shared>,
        route: Route,
        assigned: Assigned,
        merge: Merge,
        limits: Limits,
    ) -> Self {
        let link = shared.subscription.link();
        let questions = Questions::new(Arc::clone(&shared), merge.has_gap(), merge.is_attaching());
        Self { shared, route, assigned, merge, questions, link, limits, unreachable: false, ended: false }
    }

    /// The id that the server gave the call.
    pub fn assignation(&self) -> &str {
        self.assigned.id()
    }

    /// The name that its caller gave the call. One that was attached to and shares its name with others, or has another kind of
    /// name, is known here by a new one.
    pub fn reference(&self) -> Uuid {
        self.route.reference()
    }

    /// The runtime that its work needs around it.
    pub(crate) fn runtime(&self) -> &Handle {
        &self.shared.runtime
    }

    /// The next event; none once the call has ended with DONE. Cancel-safe: nothing is lost when it is dropped.
    ///
    /// # Errors
    /// Every other end of the call. After an end, nothing more comes.
    pub async fn next(&mut self) -> Result<Option<CallEvent>, CallError> {
        loop {
            if self.ended {
                return Ok(None);
            }
            match self.merge.next() {
                Some(Step::Event(event)) => {
                    self.limits.saw(&event);
                    return Ok(Some(event));
                }
                Some(Step::End(end)) => return self.end(end),
                None => {}
            }
            if std::mem::take(&mut self.unreachable) {
                return Ok(Some(CallEvent::Unreachable));
            }
            let limit = self.limits.next();
            // Here too: a call that tells more than can be read in time never has to be waited for.
            if let Some((at, passed @ Passed::Total(_))) = limit
                && Instant::now() >= at
            {
                return Err(self.give_up(passed));
            }
            if self.absorb() {
                continue;
            }
            match limit {
                Some((at, passed)) if Instant::now() >= at => self.passed(passed).await?,
                _ => self.wait(limit.map(|(at, _)| at)).await?,
            }
        }
    }

    /// A limit has passed, and nothing was told: gives up, unless the agent is there again and is only silent.
    async fn passed(&mut self, passed: Passed) -> Result<(), CallError> {
        if matches!(passed, Passed::Away(_)) && is_agent_connected(&self.shared, self.assigned.id()).await {
            self.limits.back();
            return Ok(());
        }
        Err(self.give_up(passed))
    }

    fn give_up(&mut self, passed: Passed) -> CallError {
        self.ended = true;
        self.abandon();
        passed.error()
    }

    /// Takes what has arrived; false if nothing has.
    fn absorb(&mut self) -> bool {
        let released = match self.route.inbox().created_in() {
            Some(session) => self.merge.began(session),
            None => false,
        };
        let arrivals = self.route.inbox().take();
        if arrivals.is_empty() {
            if self.route.inbox().has_overflowed() {
                self.merge.overflow();
                return true;
            }
            return released;
        }
        self.questions.told();
        for arrival in arrivals {
            self.merge.told(arrival.session, arrival.event);
        }
        if self.merge.holds() {
            self.questions.hurry();
        } else if !self.merge.has_gap() {
            self.questions.heard();
        }
        true
    }

    /// Waits until something happens, and takes it in.
    async fn wait(&mut self, until: Option<Instant>) -> Result<(), CallError> {
        let Self { route, assigned, merge, questions, link, .. } = self;
        let passed = async {
            match until {
                Some(until) => sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        let sessions = link.clone();
        tokio::select! {
            biased;
            () = route.inbox().arrived() => {}
            changed = link.changed() => {
                if changed.is_ok() {
                    self.follow();
                } else {
                    // Cannot be: the subscription lives as long as the client, and this call holds the client.
                    self.link = self.shared.subscription.link();
                }
            }
            (ticket, answer) = questions.answer(assigned.id(), || merge.ask(active(&sessions))) => {
                let meaning = self.questions.understand(ticket, answer);
                self.take_in(meaning)?;
            }
            () = passed => {}
        }
        Ok(())
    }

    /// The subscription was cut or opened again.
    fn follow(&mut self) {
        let session = self.link.borrow_and_update().live.map(|session| session.number);
        // What was told before the cut comes first.
        self.absorb();
        if !self.merge.is_in(session) {
            self.merge.enter(session);
            match session {
                Some(_) => self.questions.reopen(),
                None => self.questions.soon(),
            }
        }
    }

    fn take_in(&mut self, meaning: Meaning) -> Result<(), CallError> {
        match meaning {
            Meaning::State(ticket, state) => {
                // What was told before the answer came has its place before it.
                self.absorb();
                let passed = self.merge.passed();
                self.merge.answered(ticket, state);
                if self.merge.passed() > passed {
                    // More may come that is not told.
                    self.questions.heard();
                }
                if self.merge.holds() {
                    self.questions.hurry();
                } else if self.merge.misses_end() || self.merge.is_attaching() {
                    self.questions.again();
                }
                Ok(())
            }
            Meaning::Refused => Ok(()),
            Meaning::Unreachable { error, first } => {
                self.merge.unanswered();
                if first {
                    let assignation = self.assigned.id();
                    tracing::warn!(assignation, %error, "the server cannot be asked about a call; the call waits");
                    self.unreachable = true;
                }
                Ok(())
            }
            Meaning::Lost => {
                self.settle();
                Err(CallError::Lost { assignation: self.assigned.id().to_owned() })
            }
            Meaning::NoAccess(error) => {
                self.settle();
                Err(connection("the call cannot be followed any more", error))
            }
        }
    }

    fn end(&mut self, end: End) -> Result<Option<CallEvent>, CallError> {
        let assignation = self.assigned.id().to_owned();
        if end == End::Lagged {
            self.abandon();
        }
        self.settle();
        match end {
            End::Done => Ok(None),
            End::Error(message) => Err(CallError::Error { message }),
            End::Critical(message) => Err(CallError::Critical { message }),
            End::Cancelled => Err(CallError::Cancelled),
            End::Interrupted => Err(CallError::Interrupted),
            End::Lagged => Err(CallError::Lagged { assignation }),
        }
    }

    /// Nothing more comes, and nothing is to be cancelled.
    fn settle(&mut self) {
        self.ended = true;
        self.assigned.settle();
    }

    /// Nobody listens any more: has the call cancelled in the background.
    fn abandon(&mut self) {
        let id = self.assigned.id().to_owned();
        drop(std::mem::replace(&mut self.assigned, Assigned::settled(id)));
    }

    /// The events as a stream. It ends after DONE, or with the first error.
    pub fn events(&mut self) -> impl Stream<Item = Result<CallEvent, CallError>> + Send + '_ {
        stream::unfold(self, |call| async move { call.next().await.transpose().map(|event| (event, call)) })
    }

    /// Waits for the end of the call, for the last object of returns that it yielded.
    ///
    /// # Errors
    /// Every other end than DONE, and DONE without a YIELD.
    pub async fn returns(mut self) -> Result<Box<RawValue>, CallError> {
        let mut returns = None;
        while let Some(event) = self.next().await? {
            if let CallEvent::Yield(yielded) = event {
                returns = Some(yielded);
            }
        }
        returns.ok_or(CallError::NothingReturned)
    }

    /// Asks the server to have the call cancelled. The call ends with [`CallError::Cancelled`] once the agent has done
    /// so; until then its events go on.
    ///
    /// # Errors
    /// When the server cannot be reached, or refuses.
    pub async fn cancel(&self) -> Result<(), CallError> {
        self.instruct(Instruction::Cancel).await
    }

    /// Asks the server to tell the agent what is to become of the call. What is returned does not borrow the call;
    /// nothing is sent until it is awaited.
    ///
    /// # Errors
    /// [`CallError::Unsupported`], before anything is sent, where the server does not say that it can do it: the observed
    /// one can only [cancel](Instruction::Cancel). Else when the server cannot be reached, or refuses.
    pub fn instruct(
        &self,
        instruction: Instruction,
    ) -> impl Future<Output = Result<(), CallError>> + Send + use<> {
        let (shared, id) = (Arc::clone(&self.shared), self.assigned.id().to_owned());
        async move { operate::instruct(&shared, &id, instruction).await }
    }

    /// The same call with its returns read as `R`: `client.attach(&id).await?.typed::<f64>()`.
    pub fn typed<R>(self) -> Running<R> {
        let contexts = self.shared.contexts.clone();
        Running::new(Box::new(self), contexts)
    }

    /// Leaves the call to itself: it goes on, and nobody hears of it here. Returns its id.
    pub fn detach(mut self) -> String {
        self.assigned.settle();
        self.assigned.id().to_owned()
    }
}

/// Whether the agent that runs a call is there, as far as the server says.
async fn is_agent_connected(shared: &Shared, id: &str) -> bool {
    let asked = shared.graphql.execute(&AssignationAgent { id });
    match timeout(shared.timing.acceptance_timeout, asked).await {
        Ok(Ok(call)) => call.and_then(|call| call.agent).is_some_and(|agent| agent.connected),
        Ok(Err(_)) | Err(_) => false,
    }
}

impl CallEvents for RunningCall {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<CallEvent>, CallError>> {
        let runtime = self.shared.runtime.clone();
        inside(runtime, RunningCall::next(self)).boxed()
    }

    fn assignation(&self) -> &str {
        RunningCall::assignation(self)
    }

    fn instruct(&self, instruction: Instruction) -> BoxFuture<'static, Result<(), CallError>> {
        inside(self.shared.runtime.clone(), RunningCall::instruct(self, instruction)).boxed()
    }

    fn detach(self: Box<Self>) -> String {
        RunningCall::detach(*self)
    }

    fn entering(&self) -> Entering {
        entering(&self.shared.runtime)
    }
}

impl fmt::Debug for RunningCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningCall")
            .field("assignation", &self.assigned.id())
            .field("reference", &self.route.reference())
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
