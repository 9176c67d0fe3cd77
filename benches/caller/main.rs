//! Calls measured, from a typed stub to the value: through the embedded server, to an agent and back.
//!
//! `cargo bench --bench caller`, or some of it: `cargo bench --bench caller -- latency throughput --quick`. Everything is
//! measured twice: with client, server and agent in one process, and in three. Compare only within one run. Python takes part
//! where `REKUEST_TEST_PYTHON` names one with the client.

// A benchmark prints what it measured.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bare;
mod measure;
mod process;
mod stage;

use std::error::Error;
use std::process::ExitCode;
use std::{env, io};

use stage::{Place, Stage};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const MEASURES: [&str; 5] = ["bare", "latency", "throughput", "memory", "python"];

/// How many calls are outstanding where throughput is measured.
const OUTSTANDING: usize = 1_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    process::become_other(&arguments);
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
    match measured(&chosen, quick) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measured(chosen: &[&str], quick: bool) -> Outcome<()> {
    let less = if quick { 10 } else { 1 };
    let runtime = tokio::runtime::Runtime::new()?;
    for place in [Place::Together, Place::Apart] {
        println!("{}", place.says());
        if chosen.contains(&"bare") {
            runtime.block_on(bare::measured(place, 20_000 / less, OUTSTANDING, 500_000 / less))?;
        }
        runtime.block_on(async {
            let stage = Stage::set(place).await?;
            for &measure in chosen {
                match measure {
                    "latency" => measure::latency(&stage, 20_000 / less).await?,
                    "throughput" => measure::throughput(&stage, OUTSTANDING, 200_000 / less).await?,
                    "memory" => measure::memory(&stage, 20_000 / less)?,
                    "python" => measure::python(&stage, 50, OUTSTANDING).await?,
                    _ => {}
                }
            }
            stage.strike().await
        })?;
    }
    Ok(())
}

/// One number, said at once.
pub(crate) fn say(what: &str, value: f64, unit: &str) {
    let digits = if value.abs() >= 1000.0 { 0 } else { 1 };
    println!("  {what:44} {value:>12.digits$} {unit}");
}

pub(crate) fn failed(message: impl Into<String>) -> Box<dyn Error + Send + Sync> {
    io::Error::other(message.into()).into()
}
