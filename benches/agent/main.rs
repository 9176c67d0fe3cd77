//! The agent measured: against a bare tokio-tungstenite peer, against the Python client, and against what it aims at.
//!
//! `cargo bench --bench agent`, or some of it: `cargo bench --bench agent -- latency throughput --quick`. Each agent is a
//! process of its own, started anew in every round, and driven by one load generator; agents alternate, because machines
//! are noisy. Compare only within one run. Python takes part where `REKUEST_TEST_PYTHON` names one with the client.

// A benchmark prints what it measured.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod assign;
mod bare;
mod frames;
mod large;
mod load;
mod memory;
mod process;
mod provided;
mod report;
mod server;
mod speed;
mod startup;

use std::process::ExitCode;
use std::{env, io};

use process::Agent;
use report::Report;
use server::Server;
use speed::Subject;

const MEASURES: [&str; 6] = ["latency", "throughput", "startup", "memory", "large", "python"];

const BARE: Subject = Subject { agent: Agent::Bare, interface: "aadd" };
const FUTURE: Subject = Subject { agent: Agent::Rekuest, interface: "aadd" };
const BLOCKING: Subject = Subject { agent: Agent::Rekuest, interface: "add" };

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    process::become_agent(&arguments);
    let (mut chosen, mut quick) = (Vec::new(), false);
    for argument in &arguments {
        match argument.as_str() {
            // What cargo adds.
            "--bench" => {}
            "--quick" => quick = true,
            measure if MEASURES.contains(&measure) => chosen.push(measure),
            unknown => {
                let known = MEASURES.join(", ");
                eprintln!("unknown argument `{unknown}`, expected some of: {known}, --quick");
                return ExitCode::FAILURE;
            }
        }
    }
    if chosen.is_empty() {
        chosen.extend(MEASURES);
    }
    let server = match Server::start() {
        Ok(server) => server,
        Err(error) => {
            eprintln!("no port can be listened on: {error}");
            return ExitCode::FAILURE;
        }
    };
    let (mut report, mut failed) = (Report::default(), false);
    for measure in chosen {
        println!("{measure}");
        if let Err(error) = run(measure, quick, &server, &mut report) {
            eprintln!("{measure}: {error}");
            failed = true;
        }
    }
    report.print();
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn run(measure: &str, quick: bool, server: &Server, report: &mut Report) -> io::Result<()> {
    let less = if quick { 10 } else { 1 };
    let rounds = if quick { 2 } else { 5 };
    match measure {
        "latency" => {
            for _ in 0..rounds {
                for subject in [BARE, FUTURE, BLOCKING] {
                    speed::latency(server, report, subject, 20_000 / less)?;
                }
            }
        }
        "throughput" => {
            for _ in 0..rounds {
                for subject in [BARE, FUTURE, BLOCKING] {
                    speed::throughput(server, report, subject, 500_000 / less)?;
                }
            }
        }
        "startup" => {
            for _ in 0..4 * rounds {
                for agent in [Agent::Bare, Agent::Rekuest] {
                    startup::measure(server, report, agent)?;
                }
            }
        }
        "memory" => {
            memory::flat(server, report, 10_000, 1_000_000 / less)?;
            memory::in_flight(server, report, 100_000 / less)?;
        }
        "large" => {
            for _ in 0..rounds {
                for agent in [Agent::Bare, Agent::Rekuest] {
                    large::measure(server, report, agent, 1, 20)?;
                    large::measure(server, report, agent, 64, 3)?;
                }
            }
        }
        _ => python(rounds, less, server, report)?,
    }
    Ok(())
}

/// The Python agent on the same load, in fewer assignations, beside ours in the same round.
fn python(rounds: usize, less: usize, server: &Server, report: &mut Report) -> io::Result<()> {
    if process::python().is_none() {
        println!("  left out: REKUEST_TEST_PYTHON names no Python with the client");
        return Ok(());
    }
    for _ in 0..rounds.min(3) {
        startup::measure(server, report, Agent::Python)?;
        for (interface, ours) in [("aadd", FUTURE), ("add", BLOCKING)] {
            let subject = Subject { agent: Agent::Python, interface };
            speed::latency(server, report, subject, 2_000 / less)?;
            speed::throughput(server, report, subject, 10_000 / less)?;
            speed::throughput(server, report, ours, 200_000 / less)?;
        }
    }
    Ok(())
}
