//! What stays in memory: after many assignations, and while many are in flight.

use std::io;
use std::time::Duration;

use crate::assign::Assign;
use crate::process::Agent;
use crate::report::{Better, Report};
use crate::server::Server;
use crate::speed::WINDOW;

/// The server confirms what it has worked with each heartbeat, so that an agent can forget it.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// What an agent gets to clean up before its memory is looked at: some heartbeats.
const SETTLE: Duration = Duration::from_secs(4);

const MIB: f64 = (1 << 20) as f64;

/// Idle, after few assignations, after many.
pub(crate) fn flat(server: &Server, report: &mut Report, few: usize, many: usize) -> io::Result<()> {
    let agent = Agent::Rekuest;
    let mut running = server.run(agent)?;
    running.load.beat_each(HEARTBEAT);
    let assign = Assign::new("aadd", r#"{"x": 1, "y": 2}"#);
    let mut after = 0;
    for until in [0, few, many] {
        running.load.pipeline(&assign, until - after, WINDOW)?;
        after = until;
        running.load.idle(SETTLE)?;
        let measure = if after == 0 { "RSS idle".to_owned() } else { format!("RSS after {after}") };
        report.add(&measure, agent.name(), "MiB", Better::Less, running.process.resident()? as f64 / MIB);
    }
    report.add("RSS at most", agent.name(), "MiB", Better::Less, running.process.peak()? as f64 / MIB);
    Ok(())
}

/// Many that go on, until they are cancelled.
pub(crate) fn in_flight(server: &Server, report: &mut Report, count: usize) -> io::Result<()> {
    let agent = Agent::Rekuest;
    let mut running = server.run(agent)?;
    running.load.beat_each(HEARTBEAT);
    running.load.pipeline(&Assign::new("aadd", r#"{"x": 1, "y": 2}"#), 2 * WINDOW, WINDOW)?;
    running.load.idle(SETTLE)?;
    let before = running.process.resident()?;
    let first = running.load.begin(&Assign::new("hold", r#"{"x": 1, "y": 2}"#), count, WINDOW)?;
    running.load.idle(SETTLE)?;
    let held = running.process.resident()?.saturating_sub(before);
    let each = held as f64 / count as f64;
    report.add("RSS each in flight", agent.name(), "bytes", Better::Less, each);
    let ended = running.load.cancel(first, count, WINDOW)?;
    running.load.idle(SETTLE)?;
    report.add(
        "RSS after all were cancelled",
        agent.name(),
        "MiB",
        Better::Less,
        running.process.resident()? as f64 / MIB,
    );
    if ended != count {
        return Err(io::Error::other(format!(
            "{ended} of {count} cancelled assignations ended exactly once"
        )));
    }
    Ok(())
}
