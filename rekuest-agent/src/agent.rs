//! The agent itself: keeps a connection, through every cause for losing it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rekuest_client::{AccessSource, Backoff, Graphql, GraphqlError, Renew};
use rekuest_core::value::Shelf;
use rekuest_core::{Contexts, Registry};
use tokio::runtime;
use tokio::time::{sleep, timeout};

use crate::connection::{Connection, Ended, Next, Phase, asked};
use crate::error::AgentError;
use crate::handle::{AgentHandle, Stop};
use crate::registration;
use crate::shelf::Drawers;
use crate::table::Table;
use crate::work::Workshop;

/// How long running work may take to finish once the agent is asked to end, unless set.
const DRAIN: Duration = Duration::from_secs(30);

/// How often a token may be refused, or our frames be unreadable, in a row.
const ATTEMPTS: u32 = 5;

/// The first delay before coming back, and the longest.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));

/// After how long a connection has shown that it holds, also without a heartbeat.
const HOLDS: Duration = Duration::from_secs(5);

/// What an agent without a connection has left to end with, once its time is up.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// How many blocking functions run at once; more wait.
const BLOCKING: usize = 512;

/// Settings of an [`Agent`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct AgentBuilder {
    registry: Registry,
    source: Arc<dyn AccessSource>,
    name: String,
    instance_id: String,
    contexts: Contexts,
    drain: Duration,
}

impl AgentBuilder {
    /// The name the agent is known by: `identifier:version` (protocol, section 2).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The instance of the app; `default` unless set. Two processes of one app need two.
    pub fn instance_id(mut self, instance_id: impl Into<String>) -> Self {
        self.instance_id = instance_id.into();
        self
    }

    /// The values that the app shares with its functions.
    pub fn contexts(mut self, contexts: Contexts) -> Self {
        self.contexts = contexts;
        self
    }

    /// How long running work may take to finish once the agent is asked to end: 30 s unless set.
    pub fn drain(mut self, drain: Duration) -> Self {
        self.drain = drain;
        self
    }

    /// The agent, not connected yet.
    ///
    /// # Errors
    /// When a definition cannot be written, or the threads for blocking functions cannot be started.
    pub fn build(self) -> Result<Agent, AgentError> {
        registration::check(&self.registry)?;
        let graphql = Graphql::new(self.source);
        let blocking = runtime::Builder::new_current_thread()
            .max_blocking_threads(BLOCKING)
            .thread_name("rekuest-blocking")
            .build()
            .map_err(AgentError::Threads)?;
        let drawers = Arc::new(Drawers::new(graphql.clone(), self.instance_id.clone()));
        let shelf: Arc<dyn Shelf> = Arc::<Drawers>::clone(&drawers);
        let workshop = Arc::new(Workshop {
            registry: self.registry,
            contexts: self.contexts.with_shelf(shelf),
            drawers,
            table: Table::default(),
            blocking: blocking.handle().clone(),
        });
        Ok(Agent {
            workshop,
            _blocking: BlockingPool(Some(blocking)),
            graphql,
            name: self.name,
            instance_id: self.instance_id,
            drain: self.drain,
            handle: AgentHandle::new(),
        })
    }
}

/// Serves the functions of a registry until it is asked to end.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use std::sync::Arc;
/// use rekuest_agent::Agent;
/// use rekuest_client::{Access, Endpoints};
/// use rekuest_core::Registry;
///
/// let endpoints = Endpoints::from_base("http://127.0.0.1:8090")?;
/// let access = Arc::new(Access { endpoints, token: "token".into() });
/// let agent = Agent::builder(Registry::linked()?, access).name("microscope:0.1.0").build()?;
/// let handle = agent.handle();
/// tokio::spawn(agent.run());
/// handle.ready().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Agent {
    workshop: Arc<Workshop>,
    /// Held for its threads.
    _blocking: BlockingPool,
    graphql: Graphql,
    name: String,
    instance_id: String,
    drain: Duration,
    handle: AgentHandle,
}

impl Agent {
    /// An agent that serves `registry` on the server that `source` names.
    pub fn builder(registry: Registry, source: Arc<dyn AccessSource>) -> AgentBuilder {
        AgentBuilder {
            registry,
            source,
            name: "rust".to_owned(),
            instance_id: "default".to_owned(),
            contexts: Contexts::default(),
            drain: DRAIN,
        }
    }

    /// What to ask it to end with, and to wait for it with.
    pub fn handle(&self) -> AgentHandle {
        self.handle.clone()
    }

    /// Connects and serves. Returns once it was asked to end and has reported its work; a connection that is lost is
    /// made again for as long as it takes.
    ///
    /// # Errors
    /// When it can never succeed as it is: see [`AgentError`].
    pub async fn run(self) -> Result<(), AgentError> {
        tokio::select! {
            ended = self.keep_connected() => ended,
            ended = self.give_up() => ended,
        }
    }

    /// Connects, again and again. Over an open connection it also ends the agent in good order.
    async fn keep_connected(&self) -> Result<(), AgentError> {
        let mut attempts = Attempts::default();
        let mut registered: Option<String> = None;
        loop {
            let next = match registered.take() {
                None => match self.register(&mut attempts).await? {
                    Some(agent) => {
                        registered = Some(agent);
                        Next::Connect
                    }
                    None => attempts.registering(),
                },
                Some(agent) => {
                    let opened = Instant::now();
                    let (phase, ended) = self.connection(&agent, &mut attempts).await;
                    if phase == Phase::Ready {
                        attempts.accepted(opened.elapsed());
                    }
                    let next = ended.next(phase);
                    if matches!(next, Next::Reconnect | Next::ReconnectAfter(_) | Next::Unreadable) {
                        registered = Some(agent);
                    }
                    self.say(&ended, phase, &mut attempts);
                    next
                }
            };
            match attempts.delay(next, &self.instance_id)? {
                Some(delay) => sleep(delay).await,
                None => return Ok(()),
            }
        }
    }

    /// Completes when the agent was asked to end and there is no connection to end it over: once there is nothing left
    /// to report, or time is up.
    async fn give_up(&self) -> Result<(), AgentError> {
        let mut stop = self.handle.stop.subscribe();
        asked(&mut stop, Stop::Drain).await;
        let table = &self.workshop.table;
        table.drain();
        let mut online = self.handle.online.subscribe();
        let patience = self.drain + LAST_WORDS;
        if !*online.borrow() && !table.is_empty() {
            tracing::warn!(
                assignations = table.open(),
                "not everything is known to be reported: waiting up to {patience:?} for the server, a second signal ends at once"
            );
        }
        let nothing_to_report = async {
            loop {
                let changed = table.changed();
                if !*online.borrow_and_update() && table.is_empty() {
                    return;
                }
                tokio::select! {
                    () = changed => {}
                    _ = online.changed() => {}
                }
            }
        };
        let mut open = self.handle.online.subscribe();
        tokio::select! {
            () = nothing_to_report => {}
            () = sleep(patience) => {}
            () = async {
                asked(&mut stop, Stop::Now).await;
                // An open connection takes its leave; without one there is nothing to wait for.
                let _ = timeout(LAST_WORDS, open.wait_for(|open| !open)).await;
            } => {}
        }
        match table.open() {
            0 => Ok(()),
            assignations => Err(AgentError::Unreported { assignations }),
        }
    }

    /// Runs the start sequence; the agent's id, or none if it is to be tried again.
    async fn register(&self, attempts: &mut Attempts) -> Result<Option<String>, AgentError> {
        self.workshop.drawers.clear();
        let registration =
            registration::register(&self.graphql, &self.workshop.registry, &self.name, &self.instance_id);
        let failed = match registration.await {
            Ok(agent) => {
                attempts.registered = true;
                return Ok(Some(agent));
            }
            Err(failed) => failed,
        };
        match failed.source {
            GraphqlError::Refused { .. } => attempts.token_refused = true,
            error @ (GraphqlError::Errors { .. }
            | GraphqlError::Shape { .. }
            | GraphqlError::Variables { .. })
                // What the server took once it will take again: then something passing is wrong with the server.
                if !attempts.registered =>
            {
                return Err(AgentError::RegistrationRefused { step: failed.step, source: Box::new(error) });
            }
            error => attempts.complain(&format!("not registered, while {}: {error}", failed.step)),
        }
        Ok(None)
    }

    async fn connection(&self, agent: &str, attempts: &mut Attempts) -> (Phase, Ended) {
        let renew = if attempts.refused > 0 { Renew::TokenRefused } else { Renew::No };
        let access = match self.graphql.access(renew).await {
            Ok(access) => access,
            Err(error) => return (Phase::Registering, Ended::Lost(error.to_string())),
        };
        let connection = Connection {
            workshop: &self.workshop,
            handle: &self.handle,
            access: &access,
            instance_id: &self.instance_id,
            agent,
            drain: self.drain,
        };
        connection.serve(|| attempts.proven()).await
    }

    fn say(&self, ended: &Ended, phase: Phase, attempts: &mut Attempts) {
        match (ended, phase) {
            (Ended::Stopped, _) => tracing::info!("disconnected: the agent has ended"),
            (_, Phase::Ready) => tracing::warn!("the connection has ended: {ended}; coming back"),
            (_, Phase::Registering) => attempts.complain(&format!("no connection: {ended}")),
        }
    }
}

/// Work does not outlive its agent, however that ends.
impl Drop for Agent {
    fn drop(&mut self) {
        self.workshop.table.cancel_all();
    }
}

/// What went wrong in a row.
#[derive(Debug)]
struct Attempts {
    backoff: Backoff,
    refused: u32,
    /// The start sequence failed because of the token, last time.
    token_refused: bool,
    /// The start sequence has succeeded once.
    registered: bool,
    unreadable: u32,
    /// The last complaint: said again only when it changes.
    complaint: String,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            backoff: Backoff::new(BACKOFF.0, BACKOFF.1),
            refused: 0,
            token_refused: false,
            registered: false,
            unreadable: 0,
            complaint: String::new(),
        }
    }
}

impl Attempts {
    /// The connection has shown that it holds: the next loss starts from the beginning.
    fn proven(&mut self) {
        *self = Self { registered: self.registered, ..Self::default() };
    }

    /// A connection on which the server accepted the agent has ended after this time.
    fn accepted(&mut self, lasted: Duration) {
        self.refused = 0;
        self.complaint.clear();
        if lasted >= HOLDS {
            self.proven();
        }
    }

    /// What follows from a start sequence that did not succeed.
    fn registering(&mut self) -> Next {
        if std::mem::take(&mut self.token_refused) { Next::RenewToken } else { Next::Reconnect }
    }

    fn complain(&mut self, complaint: &str) {
        if self.complaint != complaint {
            tracing::warn!("{complaint}; trying again");
            complaint.clone_into(&mut self.complaint);
        }
    }

    /// How long to wait before what follows; none if nothing does.
    fn delay(&mut self, next: Next, instance_id: &str) -> Result<Option<Duration>, AgentError> {
        match next {
            Next::Stop => return Ok(None),
            Next::Connect => return Ok(Some(Duration::ZERO)),
            Next::Reconnect | Next::Register => {}
            Next::ReconnectAfter(seconds) => return Ok(Some(Duration::from_secs_f64(seconds))),
            Next::RenewToken => {
                self.refused += 1;
                if self.refused >= ATTEMPTS {
                    return Err(AgentError::TokenRefused { attempts: self.refused });
                }
            }
            Next::Unreadable => {
                self.unreadable += 1;
                if self.unreadable >= ATTEMPTS {
                    return Err(AgentError::Unreadable { attempts: self.unreadable });
                }
            }
            Next::Displaced => return Err(AgentError::Displaced { instance_id: instance_id.to_owned() }),
            Next::Blocked => return Err(AgentError::Blocked),
            Next::Kicked(reason) => return Err(AgentError::Kicked { reason }),
        }
        Ok(Some(self.backoff.next()))
    }
}

/// The threads that blocking functions run on. Let go without waiting: a function that never returns must not keep
/// the process.
#[derive(Debug)]
struct BlockingPool(Option<runtime::Runtime>);

impl Drop for BlockingPool {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
