//! The agent itself: keeps a connection, through every cause for losing it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rekuest_client::{AccessSource, Graphql, GraphqlError, LoginError, Renew};
use rekuest_core::{Contexts, Registry, Stop};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use crate::attempts::Attempts;
use crate::builder::AgentBuilder;
use crate::calls::Online;
use crate::composition::{Composition, CompositionError};
use crate::connection::{Connection, Ended, Next, Phase, asked};
use crate::error::AgentError;
use crate::handle::{AgentHandle, Urgency};
use crate::hooks::{self, Backgrounds, Failed};
use crate::metrics;
use crate::registration::{Registration, RegistrationError};
use crate::settings::Settings;
use crate::states::Unwritable;
use crate::status::AgentPhase;
use crate::workshop::Workshop;

/// What an agent has left to end with, once its time is up: with a connection it takes no longer than this to report what
/// was cancelled and to say goodbye.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// How often gauges are set, and what has waited for too long is looked for.
const LOOKS: Duration = Duration::from_secs(1);

/// Serves the functions of a registry until it is asked to end.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use std::sync::Arc;
/// use rekuest_agent::Agent;
/// use rekuest_client::{Access, Endpoints};
/// use rekuest_core::{Contexts, Registry, Stop};
///
/// let endpoints = Endpoints::from_base("http://127.0.0.1:8090")?;
/// let access = Arc::new(Access { endpoints, token: "token".into() });
/// let agent = Agent::builder(Registry::linked()?, access).name("microscope:0.1.0").build()?;
/// let handle = agent.handle();
/// tokio::spawn(agent.run());
/// assert!(handle.ready().await);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Agent {
    workshop: Arc<Workshop>,
    graphql: Graphql,
    composition: Composition,
    name: String,
    instance_id: String,
    settings: Settings,
    handle: AgentHandle,
}

impl Agent {
    /// An agent that serves `registry` on the server that `source` names.
    pub fn builder(registry: Registry, source: Arc<dyn AccessSource>) -> AgentBuilder {
        AgentBuilder::new(registry, source)
    }

    pub(crate) fn new(
        workshop: Arc<Workshop>,
        graphql: Graphql,
        composition: Composition,
        name: String,
        instance_id: String,
        settings: Settings,
    ) -> Self {
        let handle = AgentHandle::new(Arc::clone(&workshop));
        Self { workshop, graphql, composition, name, instance_id, settings, handle }
    }

    /// What to ask it to end with, to wait for it with, and to see how it is doing.
    pub fn handle(&self) -> AgentHandle {
        self.handle.clone()
    }

    /// Runs the startup functions, connects and serves. Returns once it was asked to end and has reported its work, and its
    /// shutdown functions have run; a connection that is lost is made again for as long as it takes. Dropped before, it runs
    /// no shutdown functions.
    ///
    /// # Errors
    /// When it can never succeed as it is: see [`AgentError`].
    pub async fn run(self) -> Result<(), AgentError> {
        // Where async functions run: here.
        self.workshop.runtime();
        let mut app = self.composition.given.clone();
        let stop = Stop::new();
        app.insert(stop.clone());
        self.handle.is_now(AgentPhase::Starting);
        let started = self.start(&mut app).await;
        let ended = match started {
            Ok(true) => self.serve(&app, &stop).await,
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        hooks::shut_down(&self.workshop, &self.composition.hooks.shutdown, &app).await;
        self.workshop.states.flushed().await;
        self.handle.is_now(AgentPhase::Stopped);
        if let Some(failed) = self.handle.failure() {
            return Err(failed);
        }
        match self.handle.kicked() {
            Some(reason) => Err(AgentError::Kicked { reason }),
            None => ended,
        }
    }

    /// Makes what the app shares. False if it was asked to end meanwhile.
    async fn start(&self, app: &mut Contexts) -> Result<bool, AgentError> {
        let mut stop = self.handle.stop.subscribe();
        let hooks = &self.composition.hooks.startup;
        tokio::select! {
            biased;
            () = asked(&mut stop, Urgency::Drain) => return Ok(false),
            started = hooks::start_up(&self.workshop, hooks, &self.instance_id, app) => started?,
        }
        self.workshop.shares(app.clone());
        let (workshop, instance_id) = (&self.workshop, &self.instance_id);
        let shared = workshop.contexts();
        let published = workshop.states.begin(&self.graphql, instance_id, shared, workshop.runtime());
        published.await.map_err(|Unwritable { state, error }| CompositionError::State {
            name: state.to_owned(),
            reason: error.to_string(),
        })?;
        let contexts = workshop.contexts_of_calls().clone();
        let runtime = workshop.runtime().clone();
        let calls = Online::new(self.graphql.clone(), instance_id.clone(), contexts, runtime);
        workshop.calls_by(Arc::new(calls));
        Ok(true)
    }

    /// Serves, with the background functions beside, until it is to end.
    async fn serve(&self, app: &Contexts, stop: &Stop) -> Result<(), AgentError> {
        let hooks = &self.composition.hooks.background;
        let handle = self.handle.clone();
        let failed: Failed = Arc::new(move |error| handle.has_failed(error));
        let backgrounds = Backgrounds::start(&self.workshop, hooks, app, stop, &failed);
        let ended = tokio::select! {
            ended = self.keep_connected() => ended,
            ended = self.give_up() => ended,
            ended = self.look_after() => match ended {},
        };
        backgrounds.end().await;
        ended
    }

    /// Connects, again and again. Over an open connection it also ends the agent in good order.
    async fn keep_connected(&self) -> Result<(), AgentError> {
        let mut attempts = Attempts::new(self.settings.backoff);
        let mut registered: Option<String> = None;
        let mut former: Option<String> = None;
        loop {
            self.handle.is_now(AgentPhase::Connecting);
            let next = match registered.take() {
                None => match self.register(&mut attempts).await? {
                    Some(agent) => {
                        if former.replace(agent.clone()).is_some_and(|former| former != agent) {
                            self.workshop.table.starts_anew();
                        }
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
                    if next.keeps_registration() {
                        registered = Some(agent);
                    }
                    self.say(&ended, phase, &next, &mut attempts);
                    next
                }
            };
            if self.handle.kicked().is_some() {
                return Ok(());
            }
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
        asked(&mut stop, Urgency::Drain).await;
        let table = &self.workshop.table;
        table.drain();
        let mut online = self.handle.online.subscribe();
        let drain = self.settings.drain;
        let patience = drain.saturating_add(LAST_WORDS);
        if !*online.borrow() && !table.is_empty() {
            tracing::warn!(
                assignations = table.unreported(),
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
            () = async {
                self.handle.drained(drain).await;
                // Over an open connection this was done already.
                table.cancel_all();
                sleep(LAST_WORDS).await;
            } => {}
            () = async {
                asked(&mut stop, Urgency::Now).await;
                // An open connection takes its leave; without one there is nothing to wait for.
                let _ = timeout(LAST_WORDS, open.wait_for(|open| !open)).await;
            } => {}
        }
        match table.unreported() {
            0 => Ok(()),
            assignations => Err(AgentError::Unreported { assignations }),
        }
    }

    /// Sets the gauges, and gives up what has waited for too long.
    async fn look_after(&self) -> std::convert::Infallible {
        let mut ticks = interval(LOOKS);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.workshop.table.expire();
            metrics::observe(&self.workshop.table.counts());
        }
    }

    /// Runs the start sequence; the agent's id, or none if it is to be tried again.
    async fn register(&self, attempts: &mut Attempts) -> Result<Option<String>, AgentError> {
        let drawers = self.workshop.drawers.clear();
        if drawers > 0 {
            tracing::warn!(drawers, "registering anew, so nothing in memory can be reached any more");
        }
        let registration = Registration {
            graphql: &self.graphql,
            extensions: &self.composition.extensions,
            states: &self.workshop.states,
            name: &self.name,
            instance_id: &self.instance_id,
            leave_out_refused: self.settings.leave_out_refused,
        };
        match registration.run().await {
            Ok(registered) => {
                attempts.has_registered();
                for (interface, reason) in &registered.left_out {
                    tracing::error!(interface, "the server refused a function, so it is left out: {reason}");
                }
                self.handle.leaves_out(registered.left_out);
                self.workshop.is_registered(registered.implementations);
                return Ok(Some(registered.agent));
            }
            Err(RegistrationError::Step(_, GraphqlError::Refused { .. })) => attempts.token_was_refused(),
            Err(RegistrationError::Refused(functions)) if !attempts.registered_before() => {
                return Err(AgentError::FunctionsRefused { functions });
            }
            Err(RegistrationError::Refused(functions)) => {
                let names: Vec<&str> = functions.iter().map(|(interface, _)| interface.as_str()).collect();
                attempts
                    .complain(&format!("the server refuses functions it took before: {}", names.join(", ")));
            }
            Err(RegistrationError::Step(
                step,
                error @ (GraphqlError::Errors { .. }
                | GraphqlError::Shape { .. }
                | GraphqlError::Variables { .. }),
            )) if !attempts.registered_before() => {
                return Err(AgentError::RegistrationRefused { step, source: Box::new(error) });
            }
            Err(RegistrationError::Step(_, GraphqlError::Access(error)))
                if !attempts.registered_before() && error.login().is_some_and(LoginError::is_final) =>
            {
                return Err(AgentError::NotLetIn(error));
            }
            // What the server took once it will take again: then something passing is wrong with the server.
            Err(RegistrationError::Step(step, error)) => {
                attempts.complain(&format!("not registered, while {step}: {error}"));
            }
        }
        Ok(None)
    }

    async fn connection(&self, agent: &str, attempts: &mut Attempts) -> (Phase, Ended) {
        let renew = if attempts.needs_token() { Renew::TokenRefused } else { Renew::No };
        let access = match self.graphql.access(renew).await {
            Ok(access) => access,
            Err(error) => return (Phase::Registering, Ended::Lost(error.to_string())),
        };
        let connection = Connection {
            workshop: &self.workshop,
            handle: &self.handle,
            graphql: &self.graphql,
            access: &access,
            instance_id: &self.instance_id,
            agent,
            settings: &self.settings,
        };
        connection.serve(|| attempts.proven()).await
    }

    fn say(&self, ended: &Ended, phase: Phase, next: &Next, attempts: &mut Attempts) {
        match (ended, phase) {
            (Ended::Stopped, _) => tracing::info!("disconnected: the agent has ended"),
            (_, Phase::Ready) if matches!(next, Next::Blocked | Next::Displaced) => {
                tracing::warn!("the connection has ended: {ended}");
            }
            (_, Phase::Ready) => tracing::warn!("the connection has ended: {ended}; coming back"),
            (_, Phase::Registering) => attempts.complain(&format!("no connection: {ended}")),
        }
    }
}

/// Work does not outlive its agent, however that ends.
impl Drop for Agent {
    fn drop(&mut self) {
        self.workshop.table.cancel_all();
        // Who still holds a handle keeps neither values nor senders.
        self.workshop.states.end();
        self.workshop.drawers.clear();
        self.handle.is_now(AgentPhase::Stopped);
        self.handle.is_ready_now(false);
        self.handle.ended.send_replace(true);
    }
}
