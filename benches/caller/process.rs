//! Server and agent as processes of their own, and what a process uses.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs, io, thread};

use tokio::net::TcpListener;

use crate::{Outcome, bare, measure, stage};

/// How many ticks of CPU time Linux counts a second, whatever the kernel's own clock does.
const TICKS: u32 = 100;

/// A server or an agent. It is killed when this is dropped, and ends by itself when this program does.
pub(crate) struct Process(Child);

impl Process {
    /// Starts one, and waits until it says what it has to say: it is ready then.
    pub(crate) fn spawn(arguments: &[&str]) -> io::Result<(Self, String)> {
        let mut command = Command::new(env::current_exe()?);
        for variable in ["REKUEST_INSTANCE", "REKUEST_URL", "REKUEST_TOKEN", "RUST_LOG"] {
            command.env_remove(variable);
        }
        // What it reads from is never written to: it breaks when this program ends, in whatever way.
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Self(command.spawn()?);
        let mut said = String::new();
        let told = process.0.stdout.take().ok_or_else(|| io::Error::other("it has no standard output"))?;
        BufReader::new(told).read_line(&mut said)?;
        if said.trim().is_empty() {
            return Err(io::Error::other(format!("{arguments:?} did not start")));
        }
        Ok((process, said.trim().to_owned()))
    }

    /// CPU time of all its threads, user and system.
    pub(crate) fn cpu(&self) -> io::Result<Duration> {
        cpu(&self.0.id().to_string())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
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

/// Resident memory of this process, in bytes.
pub(crate) fn resident() -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
    let kib = kib.and_then(|kib| kib.parse::<u64>().ok());
    kib.map(|kib| kib * 1024).ok_or_else(|| io::Error::other("no VmRSS in /proc"))
}

/// Is this one of the others, started by [`Process::spawn`]? Then this serves, and never returns.
pub(crate) fn become_other(arguments: &[String]) {
    let role = match arguments {
        [role] if role == "server" => Role::Server,
        [role] if role == "relay" => Role::Relay,
        [role, url] if role == "agent" => Role::Agent(url.clone()),
        [role, url] if role == "echo" => Role::Echo(url.clone()),
        [role, url, count] if role == "holder" => match count.parse() {
            Ok(count) => Role::Holder(url.clone(), count),
            Err(_) => return,
        },
        _ => return,
    };
    thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    // What `#[tokio::main]` makes.
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    let ended = runtime.block_on(serve(role));
    eprintln!("{arguments:?} ended: {:?}", ended.err());
    std::process::exit(1);
}

/// What another process is.
enum Role {
    Server,
    Agent(String),
    /// The relay of the [bare](crate::bare) way.
    Relay,
    /// Its agent.
    Echo(String),
    /// A caller that holds so many calls.
    Holder(String, usize),
}

async fn serve(role: Role) -> Outcome<()> {
    match role {
        Role::Server => {
            let server = stage::server().await?;
            writeln!(io::stdout(), "{}", server.url())?;
            std::future::pending::<()>().await;
        }
        Role::Relay => {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            writeln!(io::stdout(), "ws://{}", listener.local_addr()?)?;
            bare::relay(listener).await?;
        }
        Role::Echo(url) => {
            let echoing = bare::echo(&url).await?;
            writeln!(io::stdout(), "ready")?;
            echoing.await?;
        }
        Role::Holder(url, count) => {
            let (_held, each) = measure::hold_many(&url, count).await?;
            writeln!(io::stdout(), "{each}")?;
            std::future::pending::<()>().await;
        }
        Role::Agent(url) => {
            let app = stage::agent(&url).await?;
            writeln!(io::stdout(), "ready")?;
            app.join().await?;
        }
    }
    Ok(())
}
