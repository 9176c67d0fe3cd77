//! Subscriptions, and the one of a client that tells of its calls: opened before the first call, kept while calls are
//! outstanding, opened again after every cut (protocol, section 3).
//!
//! A [`Socket`] holds one subscription, whichever it is; an [`Opener`] makes sockets. States have sockets of their own,
//! see `state`. Where the server takes [operations](posts) on the socket, those of calls go there.
//!
//! On the path of an assignation it is the way back: what the agent says arrives here and goes to the call that it is
//! about, by the call's reference. It promises nothing: events can be lost while it is not active. Calls know from the
//! number of the [`Session`] when that may have happened, and ask.

mod error;
mod opener;
mod posts;
mod protocol;
mod socket;

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use rekuest_core::message::CallerCapabilities;
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot, watch};
use tokio::time::Instant;

use self::posts::Posts;
use crate::graphql::operations::{AssignationChange, Assignations};
use crate::routes::{Inboxes, Routes};
use crate::{Backoff, Graphql, Timing};

pub use error::SubscriptionError;
pub(crate) use opener::Opener;
pub(crate) use posts::{Outcome, Posting};
pub(crate) use protocol::errors;
pub(crate) use socket::{Socket, Told};

/// How many messages are worked at once, at most.
const BATCH: u32 = 256;

/// How many attempts to connect a new call waits for.
const ATTEMPTS: u64 = 3;

/// One stretch of uninterrupted events. Between two of them, events may have been lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Session {
    /// Its number, counted from 1.
    pub(crate) number: u64,
    /// Whether it has told anything yet. Nothing else shows that it is active.
    pub(crate) proven: bool,
    /// What the server can do for callers.
    pub(crate) capabilities: CallerCapabilities,
}

/// How the subscription is doing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Link {
    /// The session, if there is one now.
    pub(crate) live: Option<Session>,
    /// Where operations are handed in, if this session takes them.
    posting: Option<Posting>,
    /// How many attempts have failed, and sessions ended, so far.
    failures: u64,
    /// How the last of them did.
    failure: Option<Arc<SubscriptionError>>,
}

/// The client's end of the subscription. Dropped, it ends.
#[derive(Debug)]
pub(crate) struct Subscription {
    link: watch::Receiver<Link>,
    wanted: Arc<Notify>,
    /// Closed by being dropped.
    _open: oneshot::Sender<()>,
}

impl Subscription {
    /// Prepares the subscription; it is opened by the first [`live`](Self::live).
    pub(crate) fn new(
        graphql: Graphql,
        instance_id: String,
        routes: Arc<Routes>,
        timing: Timing,
        runtime: &Handle,
    ) -> Self {
        let (sender, link) = watch::channel(Link::default());
        let (open, closed) = oneshot::channel();
        let wanted = Arc::new(Notify::new());
        let keeper = Keeper {
            opener: Opener::new(graphql, timing),
            instance_id,
            routes,
            timing,
            link: sender,
            wanted: Arc::clone(&wanted),
            sessions: 0,
        };
        runtime.spawn(keeper.run(closed));
        Self { link, wanted, _open: open }
    }

    /// Waits until the subscription is open; has it opened at once if it is not. A route has to be registered before:
    /// while there is none, nobody needs the subscription.
    pub(crate) async fn live(&self) -> Result<Session, Arc<SubscriptionError>> {
        let mut link = self.link();
        let before = link.borrow_and_update().failures;
        if link.borrow().live.is_none() {
            self.wanted.notify_one();
        }
        loop {
            {
                let link = link.borrow_and_update();
                match (&link.failure, link.live) {
                    (_, Some(session)) => return Ok(session),
                    (Some(failure), None) if link.failures >= before + ATTEMPTS => {
                        return Err(Arc::clone(failure));
                    }
                    _ => {}
                }
            }
            if link.changed().await.is_err() {
                return Err(Arc::new(SubscriptionError::ClientClosed));
            }
        }
    }

    /// Where operations can be sent now; none where they have to go over HTTP.
    pub(crate) fn posting(&self) -> Option<Posting> {
        self.link.borrow().posting.clone()
    }

    /// A view of how it is doing.
    pub(crate) fn link(&self) -> watch::Receiver<Link> {
        self.link.clone()
    }
}

/// Keeps the subscription open: the client's background task.
struct Keeper {
    opener: Opener,
    instance_id: String,
    routes: Arc<Routes>,
    timing: Timing,
    link: watch::Sender<Link>,
    wanted: Arc<Notify>,
    sessions: u64,
}

impl Keeper {
    async fn run(mut self, mut closed: oneshot::Receiver<()>) {
        let mut backoff = Backoff::new(self.timing.reconnect_first, self.timing.reconnect_longest);
        loop {
            if self.routes.is_empty() {
                tokio::select! {
                    () = self.wanted.notified() => {}
                    _ = &mut closed => return,
                }
            }
            let begun = Instant::now();
            let Some(error) = self.session(&mut closed).await else { return };
            let lasted = begun.elapsed() > self.timing.reconnect_longest;
            if lasted || self.live().is_some_and(|session| session.proven) {
                backoff.reset();
            }
            let wait = backoff.next();
            self.report(&error, wait);
            self.link.send_modify(|link| {
                link.live = None;
                link.posting = None;
                link.failures += 1;
                link.failure = Some(Arc::new(error));
            });
            if !self.routes.is_empty() {
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    // A new call should not wait for what older ones have run into.
                    () = self.wanted.notified() => backoff.reset(),
                    _ = &mut closed => return,
                }
            }
        }
    }

    fn report(&self, error: &SubscriptionError, wait: Duration) {
        match self.routes.len() {
            0 => tracing::debug!(%error, "the subscription has ended; no calls are outstanding"),
            calls => {
                tracing::warn!(%error, calls, ?wait, "the events of calls do not arrive; connecting again")
            }
        }
    }

    fn live(&self) -> Option<Session> {
        self.link.borrow().live
    }

    /// One session, from connecting to its end; none once the client is gone.
    async fn session(&mut self, closed: &mut oneshot::Receiver<()>) -> Option<SubscriptionError> {
        let subscription = Assignations { instance_id: &self.instance_id };
        let opened = tokio::select! {
            opened = self.opener.open(&subscription) => opened,
            _ = &mut *closed => return None,
        };
        let mut socket = match opened {
            Ok(opened) => opened,
            Err(error) => return Some(error),
        };
        let capabilities = socket.capabilities();
        let (posting, mut posts) = Posts::new();
        self.link.send_modify(|link| link.posting = capabilities.operations.then_some(posting));
        self.begin(false, capabilities);
        tracing::debug!(session = self.sessions, ?capabilities, "subscribed to the events of calls");
        loop {
            let told = tokio::select! {
                told = socket.next() => told,
                () = posts.ready(), if socket.has_room() => {
                    if let Err(error) = posts.write(|id, body| socket.operate(id, body)) {
                        return Some(error);
                    }
                    continue;
                }
                _ = &mut *closed => {
                    socket.close().await;
                    return None;
                }
            };
            if let Err(error) = self.work(told, &mut socket, &mut posts) {
                self.opener.ended(&error);
                return Some(error);
            }
        }
    }

    /// Works what was told, and what has arrived together with it: whoever waits for some of it is woken once.
    fn work(
        &mut self,
        told: Result<Told<AssignationChange>, SubscriptionError>,
        socket: &mut Socket<AssignationChange>,
        posts: &mut Posts,
    ) -> Result<(), SubscriptionError> {
        let capabilities = socket.capabilities();
        let mut inboxes = Inboxes::default();
        let mut next = Some(told);
        let mut worked = 0;
        while let Some(told) = next {
            match told? {
                Told::Next(change) => {
                    if self.live().is_some_and(|session| !session.proven) {
                        self.publish(true, capabilities);
                    }
                    inboxes.add(self.routes.deliver(self.sessions, *change));
                }
                Told::Answered { id, payload, failed } => posts.answered(id, payload, failed),
                Told::Missed => self.begin(true, capabilities),
            }
            worked += 1;
            next = if worked < BATCH { socket.next().now_or_never() } else { None };
        }
        Ok(())
    }

    /// Begins a new stretch of events.
    fn begin(&mut self, proven: bool, capabilities: CallerCapabilities) {
        self.sessions += 1;
        self.publish(proven, capabilities);
    }

    fn publish(&self, proven: bool, capabilities: CallerCapabilities) {
        let session = Session { number: self.sessions, proven, capabilities };
        self.link.send_modify(|link| link.live = Some(session));
    }
}
