//! Lanes that an assignation lends to those that it calls: its caller waits for it, so that both would wait for ever.
//!
//! Everything here changes under the table's lock only.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::Work;
use crate::table::LaneId;

/// What one assignation was lent, and to how many it lends.
#[derive(Default)]
pub(super) struct Lending {
    lent: OnceLock<Lent>,
    /// How many it has lent its lanes to whose code is not gone.
    borrowers: AtomicUsize,
    /// Its own code is gone, theirs is not.
    keeps: AtomicBool,
}

struct Lent {
    caller: Arc<Work>,
    /// The lanes that are held by its caller, and by those who called that one.
    callers: Box<[LaneId]>,
    /// Those that it has to take itself.
    left: Box<[LaneId]>,
}

impl Work {
    /// It was called by one that runs here, and takes none of the lanes that are held for that one.
    pub(crate) fn is_called_by(&self, caller: &Arc<Self>) {
        let callers: Box<[LaneId]> =
            caller.lanes().iter().chain(caller.lanes_of_callers()).copied().collect();
        if callers.is_empty() {
            return;
        }
        let left = self.provided.lanes.iter().copied().filter(|lane| !callers.contains(lane)).collect();
        if self.lending.lent.set(Lent { caller: Arc::clone(caller), callers, left }).is_ok() {
            caller.lending.borrowers.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The lanes that it needs, in their order.
    pub(crate) fn lanes(&self) -> &[LaneId] {
        self.lending.lent.get().map_or(&self.provided.lanes, |lent| &lent.left)
    }

    fn lanes_of_callers(&self) -> &[LaneId] {
        self.lending.lent.get().map_or(&[], |lent| &lent.callers)
    }

    /// Who has lent it lanes.
    pub(crate) fn lender(&self) -> Option<&Arc<Self>> {
        self.lending.lent.get().map(|lent| &lent.caller)
    }

    /// Its code is gone: whether its lanes are kept all the same, because those that they were lent to still run.
    pub(crate) fn keeps_lanes(&self) -> bool {
        let keeps = self.lending.borrowers.load(Ordering::Relaxed) > 0;
        self.lending.keeps.store(keeps, Ordering::Relaxed);
        keeps
    }

    /// The code of one is gone that it has lent its lanes to: whether they were kept for that one alone.
    pub(crate) fn gets_back(&self) -> bool {
        let was_last = self.lending.borrowers.fetch_sub(1, Ordering::Relaxed) == 1;
        was_last && self.lending.keeps.load(Ordering::Relaxed)
    }
}
