//! Whoever is on the other side: a host that runs functions, and a caller that shows what it would send.

use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest::{CallError, Caller, Contexts, Implementation};
use rekuest_core::Failure;
use rekuest_core::caller::{CallEvent, CallEvents, CallRequest, Instruction};
use rekuest_core::invocation::{Host, Invocation, Job};
use rekuest_core::message::Assign;
use rekuest_core::value::{InDrawer, Shelf, Shelved};
use serde_json::value::RawValue;

use crate::types::Session;

/// What a future comes to that waits for nothing.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    future.now_or_never().expect("nothing here waits")
}

/// A shelf with one value in the drawer `known`; new drawers are `drawer-0`, `drawer-1`, ….
#[derive(Default)]
struct Drawers(Mutex<usize>);

impl Shelf for Drawers {
    fn put(&self, _: Shelved) -> BoxFuture<'_, Result<String, String>> {
        let mut count = self.0.lock().expect("nothing panics here");
        let drawer = format!("drawer-{count}");
        *count += 1;
        std::future::ready(Ok(drawer)).boxed()
    }

    fn take_back(&self, _: Vec<String>) {}

    fn get(&self, drawer: &str) -> Result<InDrawer, String> {
        let session: Arc<Session> = Arc::new(Session("known".to_owned()));
        let known = InDrawer { identifier: "golden_defs.session", value: session };
        (drawer == "known").then_some(known).ok_or_else(|| format!("there is no drawer {drawer}"))
    }
}

/// An agent for one invocation.
struct Agent {
    assign: Assign,
    contexts: Contexts,
    returns: Mutex<Option<Box<RawValue>>>,
}

impl Host for Agent {
    fn assign(&self) -> &Assign {
        &self.assign
    }

    fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    fn spawn_blocking(&self, job: Job) {
        job();
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) {
        now(work);
    }

    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>> {
        *self.returns.lock().expect("nothing panics here") = Some(returns);
        std::future::ready(Ok(())).boxed()
    }
}

/// What a function returns inside an agent, as it would be sent.
pub(crate) fn run(implementation: &Implementation, args: Box<RawValue>) -> Result<Box<RawValue>, Failure> {
    let contexts = Contexts::default().with_shelf(Arc::new(Drawers::default()));
    let assign = Assign::new(implementation.interface, "1", args);
    let agent = Arc::new(Agent { assign, contexts, returns: Mutex::default() });
    let host: Arc<dyn Host> = Arc::<Agent>::clone(&agent);
    now((implementation.handler)(Invocation::new(host)))?;
    let returns = agent.returns.lock().expect("nothing panics here").take();
    Ok(returns.expect("a function yields once"))
}

/// A caller that gets `returns` for everything it asks for.
pub(crate) struct Asker {
    contexts: Contexts,
    returns: Box<RawValue>,
    sent: Mutex<Option<Box<RawValue>>>,
}

impl Asker {
    pub(crate) fn getting(returns: Box<RawValue>) -> Self {
        Self { contexts: Contexts::default(), returns, sent: Mutex::default() }
    }

    /// The arguments of the last call.
    pub(crate) fn sent(&self) -> Option<Box<RawValue>> {
        self.sent.lock().expect("nothing panics here").take()
    }
}

impl Caller for Asker {
    fn start(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        *self.sent.lock().expect("nothing panics here") = Some(request.args);
        let events: Box<dyn CallEvents> = Box::new(Once(Some(self.returns.clone())));
        std::future::ready(Ok(events)).boxed()
    }

    fn contexts(&self) -> &Contexts {
        &self.contexts
    }
}

/// One YIELD and the end.
struct Once(Option<Box<RawValue>>);

impl CallEvents for Once {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<CallEvent>, CallError>> {
        std::future::ready(Ok(self.0.take().map(CallEvent::Yield))).boxed()
    }

    fn assignation(&self) -> &str {
        "1"
    }

    fn instruct(&self, _: Instruction) -> BoxFuture<'static, Result<(), CallError>> {
        std::future::ready(Ok(())).boxed()
    }

    fn detach(self: Box<Self>) -> String {
        "1".to_owned()
    }
}
