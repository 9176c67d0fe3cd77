//! What others want of running code: to end, to halt, to go on.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The wishes, and those who wait for one.
#[derive(Debug)]
pub(crate) struct Control {
    /// It was cancelled, or has ended.
    over: AtomicBool,
    /// Its terminal event has passed the gate.
    ended: AtomicBool,
    /// Whether breakpoints have to look closer.
    pausing: AtomicBool,
    halt: Mutex<Halt>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Halt {
    /// It is to halt at its next breakpoint.
    wanted: bool,
    /// How many steps it was told to make.
    steps: u64,
    /// How many of its parts stand at a breakpoint.
    standing: usize,
}

/// What there is to say of an assignation that can be paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Paused,
    Resumed,
    Stepped,
}

impl Control {
    pub(super) fn new() -> Self {
        Self {
            over: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            pausing: AtomicBool::new(false),
            halt: Mutex::default(),
            changed: Notify::new(),
        }
    }

    fn halt(&self) -> MutexGuard<'_, Halt> {
        self.halt.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn cancel(&self) {
        self.over.store(true, Ordering::SeqCst);
        self.changed.notify_waiters();
    }

    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        self.cancel();
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// Waits until it was cancelled or has ended.
    pub(super) fn over(&self) -> impl Future<Output = ()> + Send + '_ {
        self.until(|control| control.is_over())
    }

    /// Waits until it has ended.
    pub(super) fn ended(&self) -> impl Future<Output = ()> + Send + '_ {
        self.until(Self::has_ended)
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    async fn until(&self, condition: impl Fn(&Self) -> bool) {
        loop {
            // Made before looking, so that a change in between is not missed.
            let changed = self.changed.notified();
            if condition(self) {
                return;
            }
            changed.await;
        }
    }

    pub(super) fn pause(&self) {
        self.halt().wanted = true;
        self.pausing.store(true, Ordering::SeqCst);
    }

    pub(super) fn resume(&self) -> bool {
        let was_wanted = std::mem::take(&mut self.halt().wanted);
        self.pausing.store(false, Ordering::SeqCst);
        self.changed.notify_waiters();
        was_wanted
    }

    pub(super) fn step(&self) -> bool {
        let steps = {
            let mut halt = self.halt();
            halt.wanted = true;
            halt.steps += 1;
            halt.standing > 0
        };
        self.pausing.store(true, Ordering::SeqCst);
        self.changed.notify_waiters();
        steps
    }

    pub(super) fn is_halted(&self) -> bool {
        self.halt().standing > 0
    }

    /// Whether a breakpoint can be passed without waiting.
    pub(super) fn passes(&self) -> bool {
        !self.pausing.load(Ordering::SeqCst)
    }

    /// Waits while it is paused; not once it is over. `halted` is told when the first of its parts comes to stand.
    pub(super) async fn breakpoint(&self, halted: impl FnOnce()) {
        let step = {
            let mut halt = self.halt();
            if !halt.wanted || self.is_over() {
                return;
            }
            halt.standing += 1;
            if halt.standing == 1 {
                halted();
            }
            halt.steps
        };
        // Also when whoever stands here is dropped.
        let _standing = Standing(self);
        self.until(|control| {
            let halt = control.halt();
            !halt.wanted || halt.steps != step || control.is_over()
        })
        .await;
    }
}

struct Standing<'a>(&'a Control);

impl Drop for Standing<'_> {
    fn drop(&mut self) {
        self.0.halt().standing -= 1;
    }
}
