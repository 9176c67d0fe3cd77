//! Which events are sent, and as what.

use std::cell::Cell;
use std::fmt;

use rekuest_core::message::LogLevel;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;

use super::super::text::{BOUND, CUT};
use super::stage::{Assignation, Stage, Talkative, in_own_process};

/// Counts how often it is formatted.
struct Item<'a>(&'a Cell<usize>);

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.set(self.0.get() + 1);
        f.write_str("item")
    }
}

/// One event of each level.
fn trace_all() {
    tracing::error!(target: "stage", "error");
    tracing::warn!(target: "stage", "warn");
    tracing::info!(target: "stage", "info");
    tracing::debug!(target: "stage", "debug");
    tracing::trace!(target: "stage", "trace");
}

#[test]
fn info_and_above_is_sent_at_its_level_unless_said() {
    let _stage = Stage::with(tracing_subscriber::registry().with(super::super::tracing_layer()));
    let assignation = Assignation::new();
    assignation.run(trace_all);
    let expected = [(LogLevel::Error, "error"), (LogLevel::Warn, "warn"), (LogLevel::Info, "info")];
    assert_eq!(assignation.logs(), expected.map(|(level, message)| (level, message.to_owned())));
}

#[test]
fn levels_change_what_is_sent() {
    let all = ["error", "warn", "info", "debug", "trace"];
    for (level, count) in [
        (LevelFilter::OFF, 0),
        (LevelFilter::ERROR, 1),
        (LevelFilter::WARN, 2),
        (LevelFilter::INFO, 3),
        (LevelFilter::DEBUG, 4),
        (LevelFilter::TRACE, 5),
    ] {
        let _stage = Stage::up_to(level);
        let assignation = Assignation::new();
        assignation.run(trace_all);
        assert_eq!(assignation.messages(), all[..count], "{level}");
    }
}

#[test]
fn trace_and_debug_are_debug() {
    let _stage = Stage::up_to(LevelFilter::TRACE);
    let assignation = Assignation::new();
    assignation.run(trace_all);
    assert_eq!(assignation.logs()[3..].iter().map(|log| log.0).collect::<Vec<_>>(), [LogLevel::Debug; 2]);
}

#[test]
fn outside_of_an_assignation_nothing_is_sent_or_formatted() {
    let _stage = Stage::up_to(LevelFilter::TRACE);
    let assignation = Assignation::new();
    let formatted = Cell::new(0);
    assignation.run(|| ());
    tracing::error!(target: "stage", value = ?Item(&formatted), "outside");
    assert_eq!((assignation.logs(), formatted.get()), (Vec::new(), 0));
}

#[test]
fn the_fields_of_an_event_below_the_level_are_not_evaluated() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    let assignation = Assignation::new();
    let evaluated = Cell::new(0);
    assignation.run(|| {
        for _ in 0..3 {
            tracing::debug!(target: "stage", value = evaluated.replace(evaluated.get() + 1), "below");
            tracing::info!(target: "stage", value = evaluated.replace(evaluated.get() + 1), "above");
        }
    });
    assert_eq!(evaluated.get(), 3);
    assert_eq!(assignation.messages(), ["above value=0", "above value=1", "above value=2"]);
}

#[test]
fn a_message_is_followed_by_the_fields() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    let assignation = Assignation::new();
    let error = rekuest_core::task::NoTask;
    assignation.run(|| {
        tracing::info!(target: "stage", planes = 3, name = "a b", r#type = ?Some(1), id = %"x", ok = true, "scanned {}", 7);
        tracing::info!(target: "stage", planes = 3, half = 0.5);
        tracing::info!(target: "stage", message = "a field");
        tracing::info!(target: "stage", "");
        tracing::warn!(target: "stage", error = &error as &(dyn std::error::Error + 'static), "failed");
    });
    assert_eq!(
        assignation.messages(),
        [
            r#"scanned 7 planes=3 name="a b" type=Some(1) id=x ok=true"#,
            "planes=3 half=0.5",
            "a field",
            "",
            &format!("failed error={error}"),
        ]
    );
}

#[test]
fn the_fields_of_spans_are_not_repeated() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    let assignation = Assignation::new();
    assignation.run(|| {
        let _span = tracing::info_span!(target: "stage", "around", secret = 1).entered();
        tracing::info!(target: "stage", "inside");
    });
    assert_eq!(assignation.messages(), ["inside"]);
}

#[test]
fn the_events_of_rekuest_are_not_sent_and_those_of_similar_names_are() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    let assignation = Assignation::new();
    assignation.run(|| {
        tracing::info!(target: "rekuest", "own");
        tracing::info!(target: "rekuest::assignation", "own");
        tracing::info!(target: "rekuest_core::task", "own");
        tracing::info!(target: "rekuest_client::graphql", "own");
        tracing::info!(target: "rekuest_agent", "own");
        tracing::info!(target: "rekuest_server::http", "own");
        tracing::info!(target: "rekuest_thing", "theirs 1");
        tracing::info!(target: "rekuest_thing::rekuest", "theirs 2");
        tracing::info!(target: "rekuest:agent", "theirs 3");
    });
    assert_eq!(assignation.messages(), ["theirs 1", "theirs 2", "theirs 3"]);
}

#[test]
fn after_the_end_nothing_is_sent() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    let assignation = Assignation::that_is_over();
    assignation.run(trace_all);
    assert!(assignation.logs().is_empty());
}

#[test]
fn a_long_message_is_cut_between_characters_and_says_so() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    let assignation = Assignation::new();
    let fits = "x".repeat(BOUND);
    let long = "ä".repeat(BOUND);
    assignation.run(|| {
        tracing::info!(target: "stage", "{fits}");
        tracing::info!(target: "stage", "{long}");
        tracing::info!(target: "stage", "1{long}");
        tracing::info!(target: "stage", field = %long, "message");
        tracing::info!(target: "stage", field = 1, "{fits}");
    });
    let messages = assignation.messages();
    assert_eq!(messages[0], fits);
    for (message, start) in messages[1..].iter().zip(["ä", "1ä", "message field=ä", "x"]) {
        assert!(message.starts_with(start) && message.ends_with(CUT), "{}", &message[..32]);
        assert!((BOUND - 3..=BOUND).contains(&message.len()), "{}", message.len());
    }
}

#[test]
fn a_huge_value_is_not_formatted_to_its_end() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    let assignation = Assignation::new();
    let formatted = Cell::new(0);
    let items: Vec<_> = (0..1_000_000).map(|_| Item(&formatted)).collect();
    assignation.run(|| tracing::info!(target: "stage", ?items));
    assert!(formatted.get() < BOUND, "{}", formatted.get());
    assert!(assignation.messages()[0].ends_with(CUT));
}

/// With a subscriber for the whole process, as programs have: `tracing` itself drops what is traced inside of an event
/// only while a thread has one of its own.
#[test]
fn formatting_a_field_may_trace_and_ask_for_the_task() {
    if in_own_process(module_path!(), "formatting_a_field_may_trace_and_ask_for_the_task").is_some() {
        return;
    }
    let subscriber = tracing_subscriber::registry().with(super::super::tracing_layer());
    tracing::subscriber::set_global_default(subscriber).expect("the first subscriber");
    let assignation = Assignation::new();
    assignation.run(|| {
        tracing::info!(target: "stage", value = ?Talkative, "first");
        tracing::info!(target: "stage", "second");
    });
    assert_eq!(assignation.messages(), ["first value=Talkative of 1", "second"]);
}

#[test]
fn a_panic_while_formatting_does_not_end_the_logs() {
    let _stage = Stage::up_to(LevelFilter::INFO);
    struct Panics;
    impl fmt::Display for Panics {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("not today")
        }
    }
    let assignation = Assignation::new();
    assignation.run(|| {
        let panicked = std::panic::catch_unwind(|| tracing::info!(target: "stage", "{Panics}"));
        assert!(panicked.is_err());
        tracing::info!(target: "stage", "goes on");
    });
    assert_eq!(assignation.messages(), ["goes on"]);
}
