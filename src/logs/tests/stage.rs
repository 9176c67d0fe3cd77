//! Assignations without an agent, which remember what was logged.

use std::collections::BTreeMap;
use std::fmt;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use rekuest_core::invocation::{Host, Job};
use rekuest_core::message::{Assign, LogLevel};
use rekuest_core::{Contexts, Failure, Invocation, Task};
use serde_json::value::RawValue;
use tracing::level_filters::LevelFilter;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::SubscriberExt as _;

/// Levels and who captures belong to the process: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// The thread's subscriber, which has the layer alone.
pub(super) struct Stage {
    _subscriber: DefaultGuard,
    _alone: MutexGuard<'static, ()>,
}

impl Stage {
    pub(super) fn up_to(level: LevelFilter) -> Self {
        Self::with(tracing_subscriber::registry().with(super::super::tracing_layer_up_to(level)))
    }

    pub(super) fn with(subscriber: impl tracing::Subscriber + Send + Sync) -> Self {
        let alone = alone();
        Self { _subscriber: tracing::subscriber::set_default(subscriber), _alone: alone }
    }
}

pub(super) fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An assignation.
pub(super) struct Assignation(Arc<Recorder>);

struct Recorder {
    assign: Assign,
    contexts: Contexts,
    logs: Mutex<Vec<(LogLevel, String)>>,
    over: bool,
}

impl Assignation {
    pub(super) fn new() -> Self {
        Self::told(false, false)
    }

    pub(super) fn that_captures() -> Self {
        Self::told(true, false)
    }

    pub(super) fn that_is_over() -> Self {
        Self::told(false, true)
    }

    fn told(capture: bool, over: bool) -> Self {
        let assign = Assign {
            interface: "scan".to_owned(),
            extension: "default".to_owned(),
            assignation: "1".to_owned(),
            reference: None,
            args: RawValue::from_string("{}".to_owned()).expect("an object"),
            user: None,
            org: None,
            app: None,
            action: None,
            reservation: None,
            root: None,
            parent: None,
            dependencies: BTreeMap::new(),
            capture,
            message: None,
        };
        let contexts = Contexts::default();
        Self(Arc::new(Recorder { assign, contexts, logs: Mutex::default(), over }))
    }

    pub(super) fn task(&self) -> Task {
        Invocation::new(Arc::clone(&self.0) as Arc<dyn Host>).task()
    }

    /// Does `work` for it.
    pub(super) fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        let _entered = self.task().enter();
        work()
    }

    /// What was logged, in order, and forgotten by asking.
    pub(super) fn logs(&self) -> Vec<(LogLevel, String)> {
        std::mem::take(&mut self.0.logs.lock().expect("a lock that nobody held in a panic"))
    }

    /// The messages of that.
    pub(super) fn messages(&self) -> Vec<String> {
        self.logs().into_iter().map(|(_, message)| message).collect()
    }
}

impl Host for Recorder {
    fn assign(&self) -> &Assign {
        &self.assign
    }

    fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    fn yields(&self, _: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn spawn_blocking(&self, job: Job) {
        job();
    }

    fn spawn(&self, _: BoxFuture<'static, ()>) {}

    fn log(&self, level: LogLevel, message: String) {
        // Own events of whoever runs assignations are not sent.
        tracing::info!(target: "rekuest_agent::table", "a log is sent");
        tracing::info!(target: "stage", "a log is sent");
        self.logs.lock().expect("a lock that nobody held in a panic").push((level, message));
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

/// A value that traces, and asks for the task, when it is formatted.
pub(super) struct Talkative;

impl fmt::Debug for Talkative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tracing::info!(target: "stage", value = ?Self, "formatted");
        let task = rekuest_core::task::current().map_err(|_| fmt::Error)?;
        write!(f, "Talkative of {}", task.id())
    }
}

const CHILD: &str = "REKUEST_TEST_IN_A_PROCESS_OF_ITS_OWN";

/// Runs the test `name` of the module in a process of its own, and gives what that printed; none in that process.
pub(super) fn in_own_process(module: &str, name: &str) -> Option<Output> {
    if std::env::var_os(CHILD).is_some() {
        return None;
    }
    let module = module.split_once("::").map_or("", |(_, module)| module);
    let program = std::env::current_exe().expect("the path of the tests");
    let mut child = Command::new(program);
    child.args(["--exact", "--nocapture", &format!("{module}::{name}")]).env(CHILD, "1");
    let output = child.output().expect("the tests, again");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output)
}
