//! Functions that tests run: ones that never end, that hold their thread, that yield many times.

use std::sync::{Arc, Mutex, mpsc};

use futures_util::future::BoxFuture;
use rekuest_core::definition::{ActionKind, Definition, DefinitionParts};
use rekuest_core::{Contexts, Execution, Failure, Function, Implementation, Invocation, Location, task};
use serde_json::Value;
use tokio::sync::{Notify, watch};

/// An async function that says PROGRESS 1 and never ends.
pub(crate) fn endless() -> Function {
    Function::future("endless", [], || async {
        begins();
        std::future::pending::<()>().await;
    })
}

/// Says PROGRESS 1 "begun" for the calling code's assignation.
pub(crate) fn begins() {
    task::current().expect("a task").progress(1, "begun");
}

/// Lets functions made with [`blocks`] go on, one each time.
#[derive(Clone)]
pub(crate) struct Gate(mpsc::Sender<()>, Arc<Mutex<mpsc::Receiver<()>>>);

impl Gate {
    pub(crate) fn new() -> Self {
        let (sender, receiver) = mpsc::channel();
        Self(sender, Arc::new(Mutex::new(receiver)))
    }

    pub(crate) fn open(&self) {
        self.0.send(()).expect("the gate is held by itself");
    }

    /// Waits for its turn on this thread.
    pub(crate) fn pass(&self) {
        self.1.lock().expect("unpoisoned").recv().expect("the gate is held by itself");
    }
}

/// A blocking function that says PROGRESS 1, then keeps its thread until the gate opens, whatever happens.
pub(crate) fn blocks(gate: &Gate) -> Function {
    let gate = gate.clone();
    Function::blocking("blocks", [], move || {
        begins();
        gate.pass();
    })
}

/// What the generators of an agent have made, and what lets them begin.
#[derive(Clone)]
pub(crate) struct Made(watch::Sender<u64>, Arc<Notify>);

impl Made {
    /// Nothing yet; and the contexts for an agent with generators.
    pub(crate) fn new() -> (Self, Contexts) {
        let made = Self(watch::Sender::new(0), Arc::new(Notify::new()));
        let mut contexts = Contexts::default();
        contexts.insert(made.clone());
        (made, contexts)
    }

    /// How many items they have made.
    pub(crate) fn count(&self) -> u64 {
        *self.0.borrow()
    }

    /// Lets one begin that waits.
    pub(crate) fn begin(&self) {
        self.1.notify_one();
    }
}

const GENERATOR: DefinitionParts =
    DefinitionParts { name: "Counts", kind: ActionKind::Generator, ..DefinitionParts::NOTHING };

static COUNTS: Implementation = Implementation {
    interface: "counts",
    definition: Definition::of(GENERATOR),
    handler: counts_handler,
    execution: Execution::Async,
    concurrency: None,
    group: None,
    needs: &[],
    ungrouped: false,
    dependencies: &[],
    location: Location { file: file!(), line: line!() },
};

static COUNTS_BLOCKING: Implementation = Implementation {
    interface: "counts_blocking",
    handler: counts_blocking_handler,
    execution: Execution::Blocking,
    ..COUNTS
};

/// A generator that yields `n` texts of `size` bytes each, which begin with their number from 0. With `waits` it waits
/// until it is told to begin.
pub(crate) fn counts() -> Function {
    Function::from(&COUNTS)
}

/// The same on a thread of its own.
pub(crate) fn counts_blocking() -> Function {
    Function::from(&COUNTS_BLOCKING)
}

fn items(invocation: &Invocation) -> impl Iterator<Item = String> + Send + 'static {
    let args: Value = serde_json::from_str(invocation.task().args().get()).expect("JSON");
    let (n, size) = (args["n"].as_u64().expect("n"), args["size"].as_u64().unwrap_or_default());
    let made = invocation.contexts().get::<Made>().expect("contexts with it");
    (0..n).map(move |number| {
        made.0.send_modify(|made| *made += 1);
        format!("{number} {}", "x".repeat(usize::try_from(size).expect("a size")))
    })
}

fn counts_handler(invocation: Invocation) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let items = futures_util::stream::iter(items(&invocation));
        if invocation.task().args().get().contains("waits") {
            invocation.contexts().get::<Made>().expect("contexts with it").1.notified().await;
        }
        invocation.stream(Ok::<_, std::fmt::Error>(items)).await
    })
}

fn counts_blocking_handler(invocation: Invocation) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { invocation.iterate(Ok::<_, std::fmt::Error>(items(&invocation))) })
}
