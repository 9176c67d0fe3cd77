//! How long from the start of the process until its REGISTER was read.

use std::io;

use crate::process::Agent;
use crate::report::{Better, Report};
use crate::server::Server;

pub(crate) fn measure(server: &Server, report: &mut Report, agent: Agent) -> io::Result<()> {
    let running = server.run(agent)?;
    let time = running.load.registered - running.process.spawned;
    report.add("start to REGISTER", agent.name(), "ms", Better::Less, time.as_secs_f64() * 1e3);
    Ok(())
}
