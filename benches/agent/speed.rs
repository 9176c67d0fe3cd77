//! How fast: one assignation at a time, and many outstanding.

use std::io;
use std::time::Duration;

use crate::assign::Assign;
use crate::process::{self, Agent};
use crate::report::{Better, Report};
use crate::server::Server;

/// How many assignations are outstanding at a time.
pub(crate) const WINDOW: usize = 1_000;

/// One agent and one of its functions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) agent: Agent,
    pub(crate) interface: &'static str,
}

impl Subject {
    /// The bare peer knows no difference between blocking functions and others.
    fn label(self) -> String {
        match self.agent {
            Agent::Bare => "bare".to_owned(),
            agent => format!("{} {}", agent.name(), self.interface),
        }
    }

    fn assign(self) -> Assign {
        Assign::new(self.interface, r#"{"x": 1, "y": 2}"#)
    }
}

/// One at a time: p50 and p99.
pub(crate) fn latency(
    server: &Server,
    report: &mut Report,
    subject: Subject,
    count: usize,
) -> io::Result<()> {
    let mut running = server.run(subject.agent)?;
    let assign = subject.assign();
    let (_, returned) = running.load.call(&assign)?;
    if !returned.replace(' ', "").contains(r#""returns":{"return0":3}"#) {
        return Err(io::Error::other(format!("expected the sum 3 to be returned, got {returned}")));
    }
    for _ in 0..count / 10 {
        running.load.call(&assign)?;
    }
    let times: io::Result<Vec<Duration>> =
        (0..count).map(|_| running.load.call(&assign).map(|(time, _)| time)).collect();
    let mut times = times?;
    times.sort();
    for (measure, percent) in [("latency p50", 50), ("latency p99", 99)] {
        let time = times[count * percent / 100];
        report.add(measure, &subject.label(), "µs", Better::Less, time.as_secs_f64() * 1e6);
    }
    Ok(())
}

/// Many outstanding: assignations a second, and what each costs the agent and the load generator.
pub(crate) fn throughput(
    server: &Server,
    report: &mut Report,
    subject: Subject,
    count: usize,
) -> io::Result<()> {
    let mut running = server.run(subject.agent)?;
    let assign = subject.assign();
    running.load.pipeline(&assign, count / 10, WINDOW)?;
    let (agent, generator) = (running.process.cpu()?, process::cpu("self")?);
    let time = running.load.pipeline(&assign, count, WINDOW)?;
    let (agent, generator) = (running.process.cpu()? - agent, process::cpu("self")? - generator);
    let each = |time: Duration| time.as_secs_f64() * 1e6 / count as f64;
    let label = subject.label();
    report.add("throughput", &label, "assignations/s", Better::More, count as f64 / time.as_secs_f64());
    report.add("CPU of the agent", &label, "µs/assignation", Better::Less, each(agent));
    report.add("CPU of the load generator", &label, "µs/assignation", Better::Less, each(generator));
    Ok(())
}
