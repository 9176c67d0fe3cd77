//! The numbers that an agent tells the `metrics` facade.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};
use rekuest_core::Function;
use serde_json::json;

use crate::functions::endless;
use crate::scripted::{Peer, until};

/// Counts, by name and labels.
#[derive(Default)]
struct Counts(Mutex<BTreeMap<String, Arc<Count>>>);

#[derive(Default)]
struct Count(AtomicU64);

impl CounterFn for Count {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::SeqCst);
    }

    fn absolute(&self, value: u64) {
        self.0.store(value, Ordering::SeqCst);
    }
}

impl GaugeFn for Count {
    fn increment(&self, _: f64) {}

    fn decrement(&self, _: f64) {}

    fn set(&self, value: f64) {
        self.0.store(value as u64, Ordering::SeqCst);
    }
}

impl HistogramFn for Count {
    fn record(&self, _: f64) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Counts {
    fn of(&self, key: &Key) -> Arc<Count> {
        let labels: Vec<String> =
            key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        let name = format!("{}{{{}}}", key.name(), labels.join(","));
        Arc::clone(self.0.lock().expect("unpoisoned").entry(name).or_default())
    }

    fn get(&self, name: &str) -> u64 {
        self.0.lock().expect("unpoisoned").get(name).map_or(0, |count| count.0.load(Ordering::SeqCst))
    }

    /// How many of a function ended in this way.
    fn ended(&self, interface: &str, outcome: &str) -> u64 {
        self.get(&format!("rekuest_assignations_total{{interface={interface},outcome={outcome}}}"))
    }
}

impl Recorder for Counts {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.of(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.of(key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.of(key))
    }
}

#[tokio::test]
async fn assignations_are_counted_by_function_and_outcome() {
    let counts = Counts::default();
    let _recorded = metrics::set_default_local_recorder(&counts);
    let mut peer = Peer::start().await;
    let fails = Function::blocking("fails", ["how"], |how: i64| match how {
        0 => Ok(1.5),
        1 => Ok(f64::NAN),
        _ => Err("failed"),
    });
    let agent = peer.agent([fails, endless().concurrency(NonZeroUsize::MIN)]);
    let mut socket = peer.able_connection(&["interrupt"], &[]).await;
    for (id, how) in [("1", 0), ("2", 0), ("3", 1), ("4", 2)] {
        socket.assign(id, "fails", json!({"how": how})).await;
        socket.receive_to_end().await;
    }
    for id in ["5", "6", "7"] {
        socket.assign(id, "endless", json!({})).await;
    }
    for (kind, id) in [("CANCEL", "7"), ("CANCEL", "5"), ("INTERRUPT", "6")] {
        socket.tell(kind, id).await;
        socket.receive_to_end().await;
    }
    socket.assign("8", "unknown", json!({})).await;
    socket.receive_to_end().await;
    let outcomes = ["done", "error", "critical", "cancelled", "interrupted"];
    assert_eq!(outcomes.map(|outcome| counts.ended("fails", outcome)), [2, 1, 1, 0, 0]);
    assert_eq!(outcomes.map(|outcome| counts.ended("endless", outcome)), [0, 0, 0, 2, 1]);
    assert_eq!(counts.get("rekuest_assignation_seconds{interface=fails}"), 4);
    assert_eq!(counts.get("rekuest_assignations_queued_total{interface=endless}"), 2);
    assert_eq!(counts.get("rekuest_connections_total{}"), 1);
    let status = agent.handle.status();
    assert_eq!((status.done, status.failed, status.cancelled, status.connections), (2, 3, 3, 1));

    socket.assign("9", "endless", json!({})).await;
    socket.receive().await;
    until("the gauges", || counts.get("rekuest_assignations_in_flight{}") == 1).await;
    until("the gauges", || counts.get("rekuest_events_kept{}") > 0).await;
}
