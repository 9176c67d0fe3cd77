//! Agents as processes of their own: how they are started and ended, and what they use.

use std::ffi::OsString;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use crate::{bare, provided};

/// How many ticks of CPU time Linux counts a second, whatever the kernel's own clock does.
const TICKS: u32 = 100;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agent {
    Bare,
    Rekuest,
    Python,
}

impl Agent {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Rekuest => "rekuest",
            Self::Python => "python",
        }
    }
}

/// The Python that has the client, if there is one.
pub(crate) fn python() -> Option<OsString> {
    env::var_os("REKUEST_TEST_PYTHON")
}

/// A running agent. It is killed when this is dropped, and ends by itself when this program is.
pub(crate) struct Process {
    child: Child,
    pub(crate) spawned: Instant,
}

impl Process {
    pub(crate) fn spawn(agent: Agent, url: &str) -> io::Result<Self> {
        let mut command = match agent {
            Agent::Python => {
                let python =
                    python().ok_or_else(|| io::Error::other("REKUEST_TEST_PYTHON names no Python"))?;
                let mut command = Command::new(python);
                command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/agent/python_agent.py"));
                command
            }
            agent => {
                let mut command = Command::new(env::current_exe()?);
                command.arg(format!("agent-{}", agent.name()));
                command
            }
        };
        for variable in ["REKUEST_INSTANCE", "REKUEST_URL", "REKUEST_TOKEN", "RUST_LOG"] {
            command.env_remove(variable);
        }
        // The pipe is never written to: it breaks when this program ends, in whatever way.
        command.arg(url).stdin(Stdio::piped()).stdout(Stdio::null());
        let spawned = Instant::now();
        Ok(Self { child: command.spawn()?, spawned })
    }

    /// Resident memory, in bytes.
    pub(crate) fn resident(&self) -> io::Result<u64> {
        self.status("VmRSS:")
    }

    /// The most that was ever resident, in bytes.
    pub(crate) fn peak(&self) -> io::Result<u64> {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> io::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kib = status.lines().find_map(|line| line.strip_prefix(field)?.split_whitespace().next());
        let kib = kib.and_then(|kib| kib.parse::<u64>().ok());
        kib.map(|kib| kib * 1024).ok_or_else(|| io::Error::other(format!("no {field} in /proc")))
    }

    /// CPU time of all its threads, user and system.
    pub(crate) fn cpu(&self) -> io::Result<Duration> {
        cpu(&self.child.id().to_string())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// CPU time of a process, `self` for this one.
pub(crate) fn cpu(process: &str) -> io::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program comes before, in parentheses, and may contain anything.
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace());
    let ticks = fields.into_iter().flatten().skip(11).take(2).map(str::parse::<u32>);
    let ticks = ticks.sum::<Result<u32, _>>().map_err(io::Error::other)?;
    Ok(Duration::from_secs(1) * ticks / TICKS)
}

/// Is this one of the agents, started by [`Process::spawn`]? Then this serves, and never returns.
pub(crate) fn become_agent(arguments: &[String]) {
    let [agent, url] = arguments else { return };
    // What `#[tokio::main]` makes.
    let runtime = || tokio::runtime::Runtime::new().expect("a runtime can be made");
    let serve: fn(String, &tokio::runtime::Runtime) -> tokio::task::JoinHandle<_> = match agent.as_str() {
        "agent-bare" => |url, runtime| runtime.spawn(async move { bare::serve(&url).await }),
        "agent-rekuest" => |url, runtime| runtime.spawn(async move { provided::serve(&url).await }),
        _ => return,
    };
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        std::process::exit(0);
    });
    let runtime = runtime();
    let ended = runtime.block_on(serve(url.clone(), &runtime));
    eprintln!("{agent} ended: {ended:?}");
    std::process::exit(1);
}
