//! What the scripted peer is told of states: all of it, in order, and applied.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use json_patch::PatchOperation;
use serde_json::Value;
use tokio::sync::watch;

/// The states that an agent has told of.
pub(crate) struct StateRecord {
    told: Mutex<Told>,
    answers: watch::Sender<bool>,
    /// So many updates are refused.
    refused: AtomicUsize,
    /// The answers to so many updates are lost, after the update was made.
    lost: AtomicUsize,
}

#[derive(Default)]
struct Told {
    /// What was registered, each time.
    registrations: Vec<Value>,
    values: BTreeMap<String, Value>,
    /// The operations of each update.
    updates: Vec<Vec<Value>>,
}

impl Default for StateRecord {
    fn default() -> Self {
        Self {
            told: Mutex::default(),
            answers: watch::Sender::new(true),
            refused: AtomicUsize::new(0),
            lost: AtomicUsize::new(0),
        }
    }
}

impl StateRecord {
    pub(crate) fn registered(&self, input: &Value) {
        let mut told = self.told.lock().expect("no panic");
        let states = input["implementations"].as_array().expect("a list of states");
        told.values = states
            .iter()
            .map(|state| (state["interface"].as_str().expect("a name").to_owned(), state["initial"].clone()))
            .collect();
        told.registrations.push(input["implementations"].clone());
    }

    /// Applies an update; or what is answered instead.
    pub(crate) async fn updated(&self, input: &Value) -> Result<(), String> {
        let one_of = |count: &AtomicUsize| {
            count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
        };
        {
            let mut told = self.told.lock().expect("no panic");
            let patches = input["patches"].as_array().expect("a list of operations").clone();
            told.updates.push(patches.clone());
            if one_of(&self.refused) {
                return Err(r#"{"data": null, "errors": [{"message": "not today"}]}"#.to_owned());
            }
            let operations: Vec<PatchOperation> =
                serde_json::from_value(Value::Array(patches)).expect("operations of RFC 6902");
            let interface = input["interface"].as_str().expect("a name");
            let value = told.values.get_mut(interface).expect("a state that was registered");
            json_patch::patch(value, &operations).expect("operations that fit the value");
        }
        // The sender lives as long as the peer.
        let _ = self.answers.subscribe().wait_for(|answers| *answers).await;
        if one_of(&self.lost) { Err("<html>lost</html>".to_owned()) } else { Ok(()) }
    }

    /// Whether updates are answered, or left waiting.
    pub(crate) fn answer(&self, answer: bool) {
        self.answers.send_replace(answer);
    }

    pub(crate) fn refuse(&self, updates: usize) {
        self.refused.store(updates, Ordering::SeqCst);
    }

    pub(crate) fn lose_answers(&self, updates: usize) {
        self.lost.store(updates, Ordering::SeqCst);
    }

    /// What all updates since the last registration have made of a state.
    pub(crate) fn value(&self, name: &str) -> Value {
        self.told.lock().expect("no panic").values.get(name).cloned().unwrap_or_default()
    }

    /// The operations of each update.
    pub(crate) fn updates(&self) -> Vec<Vec<Value>> {
        self.told.lock().expect("no panic").updates.clone()
    }

    /// What was registered, each time.
    pub(crate) fn registrations(&self) -> Vec<Value> {
        self.told.lock().expect("no panic").registrations.clone()
    }
}
