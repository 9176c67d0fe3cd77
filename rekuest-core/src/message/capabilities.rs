//! What a server takes beyond the observed one of this generation, as it announces in INIT.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// What a server takes; nothing of it unless it says so.
///
/// The observed server announces nothing: it closes the socket with 3003 on PAUSED, RESUMED, STEPPED and INTERRUPTED,
/// and works some 30 to 45 frames a second (protocol, section 4). The embedded server announces all.
///
/// On the wire it is INIT's `"capabilities": ["pause", "interrupt", "unpaced"]`. Words that are not known are ignored,
/// and what is no list announces nothing: an agent can always do without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Capabilities {
    /// It takes PAUSED, RESUMED and STEPPED.
    pub pause: bool,
    /// It takes INTERRUPTED.
    pub interrupt: bool,
    /// It works frames as fast as the socket brings them: events need no pacing.
    pub unpaced: bool,
}

impl Capabilities {
    /// The observed server's.
    pub const NONE: Self = Self { pause: false, interrupt: false, unpaced: false };
    /// The embedded server's.
    pub const ALL: Self = Self { pause: true, interrupt: true, unpaced: true };

    /// The words of what is announced.
    fn announced(self) -> impl Iterator<Item = &'static str> {
        let words = [("pause", self.pause), ("interrupt", self.interrupt), ("unpaced", self.unpaced)];
        words.into_iter().filter_map(|(word, announced)| announced.then_some(word))
    }
}

impl Serialize for Capabilities {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.announced())
    }
}

impl<'de> Deserialize<'de> for Capabilities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Box::<RawValue>::deserialize(deserializer)?;
        let words: Vec<Value> = serde_json::from_str(given.get()).unwrap_or_default();
        let says = |word: &str| words.iter().any(|said| said == word);
        Ok(Self { pause: says("pause"), interrupt: says("interrupt"), unpaced: says("unpaced") })
    }
}
