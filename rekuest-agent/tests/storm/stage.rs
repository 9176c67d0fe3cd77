//! What the functions of a run tell of themselves, and what they wait for.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::watch;

/// Shared by the functions of one run.
#[derive(Debug)]
pub(crate) struct Stage {
    runs: Mutex<HashMap<u64, Ran>>,
    gate: watch::Sender<Gate>,
    /// The agent was asked to end while work runs.
    ending: AtomicBool,
}

/// What became of one call.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ran {
    /// How often its function was started.
    pub(crate) started: usize,
    /// The function has come to its end.
    pub(crate) ended: bool,
    /// How many of its calls are on the stack or in a future.
    pub(crate) alive: usize,
}

#[derive(Debug, Default)]
struct Gate {
    all: bool,
    serials: HashSet<u64>,
}

impl Gate {
    fn lets(&self, serial: u64) -> bool {
        self.all || self.serials.contains(&serial)
    }
}

impl Stage {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            runs: Mutex::default(),
            gate: watch::Sender::new(Gate::default()),
            ending: AtomicBool::new(false),
        })
    }

    fn runs(&self) -> MutexGuard<'_, HashMap<u64, Ran>> {
        self.runs.lock().expect("unpoisoned")
    }

    /// What became of a call.
    pub(crate) fn ran(&self, serial: u64) -> Ran {
        self.runs().get(&serial).copied().unwrap_or_default()
    }

    pub(crate) fn all(&self) -> Vec<(u64, Ran)> {
        self.runs().iter().map(|(serial, ran)| (*serial, *ran)).collect()
    }

    pub(crate) fn release(&self, serial: u64) {
        self.gate.send_modify(|gate| {
            gate.serials.insert(serial);
        });
    }

    pub(crate) fn release_all(&self) {
        self.gate.send_modify(|gate| gate.all = true);
    }

    /// From now on, work may be cancelled because the agent ends.
    pub(crate) fn is_to_end(&self) {
        self.ending.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }

    pub(super) fn enter(self: &Arc<Self>, serial: u64) -> Entered {
        let mut runs = self.runs();
        let ran = runs.entry(serial).or_default();
        ran.started += 1;
        ran.alive += 1;
        Entered { stage: Arc::clone(self), serial }
    }

    /// Something that a call has started beside itself.
    pub(super) fn enter_child(self: &Arc<Self>, serial: u64) -> Entered {
        self.runs().entry(serial).or_default().alive += 1;
        Entered { stage: Arc::clone(self), serial }
    }

    pub(super) fn ends(&self, serial: u64) {
        self.runs().entry(serial).or_default().ended = true;
    }

    pub(super) fn is_released(&self, serial: u64) -> bool {
        self.gate.borrow().lets(serial)
    }

    pub(super) async fn released(&self, serial: u64) {
        let mut gate = self.gate.subscribe();
        // The sender is this stage's own.
        let _ = gate.wait_for(|gate| gate.lets(serial)).await;
    }
}

/// A call, for as long as it is there.
#[derive(Debug)]
pub(super) struct Entered {
    stage: Arc<Stage>,
    serial: u64,
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.stage.runs().entry(self.serial).or_default().alive -= 1;
    }
}
