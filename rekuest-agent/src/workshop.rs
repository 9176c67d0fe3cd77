//! What the assignations of an agent share: its functions, its limits, its threads.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rekuest_core::message::Assign;
use rekuest_core::value::Shelf;
use rekuest_core::{ActionKind, Contexts, Execution, Function, Registry};
use tokio::runtime::Handle;

use crate::blocking::Blocking;
use crate::error::AgentError;
use crate::metrics::{FunctionMeters, Totals};
use crate::polling::Watched;
use crate::quickness::Quickness;
use crate::runners::Runners;
use crate::settings::Settings;
use crate::shelf::Drawers;
use crate::starter::Starter;
use crate::table::{Admission, Ending, LaneId, Lanes, Ready, Table};
use crate::work::{self, Printed, Work};
use crate::{polling, registration};

/// How many threads there are for what functions start with `Task::spawn_blocking`, beside those they run on.
const CHILDREN: usize = 512;

/// The extension that all functions of a program are in.
pub(crate) const EXTENSION: &str = "default";

/// What every assignation of an agent shares.
#[derive(Debug)]
pub(crate) struct Workshop {
    functions: HashMap<String, Arc<Provided>>,
    pub(crate) contexts: Contexts,
    pub(crate) drawers: Arc<Drawers>,
    pub(crate) table: Table,
    pub(crate) blocking: Blocking,
    runners: Arc<Runners>,
    starter: Starter,
    pub(crate) max_message: usize,
    pub(crate) totals: Totals,
    pub(crate) printed: Option<Printed>,
    runtime: OnceLock<Handle>,
    watched: OnceLock<Watched>,
}

/// A function as this agent provides it.
#[derive(Debug)]
pub(crate) struct Provided {
    pub(crate) function: Function,
    pub(crate) generator: bool,
    /// What it has to take before it runs, in this order: its group, its own limit, the agent's, a thread.
    pub(crate) lanes: Box<[LaneId]>,
    pub(crate) meters: FunctionMeters,
    pub(crate) quickness: Quickness,
}

impl Workshop {
    /// A workshop whose functions are watched.
    ///
    /// # Errors
    /// When a definition cannot be written, or threads cannot be started.
    pub(crate) fn open(
        registry: &Registry,
        settings: &Settings,
        contexts: Contexts,
        drawers: Drawers,
    ) -> Result<Arc<Self>, AgentError> {
        registration::check(registry)?;
        let blocking =
            Blocking::new(settings.blocking_threads.get() + CHILDREN).map_err(AgentError::Threads)?;
        let drawers = Arc::new(drawers);
        let shelf: Arc<dyn Shelf> = Arc::<Drawers>::clone(&drawers);
        let workshop = Self::new(registry, settings, contexts.with_shelf(shelf), drawers, blocking);
        polling::watch(&workshop).map_err(AgentError::Threads)?;
        Ok(workshop)
    }

    fn new(
        registry: &Registry,
        settings: &Settings,
        contexts: Contexts,
        drawers: Arc<Drawers>,
        blocking: Blocking,
    ) -> Arc<Self> {
        let mut lanes = Lanes::default();
        let mut groups = HashMap::new();
        let agents = settings.concurrency.map(|most| lanes.add(most.get()));
        let threads = lanes.add(settings.blocking_threads.get());
        let functions = registry
            .iter()
            .map(|function| {
                let group = function
                    .runs_in_group()
                    .map(|group| *groups.entry(group.to_owned()).or_insert_with(|| lanes.add(1)));
                let own = function.most_at_once().map(|most| lanes.add(most.get()));
                let thread = (function.execution() == Execution::Blocking).then_some(threads);
                let provided = Provided {
                    generator: function
                        .definition()
                        .is_ok_and(|definition| definition.kind == ActionKind::Generator),
                    lanes: [group, own, agents, thread].into_iter().flatten().collect(),
                    meters: FunctionMeters::new(function.interface()),
                    quickness: Quickness::default(),
                    function: function.clone(),
                };
                (function.interface().to_owned(), Arc::new(provided))
            })
            .collect();
        Arc::new(Self {
            functions,
            contexts,
            drawers,
            table: Table::new(settings, lanes),
            blocking,
            runners: Arc::default(),
            starter: Starter::default(),
            max_message: settings.max_message,
            totals: Totals::default(),
            printed: settings.printed_output.clone().map(Printed::new),
            runtime: OnceLock::new(),
            watched: OnceLock::new(),
        })
    }

    /// Its functions are looked at, for as long as it is there.
    pub(crate) fn is_watched(&self, watched: Watched) {
        // It is watched once, when it is made.
        let _ = self.watched.set(watched);
    }

    /// Where async functions run: the runtime that the agent was first run on.
    pub(crate) fn runtime(&self) -> &Handle {
        self.runtime.get_or_init(Handle::current)
    }

    /// The function under this interface.
    pub(crate) fn function(&self, interface: &str) -> Option<&Function> {
        self.functions.get(interface).map(|provided| &provided.function)
    }

    /// How many functions there are.
    pub(crate) fn functions(&self) -> usize {
        self.functions.len()
    }

    /// Takes in an ASSIGN: runs it, unless it runs already, the agent is about to end, or nobody has that function.
    pub(crate) fn assign(self: &Arc<Self>, assign: Assign) {
        let refuse = |error: String| {
            let ending = Ending::Critical(error);
            self.totals.ended(&ending);
            self.table.end_unrun(&assign.assignation, &ending);
        };
        let Some(provided) = self.functions.get(&assign.interface).filter(|_| assign.extension == EXTENSION)
        else {
            tracing::warn!(
                interface = %assign.interface,
                extension = %assign.extension,
                assignation = %assign.assignation,
                "no such function here"
            );
            let within = if assign.extension == EXTENSION {
                String::new()
            } else {
                format!(" in an extension `{}`", assign.extension)
            };
            return refuse(format!("this app has no function `{}`{within}", assign.interface));
        };
        let arguments = assign.args.get().len();
        if arguments > self.max_message {
            let (given, most) = work::sizes(arguments, self.max_message);
            return refuse(format!(
                "arguments of {given} exceed the limit of {most} for one message (`App::max_message`); \
                 pass a reference to where they are"
            ));
        }
        let work = Work::new(self, provided, assign);
        match self.table.admit(&work) {
            Admission::Starts if !needs_thread(&work) && work.provided().quickness.is_proven() => {
                self.starter.begin(work, &self.runners, self.runtime());
            }
            Admission::Starts => self.start_one(work),
            Admission::Queued => work.provided().meters.queued(),
            Admission::Known => {
                tracing::debug!(assignation = %work.id(), "assigned again, it runs once");
            }
            Admission::Refused => {
                self.table.end_unrun(work.id(), &Ending::Critical("the app is shutting down".to_owned()));
            }
        }
    }

    /// Sees to it that nothing waits behind a function that keeps its thread.
    pub(crate) fn rescue(&self) {
        self.starter.rescue(&self.runners, self.runtime());
    }

    /// Starts what holds all its lanes.
    pub(crate) fn start(&self, ready: Ready) {
        for work in ready {
            self.start_one(work);
        }
    }

    fn start_one(&self, work: Arc<Work>) {
        tracing::debug!(interface = %work.interface(), assignation = %work.id(), "running");
        if needs_thread(&work) {
            let runtime = self.runtime().clone();
            self.blocking.run(Box::new(move || {
                // What the function spawns or waits for belongs on the agent's runtime.
                let _entered = runtime.enter();
                pollster::block_on(work::run(work));
            }));
        } else {
            self.runners.run(Box::pin(work::run(work)), self.runtime());
        }
    }
}

/// Whether it needs a thread on which it may block.
fn needs_thread(work: &Work) -> bool {
    work.is_blocking() || work.takes_printed().is_some()
}
