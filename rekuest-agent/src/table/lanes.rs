//! What limits how many assignations run at once: groups, functions, the agent, its threads.
//!
//! Each limit is a lane with so many places, which are given in the order of asking. An assignation takes its lanes
//! one after the other, always in the same order, and holds what it has while it waits for the next: so no two can wait
//! for each other. It gives them back when its code has really ended, also if its caller was told of the end before.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::work::Work;

/// The position of a lane.
pub(crate) type LaneId = usize;

/// All lanes of an agent.
#[derive(Debug, Default)]
pub(crate) struct Lanes(Vec<Lane>);

#[derive(Debug)]
struct Lane {
    places: usize,
    taken: usize,
    waiting: VecDeque<Arc<Work>>,
    /// How many of those who wait were cancelled since.
    gone: usize,
}

impl Lanes {
    /// One more lane with so many places.
    pub(crate) fn add(&mut self, places: usize) -> LaneId {
        self.0.push(Lane { places, taken: 0, waiting: VecDeque::new(), gone: 0 });
        self.0.len() - 1
    }

    /// Takes what is free of the lanes that the assignation still needs, in their order. True if it has them all, else
    /// it waits in the first that is full.
    pub(super) fn enter(&mut self, work: &Arc<Work>) -> bool {
        while let Some(&lane) = work.lanes().get(work.held()) {
            let lane = &mut self.0[lane];
            if lane.taken >= lane.places {
                lane.waiting.push_back(Arc::clone(work));
                return false;
            }
            lane.taken += 1;
            work.hold_one_more();
        }
        true
    }

    /// Gives back all lanes that the assignation holds. Those who can run now are added to `ready`.
    pub(super) fn leave(&mut self, work: &Work, ready: &mut Vec<Arc<Work>>) {
        for &lane in &work.lanes()[..work.let_go()] {
            self.0[lane].taken -= 1;
            if let Some(next) = self.0[lane].next() {
                self.0[lane].taken += 1;
                next.hold_one_more();
                if self.enter(&next) {
                    ready.push(next);
                }
            }
        }
    }

    /// The same for one that was cancelled while it waits.
    pub(super) fn leave_waiting(&mut self, work: &Work, ready: &mut Vec<Arc<Work>>) {
        if let Some(&lane) = work.lanes().get(work.held()) {
            self.0[lane].one_is_gone();
        }
        self.leave(work, ready);
    }
}

impl Lane {
    /// Who has waited longest and still wants to run.
    fn next(&mut self) -> Option<Arc<Work>> {
        while let Some(next) = self.waiting.pop_front() {
            if !next.is_over() {
                return Some(next);
            }
            self.gone -= 1;
        }
        None
    }

    /// Those who are gone are taken out together, once they are most of all.
    fn one_is_gone(&mut self) {
        self.gone += 1;
        if self.gone * 2 > self.waiting.len() {
            self.waiting.retain(|work| !work.is_over());
            self.gone = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::table::Ending;
    use crate::table::tests::{work, workshop};
    use crate::workshop::Workshop;

    fn any() -> Arc<Workshop> {
        workshop((1, Duration::MAX))
    }

    fn ids(ready: &[Arc<Work>]) -> Vec<&str> {
        ready.iter().map(|work| &**work.id()).collect()
    }

    #[test]
    fn what_needs_no_lane_enters() {
        assert!(Lanes::default().enter(&work(&any(), "1", &[])));
    }

    #[test]
    fn places_are_given_in_the_order_of_asking() {
        let workshop = any();
        let mut lanes = Lanes::default();
        let lane = lanes.add(2);
        let works: Vec<_> = (0..5).map(|id| work(&workshop, &id.to_string(), &[lane])).collect();
        let entered: Vec<bool> = works.iter().map(|work| lanes.enter(work)).collect();
        assert_eq!(entered, [true, true, false, false, false]);
        let mut ready = Vec::new();
        lanes.leave(&works[1], &mut ready);
        lanes.leave(&works[0], &mut ready);
        assert_eq!(ids(&ready), ["2", "3"]);
        // What holds nothing gives nothing back.
        lanes.leave(&works[0], &mut ready);
        assert_eq!(ready.len(), 2);
    }

    #[test]
    fn what_waits_for_one_lane_holds_those_before_it() {
        let workshop = any();
        let mut lanes = Lanes::default();
        let (group, threads) = (lanes.add(1), lanes.add(1));
        let thread = work(&workshop, "thread", &[threads]);
        let both = work(&workshop, "both", &[group, threads]);
        let grouped = work(&workshop, "grouped", &[group]);
        assert!(lanes.enter(&thread));
        assert!(!lanes.enter(&both));
        assert!(!lanes.enter(&grouped));
        let mut ready = Vec::new();
        lanes.leave(&thread, &mut ready);
        assert_eq!(ids(&ready), ["both"]);
        lanes.leave(&both, &mut ready);
        assert_eq!(ids(&ready), ["both", "grouped"]);
    }

    #[test]
    fn one_that_goes_while_it_waits_gives_on_what_it_holds_and_is_passed_over() {
        let workshop = any();
        let mut lanes = Lanes::default();
        let (group, threads) = (lanes.add(1), lanes.add(1));
        let thread = work(&workshop, "thread", &[threads]);
        let goes = work(&workshop, "goes", &[group, threads]);
        let gone = work(&workshop, "gone", &[group]);
        let grouped = work(&workshop, "grouped", &[group]);
        assert!(lanes.enter(&thread));
        for waits in [&goes, &gone, &grouped] {
            assert!(!lanes.enter(waits));
        }
        let mut ready = Vec::new();
        for over in [&gone, &goes] {
            over.ended_with(&Ending::Cancelled);
            lanes.leave_waiting(over, &mut ready);
        }
        assert_eq!(ids(&ready), ["grouped"]);
        lanes.leave(&thread, &mut ready);
        lanes.leave(&grouped, &mut ready);
        assert_eq!(ready.len(), 1);
        let next = work(&workshop, "next", &[group, threads]);
        assert!(lanes.enter(&next), "both places are free again");
    }

    #[test]
    fn those_who_are_gone_do_not_pile_up() {
        let workshop = any();
        let mut lanes = Lanes::default();
        let lane = lanes.add(1);
        let first = work(&workshop, "first", &[lane]);
        assert!(lanes.enter(&first));
        for id in 0..1_000 {
            let waits = work(&workshop, &id.to_string(), &[lane]);
            assert!(!lanes.enter(&waits));
            waits.ended_with(&Ending::Cancelled);
            lanes.leave_waiting(&waits, &mut Vec::new());
        }
        assert!(lanes.0[lane].waiting.len() <= 2);
    }
}
