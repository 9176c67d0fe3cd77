//! How an agent is doing.

/// A snapshot of an agent, from [`AgentHandle::status`](crate::AgentHandle::status).
///
/// # Metrics
///
/// The same and more goes to the recorder of the `metrics` facade that the program has installed before the agent is
/// built; without one it costs nothing.
///
/// | metric | kind | meaning |
/// |---|---|---|
/// | `rekuest_assignations_total{interface, outcome}` | counter | ended assignations: `done`, `error`, `critical`, `cancelled`, `interrupted` |
/// | `rekuest_assignation_seconds{interface}` | histogram | from the ASSIGN to the end, in seconds |
/// | `rekuest_assignations_queued_total{interface}` | counter | assignations that had to wait before they ran |
/// | `rekuest_assignations_in_flight` | gauge | running now |
/// | `rekuest_assignations_queued` | gauge | waiting to run now |
/// | `rekuest_assignations_lingering` | gauge | ended for their caller while their code runs on |
/// | `rekuest_events_waiting` | gauge | events not yet handed to the socket |
/// | `rekuest_events_kept` | gauge | YIELDs and ends that the server has not confirmed |
/// | `rekuest_logs_dropped_total` | counter | LOGs that the server could not take |
/// | `rekuest_connections_total` | counter | connections that the server accepted; one more than reconnects |
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AgentStatus {
    /// What it is about.
    pub phase: AgentPhase,
    /// How many functions it provides.
    pub functions: usize,
    /// The functions that the server refused, and why; there are some only where that does not end the agent.
    pub left_out: Vec<(String, String)>,
    /// How many assignations run now.
    pub running: usize,
    /// How many wait to run, for a limit.
    pub queued: usize,
    /// How many have ended for their caller while their code runs on: blocking functions that were cancelled.
    pub lingering: usize,
    /// How many ended with DONE since the start.
    pub done: u64,
    /// How many ended with ERROR or CRITICAL since the start.
    pub failed: u64,
    /// How many ended with CANCELLED or INTERRUPTED since the start.
    pub cancelled: u64,
    /// How many events wait for the socket.
    pub events_waiting: usize,
    /// How many YIELDs and ends are kept because the server has not confirmed them.
    pub events_kept: usize,
    /// What they take of memory, in bytes, about.
    pub bytes_kept: usize,
    /// How many logs were dropped since the start, because the server was away or too slow.
    pub logs_dropped: u64,
    /// How many connections the server has accepted since the start: one more than reconnects.
    pub connections: u64,
}

/// What an agent is about (the states of a connection).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AgentPhase {
    /// It was not run yet.
    #[default]
    New,
    /// Its startup functions run.
    Starting,
    /// It tells the server what it provides, and opens a connection.
    Connecting,
    /// The connection is open, the server has not accepted the agent yet.
    Registering,
    /// It takes assignations.
    Ready,
    /// It was asked to end: running work may finish.
    Draining,
    /// It has ended.
    Stopped,
}
