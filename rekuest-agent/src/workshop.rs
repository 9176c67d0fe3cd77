//! What the assignations of an agent share: its functions, its limits, its threads.

use std::collections::{BTreeSet, HashMap};
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use futures_util::future::BoxFuture;
use rekuest_core::caller::{CallEvents, CallRequest, CallTarget};
use rekuest_core::message::Assign;
use rekuest_core::{ActionKind, CallError, Contexts, Execution, Function};
use tokio::runtime::Handle;

use crate::blocking::Blocking;
use crate::calls::Calling;
use crate::composition::{Composition, DEFAULT, Extensions};
use crate::error::AgentError;
use crate::metrics::{FunctionMeters, Totals};
use crate::polling::Watched;
use crate::quickness::Quickness;
use crate::runners::Runners;
use crate::settings::Settings;
use crate::shelf::Drawers;
use crate::starter::Starter;
use crate::states::States;
use crate::table::{Admission, Ending, LaneId, Lanes, Ready, Table};
use crate::work::{self, Printed, Work};
use crate::{polling, registration};

/// How many threads there are for what functions start with `Task::spawn_blocking`, beside those they run on.
const CHILDREN: usize = 512;

/// What every assignation of an agent shares.
#[derive(Debug)]
pub(crate) struct Workshop {
    functions: HashMap<String, Arc<Provided>>,
    app: OnceLock<App>,
    /// Makes the calls of running functions, once there is somebody who can.
    calling: OnceLock<Arc<dyn Calling>>,
    /// The ids that the server knows its functions by, by the hashes of their actions.
    implementations: Mutex<HashMap<String, String>>,
    pub(crate) states: States,
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

/// What the app shares, once its startup functions have made it.
#[derive(Debug)]
struct App {
    /// With functions.
    contexts: Contexts,
    /// With the calls that they make.
    of_calls: Contexts,
}

/// A function as this agent provides it.
#[derive(Debug)]
pub(crate) struct Provided {
    pub(crate) function: Function,
    pub(crate) extension: String,
    pub(crate) generator: bool,
    /// What it has to take before it runs, in this order: its groups by name, its own limit, the agent's, a thread.
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
        composition: &Composition,
        settings: &Settings,
        drawers: Arc<Drawers>,
    ) -> Result<Arc<Self>, AgentError> {
        registration::check(&composition.extensions)?;
        let blocking =
            Blocking::new(settings.blocking_threads.get() + CHILDREN).map_err(AgentError::Threads)?;
        let workshop = Self::new(&composition.extensions, settings, drawers, blocking);
        polling::watch(&workshop).map_err(AgentError::Threads)?;
        Ok(workshop)
    }

    fn new(
        extensions: &Extensions,
        settings: &Settings,
        drawers: Arc<Drawers>,
        blocking: Blocking,
    ) -> Arc<Self> {
        let mut lanes = Lanes::default();
        // By name, so that functions which are in several take them in one order.
        let groups: BTreeSet<&str> =
            extensions.functions().flat_map(|(_, function)| function.groups()).collect();
        let groups: HashMap<&str, LaneId> = groups.into_iter().map(|group| (group, lanes.add(1))).collect();
        let agents = settings.concurrency.map(|most| lanes.add(most.get()));
        let threads = lanes.add(settings.blocking_threads.get());
        let functions = extensions
            .functions()
            .map(|(extension, function)| {
                let groups = function.groups().into_iter().filter_map(|group| groups.get(group).copied());
                let own = function.most_at_once().map(|most| lanes.add(most.get()));
                let thread = (function.execution() == Execution::Blocking).then_some(threads);
                let provided = Provided {
                    extension: extension.to_owned(),
                    generator: function
                        .definition()
                        .is_ok_and(|definition| definition.kind == ActionKind::Generator),
                    lanes: groups.chain(own).chain(agents).chain(thread).collect(),
                    meters: FunctionMeters::new(function.interface()),
                    quickness: Quickness::default(),
                    function: function.clone(),
                };
                (function.interface().to_owned(), Arc::new(provided))
            })
            .collect();
        Arc::new(Self {
            functions,
            app: OnceLock::new(),
            calling: OnceLock::new(),
            implementations: Mutex::default(),
            states: States::default(),
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

    /// The startup functions have made what the app shares.
    pub(crate) fn shares(&self, app: Contexts) {
        // An agent starts once.
        let _ = self.app.set(self.with_shelf(app));
    }

    fn with_shelf(&self, app: Contexts) -> App {
        let contexts = app.with_shelf(Arc::<Drawers>::clone(&self.drawers));
        App { of_calls: contexts.clone().passing_drawers(), contexts }
    }

    /// What the app shares with its functions.
    pub(crate) fn contexts(&self) -> &Contexts {
        &self.app().contexts
    }

    /// What it shares with the calls that they make.
    pub(crate) fn contexts_of_calls(&self) -> &Contexts {
        &self.app().of_calls
    }

    /// The same, if the startup functions have made it.
    pub(crate) fn shared(&self) -> Option<&Contexts> {
        self.app.get().map(|app| &app.contexts)
    }

    /// Nothing is assigned before the app has started.
    fn app(&self) -> &App {
        self.app.get_or_init(|| self.with_shelf(Contexts::default()))
    }

    /// Who makes the calls of running functions.
    pub(crate) fn calls_by(&self, calling: Arc<dyn Calling>) {
        // An agent starts once.
        let _ = self.calling.set(calling);
    }

    /// Starts a call of a running function. What the agent provides itself is run by itself, and not by another one that
    /// provides the same: the functions of an instrument belong together.
    pub(crate) fn call(
        &self,
        mut request: CallRequest,
    ) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        let Some(calling) = self.calling.get() else {
            return Box::pin(ready(Err(CallError::Refused("the agent has not started yet".to_owned()))));
        };
        if let CallTarget::Function(function) = &request.target
            && let Some(hash) = &function.demand.hash
            && let Some(own) = self.implementations().get(hash)
        {
            request.target = CallTarget::Implementation(own.clone());
        }
        calling.call(request)
    }

    /// The server knows its functions by these ids.
    pub(crate) fn is_registered(&self, implementations: HashMap<String, String>) {
        *self.implementations() = implementations;
    }

    fn implementations(&self) -> MutexGuard<'_, HashMap<String, String>> {
        // It is replaced as a whole.
        self.implementations.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// All functions.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Function> {
        self.functions.values().map(|provided| &provided.function)
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
        let found = self.functions.get(&assign.interface);
        let Some(provided) = found.filter(|provided| provided.extension == assign.extension) else {
            tracing::warn!(
                interface = %assign.interface,
                extension = %assign.extension,
                assignation = %assign.assignation,
                "no such function here"
            );
            let within = match found {
                None if assign.extension == DEFAULT => String::new(),
                None => format!(" in an extension `{}`", assign.extension),
                Some(provided) => {
                    format!(" in the extension `{}`, but in `{}`", assign.extension, provided.extension)
                }
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
