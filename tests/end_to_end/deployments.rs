//! Apps and the command line on the server of a deployment that the environment names.

use std::process::Output;

use rekuest::server::{RunningServer, Server};
use serde_json::json;
use tokio::process::Command;

use crate::deployment::{Deployment, SECRETS};
use crate::in_process::identity;
use crate::spawned::{Machine, Spawned, example};

const REKUEST: &str = env!("CARGO_BIN_EXE_rekuest");

/// A server, and a deployment that lets apps in to it. Whoever logs in gets another token for the same identity.
async fn stage() -> (RunningServer, Deployment) {
    let tokens = (1..10).map(|number| format!("access-s3cret-{number}"));
    let server = tokens.fold(Server::builder(), |server, token| server.token(token.into(), identity("app")));
    let server = server.start().await.expect("a server");
    let deployment = Deployment::of(&server.url()).await;
    (server, deployment)
}

/// A program in an environment that names the deployment.
fn command(machine: &Machine, program: impl AsRef<std::ffi::OsStr>, deployment: &Deployment) -> Command {
    let mut command = machine.command(program);
    command.env("FAKTS_URL", &deployment.base);
    command
}

async fn run(command: &mut Command) -> (String, String, Option<i32>) {
    let Output { status, stdout, stderr } = command.output().await.expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(stdout), text(stderr), status.code())
}

#[tokio::test]
async fn an_app_and_those_who_call_it_log_in_to_the_deployment_of_the_environment() {
    let (server, deployment) = stage().await;
    let machine = Machine::new();
    let mut showcase = command(&machine, example("showcase"), &deployment);
    let mut showcase = Spawned::start(showcase.env("FAKTS_TOKEN", "claim-s3cret"));
    let connects = showcase.says("connects to").await;
    assert!(connects.ends_with(&deployment.base), "{connects}");
    showcase.says("call one from another terminal").await;
    assert_eq!(deployment.world().body("claim")["token"], "claim-s3cret");

    let mut call = command(&machine, REKUEST, &deployment);
    call.args(["call", "showcase/add_int", "a=4", "b=5", "--name", "tool"]);
    call.env("FAKTS_REDEEM_TOKEN", "redeem-s3cret").env("RUST_LOG", "trace");
    let (sum, said, code) = run(&mut call).await;
    assert_eq!((sum.trim(), code), ("9", Some(0)), "{said}");
    assert!(said.contains("TRACE") && SECRETS.iter().all(|secret| !said.contains(secret)), "{said}");
    let manifest = deployment.world().body("redeem")["manifest"].clone();
    assert_eq!((&manifest["identifier"], &manifest["version"]), (&json!("tool"), &json!("dev")));
    assert_eq!(showcase.terminate().await, Some(0));
    server.shutdown().await;
}

#[tokio::test]
async fn a_server_that_is_named_comes_before_a_deployment() {
    let (server, deployment) = stage().await;
    let machine = Machine::new();
    let mut by_variables = command(&machine, REKUEST, &deployment);
    by_variables.arg("agents").env("REKUEST_URL", server.url()).env("REKUEST_TOKEN", "access-s3cret-1");
    let mut by_flags = command(&machine, REKUEST, &deployment);
    by_flags.args(["agents", "--url", &server.url(), "--token", "access-s3cret-1"]);
    for named in [&mut by_variables, &mut by_flags] {
        let (_, said, code) = run(named.env("FAKTS_TOKEN", "claim-s3cret")).await;
        assert_eq!(code, Some(0), "{said}");
    }
    assert!(deployment.world().asked.is_empty());
    server.shutdown().await;
}

#[tokio::test]
async fn without_a_token_and_without_a_terminal_the_variable_is_named() {
    let (server, deployment) = stage().await;
    let machine = Machine::new();
    for program in [REKUEST.into(), example("showcase")] {
        let (_, said, code) = run(command(&machine, program, &deployment).arg("agents")).await;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("FAKTS_TOKEN is not set"), "{said}");
    }
    assert!(deployment.world().asked.is_empty());
    server.shutdown().await;
}

#[tokio::test]
async fn a_deployment_that_refuses_an_app_ends_it_and_one_that_is_away_is_said_to_be() {
    let (server, deployment) = stage().await;
    deployment.says("claim", 200, json!({"status": "error", "error": "no longer valid"}));
    let machine = Machine::new();
    let mut asks = command(&machine, REKUEST, &deployment);
    asks.arg("agents");
    for refused in [&mut asks, &mut command(&machine, example("showcase"), &deployment)] {
        let (_, said, code) = run(refused.env("FAKTS_TOKEN", "claim-s3cret")).await;
        assert_eq!(code, Some(4), "{said}");
        assert!(said.contains("the deployment refused the claim token: no longer valid"), "{said}");
    }
    let (_, said, code) = run(asks.env("FAKTS_URL", "http://127.0.0.1:1")).await;
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("http://127.0.0.1:1/") && said.contains("cannot be reached"), "{said}");
    server.shutdown().await;
}

/// Starts a program whose standard error is a terminal, and reads the first line there.
#[cfg(unix)]
async fn at_a_terminal(command: &mut Command) -> (Spawned, String) {
    use std::fs::File;
    use std::io::{BufRead as _, BufReader};

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&screen).and_then(|()| unlockpt(&screen)).expect("it may be used");
    let name = ptsname(&screen, Vec::new()).expect("its name").into_string().expect("text");
    let terminal = File::options().read(true).write(true).open(name).expect("the terminal");
    let spawned = Spawned::start(command.stderr(terminal));
    let shown = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        BufReader::new(File::from(screen)).read_line(&mut line).expect("a line");
        line.trim().to_owned()
    });
    (spawned, shown.await.expect("it is read"))
}

#[cfg(unix)]
#[tokio::test]
async fn at_a_terminal_the_user_is_told_where_to_let_the_app_in() {
    let (server, deployment) = stage().await;
    deployment.says("challenge", 200, json!({"status": "pending"}));
    let url = format!("{}/lok/f/configure/?device_code=c0de%26&grant=device_code", deployment.base);
    let expected = format!("open {url} within 5 minutes to let this app in");
    let machine = Machine::new();

    let mut app = command(&machine, example("showcase"), &deployment);
    let (mut given_up, shown) = at_a_terminal(&mut app).await;
    assert_eq!(shown, expected);
    given_up.interrupt().await;
    assert_eq!(given_up.ended().await, Some(0));

    let (mut let_in, shown) = at_a_terminal(command(&machine, REKUEST, &deployment).arg("agents")).await;
    assert_eq!(shown, expected);
    deployment.says("challenge", 200, json!({"status": "granted", "token": "claim-s3cret"}));
    assert_eq!(let_in.ended().await, Some(0));

    // Once and for all, as long as the deployment takes what it gave.
    let (_, said, code) = run(command(&machine, REKUEST, &deployment).arg("agents")).await;
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(deployment.world().count("start"), 2, "nobody was asked again");
    deployment.says("claim", 200, json!({"status": "error", "error": "no longer valid"}));
    deployment.says("challenge", 200, json!({"status": "pending"}));
    let (mut asked, shown) = at_a_terminal(command(&machine, REKUEST, &deployment).arg("agents")).await;
    assert_eq!(shown, expected);
    asked.interrupt().await;
    asked.ended().await;
    server.shutdown().await;
}
