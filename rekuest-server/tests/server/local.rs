//! The program, and the local server that apps of one user find.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use rekuest_core::local::LocalServer;
use serde_json::json;

use crate::http::request;

/// A running program; killed if the test fails.
struct Program {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
}

impl Program {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rekuest-server"))
            .args(["--bind", "127.0.0.1:0"])
            .args(arguments)
            .env("REKUEST_LOCAL_DIR", folder)
            .env("RUST_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let out = BufReader::new(child.stdout.take().expect("stdout"));
        Self { child, out }
    }

    /// What it says until it is ready.
    fn introduction(&mut self) -> String {
        let mut text = String::new();
        while !text.ends_with("Ctrl-C stops it.\n") {
            assert!(self.out.read_line(&mut text).expect("reads") > 0, "it ended: {text}");
        }
        text
    }

    /// Sends SIGTERM, and waits for the end and what it logged.
    fn stop(mut self) -> (ExitStatus, String) {
        let sent = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        assert!(sent.success());
        let mut log = String::new();
        self.child.stderr.take().expect("stderr").read_to_string(&mut log).expect("reads");
        (self.child.wait().expect("ends"), log)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What follows `before` in the line that has it.
fn after<'t>(text: &'t str, before: &str) -> &'t str {
    text.lines().find_map(|line| line.strip_prefix(before)).expect("the line")
}

fn read(folder: &Path) -> LocalServer {
    let text = std::fs::read_to_string(folder.join("server.json")).expect("the record");
    serde_json::from_str(&text).expect("a record")
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).expect("metadata").mode() & 0o777
}

#[cfg(unix)]
#[tokio::test]
async fn the_local_server_is_published_for_its_user_alone_and_withdrawn_at_the_end() {
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("local");
    let mut program = Program::start(&folder, &[]);
    let introduction = program.introduction();
    assert!(introduction.contains("find it by themselves"), "{introduction}");
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("server.json")), 0o600);
    assert_eq!(mode(&folder.join("server.lock")), 0o600);

    let record = read(&folder);
    assert_eq!(record.url, after(&introduction, "The server listens at "));
    assert_eq!(record.host, "rekuest-server");
    let address = record.url.strip_prefix("http://").expect("a url").parse().expect("an address");
    let token = after(&introduction, "It accepts the token ");
    let body = json!({"query": "{ agents { id } }"}).to_string();
    for token in [record.token("my.app").expose(), token] {
        let (_, answer) = request(address, "POST", "/graphql", Some(token), &body).await;
        assert_eq!(answer, r#"{"data":{"agents":[]}}"#);
    }
    let (status, log) = program.stop();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(!folder.join("server.json").exists());
    for secret in [token, record.secret.as_str(), record.token("my.app").expose()] {
        assert!(!log.contains(secret), "a secret was logged");
    }
}

#[cfg(unix)]
#[test]
fn a_second_server_is_not_published_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = Program::start(folder.path(), &[]);
    first.introduction();
    let before = read(folder.path());
    let mut second = Program::start(folder.path(), &["--token", "a=b=c/u/o"]);
    let introduction = second.introduction();
    assert!(
        !introduction.contains("find it by themselves") && !introduction.contains("It accepts"),
        "{introduction}"
    );
    let (status, log) = second.stop();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("another process of this user hosts the local server already"), "{log}");
    assert_eq!(read(folder.path()).secret, before.secret);
    // Once the first is gone, another may host.
    first.stop();
    let mut third = Program::start(folder.path(), &[]);
    assert!(third.introduction().contains("find it by themselves"));
    assert_ne!(read(folder.path()).secret, before.secret);
    third.stop();
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_can_write_to_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).expect("permissions");
    let mut program = Program::start(folder.path(), &[]);
    assert!(!program.introduction().contains("find it by themselves"));
    let (_, log) = program.stop();
    assert!(log.contains("others may write to it"), "{log}");
    assert!(!folder.path().join("server.json").exists());
}

#[test]
fn wrong_arguments_and_taken_addresses_have_their_exit_codes_and_show_no_token() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rekuest-server"))
            .args(arguments)
            .arg("--no-local")
            .output()
            .expect("runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, message) = run(&["--token", "s3cret=only-a-client"]);
    assert_eq!(code, Some(2));
    assert!(
        message.contains("expected TOKEN=CLIENT/USER/ORGANIZATION") && !message.contains("only-a-client"),
        "{message}"
    );
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("binds");
    let address = taken.local_addr().expect("an address").to_string();
    let (code, message) = run(&["--bind", &address]);
    assert_eq!(code, Some(1));
    assert!(message.contains("cannot listen on"), "{message}");
    let (code, message) = run(&["--bind", "0.0.0.0:0"]);
    assert_eq!(code, Some(1));
    assert!(message.contains("expected a loopback address"), "{message}");
}
