//! Large values: texts that are returned, and texts that are arguments.

use std::io;
use std::time::Duration;

use crate::assign::Assign;
use crate::process::Agent;
use crate::report::{Better, Report};
use crate::server::Server;

/// The median of some calls, in each direction. An agent that does not take a value of this size is said to fail.
pub(crate) fn measure(
    server: &Server,
    report: &mut Report,
    agent: Agent,
    mib: usize,
    calls: usize,
) -> io::Result<()> {
    let returned = Assign::new("text", &format!(r#"{{"mib": {mib}}}"#));
    let taken = Assign::new("length", &format!(r#"{{"text": "{}"}}"#, "x".repeat(mib << 20)));
    for (direction, assign) in [("returned", returned), ("taken", taken)] {
        let measure = format!("{mib} MiB {direction}");
        // A process each: what one of them leaves behind is not the other's.
        let mut running = server.run(agent)?;
        // The first call makes room in the buffers of both sides.
        if let Err(error) = running.load.call(&assign) {
            println!("  {measure:28} {:13} {:>12} {error}", agent.name(), "fails:");
            continue;
        }
        let times: io::Result<Vec<Duration>> =
            (0..calls).map(|_| Ok(running.load.call(&assign)?.0)).collect();
        let mut times = times?;
        times.sort();
        report.add(&measure, agent.name(), "ms", Better::Less, times[calls / 2].as_secs_f64() * 1e3);
    }
    Ok(())
}
