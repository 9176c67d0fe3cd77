//! What a server can do for callers beyond the observed one of this generation, as it announces in `connection_ack`.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// What a server can do for callers; nothing of it unless it says so.
///
/// The observed server announces nothing: operations go over HTTP, and `interrupt`, `pause`, `resume` and `step` always
/// fail (protocol, section 2). The embedded server announces all.
///
/// On the wire it is the payload of `connection_ack`: `{"rekuest": {"capabilities": ["operations", "interrupt",
/// "pause"]}}`, which others ignore. Words that are not known are ignored, and so is a payload of another shape.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct CallerCapabilities {
    /// Queries and mutations may be sent over the websocket of the subscriptions.
    pub operations: bool,
    /// Assignations can be interrupted.
    pub interrupt: bool,
    /// Assignations can be paused, resumed, and make steps.
    pub pause: bool,
}

#[derive(Deserialize)]
struct Payload {
    rekuest: Said,
}

#[derive(Deserialize)]
struct Said {
    capabilities: Vec<Value>,
}

impl CallerCapabilities {
    /// The embedded server's.
    pub const ALL: Self = Self { operations: true, interrupt: true, pause: true };

    /// What the payload of a `connection_ack` announces.
    pub fn from_payload(payload: &RawValue) -> Self {
        let words = serde_json::from_str(payload.get())
            .map_or_else(|_| Vec::new(), |said: Payload| said.rekuest.capabilities);
        let says = |word: &str| words.iter().any(|said| said == word);
        Self { operations: says("operations"), interrupt: says("interrupt"), pause: says("pause") }
    }

    /// The payload of a `connection_ack` that announces this.
    pub fn to_payload(self) -> Value {
        #[derive(Serialize)]
        struct Words {
            capabilities: Vec<&'static str>,
        }

        let words = [("operations", self.operations), ("interrupt", self.interrupt), ("pause", self.pause)];
        let announced = words.into_iter().filter_map(|(word, announced)| announced.then_some(word));
        serde_json::json!({ "rekuest": Words { capabilities: announced.collect() } })
    }
}
