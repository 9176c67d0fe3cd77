//! One run: an agent, a model server, what is between them, and what has to hold at the end.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rekuest_agent::{Agent, AgentError, AgentHandle, Pace};
use rekuest_client::{Access, Endpoints};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, timeout};

use crate::functions::{Behaviour, contexts, registry};
use crate::http::router;
use crate::ledger::Broken;
use crate::plan::{Action, Control, Cut, End, Plan, Target, Traits};
use crate::proxy::{Link, WHOLE};
use crate::server::{Outgoing, Server, State};
use crate::stage::Stage;
use crate::tally;

/// How long is waited for what has to come, on a machine that runs many of these at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long connections go on to be cut once everything was said.
const LAST_GUSTS: Duration = Duration::from_millis(20);

/// How often a function is called until the agent takes it for quick, and some more.
const PROOFS: usize = 40;

/// The connections of one run.
#[derive(Debug, Default)]
pub(crate) struct Links {
    open: Mutex<Vec<Arc<Link>>>,
    next_cuts: Mutex<VecDeque<Cut>>,
    pieces: AtomicUsize,
}

impl Links {
    pub(crate) fn newest(&self) -> Option<Arc<Link>> {
        self.open.lock().expect("unpoisoned").last().cloned()
    }

    fn all(&self) -> Vec<Arc<Link>> {
        self.open.lock().expect("unpoisoned").clone()
    }

    pub(crate) fn cut_next(&self, cut: Cut) {
        self.next_cuts.lock().expect("unpoisoned").push_back(cut);
    }

    /// Nothing happens to connections any more.
    fn calm(&self) {
        self.next_cuts.lock().expect("unpoisoned").clear();
        self.pieces.store(WHOLE, Ordering::SeqCst);
        self.all().iter().for_each(|link| link.calm());
    }

    /// Takes the agent's connections.
    async fn accept(self: Arc<Self>, listener: TcpListener, server: Arc<Server>) {
        let mut connections = JoinSet::new();
        while let Ok((agent, _)) = listener.accept().await {
            tally::count(&tally::CONNECTIONS);
            let link = Arc::new(Link::new(self.pieces.load(Ordering::SeqCst)));
            if let Some(cut) = self.next_cuts.lock().expect("unpoisoned").pop_front() {
                link.cuts(cut);
            }
            self.open.lock().expect("unpoisoned").push(Arc::clone(&link));
            let (near, far) = tokio::io::duplex(server.traits.window);
            let (links, server) = (Arc::clone(&self), Arc::clone(&server));
            connections.spawn(async move {
                tokio::join!(link.carry(agent, near), server.serve(far, &link));
                links.open.lock().expect("unpoisoned").retain(|open| !Arc::ptr_eq(open, &link));
            });
        }
    }
}

/// A run that goes on.
pub(crate) struct Run {
    pub(crate) server: Arc<Server>,
    pub(crate) stage: Arc<Stage>,
    pub(crate) links: Arc<Links>,
    handle: AgentHandle,
    agent: JoinHandle<Result<(), AgentError>>,
    freed: Arc<AtomicUsize>,
    serials: u64,
    ids: u64,
    /// Those of the server, which end with the run.
    _tasks: JoinSet<()>,
}

impl Run {
    /// Starts a server here, and an agent on a runtime of its own. The first connections are cut like this.
    pub(crate) async fn start(traits: &Traits, agents: &Runtime, first_cuts: &[Cut]) -> Self {
        let stage = Stage::new();
        let server = Server::new(traits.clone(), Arc::clone(&stage));
        let links = Arc::new(Links::default());
        links.pieces.store(WHOLE, Ordering::SeqCst);
        first_cuts.iter().for_each(|cut| links.cut_next(*cut));
        let http = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let agi = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = |listener: &TcpListener| format!("http://{}", listener.local_addr().expect("an address"));
        let endpoints = Endpoints {
            agi: Endpoints::from_base(&base(&agi)).expect("endpoints").agi,
            ..Endpoints::from_base(&base(&http)).expect("endpoints")
        };
        let serving = axum::serve(http, router(Arc::clone(&server)));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { drop(serving.await) });
        tasks.spawn(Arc::clone(&links).accept(agi, Arc::clone(&server)));

        let freed = Arc::new(AtomicUsize::new(0));
        let mut builder = Agent::builder(registry(), Arc::new(Access::new(endpoints, "secret")))
            .contexts(contexts(&stage, Arc::clone(&freed)))
            .backoff(Duration::from_millis(1), Duration::from_millis(8))
            .silence(Duration::from_millis(traits.silence))
            .grace(Duration::from_millis(traits.grace))
            .drain(Duration::from_millis(traits.drain))
            .blocking_threads(traits.threads)
            .pace(traits.pace.map_or(Pace::Announced, Pace::PerSecond));
        if let Some(bytes) = traits.retention {
            builder = builder.retention(bytes, Duration::from_secs(60));
        }
        if let Some(most) = traits.concurrency {
            builder = builder.concurrency(most);
        }
        let agent = builder.build().expect("an agent");
        let handle = agent.handle();
        let agent = agents.spawn(agent.run());
        Self { server, stage, links, handle, agent, freed, serials: 0, ids: 0, _tasks: tasks }
    }

    /// Does what the plan says.
    pub(crate) async fn act(&mut self, action: &Action) {
        match *action {
            Action::Assign { behaviour, items, padding, child, twice } => {
                let parent = child.then(|| self.server.lock().ledger.pick(items as usize).map(str::to_owned));
                self.assign(behaviour, items, padding, parent.flatten(), twice);
            }
            Action::Control(control, target) => self.control(control, target),
            Action::Release(number) => {
                let state = self.server.lock();
                if let Some(one) = state.ledger.pick(number).and_then(|id| state.ledger.get(id)) {
                    self.stage.release(one.serial);
                }
            }
            Action::Wait(time) => sleep(Duration::from_millis(time)).await,
            Action::Cut(cut) => {
                if let Some(link) = self.links.newest() {
                    link.cuts(cut);
                }
            }
            Action::CutNext(cut) => self.links.cut_next(cut),
            Action::Stall(direction, time) => {
                if let Some(link) = self.links.newest() {
                    link.stalls(direction, Duration::from_millis(time));
                }
            }
            Action::Pieces(most) => {
                self.links.pieces.store(most, Ordering::SeqCst);
                self.links.all().iter().for_each(|link| link.pieces(most));
            }
            Action::Close(code) => self.server.send(Outgoing::Close(code)),
            Action::Bounce(wait) => {
                let duration = wait.map(|wait| wait as f64 / 1000.0);
                self.server.say(json!({"type": "BOUNCE", "duration": duration}));
            }
            Action::Nonsense(which) => self.nonsense(which),
            Action::Restart(capabilities) => {
                tally::count(&tally::RESTARTS);
                self.server.restarts(capabilities, false);
                self.links.all().iter().for_each(|link| link.cut());
            }
            Action::LoseData(capabilities) => {
                tally::count(&tally::LOSSES);
                self.server.restarts(capabilities, true);
                for link in self.links.all() {
                    link.loses_arrived();
                    link.cut();
                }
                if self.server.traits.repeats_ids {
                    self.ids = 0;
                }
            }
            Action::RefuseRegistrations(count) => self.server.lock().refusals = count,
        }
    }

    /// Calls functions that end at once, again and again.
    async fn warm_up(&mut self) -> Result<(), Broken> {
        for behaviour in [Behaviour::Instant, Behaviour::Breaks, Behaviour::Chatty, Behaviour::BreaksBlocking]
        {
            for _ in 0..PROOFS {
                self.assign(behaviour, 0, 0, None, false);
            }
            let none_is_open = |state: &State| state.ledger.open().next().is_none();
            self.server.until("every short assignation ends", PATIENCE, none_is_open).await?;
        }
        Ok(())
    }

    pub(crate) fn assign(
        &mut self,
        behaviour: Behaviour,
        items: u32,
        padding: usize,
        parent: Option<String>,
        twice: bool,
    ) -> String {
        tally::count(&tally::ASSIGNATIONS);
        self.serials += 1;
        self.ids += 1;
        let (id, serial) = (self.ids.to_string(), self.serials);
        self.server.lock().ledger.assign(&id, serial, behaviour, u64::from(items), parent.clone());
        let mut args = json!({"serial": serial, "items": items, "padding": padding});
        if behaviour == Behaviour::Misfit {
            args["misfit"] = json!("neither");
        }
        let frame = json!({
            "type": "ASSIGN", "interface": behaviour.interface(), "extension": "default", "assignation": id,
            "reference": format!("r{serial}"), "args": args, "user": "1", "org": "o", "app": "caller",
            "action": "hash", "reservation": null, "root": null, "parent": parent, "dependencies": {},
            "capture": false, "message": null,
        });
        for _ in 0..=usize::from(twice) {
            self.server.say(frame.clone());
        }
        id
    }

    fn control(&self, control: Control, target: Target) {
        let mut state = self.server.lock();
        let id = match target {
            Target::Known(number) => match state.ledger.pick(number) {
                Some(id) => id.to_owned(),
                None => return,
            },
            Target::Stranger(number) => format!("never-{number}"),
        };
        let kind = match control {
            Control::Cancel => {
                state.ledger.cancels(&id);
                "CANCEL"
            }
            Control::Interrupt => {
                state.ledger.interrupts(&id);
                "INTERRUPT"
            }
            Control::Pause => "PAUSE",
            Control::Resume => "RESUME",
            Control::Step => "STEP",
        };
        drop(state);
        self.server.say(json!({"type": kind, "assignation": id}));
    }

    fn nonsense(&self, which: u8) {
        let frame: Value = match which % 6 {
            0 => return self.server.send(Outgoing::Binary),
            1 => json!({"type": "SOMETHING_NEW", "assignation": "1"}),
            2 => json!({"type": "CANCEL"}),
            3 => json!({"type": "COLLECT", "drawers": ["1", "x"]}),
            4 => json!({"type": "COLLECT", "drawers": 7}),
            _ => json!([]),
        };
        match frame {
            Value::Array(_) => self.server.send(Outgoing::Frame("not JSON at all".to_owned())),
            frame => self.server.say(frame),
        }
    }

    /// Lets everything come to its end, and looks whether all is as it has to be.
    pub(crate) async fn end(self, end: End, agents: &Runtime) -> Result<(), Broken> {
        self.links.calm();
        if let End::Abrupt(_) = end {
            self.stage.is_to_end();
        } else {
            self.stage.release_all();
            self.all_end().await?;
            self.settles().await?;
        }
        self.handle.shutdown();
        let Self { server, stage, links, handle, mut agent, freed, _tasks, .. } = self;
        let ended = timeout(PATIENCE, &mut agent).await;
        let ended =
            ended.map_err(|_| format!("the agent ends within {PATIENCE:?}: {:?}", handle.status()))?;
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(format!("run() is well: {error}")),
            Err(panicked) => return Err(format!("the agent does not panic: {panicked}")),
        }
        // What is on its way is worked.
        let worked = async {
            while !links.all().is_empty() {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(PATIENCE, worked).await.map_err(|_| "the last connection ends".to_owned())?;
        server.until("nothing is broken", PATIENCE, |_| true).await?;
        let unreported = {
            let state = server.lock();
            let ids = state
                .ledger
                .open()
                .filter(|id| state.ledger.get(id).is_some_and(|one| stage.ran(one.serial).started > 0));
            ids.map(str::to_owned).collect::<Vec<_>>()
        };
        if !unreported.is_empty() {
            return Err(format!(
                "what ran is reported before the agent ends: {}",
                server.lock().ledger.describe_open()
            ));
        }
        stage.release_all();
        drop(handle);
        eventually("no task of the agent is left", || agents.metrics().num_alive_tasks() == 0).await?;
        eventually("no call is left", || stage.all().iter().all(|(_, ran)| ran.alive == 0)).await?;
        eventually("what the functions share is freed", || freed.load(Ordering::SeqCst) == 1).await?;
        if let Some((serial, ran)) = stage.all().into_iter().find(|(_, ran)| ran.started > 1) {
            return Err(format!("call {serial} runs once: {ran:?}"));
        }
        Ok(())
    }

    /// Waits until every assignation has ended on the server.
    async fn all_end(&self) -> Result<(), Broken> {
        let end = Instant::now() + PATIENCE;
        loop {
            // What was said on a connection that went may not have arrived.
            let open: Vec<String> = self.server.lock().ledger.open().map(str::to_owned).collect();
            for id in open {
                self.server.say(json!({"type": "RESUME", "assignation": id}));
            }
            let all = self.server.until("every assignation ends", Duration::from_millis(500), |state| {
                state.ledger.open().next().is_none()
            });
            match all.await {
                Ok(()) => return Ok(()),
                Err(broken) if Instant::now() > end || !broken.starts_with("every") => {
                    return Err(format!("{broken}; {:?}", self.handle.status()));
                }
                Err(_) => {}
            }
        }
    }

    /// Waits until the agent holds nothing any more.
    async fn settles(&self) -> Result<(), Broken> {
        let rests = || {
            let status = self.handle.status();
            let work = status.running + status.queued + status.lingering;
            work + status.events_waiting + status.events_kept + status.bytes_kept == 0
        };
        let settled = eventually("the agent holds nothing", rests).await;
        settled.map_err(|broken| format!("{broken}: {:?}", self.handle.status()))
    }
}

/// Waits until something that nobody tells of is so.
async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) -> Result<(), Broken> {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        if Instant::now() > end {
            return Err(format!("{what} within {PATIENCE:?}"));
        }
        sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

/// Runs a plan.
pub(crate) async fn run(plan: &Plan, agents: &Runtime) -> Result<(), Broken> {
    let mut traits = plan.traits.clone();
    if let End::Abrupt(drain) = plan.end {
        traits.drain = drain;
    }
    let mut run = Run::start(&traits, agents, &[]).await;
    if traits.warms_up {
        run.warm_up().await?;
    }
    for action in &plan.actions {
        run.act(action).await;
    }
    // What is to happen to the connections may happen still.
    sleep(LAST_GUSTS).await;
    let ended = run.end(plan.end, agents).await;
    tally::count(&tally::RUNS);
    ended
}
