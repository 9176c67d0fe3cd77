//! Sends the changes of one state: one patch at a time, in order, again until the server has it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use json_patch::PatchOperation;
use rekuest_client::graphql::operations::UpdateState;
use rekuest_client::{Backoff, Graphql, GraphqlError};
use rekuest_core::Contexts;
use rekuest_core::injected::{AnyState, Publisher};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, MutexGuard, Notify, watch};
use tokio::time::{sleep, timeout};

use super::Unwritable;
use super::patch::{changes, replacing};

/// How long a change is waited for at most: by an assignation that made it, before it yields.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest first wait before a patch is sent again, and the longest of all.
const RETRIES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(10));

/// A state that the server is told of.
pub(super) struct Published {
    state: Arc<dyn AnyState>,
    graphql: Graphql,
    instance_id: String,
    app: Contexts,
    /// Held while something is sent.
    server: Mutex<Server>,
    signals: Signals,
}

/// What its sender and those who change it tell each other.
#[derive(Clone)]
struct Signals {
    /// There is something to send.
    changed: Arc<Notify>,
    /// What could not be sent may be sent now: the server is back, say.
    retry: Arc<Notify>,
    /// The number of the value that the server has.
    sent: watch::Sender<u64>,
}

/// What is known of the server's side.
struct Server {
    has: Has,
    /// The newest value that could be written, and its number.
    written: (u64, Box<RawValue>),
    /// What was complained of last.
    complaint: String,
}

enum Has {
    /// Nothing: it was not told of the state yet.
    Nothing,
    /// It is not known what: an answer was lost, or the connection.
    Something,
    /// This value.
    This(Value),
}

impl Published {
    pub(super) async fn new(
        state: Arc<dyn AnyState>,
        graphql: Graphql,
        instance_id: &str,
        app: &Contexts,
    ) -> Result<Arc<Self>, Unwritable> {
        let (version, written) = state.written(app).await;
        let written = written.map_err(|error| Unwritable { state: state.name(), error })?;
        let server = Server { has: Has::Nothing, written: (version, written), complaint: String::new() };
        let signals =
            Signals { changed: Arc::default(), retry: Arc::default(), sent: watch::Sender::new(version) };
        let instance_id = instance_id.to_owned();
        Ok(Arc::new(Self {
            state,
            graphql,
            instance_id,
            app: app.clone(),
            server: Mutex::new(server),
            signals,
        }))
    }

    pub(super) fn name(&self) -> &'static str {
        self.state.name()
    }

    /// What the state itself gets to know of this: not the app that the state is a part of.
    pub(super) fn teller(&self, runtime: Handle) -> Teller {
        Teller { signals: self.signals.clone(), runtime }
    }

    /// Sends what changes, as long as it is let.
    pub(super) async fn run(self: Arc<Self>) {
        let mut backoff = Backoff::new(RETRIES.0, RETRIES.1);
        loop {
            self.signals.changed.notified().await;
            while let Err(error) = self.send().await {
                self.complain(&error.to_string()).await;
                tokio::select! {
                    () = sleep(backoff.next()) => {}
                    () = self.signals.retry.notified() => {}
                }
            }
            backoff.reset();
        }
    }

    /// Sends what the server does not have.
    async fn send(&self) -> Result<(), GraphqlError> {
        let mut server = self.server.lock().await;
        if matches!(server.has, Has::Nothing) {
            // It is said when the agent registers.
            return Ok(());
        }
        let version = server.write(&*self.state, &self.app).await;
        let value: Value = serde_json::from_str(server.written.1.get()).unwrap_or_default();
        let patches = match &server.has {
            Has::This(known) => changes(known, &value),
            Has::Nothing | Has::Something => replacing(&value),
        };
        if !patches.is_empty() {
            // From here on until there is an answer it is not known what the server has.
            let before = std::mem::replace(&mut server.has, Has::Something);
            if let Err(error) = self.update(&patches).await {
                // A patch that is refused does not fit what the server has, whatever that is.
                if !error.may_have_executed() && !matches!(error, GraphqlError::Errors { .. }) {
                    server.has = before;
                }
                return Err(error);
            }
        }
        server.has = Has::This(value);
        server.complaint.clear();
        self.signals.has_sent(version);
        Ok(())
    }

    async fn update(&self, patches: &[PatchOperation]) -> Result<(), GraphqlError> {
        let update = UpdateState { instance_id: &self.instance_id, interface: self.name(), patches };
        self.graphql.execute(&update).await.map(drop)
    }

    async fn complain(&self, complaint: &str) {
        let mut server = self.server.lock().await;
        if server.complaint != complaint {
            tracing::warn!(
                state = self.name(),
                "a change of a state is not sent yet: {complaint}; trying again"
            );
            complaint.clone_into(&mut server.complaint);
        }
    }

    /// It is not certain any more what the server has, so the whole value is sent.
    pub(super) fn doubt(self: &Arc<Self>) {
        let this = Arc::clone(self);
        // It reports by itself.
        drop(tokio::spawn(async move {
            let mut server = this.server.lock().await;
            if matches!(server.has, Has::This(_)) {
                server.has = Has::Something;
            }
            drop(server);
            this.signals.changed.notify_one();
            this.signals.retry.notify_one();
        }));
    }

    /// Waits until the server has what the state is now, two seconds at most.
    pub(super) async fn flushed(&self) {
        self.signals.changed.notify_one();
        let _ = timeout(PATIENCE, self.signals.until_sent(self.state.version())).await;
    }

    /// Holds its sender, to register what the state is now.
    pub(super) async fn hold(&self) -> Held<'_> {
        let mut server = self.server.lock().await;
        server.write(&*self.state, &self.app).await;
        Held { state: &*self.state, server, signals: &self.signals }
    }
}

impl Server {
    /// Writes the newest value, if it can be written; its number.
    async fn write(&mut self, state: &dyn AnyState, app: &Contexts) -> u64 {
        let (version, written) = state.written(app).await;
        match written {
            Ok(written) => self.written = (version, written),
            // Nothing better will come of it before it changes again; who waits for it waits for nothing.
            Err(error) => {
                tracing::error!(state = state.name(), "the state has no JSON, so it is not sent: {error}");
            }
        }
        version
    }
}

/// A state whose sender waits.
pub(super) struct Held<'p> {
    pub(super) state: &'p dyn AnyState,
    server: MutexGuard<'p, Server>,
    signals: &'p Signals,
}

impl Held<'_> {
    /// What it is now.
    pub(super) fn written(&self) -> &RawValue {
        &self.server.written.1
    }

    /// The server has it.
    pub(super) fn is_registered(&mut self) {
        let value = serde_json::from_str(self.server.written.1.get()).unwrap_or_default();
        self.server.has = Has::This(value);
        self.signals.has_sent(self.server.written.0);
        self.signals.retry.notify_one();
    }
}

impl Signals {
    fn has_sent(&self, version: u64) {
        self.sent.send_if_modified(|sent| {
            let is_newer = *sent < version;
            *sent = version.max(*sent);
            is_newer
        });
    }

    fn until_sent(&self, version: u64) -> impl Future<Output = ()> + Send + 'static {
        let mut sent = self.sent.subscribe();
        async move {
            // An agent that is gone sends nothing more: then it is waited for in vain.
            if sent.wait_for(|sent| *sent >= version).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

/// What a state knows of its publisher.
pub(super) struct Teller {
    signals: Signals,
    runtime: Handle,
}

impl Publisher for Teller {
    fn changed(&self) {
        self.signals.changed.notify_one();
    }

    fn published(&self, version: u64) -> BoxFuture<'static, bool> {
        // Whoever waits may do so outside of the runtime.
        let _entered = self.runtime.enter();
        let published = timeout(PATIENCE, self.signals.until_sent(version));
        Box::pin(async move { published.await.is_ok() })
    }
}
