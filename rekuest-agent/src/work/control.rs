//! What others want of running code: to end, to halt, to go on.

use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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
    /// How many of its parts stand at a breakpoint. Beside the lock, because the table asks for it under its own.
    standing: AtomicUsize,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Halt {
    /// It is to halt at its next breakpoint.
    wanted: bool,
    /// How many steps it was told to make.
    steps: u64,
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
            standing: AtomicUsize::new(0),
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
        let mut halt = self.halt();
        halt.wanted = true;
        self.pausing.store(true, Ordering::SeqCst);
    }

    /// `resumed` is told if there was something to resume, before it goes on.
    pub(super) fn resume(&self, resumed: impl FnOnce()) {
        let mut halt = self.halt();
        if std::mem::take(&mut halt.wanted) {
            resumed();
        }
        self.pausing.store(false, Ordering::SeqCst);
        drop(halt);
        self.changed.notify_waiters();
    }

    /// `stepped` is told if it makes a step now, and does not only halt at its next breakpoint; before it goes on.
    pub(super) fn step(&self, stepped: impl FnOnce()) {
        let mut halt = self.halt();
        halt.wanted = true;
        halt.steps += 1;
        if self.is_halted() {
            stepped();
        }
        self.pausing.store(true, Ordering::SeqCst);
        drop(halt);
        self.changed.notify_waiters();
    }

    pub(super) fn is_halted(&self) -> bool {
        self.standing.load(Ordering::SeqCst) > 0
    }

    /// Whether a breakpoint can be passed without waiting.
    pub(super) fn passes(&self) -> bool {
        !self.pausing.load(Ordering::SeqCst)
    }

    /// Waits while it is paused; not once it has ended. What is cancelled here stays here, to be dropped. `halted` is told
    /// when the first of its parts comes to stand.
    pub(super) async fn breakpoint(&self, halted: impl FnOnce()) {
        let step = {
            let halt = self.halt();
            if !halt.wanted || self.has_ended() {
                return;
            }
            if self.standing.fetch_add(1, Ordering::SeqCst) == 0 && !self.is_over() {
                halted();
            }
            halt.steps
        };
        // Also when whoever stands here is dropped.
        let _standing = Standing(self);
        self.until(|control| {
            let halt = control.halt();
            !halt.wanted || halt.steps != step || control.has_ended()
        })
        .await;
    }
}

struct Standing<'a>(&'a Control);

impl Drop for Standing<'_> {
    fn drop(&mut self) {
        self.0.standing.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn a_breakpoint_is_passed_unless_it_is_paused() {
        let control = Control::new();
        assert!(control.passes());
        assert!(control.breakpoint(|| panic!("it does not halt")).now_or_never().is_some());
        control.pause();
        assert!(!control.passes());
        control.resume(|| ());
        assert!(control.passes());
        control.resume(|| panic!("nothing to resume"));
    }

    #[test]
    fn it_halts_until_it_is_resumed_and_says_so_before_it_goes_on() {
        let control = Control::new();
        let said = RefCell::new(Vec::new());
        control.pause();
        let mut halts = Box::pin(control.breakpoint(|| said.borrow_mut().push("paused")));
        assert!(halts.as_mut().now_or_never().is_none());
        assert!(control.is_halted());
        control.resume(|| said.borrow_mut().push("resumed"));
        assert!(halts.now_or_never().is_some());
        assert!(!control.is_halted());
        assert_eq!(*said.borrow(), ["paused", "resumed"]);
    }

    #[test]
    fn a_step_leads_to_the_next_breakpoint() {
        let control = Control::new();
        control.step(|| panic!("it does not stand yet"));
        let mut first = Box::pin(control.breakpoint(|| ()));
        assert!(first.as_mut().now_or_never().is_none());
        let mut stepped = false;
        control.step(|| stepped = true);
        assert!(stepped && first.now_or_never().is_some());
        assert!(control.breakpoint(|| ()).now_or_never().is_none());
    }

    #[test]
    fn several_parts_halt_and_only_the_first_says_so() {
        let control = Control::new();
        control.pause();
        let mut said = 0;
        let mut first = Box::pin(control.breakpoint(|| said += 1));
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(control.breakpoint(|| panic!("it is said")));
        assert!(second.as_mut().now_or_never().is_none());
        drop(second);
        assert!(control.is_halted(), "one still stands");
        drop(first);
        assert!(!control.is_halted());
        assert_eq!(said, 1);
    }

    #[test]
    fn what_is_cancelled_at_a_breakpoint_stays_there_until_the_end() {
        let control = Control::new();
        control.pause();
        let mut halts = Box::pin(control.breakpoint(|| ()));
        assert!(halts.as_mut().now_or_never().is_none());
        control.cancel();
        assert!(control.over().now_or_never().is_some());
        assert!(halts.as_mut().now_or_never().is_none());
        control.end();
        assert!(control.has_ended());
        assert!(halts.now_or_never().is_some());
    }
}
