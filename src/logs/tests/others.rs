//! Other layers of the same subscriber see what they see without this one.

use std::sync::{Arc, Mutex};

use rekuest_core::task::capture::Capturing;
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use super::super::tracing_layer;
use super::stage::{Assignation, Stage};

/// A layer that remembers the levels of events, `SPAN` for spans.
#[derive(Clone, Default)]
struct Other(Arc<Mutex<Vec<String>>>);

impl Other {
    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("a lock that nobody held in a panic"))
    }
}

impl<S: Subscriber> Layer<S> for Other {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        self.0.lock().expect("a lock that nobody held in a panic").push(event.metadata().level().to_string());
    }

    fn on_new_span(&self, _: &tracing::span::Attributes<'_>, _: &tracing::span::Id, _: Context<'_, S>) {
        self.0.lock().expect("a lock that nobody held in a panic").push("SPAN".to_owned());
    }
}

fn trace() {
    let _span = tracing::info_span!(target: "rekuest::assignation", "assignation").entered();
    tracing::error!(target: "stage", "error");
    tracing::info!(target: "stage", "info");
    tracing::info!(target: "rekuest_agent", "own");
    tracing::trace!(target: "stage", "trace");
}

/// What `other` sees, outside of assignations, inside, and while somebody captures.
fn check(other: &Other, assignations: [&Assignation; 2], expected: &[&str]) {
    let [plain, captures] = assignations;
    trace();
    assert_eq!(other.seen(), expected, "outside");
    plain.run(trace);
    assert_eq!(other.seen(), expected, "inside");
    let capturing = Capturing::of(&captures.task());
    trace();
    assert_eq!(other.seen(), expected, "outside, while somebody captures");
    plain.run(trace);
    assert_eq!(other.seen(), expected, "inside, while somebody captures");
    captures.run(trace);
    assert_eq!(other.seen(), expected, "inside what captures");
    drop(capturing);
    captures.run(trace);
    assert_eq!(other.seen(), expected, "afterwards");
    assert_eq!(plain.messages(), ["error", "info", "error", "info"]);
    assert_eq!(captures.messages(), ["error", "info", "trace", "error", "info"]);
}

const ALL: [&str; 5] = ["SPAN", "ERROR", "INFO", "INFO", "TRACE"];

#[test]
fn a_layer_without_filter_sees_everything() {
    let other = Other::default();
    let _stage = Stage::with(tracing_subscriber::registry().with(other.clone()).with(tracing_layer()));
    check(&other, [&Assignation::new(), &Assignation::that_captures()], &ALL);
    drop(_stage);
    let _stage = Stage::with(tracing_subscriber::registry().with(tracing_layer()).with(other.clone()));
    check(&other, [&Assignation::new(), &Assignation::that_captures()], &ALL);
}

#[test]
fn a_layer_with_a_filter_of_its_own_sees_what_that_lets_pass() {
    for (level, expected) in [
        (LevelFilter::OFF, &[][..]),
        (LevelFilter::ERROR, &["ERROR"]),
        (LevelFilter::INFO, &["SPAN", "ERROR", "INFO", "INFO"]),
        (LevelFilter::TRACE, &ALL),
    ] {
        let other = Other::default();
        let filtered = other.clone().with_filter(level);
        let stage = Stage::with(tracing_subscriber::registry().with(filtered).with(tracing_layer()));
        check(&other, [&Assignation::new(), &Assignation::that_captures()], expected);
        drop(stage);
        let filtered = other.clone().with_filter(level);
        let _stage = Stage::with(tracing_subscriber::registry().with(tracing_layer()).with(filtered));
        check(&other, [&Assignation::new(), &Assignation::that_captures()], expected);
    }
}

#[test]
fn a_filter_for_the_whole_subscriber_holds_for_what_is_sent_too() {
    let other = Other::default();
    let subscriber =
        tracing_subscriber::registry().with(LevelFilter::ERROR).with(other.clone()).with(tracing_layer());
    let _stage = Stage::with(subscriber);
    let assignation = Assignation::that_captures();
    let _capturing = Capturing::of(&assignation.task());
    assignation.run(trace);
    assert_eq!((other.seen(), assignation.messages()), (vec!["ERROR".to_owned()], vec!["error".to_owned()]));
}
