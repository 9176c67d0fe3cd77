//! The background task of a watch: finds the state, subscribes to it, reads it, and begins anew after every cut.
//!
//! Each session subscribes first and reads then, so that what changes in between is told. It lasts until the socket is
//! cut or the state is found to be elsewhere.

use std::error::Error;
use std::sync::Arc;

use serde_json::value::RawValue;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::StateError;
use super::newest::Newest;
use super::place::{NoState, Place};
use super::reads::{Answer, Reads};
use crate::client::Shared;
use crate::graphql::operations::{StateUpdateEvents, StateValue};
use crate::subscription::{Opener, Socket, SubscriptionError, Told};
use crate::{Backoff, GraphqlError};

/// How often in a row the server may refuse before the watch ends: a single refusal may be a passing fault of its
/// database.
const REFUSALS: u32 = 3;

/// What a watch shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The newest value.
    pub(super) value: Option<Arc<RawValue>>,
    /// Why nothing more comes.
    pub(super) end: Option<StateError>,
}

/// Follows one state for as long as somebody looks at what is shown.
pub(super) struct Watcher {
    shared: Arc<Shared>,
    place: Place,
    shown: watch::Sender<Shown>,
    opener: Opener,
    /// The id that it was found under last; none before it was found.
    known: Option<String>,
    /// Whether this session has told anything.
    told: bool,
}

/// Why a session has ended.
enum Cut {
    /// The connection: it is better the next time, or the time after.
    Lost(Box<dyn Error + Send + Sync>),
    /// The server does not want to, or does not make sense. Said often enough, that is the end.
    Refused(StateError),
    /// There is no such state now, and what there is instead.
    Gone(String),
    /// The state is to be found elsewhere now.
    Moved,
}

impl Watcher {
    pub(super) fn new(shared: Arc<Shared>, place: Place, shown: watch::Sender<Shown>) -> Self {
        let opener = Opener::new(shared.graphql.clone(), shared.timing);
        Self { shared, place, shown, opener, known: None, told: false }
    }

    pub(super) async fn run(mut self) {
        let timing = self.shared.timing;
        let mut backoff = Backoff::new(timing.reconnect_first, timing.reconnect_longest);
        let mut refusals = 0;
        let mut was_gone = false;
        let watched = self.shown.clone();
        loop {
            let begun = Instant::now();
            self.told = false;
            let opened = tokio::select! {
                opened = self.open() => opened,
                () = watched.closed() => return,
            };
            let cut = match opened {
                Ok((id, socket)) => self.follow(id, socket).await,
                Err(cut) => Some(cut),
            };
            let Some(cut) = cut else { return };
            if self.told || begun.elapsed() > timing.reconnect_longest {
                backoff.reset();
                refusals = 0;
            }
            let wait = backoff.next();
            let place = &self.place;
            let is_gone = matches!(cut, Cut::Gone(_));
            refusals = if matches!(cut, Cut::Refused(_)) { refusals + 1 } else { 0 };
            match cut {
                Cut::Lost(error) => {
                    tracing::warn!(%place, %error, ?wait, "a watched state is not seen; connecting again");
                }
                Cut::Refused(error) if refusals >= REFUSALS => return self.end(error),
                Cut::Refused(error) => {
                    tracing::warn!(%place, %error, ?wait, "a watched state is refused; asking again");
                }
                Cut::Gone(instead) if self.known.is_none() => return self.end(StateError::NotFound(instead)),
                Cut::Gone(instead) if !was_gone => {
                    tracing::warn!(%place, %instead, "a watched state is gone; waiting until it is back");
                }
                Cut::Gone(instead) => tracing::debug!(%place, %instead, ?wait, "it is still gone"),
                Cut::Moved => tracing::debug!(%place, "another agent shows it now"),
            }
            was_gone = is_gone;
            tokio::select! {
                () = sleep(wait) => {}
                () = watched.closed() => return,
            }
        }
    }

    /// Finds the state and subscribes to it.
    async fn open(&mut self) -> Result<(String, Socket<StateValue>), Cut> {
        let found = self.place.find(&self.shared.graphql, self.known.as_deref()).await;
        let id = found.map_err(|error| match error {
            NoState::Unknown(instead) => Cut::Gone(instead),
            NoState::Unasked(error) => self.unasked(error),
        })?;
        self.known = Some(id.clone());
        let opened = self.opener.open(&StateUpdateEvents { state_id: &id }).await;
        Ok((id, opened.map_err(unsubscribed)?))
    }

    /// Shows what the state is until the session ends; none once nobody looks any more.
    async fn follow(&mut self, id: String, mut socket: Socket<StateValue>) -> Option<Cut> {
        tracing::debug!(place = %self.place, id, "subscribed to a state");
        let mut newest = Newest::default();
        let mut reads = Reads::new(Arc::clone(&self.shared), self.place.clone(), id);
        loop {
            tokio::select! {
                told = socket.next() => match told {
                    Ok(Told::Next(state)) => {
                        self.told = true;
                        reads.told();
                        if newest.told(&state) {
                            self.show(state.value);
                        }
                    }
                    Ok(Told::Missed) => reads.missed(),
                    // Nothing is sent beside this subscription.
                    Ok(Told::Answered { .. }) => {}
                    Err(error) => {
                        self.opener.ended(&error);
                        return Some(unsubscribed(error));
                    }
                },
                (answer, alone) = reads.answer() => match answer {
                    Ok(Answer::Value(state)) => {
                        if newest.answered(&state, alone) {
                            self.show(state.value);
                        }
                    }
                    Ok(Answer::Moved) => return Some(Cut::Moved),
                    Ok(Answer::Unknown) => {
                        let unknown = "it knows no state of this id any more".to_owned();
                        return Some(Cut::Refused(StateError::Refused(unknown)));
                    }
                    Err(error) => match self.unasked(error) {
                        // What is told may come all the same.
                        Cut::Lost(error) => {
                            tracing::warn!(place = %self.place, %error, "a watched state cannot be asked for");
                        }
                        cut => return Some(cut),
                    },
                },
                () = self.shown.closed() => {
                    socket.close().await;
                    return None;
                }
            }
        }
    }

    /// What an error of GraphQL means. Before the state was found for the first time, an answer that makes no sense is
    /// more likely a wrong url than a server that is just starting.
    fn unasked(&self, error: GraphqlError) -> Cut {
        let refused = matches!(error, GraphqlError::Errors { .. } | GraphqlError::Refused { .. });
        let passes = error.is_transient() || matches!(error, GraphqlError::Access(_)) || self.known.is_some();
        if refused || !passes {
            Cut::Refused(StateError::of(error, &self.place))
        } else {
            Cut::Lost(error.into())
        }
    }

    fn show(&self, value: Box<RawValue>) {
        self.shown.send_if_modified(|shown| {
            let is_new = shown.value.as_ref().is_none_or(|known| known.get() != value.get());
            if is_new {
                shown.value = Some(value.into());
            }
            is_new
        });
    }

    fn end(&self, error: StateError) {
        tracing::debug!(place = %self.place, %error, "a watch has ended");
        self.shown.send_modify(|shown| shown.end = Some(error));
    }
}

/// What an error of the socket means.
fn unsubscribed(error: SubscriptionError) -> Cut {
    match error {
        SubscriptionError::Refused { message } => Cut::Refused(StateError::Refused(message)),
        error => Cut::Lost(error.into()),
    }
}
