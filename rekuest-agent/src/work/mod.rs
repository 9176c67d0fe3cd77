//! One assignation that runs here: what was asked, and what its function reaches of the agent.

mod control;
mod host;
mod lending;
mod printed;
mod run;

use std::fmt;
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use rekuest_core::Execution;
use rekuest_core::injected::AnyState;
use rekuest_core::message::Assign;
use tokio::task::AbortHandle;

pub(crate) use control::Said;
pub(crate) use host::{size, sizes};
pub(crate) use printed::Printed;
pub(crate) use run::{begin, run};

use crate::polling::Polling;
use crate::table::{AssignationId, Ending};
use crate::workshop::{Provided, Workshop};
use control::Control;
use lending::Lending;

/// One assignation, from its admission to the end of its code.
pub(crate) struct Work {
    id: AssignationId,
    assign: Assign,
    provided: Arc<Provided>,
    lending: Lending,
    workshop: Arc<Workshop>,
    control: Control,
    /// How many of its lanes it holds. Changed under the table's lock only.
    held: AtomicUsize,
    /// It has ended for its caller before its code did. Changed under the table's lock only.
    lingers: AtomicBool,
    /// What a function has returned: it goes out together with its end.
    returned: Mutex<Option<String>>,
    /// The states that it has changed since it last yielded, and to which version.
    changes: Mutex<Vec<(Arc<dyn AnyState>, u64)>>,
    /// What it has started beside itself.
    children: Mutex<Vec<AbortHandle>>,
    /// Since when it is being polled.
    polling: Polling,
    admitted: Instant,
}

impl Work {
    pub(crate) fn new(workshop: &Arc<Workshop>, provided: &Arc<Provided>, assign: Assign) -> Arc<Self> {
        Arc::new(Self {
            id: AssignationId::from(assign.assignation.as_str()),
            assign,
            provided: Arc::clone(provided),
            lending: Lending::default(),
            workshop: Arc::clone(workshop),
            control: Control::new(),
            held: AtomicUsize::new(0),
            lingers: AtomicBool::new(false),
            returned: Mutex::new(None),
            changes: Mutex::new(Vec::new()),
            children: Mutex::new(Vec::new()),
            polling: Polling::default(),
            admitted: Instant::now(),
        })
    }

    pub(crate) fn id(&self) -> &AssignationId {
        &self.id
    }

    pub(crate) fn interface(&self) -> &str {
        self.provided.function.interface()
    }

    pub(crate) fn provided(&self) -> &Provided {
        &self.provided
    }

    pub(crate) fn parent(&self) -> Option<&str> {
        self.assign.parent.as_deref()
    }

    /// The assignations that wait for it, as far as it knows: who called it, and who is at the root of the calls.
    pub(crate) fn waited_for_by(&self) -> impl Iterator<Item = &str> {
        self.assign.parent.iter().chain(&self.assign.root).map(String::as_str)
    }

    pub(crate) fn polling(&self) -> &Polling {
        &self.polling
    }

    pub(crate) fn is_blocking(&self) -> bool {
        self.provided.function.execution() == Execution::Blocking
    }

    pub(crate) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    pub(crate) fn hold_one_more(&self) {
        self.held.fetch_add(1, Ordering::Relaxed);
    }

    /// Holds none any more; how many it held.
    pub(crate) fn let_go(&self) -> usize {
        self.held.swap(0, Ordering::Relaxed)
    }

    pub(crate) fn linger(&self) {
        self.lingers.store(true, Ordering::Relaxed);
    }

    pub(crate) fn lingers(&self) -> bool {
        self.lingers.load(Ordering::Relaxed)
    }

    /// Asks its code to end.
    pub(crate) fn cancel(&self) {
        self.control.cancel();
    }

    /// It has ended for its caller: what it started ends with it, and its code sees that it is over.
    pub(crate) fn ended_with(&self, ending: &Ending) {
        // In this order nothing is started after it, and nothing that is aborted passes a breakpoint before.
        self.control.cancel();
        let children = std::mem::take(&mut *self.children.lock().unwrap_or_else(PoisonError::into_inner));
        children.iter().for_each(AbortHandle::abort);
        self.control.end();
        self.provided.meters.ended(ending, self.admitted);
        self.workshop.totals.ended(ending);
    }

    /// Whether it was cancelled or has ended.
    pub(crate) fn is_over(&self) -> bool {
        self.control.is_over()
    }

    /// Whether it has passed the gate.
    pub(crate) fn has_passed(&self) -> bool {
        self.control.has_ended()
    }

    /// Waits until it was cancelled or has ended.
    pub(crate) fn over(&self) -> impl Future<Output = ()> + '_ {
        self.control.over()
    }

    pub(crate) fn pause(&self) {
        self.control.pause();
    }

    /// Lets it go on; `resumed` is told before, if it was to be halted.
    pub(crate) fn resume(&self, resumed: impl FnOnce()) {
        self.control.resume(resumed);
    }

    /// Lets it go on to its next breakpoint; `stepped` is told before, if it stands at one.
    pub(crate) fn step(&self, stepped: impl FnOnce()) {
        self.control.step(stepped);
    }

    /// Whether it is to halt at its next breakpoint, or does.
    pub(crate) fn is_paused(&self) -> bool {
        !self.control.passes()
    }

    /// Whether it stands at a breakpoint.
    pub(crate) fn is_halted(&self) -> bool {
        self.control.is_halted()
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Work({} of {})", self.id, self.interface())
    }
}
