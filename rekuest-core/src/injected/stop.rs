//! The end of the app, for code that runs for as long as it does.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_channel::oneshot;

use super::{Injected, Missing, Need};
use crate::Contexts;

/// Whether the app is about to end: a parameter of `#[background]` functions that block.
///
/// An async one is dropped at its next `.await` and needs no such thing. A blocking one is waited for:
///
/// ```ignore
/// #[background]
/// fn poll(stage: Ctx<Stage>, stop: Stop) {
///     while !stop.wait(Duration::from_secs(1)) {
///         stage.poll();
///     }
/// }
/// ```
#[derive(Clone, Default)]
pub struct Stop(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<Waiting>,
    requested: Condvar,
}

#[derive(Default)]
struct Waiting {
    requested: bool,
    wakers: Vec<oneshot::Sender<()>>,
}

impl Stop {
    /// One that nobody has requested yet. An agent makes its own.
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests it: everybody who waits goes on.
    pub fn request(&self) {
        let mut state = self.lock();
        state.requested = true;
        for waker in state.wakers.drain(..) {
            // Whoever was to be woken may be gone.
            let _ = waker.send(());
        }
        drop(state);
        self.0.requested.notify_all();
    }

    /// Whether the app is about to end.
    pub fn is_requested(&self) -> bool {
        self.lock().requested
    }

    /// Blocks the thread for so long, less if the app is about to end: then it returns true.
    pub fn wait(&self, longest: Duration) -> bool {
        let begun = Instant::now();
        let mut state = self.lock();
        while !state.requested {
            let Some(left) = longest.checked_sub(begun.elapsed()).filter(|left| !left.is_zero()) else {
                return false;
            };
            let waited = self.0.requested.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
            state = waited.0;
        }
        true
    }

    /// Waits until the app is about to end.
    pub fn requested(&self) -> impl Future<Output = ()> + Send + use<> {
        let (sender, receiver) = oneshot::channel();
        let mut state = self.lock();
        if state.requested {
            // Nobody waits for it.
            let _ = sender.send(());
        } else {
            state.wakers.retain(|waker| !waker.is_canceled());
            state.wakers.push(sender);
        }
        drop(state);
        async move {
            // Cancelled when there is nobody left who could request it: then nothing is ever requested.
            if receiver.await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A flag and a list are whole, whoever panicked beside them.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("requested", &self.is_requested()).finish()
    }
}

impl Injected for Stop {
    const NEED: Option<Need> = None;

    /// That of the agent; outside of one, one that is never requested.
    fn find(app: &Contexts) -> Result<Self, Missing> {
        Ok(app.get::<Self>().as_deref().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn who_waits_goes_on_when_it_is_requested() {
        let stop = Stop::new();
        assert!(!stop.wait(Duration::from_millis(1)));
        let mut requested = Box::pin(stop.requested());
        assert!(requested.as_mut().now_or_never().is_none());
        let waits = stop.clone();
        let waiting = std::thread::spawn(move || waits.wait(Duration::from_secs(60)));
        stop.request();
        assert!(waiting.join().expect("no panic"));
        assert!(requested.now_or_never().is_some());
        assert!(stop.requested().now_or_never().is_some(), "also who comes later");
    }
}
