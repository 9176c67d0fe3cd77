//! How much was survived, over all runs of this process.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::place::Place;
use crate::proxy::Direction;

static CUTS: Mutex<BTreeMap<(&str, Place), u64>> = Mutex::new(BTreeMap::new());
static ENDS: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());
pub(crate) static RUNS: AtomicU64 = AtomicU64::new(0);
pub(crate) static CONNECTIONS: AtomicU64 = AtomicU64::new(0);
pub(crate) static RESTARTS: AtomicU64 = AtomicU64::new(0);
pub(crate) static LOSSES: AtomicU64 = AtomicU64::new(0);
pub(crate) static ASSIGNATIONS: AtomicU64 = AtomicU64::new(0);
pub(crate) static REPEATED: AtomicU64 = AtomicU64::new(0);

pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

pub(crate) fn cut(direction: Direction, place: Place) {
    let direction = match direction {
        Direction::ToAgent => "to the agent",
        Direction::ToServer => "to the server",
    };
    *CUTS.lock().expect("unpoisoned").entry((direction, place)).or_default() += 1;
}

pub(crate) fn end(kind: &str) {
    *ENDS.lock().expect("unpoisoned").entry(kind.to_owned()).or_default() += 1;
}

/// Says it, also where the output of tests is kept back.
pub(crate) fn report(what: &str, since: Instant) {
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let cuts = CUTS.lock().expect("unpoisoned").clone();
    let ends = ENDS.lock().expect("unpoisoned").clone();
    let mut text = format!(
        "{what}, after {:.0?}: {} runs, {} connections, {} restarts, {} losses of data, {} assignations, \
         {} events repeated, {} cuts:",
        since.elapsed(),
        read(&RUNS),
        read(&CONNECTIONS),
        read(&RESTARTS),
        read(&LOSSES),
        read(&ASSIGNATIONS),
        read(&REPEATED),
        cuts.values().sum::<u64>(),
    );
    for ((direction, place), count) in cuts {
        let _ = write!(text, " {count} {direction} ({place:?}),");
    }
    text.push_str(" ends:");
    for (kind, count) in ends {
        let _ = write!(text, " {count} {kind},");
    }
    // Who runs it without output does not miss it.
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end_matches(','));
}
