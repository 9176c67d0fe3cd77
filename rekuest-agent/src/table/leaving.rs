//! When the lanes of an assignation are free: once its code is gone, and that of those that it has lent them to.

use std::sync::Arc;

use super::{Phase, Ready, State};
use crate::work::Work;

impl State {
    /// The assignation of this id, if its code runs.
    pub(super) fn running(&self, id: &str) -> Option<&Arc<Work>> {
        match &self.entries.get(id)?.phase {
            Phase::Running(work) => Some(work),
            Phase::Queued(_) | Phase::Ended => None,
        }
    }

    /// The code of one is gone.
    pub(super) fn leave(&mut self, work: &Work, ready: &mut Ready) {
        if !work.keeps_lanes() {
            self.lanes.leave(work, ready);
            self.give_back(work, ready);
        }
    }

    /// One that holds nothing gives back what it was lent.
    pub(super) fn give_back(&mut self, work: &Work, ready: &mut Ready) {
        let mut lender = work.lender();
        // What was kept for it alone is free as well.
        while let Some(free) = lender.filter(|lender| lender.gets_back()) {
            self.lanes.leave(free, ready);
            lender = free.lender();
        }
    }
}
