//! How long a client waits, and for what.

use std::time::Duration;

/// The waits of a client. The defaults suit servers on one machine and far away; tests make them shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timing {
    /// For a websocket to be connected: 10 s.
    pub connect_timeout: Duration,
    /// For the server to acknowledge the connection: 10 s.
    pub acknowledge_timeout: Duration,
    /// Between two pings: 10 s.
    pub ping_interval: Duration,
    /// How long nothing may be heard, not even the answer to a ping, before a connection is given up: 30 s.
    pub silence_timeout: Duration,
    /// The longest first wait before a cut subscription is opened again: 250 ms.
    pub reconnect_first: Duration,
    /// The longest wait before a cut subscription is opened again: 10 s.
    pub reconnect_longest: Duration,
    /// How long a call, or a state that is watched, is silent before the server is asked about it: 1 s.
    pub poll_first: Duration,
    /// The longest wait between two such questions: 10 s. With several hundred calls outstanding it is longer for each,
    /// so that no server is asked about calls more than some twenty times a second.
    pub poll_longest: Duration,
    /// How long it is looked for whether a call was accepted when the answer of the server was lost: 5 s.
    pub acceptance_timeout: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            acknowledge_timeout: Duration::from_secs(10),
            ping_interval: Duration::from_secs(10),
            silence_timeout: Duration::from_secs(30),
            reconnect_first: Duration::from_millis(250),
            reconnect_longest: Duration::from_secs(10),
            poll_first: Duration::from_secs(1),
            poll_longest: Duration::from_secs(10),
            acceptance_timeout: Duration::from_secs(5),
        }
    }
}
