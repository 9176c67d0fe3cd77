//! Which assignations want everything that they trace, whatever its level: counted, so that a `tracing` layer need not
//! look at what is below its level while there are none.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Task;

/// How many there are. Written only under the lock of [`ON_CHANGE`].
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Who is told when the first one begins and when the last one ends. Locked while it is told, so that it hears of the
/// changes in their order.
static ON_CHANGE: Mutex<Option<fn()>> = Mutex::new(None);

/// Whether any assignation of this process captures.
pub fn capturing() -> bool {
    COUNT.load(Ordering::SeqCst) > 0
}

/// Calls `hook` whenever [`capturing`] has changed, instead of the hook that was called before. It must not begin or end
/// a [`Capturing`] itself.
pub fn on_change(hook: fn()) {
    *lock() = Some(hook);
}

fn lock() -> MutexGuard<'static, Option<fn()>> {
    // What it guards is in order also after a hook has panicked.
    ON_CHANGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Held by whoever runs an assignation that captures, from before the function starts until it has ended: what it traces
/// below the usual level is only seen meanwhile.
#[derive(Debug)]
#[must_use = "nothing is captured any more once this is dropped"]
pub struct Capturing(());

impl Capturing {
    /// For this task, if its caller asked for it.
    pub fn of(task: &Task) -> Option<Self> {
        task.captures().then(|| {
            let hook = lock();
            if COUNT.fetch_add(1, Ordering::SeqCst) == 0 {
                tell(&hook);
            }
            Self(())
        })
    }
}

impl Drop for Capturing {
    fn drop(&mut self) {
        let hook = lock();
        if COUNT.fetch_sub(1, Ordering::SeqCst) == 1 {
            tell(&hook);
        }
    }
}

fn tell(hook: &Option<fn()>) {
    if let Some(hook) = hook {
        hook();
    }
}
