//! Processes of a test: programs of this workspace, with a folder of their own for the local server. They end with
//! the test.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader, Lines};
use tokio::process::{Child, Command};

/// How long a test waits for a process to say or do something.
const PATIENCE: Duration = Duration::from_secs(60);

/// A machine with no local server on it yet.
pub(crate) struct Machine {
    folder: TempDir,
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder") }
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A program with this machine around it, and nothing of the environment that names a server.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.kill_on_drop(true).stdin(Stdio::null()).env("REKUEST_LOCAL_DIR", self.folder.path());
        for name in ["URL", "TOKEN", "INSTANCE", "NAME", "WS", "HTTP", "GQL_WS"] {
            command.env_remove(format!("REKUEST_{name}"));
        }
        for name in ["URL", "TOKEN", "REDEEM_TOKEN"] {
            command.env_remove(format!("FAKTS_{name}"));
        }
        command
    }

    /// An example, started with these arguments.
    pub(crate) fn example(&self, name: &str, args: &[&str]) -> Spawned {
        let mut command = self.command(example(name));
        Spawned::start(command.args(args))
    }

    /// What an example prints, and its exit code.
    pub(crate) async fn output(&self, name: &str, args: &[&str]) -> Output {
        let output = self.command(example(name)).args(args).output();
        let output = tokio::time::timeout(PATIENCE, output).await.expect("an end").expect("the example runs");
        Output {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text").trim().to_owned(),
            err: String::from_utf8(output.stderr).expect("text").trim().to_owned(),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Where cargo builds the examples: beside the folder of this test.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this program");
    let profile = test.ancestors().nth(2).expect("the folder of the profile");
    profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A process that goes on until it is stopped.
pub(crate) struct Spawned {
    child: Child,
    lines: Lines<BufReader<Box<dyn AsyncRead + Send + Unpin>>>,
}

impl Spawned {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program runs");
        let output = child.stdout.take().expect("its output");
        Self { child, lines: BufReader::new(Box::new(output) as Box<_>).lines() }
    }

    /// The same, heard by what it says on standard error.
    pub(crate) fn start_with_errors(command: &mut Command) -> Self {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let errors = child.stderr.take().expect("its errors");
        Self { child, lines: BufReader::new(Box::new(errors) as Box<_>).lines() }
    }

    /// Reads its output up to a line that contains `text`; that line.
    pub(crate) async fn says(&mut self, text: &str) -> String {
        let line = async {
            while let Some(line) = self.lines.next_line().await.expect("text") {
                if line.contains(text) {
                    return line;
                }
            }
            panic!("it ended without saying `{text}`");
        };
        tokio::time::timeout(PATIENCE, line).await.unwrap_or_else(|_| panic!("it did not say `{text}`"))
    }

    /// Asks it to end, as an operating system does; its exit code.
    pub(crate) async fn terminate(mut self) -> Option<i32> {
        self.ask_to_end().await;
        self.ended().await
    }

    /// Sends it SIGTERM.
    pub(crate) async fn ask_to_end(&self) {
        self.signal("-TERM").await;
    }

    /// Sends it SIGINT, as Ctrl-C does.
    pub(crate) async fn interrupt(&self) {
        self.signal("-INT").await;
    }

    /// Has it stand still until it is let go on, as if its machine was busy.
    pub(crate) async fn halt(&self) {
        self.signal("-STOP").await;
    }

    /// Lets it go on.
    pub(crate) async fn let_go_on(&self) {
        self.signal("-CONT").await;
    }

    async fn signal(&self, name: &str) {
        let kill = Command::new("kill").args([name, &self.id()]).status().await.expect("kill");
        assert!(kill.success());
    }

    /// The id of the process.
    pub(crate) fn id(&self) -> String {
        self.child.id().expect("it runs").to_string()
    }

    /// Waits for its end; its exit code.
    pub(crate) async fn ended(&mut self) -> Option<i32> {
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("an end");
        ended.expect("its status").code()
    }

    /// Ends it without a chance to say goodbye.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("it runs");
    }
}
