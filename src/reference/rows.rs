// What the rows of the reference are checked with. No part of the library: its doc tests include this file.

use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest::__core::invocation::{Host, Job};
use rekuest::__core::message::Assign;
use rekuest::__core::value::{InDrawer, Shelf, Shelved};
use rekuest::__core::{Failure, Invocation, JsonWriter};
use rekuest::{Contexts, Definition, Expand, Implementation, PortType, Shrink};
use serde_json::Value;
use serde_json::value::RawValue;

/// The port of a type, as JSON.
pub fn port<T: PortType>() -> Value {
    serde_json::to_value(T::PORT).expect("a port")
}

/// A definition, as JSON.
pub fn definition(definition: &Definition) -> Value {
    serde_json::to_value(definition).expect("a definition")
}

/// Reads a value, as an agent reads an argument.
pub fn read<T: Expand>(json: &str) -> Result<T, String> {
    let value: &RawValue = serde_json::from_str(json).expect("JSON");
    let read = T::expand(value, &Contexts::default()).now_or_never().expect("nothing to wait for");
    read.map_err(|error| error.to_string())
}

/// Writes a value, as an agent writes a return.
pub fn write<T: Shrink>(value: T) -> String {
    try_write(value).expect("a value with JSON")
}

/// Writes a value that may have no JSON.
pub fn try_write<T: Shrink>(value: T) -> Result<String, String> {
    let mut out = JsonWriter::new();
    let written = value.shrink(&mut out, &Contexts::default()).now_or_never().expect("nothing to wait for");
    written.map(|()| out.into_string()).map_err(|error| error.to_string())
}

/// Runs a function as an agent does: what it yields, or why it failed.
pub fn call(implementation: &Implementation, args: Value) -> Result<Vec<Value>, String> {
    let process = Arc::new(Process::default());
    call_in(&process, implementation, args)
}

/// The same, in a process where values stay from call to call.
pub fn call_in(
    process: &Arc<Process>,
    implementation: &Implementation,
    args: Value,
) -> Result<Vec<Value>, String> {
    let args = RawValue::from_string(args.to_string()).expect("JSON");
    let host = Arc::new(Running {
        assign: Assign::new(implementation.interface, "1", args),
        contexts: Contexts::default().with_shelf(Arc::clone(process) as Arc<dyn Shelf>),
        yielded: Mutex::default(),
    });
    let invocation = Invocation::new(Arc::clone(&host) as Arc<dyn Host>);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let running = AssertUnwindSafe(|| runtime.block_on((implementation.handler)(invocation)));
    let ended = catch_unwind(running).unwrap_or_else(|payload| Err(Failure::panicked(&*payload)));
    ended.map_err(|failure| failure.to_string())?;
    Ok(std::mem::take(&mut *host.yielded.lock().expect("no panic")))
}

/// The memory of an agent.
#[derive(Default)]
pub struct Process {
    drawers: Mutex<HashMap<String, (&'static str, Arc<dyn Any + Send + Sync>)>>,
}

impl Shelf for Process {
    fn put(&self, shelved: Shelved) -> BoxFuture<'_, Result<String, String>> {
        let mut drawers = self.drawers.lock().expect("no panic");
        let drawer = (drawers.len() + 1).to_string();
        drawers.insert(drawer.clone(), (shelved.identifier, shelved.value));
        Box::pin(std::future::ready(Ok(drawer)))
    }

    fn take_back(&self, drawers: Vec<String>) {
        self.drawers.lock().expect("no panic").retain(|drawer, _| !drawers.contains(drawer));
    }

    fn get(&self, drawer: &str) -> Result<InDrawer, String> {
        let drawers = self.drawers.lock().expect("no panic");
        let found = drawers.get(drawer).map(|(identifier, value)| InDrawer { identifier, value: Arc::clone(value) });
        found.ok_or_else(|| format!("there is no drawer {drawer} in this agent"))
    }
}

/// One call.
struct Running {
    assign: Assign,
    contexts: Contexts,
    yielded: Mutex<Vec<Value>>,
}

impl Host for Running {
    fn assign(&self) -> &Assign {
        &self.assign
    }

    fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    fn spawn_blocking(&self, job: Job) {
        std::thread::spawn(job);
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) {
        tokio::spawn(work);
    }

    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>> {
        let returns = serde_json::from_str(returns.get()).expect("JSON");
        self.yielded.lock().expect("no panic").push(returns);
        Box::pin(std::future::ready(Ok(())))
    }
}
