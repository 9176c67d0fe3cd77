//! [`ReservationWatch`]: what a reservation is now, and each change.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::stream::{BoxStream, unfold};
use futures_util::{Stream, StreamExt as _};
use rekuest_core::CallError;
use tokio::runtime::Handle;
use tokio::time::sleep;

use super::read;
use crate::blocking::Items;
use crate::call::connection;
use crate::graphql::operations::{ReservationState, Reservations};
use crate::subscription::{Opener, Socket, SubscriptionError, Told};
use crate::{Backoff, Client};

/// How often in a row the server may refuse before the watch ends: a single refusal may be a passing fault.
const REFUSALS: u32 = 3;

/// A reservation that is followed: a stream of what it is. The first is what it is now, then comes each change.
///
/// It has a socket of its own, which is read while the stream is polled. When the connection is cut it is opened again, and
/// the reservation asked for; beside what is told, it is asked for at growing intervals. The stream ends with an error when
/// the server holds the reservation no more, or goes on refusing the token.
#[must_use = "a watch does nothing until it is polled"]
pub struct ReservationWatch {
    states: BoxStream<'static, Result<ReservationState, CallError>>,
    /// It may be read on threads that belong to no runtime.
    runtime: Handle,
}

impl ReservationWatch {
    pub(super) fn begin(client: Client, id: String) -> Self {
        let timing = client.shared().timing;
        let runtime = client.shared().runtime.clone();
        let watcher = Watcher {
            opener: Opener::new(client.graphql().clone(), timing),
            backoff: Backoff::new(timing.reconnect_first, timing.reconnect_longest),
            wait: timing.poll_first,
            client,
            id,
            socket: None,
            is_due: true,
            last: None,
            refusals: 0,
            ended: false,
        };
        Self { states: unfold(watcher, Watcher::next).boxed(), runtime }
    }

    /// What it is now, and each change, for code that blocks: the thread waits for each. Not inside of async code.
    pub fn wait(self) -> Items<Self> {
        Items::of(self)
    }
}

impl Stream for ReservationWatch {
    type Item = Result<ReservationState, CallError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let _entered = this.runtime.enter();
        this.states.poll_next_unpin(context)
    }
}

impl fmt::Debug for ReservationWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReservationWatch").finish_non_exhaustive()
    }
}

struct Watcher {
    client: Client,
    id: String,
    opener: Opener,
    backoff: Backoff,
    socket: Option<Socket<ReservationState>>,
    /// Whether the reservation is to be asked for now.
    is_due: bool,
    /// How long nothing is told before it is asked for.
    wait: Duration,
    /// What came out last.
    last: Option<ReservationState>,
    refusals: u32,
    ended: bool,
}

impl Watcher {
    async fn next(mut self) -> Option<(Result<ReservationState, CallError>, Self)> {
        while !self.ended {
            match self.step().await {
                Ok(state) => {
                    if let Some(state) = state.and_then(|state| self.another(state)) {
                        return Some((Ok(state), self));
                    }
                }
                Err(end) => {
                    self.ended = true;
                    return Some((Err(end), self));
                }
            }
        }
        None
    }

    /// Does the next thing: opens the socket, asks, or waits for what is told.
    async fn step(&mut self) -> Result<Option<ReservationState>, CallError> {
        let Some(socket) = &mut self.socket else {
            let instance_id = self.client.instance_id().to_owned();
            match self.opener.open(&Reservations { instance_id: &instance_id }).await {
                Ok(socket) => self.socket = Some(socket),
                Err(error) => self.cut(error).await?,
            }
            self.is_due = true;
            return Ok(None);
        };
        if self.is_due {
            return self.ask().await;
        }
        let told = tokio::select! {
            biased;
            told = socket.next() => told,
            () = sleep(self.wait) => {
                let longest = self.client.shared().timing.poll_longest;
                self.wait = (self.wait * 2).min(longest);
                self.is_due = true;
                return Ok(None);
            }
        };
        match told {
            Ok(Told::Next(state)) => {
                self.backoff.reset();
                Ok(Some(*state).filter(|state| state.id == self.id))
            }
            Ok(Told::Missed) => {
                self.is_due = true;
                Ok(None)
            }
            // Nothing is asked on this socket beside the subscription.
            Ok(Told::Answered { .. }) => Ok(None),
            Err(error) => {
                self.opener.ended(&error);
                self.socket = None;
                self.cut(error).await?;
                Ok(None)
            }
        }
    }

    async fn ask(&mut self) -> Result<Option<ReservationState>, CallError> {
        self.is_due = false;
        match read(&self.client, &self.id).await {
            Ok(state) => {
                self.refusals = 0;
                Ok(Some(state))
            }
            Err(error @ (CallError::NotFound(_) | CallError::Refused(_))) => {
                self.refuse(error).await.map(|()| None)
            }
            // What is told may come all the same.
            Err(error) => {
                tracing::warn!(reservation = self.id, %error, "a watched reservation cannot be asked for");
                Ok(None)
            }
        }
    }

    /// The socket is not open. A server that refuses the token again and again ends the watch.
    async fn cut(&mut self, error: SubscriptionError) -> Result<(), CallError> {
        tracing::debug!(reservation = self.id, %error, "a watched reservation is not seen; connecting again");
        let refused = match error {
            SubscriptionError::Refused { message } => CallError::Refused(message),
            SubscriptionError::Access(error) => connection("the reservation cannot be watched", error),
            _ => {
                sleep(self.backoff.next()).await;
                return Ok(());
            }
        };
        self.refuse(refused).await
    }

    async fn refuse(&mut self, error: CallError) -> Result<(), CallError> {
        self.refusals += 1;
        if self.refusals >= REFUSALS {
            return Err(error);
        }
        sleep(self.backoff.next()).await;
        self.is_due = true;
        Ok(())
    }

    /// What is told, if it is another state than the one before, and not an older one.
    fn another(&mut self, state: ReservationState) -> Option<ReservationState> {
        let who = |state: &ReservationState| {
            let ids: Vec<String> = state.implementations.iter().map(|one| one.id.clone()).collect();
            (state.viable, state.happy, ids)
        };
        if let Some(last) = &self.last {
            let is_older = state.updated_at.is_some() && state.updated_at < last.updated_at;
            if is_older || who(last) == who(&state) {
                return None;
            }
        }
        self.wait = self.client.shared().timing.poll_first;
        self.last = Some(state.clone());
        Some(state)
    }
}
