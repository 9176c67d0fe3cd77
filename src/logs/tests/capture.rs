//! Calls that capture, beside calls that do not.

use std::cell::Cell;
use std::fmt;

use futures_util::future::join;
use rekuest_core::message::LogLevel;
use rekuest_core::task::capture::Capturing;
use tracing::level_filters::LevelFilter;

use super::stage::{Assignation, Stage};

/// Counts how often it is formatted, and shows how often it was before.
struct Counted<'a>(&'a Cell<usize>);

impl fmt::Display for Counted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.replace(self.0.get() + 1))
    }
}

/// The most verbose level that anybody listens to.
fn level() -> LevelFilter {
    LevelFilter::current()
}

#[tokio::test]
async fn one_of_two_concurrent_assignations_captures() {
    let _stage = Stage::up_to(LevelFilter::WARN);
    let (captures, other) = (Assignation::that_captures(), Assignation::new());
    let _capturing = Capturing::of(&captures.task());
    let formatted = Cell::new(0);
    let work = async |step: &str| {
        for _ in 0..2 {
            tracing::trace!(target: "stage", "{step} {}", Counted(&formatted));
            tokio::task::yield_now().await;
            tracing::warn!(target: "stage", "{step}");
        }
    };
    join(captures.task().scope(work("captured")), other.task().scope(work("usual"))).await;
    let expected = [
        (LogLevel::Debug, "captured 0".to_owned()),
        (LogLevel::Warn, "captured".to_owned()),
        (LogLevel::Debug, "captured 1".to_owned()),
        (LogLevel::Warn, "captured".to_owned()),
    ];
    assert_eq!(captures.logs(), expected);
    assert_eq!(other.messages(), ["usual", "usual"]);
    // What the other one traces below the level is not formatted meanwhile.
    assert_eq!(formatted.get(), 2);
}

#[test]
fn capturing_begins_with_the_first_and_ends_with_the_last() {
    let _stage = Stage::up_to(LevelFilter::WARN);
    assert_eq!(level(), LevelFilter::WARN);
    let assignation = Assignation::that_captures();
    let events = || assignation.run(|| tracing::debug!(target: "stage", "below"));
    events();
    assert!(assignation.logs().is_empty());

    let first = Capturing::of(&assignation.task());
    let second = Capturing::of(&assignation.task());
    assert_eq!(level(), LevelFilter::TRACE);
    drop(first);
    events();
    assert_eq!(assignation.messages(), ["below"]);

    drop(second);
    assert_eq!(level(), LevelFilter::WARN);
    events();
    assert!(assignation.logs().is_empty());
}

#[test]
fn a_call_that_does_not_capture_changes_no_level() {
    let _stage = Stage::up_to(LevelFilter::WARN);
    assert!(Capturing::of(&Assignation::new().task()).is_none());
    assert_eq!(level(), LevelFilter::WARN);
}

#[test]
fn off_is_off_for_those_who_capture_too() {
    let _stage = Stage::up_to(LevelFilter::OFF);
    let assignation = Assignation::that_captures();
    let _capturing = Capturing::of(&assignation.task());
    assert_eq!(level(), LevelFilter::OFF);
    assignation.run(|| tracing::error!(target: "stage", "off"));
    assert!(assignation.logs().is_empty());
}

#[test]
fn the_events_of_rekuest_are_not_captured() {
    let _stage = Stage::up_to(LevelFilter::WARN);
    let assignation = Assignation::that_captures();
    let _capturing = Capturing::of(&assignation.task());
    assignation.run(|| {
        tracing::trace!(target: "rekuest_agent::table", "own");
        tracing::trace!(target: "hyper", "theirs");
    });
    assert_eq!(assignation.messages(), ["theirs"]);
}
