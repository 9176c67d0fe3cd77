//! Notices functions that block the async runtime, so that heartbeats and everybody else wait for them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

use crate::work::Work;
use crate::workshop::Workshop;

/// For how long an async function may keep its thread between two awaits before it is said.
const LONG: Duration = Duration::from_millis(500);

/// How often is looked for one that does not come back at all.
const LOOKS: Duration = Duration::from_secs(2);

/// What all times here are counted from.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn now() -> u64 {
    // Never 0, which says that nothing is being polled.
    START.elapsed().as_micros() as u64 + 1
}

/// Since when the code of one assignation keeps its thread.
#[derive(Debug, Default)]
pub(crate) struct Polling(AtomicU64);

impl Polling {
    /// Runs some of an assignation's code, and sees how long that keeps the thread.
    pub(crate) fn watch<T>(&self, work: &Work, code: impl FnOnce() -> T) -> (T, Duration) {
        if work.is_blocking() {
            return (code(), Duration::ZERO);
        }
        let since = now();
        self.0.store(since, Ordering::Relaxed);
        let made = code();
        self.0.store(0, Ordering::Relaxed);
        let kept = Duration::from_micros(now() - since);
        if kept > LONG {
            say(work, kept, "it kept");
        }
        (made, kept)
    }

    /// For how long it has kept its thread.
    fn kept_for(&self) -> Option<Duration> {
        let since = self.0.load(Ordering::Relaxed);
        (since != 0).then(|| Duration::from_micros(now().saturating_sub(since)))
    }
}

fn say(work: &Work, kept: Duration, keeps: &str) {
    tracing::warn!(
        interface = %work.interface(),
        assignation = %work.id(),
        "an async function blocks the runtime: {keeps} its thread for {kept:?} between two awaits; \
         leave out the `async`, or use `Task::spawn_blocking` for what blocks"
    );
}

/// Kept by what is looked at: the thread that looks ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Watched(
    #[expect(dead_code, reason = "it says what it has to by being dropped")] mpsc::Sender<()>,
);

/// Looks from time to time, from a thread of its own, for functions that keep theirs and do not come back; until the
/// agent is gone.
pub(crate) fn watch(workshop: &Arc<Workshop>) -> std::io::Result<()> {
    let (sender, gone) = mpsc::channel();
    let watched = Arc::downgrade(workshop);
    let looking = move || {
        while gone.recv_timeout(LOOKS) == Err(RecvTimeoutError::Timeout)
            && let Some(workshop) = watched.upgrade()
        {
            workshop.rescue();
            for work in workshop.table.polled_longer_than(|work| work.polling().kept_for(), LOOKS) {
                say(&work.0, work.1, "it has kept");
            }
        }
    };
    thread::Builder::new().name("rekuest-watch".to_owned()).spawn(looking)?;
    workshop.is_watched(Watched(sender));
    Ok(())
}
