//! The command line, as people and scripts use it.

use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::spawned::{Machine, Spawned};

const PROVIDING: &str = "call one from another terminal";

/// The program of this project that provides nothing itself.
const REKUEST: &str = env!("CARGO_BIN_EXE_rekuest");

/// What `rekuest` prints, and its exit code.
async fn rekuest(machine: &Machine, args: &[&str]) -> (String, String, Option<i32>) {
    let output = machine.command(REKUEST).args(args).output().await.expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text").trim().to_owned();
    (text(output.stdout), text(output.stderr), output.status.code())
}

async fn json(machine: &Machine, args: &[&str]) -> Value {
    let (out, err, code) = rekuest(machine, &[args, &["--output", "json"]].concat()).await;
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).expect("JSON")
}

#[tokio::test]
async fn what_there_is_is_listed_shown_and_called() {
    let machine = Machine::new();
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;

    let (listed, ..) = rekuest(&machine, &["actions", "add"]).await;
    assert!(listed.lines().next().is_some_and(|head| head.starts_with("CALL")), "{listed}");
    assert!(listed.contains("showcase/add_int") && !listed.contains("showcase/echo_str"), "{listed}");
    let listed = json(&machine, &["actions", "add_int"]).await;
    assert_eq!(listed[0]["interface"], "add_int");
    assert_eq!(listed[0]["args"][1]["default"], 3);
    let (nothing, said, code) = rekuest(&machine, &["actions", "no such thing"]).await;
    assert_eq!((nothing.as_str(), code), ("", Some(0)));
    assert!(said.contains("there are none"), "{said}");

    let agents = json(&machine, &["agents"]).await;
    assert_eq!((&agents[0]["app"], &agents[0]["connected"]), (&"showcase".into(), &true.into()));
    let (agents, ..) = rekuest(&machine, &["agents"]).await;
    assert!(agents.contains("showcase") && agents.contains("Clock, Counter"), "{agents}");

    let (shown, ..) = rekuest(&machine, &["show", "showcase/widgets"]).await;
    for part in [
        "Every widget",
        "One argument for each way",
        "power",
        "0 to 10",
        "one of \"fast\", \"slow\"",
        "hash ",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }

    // By app and interface, by interface alone, by name, by hash.
    let hash =
        json(&machine, &["show", "showcase/add_int"]).await["hash"].as_str().expect("a hash").to_owned();
    for action in ["showcase/add_int", "add_int", &hash] {
        let (sum, err, code) = rekuest(&machine, &["call", action, "a=4", "b=5"]).await;
        assert_eq!((sum.as_str(), code), ("9", Some(0)), "{action}: {err}");
    }
    assert_eq!(rekuest(&machine, &["call", "Echo Str", "s=hello"]).await.0, "hello");
    // Two functions have this name, and neither is meant more than the other.
    let (_, err, code) = rekuest(&machine, &["call", "Add", "a=4", "b=5"]).await;
    assert_eq!(code, Some(4), "{err}");
    assert!(err.contains("say which: `showcase/add`, `showcase/add_int`"), "{err}");
    let (_, err, code) = rekuest(&machine, &["call", "nothing_like_it"]).await;
    assert_eq!(code, Some(4), "{err}");
    assert_eq!(showcase.terminate().await, Some(0));
}

#[tokio::test]
async fn scripts_get_json_and_give_it() {
    let machine = Machine::new();
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;
    assert_eq!(
        json(&machine, &["call", "multi", "a=3"]).await,
        serde_json::json!({"return0": 3, "return1": "3"})
    );
    let items = json(&machine, &["call", "gen_count", "n=3"]).await;
    assert_eq!(items, serde_json::json!([{"return0": 0}, {"return0": 1}, {"return0": 2}]));
    let (events, ..) = rekuest(&machine, &["call", "prog_log", "n=2", "--stream", "--output", "json"]).await;
    let events: Vec<Value> = events.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let kinds: Vec<&str> = events.iter().map(|event| event["event"].as_str().expect("a kind")).collect();
    assert!(kinds.contains(&"PROGRESS") && kinds.contains(&"LOG"), "{kinds:?}");
    assert_eq!(events.last().expect("events")["returns"]["return0"], 2);

    let file = machine.folder().join("args.json");
    std::fs::write(&file, r#"{"a": 1, "b": 2}"#).expect("a file");
    let file = file.to_str().expect("a path");
    assert_eq!(rekuest(&machine, &["call", "add_int", "--json", file]).await.0, "3");
    assert_eq!(rekuest(&machine, &["call", "add_int", "a=5", "--json", file]).await.0, "7");
    let (_, err, code) = rekuest(&machine, &["call", "add_int", "--json", "no/such/file"]).await;
    assert_eq!(code, Some(2));
    assert!(err.contains("no/such/file cannot be read"), "{err}");
    assert_eq!(showcase.terminate().await, Some(0));
}

#[tokio::test]
async fn states_and_calls_are_watched_and_calls_cancelled() {
    let machine = Machine::new();
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;

    let mut watching = machine.command(REKUEST);
    watching.args(["watch", "showcase/Counter", "--output", "json"]).stdout(Stdio::piped());
    let mut watching = watching.spawn().expect("the program runs");
    let mut lines = BufReader::new(watching.stdout.take().expect("its output")).lines();
    let first = lines.next_line().await.expect("text").expect("a value");
    assert_eq!(first, r#"{"count":0,"label":"boot"}"#);
    assert_eq!(rekuest(&machine, &["call", "inc", "by=2"]).await.0, "2");
    let second = lines.next_line().await.expect("text").expect("a value");
    assert_eq!(second, r#"{"count":2,"label":"boot"}"#);
    watching.kill().await.expect("it runs");

    let mut calling = machine.command(REKUEST);
    calling.args(["call", "breaks", "n=1000", "--stream", "--output", "json"]).stdout(Stdio::piped());
    let mut calling = calling.spawn().expect("the program runs");
    let mut lines = BufReader::new(calling.stdout.take().expect("its output")).lines();
    let started = lines.next_line().await.expect("text").expect("it runs");
    let started: Value = serde_json::from_str(&started).expect("JSON");
    assert_eq!(started["event"], "STARTED");
    let call = outstanding(&machine).await;
    assert_eq!(started["assignation"], call.as_str());
    // Told as it happens, and from then on nobody has to watch.
    let mut watching = machine.command(REKUEST);
    let mut watching = Spawned::start(watching.args(["watch", &call]));
    watching.says("PROGRESS").await;
    watching.interrupt().await;
    assert_eq!(watching.ended().await, Some(0));
    let mut watching = machine.command(REKUEST);
    let mut watching = Spawned::start(watching.args(["watch", &call, "--output", "json"]));
    let told = watching.says("step").await;
    assert!(told.contains(r#""event":"PROGRESS""#), "{told}");
    let (_, err, code) = rekuest(&machine, &["cancel", &call]).await;
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(watching.says("CANCELLED").await, r#"{"event":"CANCELLED"}"#);
    assert_eq!(watching.ended().await, Some(5));
    let (events, err, code) = rekuest(&machine, &["watch", &call]).await;
    assert_eq!(code, Some(5), "{events} {err}");
    assert!(events.ends_with("CANCELLED"), "{events}");
    let ended = calling.wait().await.expect("it ends");
    assert_eq!(ended.code(), Some(5));
    let (_, err, code) = rekuest(&machine, &["cancel", "12345"]).await;
    assert_eq!(code, Some(4), "{err}");
    assert_eq!(showcase.terminate().await, Some(0));
}

#[tokio::test]
async fn a_call_that_does_not_end_in_time_says_so_and_is_cancelled() {
    let machine = Machine::new();
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;
    for output in ["text", "json"] {
        let call = ["call", "sleeper", "seconds=600.0", "--timeout", "0.3", "--output", output];
        let (out, err, code) = rekuest(&machine, &call).await;
        assert_eq!((out.as_str(), code), ("", Some(6)), "{err}");
        assert_eq!(err, "error: the call did not end within 300ms");
        let (events, err, code) = rekuest(&machine, &["watch", &outstanding(&machine).await]).await;
        assert_eq!(code, Some(5), "{events} {err}");
    }
    let (sum, err, code) = rekuest(&machine, &["call", "add_int", "a=1", "b=2", "--timeout", "60"]).await;
    assert_eq!((sum.as_str(), code), ("3", Some(0)), "{err}");
    let (_, err, code) = rekuest(&machine, &["call", "add_int", "a=1", "--timeout", "soon"]).await;
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("expected a number of seconds, got `soon`"), "{err}");
    assert_eq!(showcase.terminate().await, Some(0));
}

#[tokio::test]
async fn a_call_that_fails_says_why_and_prints_nothing_else() {
    let machine = Machine::new();
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;
    for (call, why) in [("fail", "boom"), ("panics", "boom")] {
        for output in ["text", "json"] {
            let call = ["call", call, "msg=boom", "--output", output];
            let (out, err, code) = rekuest(&machine, &call).await;
            assert_eq!((out.as_str(), code), ("", Some(1)), "{err}");
            assert!(err.starts_with("error: the function failed: ") && err.ends_with(why), "{err}");
        }
    }
    assert_eq!(showcase.terminate().await, Some(0));
}

#[tokio::test]
async fn progress_and_logs_are_lines_beside_what_is_returned() {
    let machine = Machine::new();
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;
    for stream in [None, Some("--stream")] {
        let call: Vec<&str> = ["call", "prog_log", "n=2"].into_iter().chain(stream).collect();
        let (out, err, code) = rekuest(&machine, &call).await;
        assert_eq!((out.as_str(), code), ("2", Some(0)), "{err}");
        let place = |line: &str| err.lines().position(|said| said == line);
        assert!(place("INFO: log 0").is_some() && place("INFO: log 0") < place("INFO: log 1"), "{err}");
        // Earlier progress may have been overtaken by this.
        assert!(place("50 % step 1").is_some(), "{err}");
        assert_eq!(err.contains("has started"), stream.is_some(), "{err}");
    }
    let (out, ..) = rekuest(&machine, &["call", "gen_count", "n=3"]).await;
    assert_eq!(out, "0\n1\n2");
    assert_eq!(showcase.terminate().await, Some(0));
}

#[tokio::test]
async fn an_interrupted_call_is_cancelled_and_waited_for() {
    let machine = Machine::new();
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;
    let mut calling = machine.command(REKUEST);
    let mut calling = Spawned::start_with_errors(calling.args(["call", "breaks", "n=100000"]));
    // As it comes: the call goes on for long.
    calling.says("% step").await;
    let call = outstanding(&machine).await;
    calling.interrupt().await;
    let said = calling.says("interrupted").await;
    assert!(said.contains(&format!("the cancellation of the call {call} was asked for")), "{said}");
    calling.says("error: the call was cancelled").await;
    assert_eq!(calling.ended().await, Some(5));
    let (events, err, code) = rekuest(&machine, &["watch", &call]).await;
    assert_eq!(code, Some(5), "{events} {err}");
    assert_eq!(showcase.terminate().await, Some(0));
}

#[tokio::test]
async fn a_second_interruption_does_not_wait_for_the_end_of_a_call() {
    let machine = Machine::new();
    // The app is halted, so the server is another process.
    let mut server = machine.command(REKUEST);
    server.args(["server", "--bind", "127.0.0.1:0"]);
    server.args(["--accept", "provider=showcase/me/lab", "--accept", "caller=rekuest/me/lab"]);
    let mut server = Spawned::start(&mut server);
    let url = server.says("The server listens at").await;
    let url = url.rsplit(' ').next().expect("a url");
    let mut showcase = machine.example("showcase", &["--url", url, "--token", "provider"]);
    showcase.says(PROVIDING).await;

    let mut calling = machine.command(REKUEST);
    calling.args(["call", "breaks", "n=100000", "--url", url, "--token", "caller"]);
    let mut calling = Spawned::start_with_errors(&mut calling);
    calling.says("% step").await;
    showcase.halt().await;
    calling.interrupt().await;
    calling.says("interrupt again to leave at once").await;
    calling.interrupt().await;
    let left = calling.says("error: interrupted: the call").await;
    assert!(left.ends_with("may go on"), "{left}");
    assert_eq!(calling.ended().await, Some(5));
    showcase.let_go_on().await;
    assert_eq!(showcase.terminate().await, Some(0));
    assert_eq!(server.terminate().await, Some(0));
}

/// The id of the one call that `rekuest` has outstanding, as the local server tells.
async fn outstanding(machine: &Machine) -> String {
    let file =
        std::fs::read_to_string(machine.folder().join("server.json")).expect("the file of the local server");
    let file: Value = serde_json::from_str(&file).expect("JSON");
    let token = rekuest_core::local::token(file["secret"].as_str().expect("a secret"), "rekuest");
    let client = rekuest::Client::builder()
        .url(file["url"].as_str().expect("a url"))
        .expect("a url")
        .token(token)
        .build()
        .await
        .expect("a client");
    let own = rekuest_client::graphql::operations::OwnAssignations { instance_id: "default" };
    let own = client.graphql().execute(&own).await.expect("its calls");
    own.last().expect("one call").id.clone()
}

#[tokio::test]
async fn the_server_and_completions_are_commands_too() {
    let machine = Machine::new();
    let mut command = machine.command(REKUEST);
    command.args(["server", "--bind", "127.0.0.1:0", "--accept", "s3cret=app/me/lab"]);
    let mut server = Spawned::start(&mut command);
    let url = server.says("The server listens at").await;
    let url = url.rsplit(' ').next().expect("a url").to_owned();
    let (agents, err, code) = rekuest(&machine, &["agents", "--url", &url, "--token", "s3cret"]).await;
    assert_eq!((agents.as_str(), code), ("", Some(0)), "{err}");
    assert_eq!(server.terminate().await, Some(0));

    // What is not understood is not repeated: it may be a secret. (The sentence has an example of its own.)
    let (_, err, code) = rekuest(&machine, &["server", "--accept", "h1dden"]).await;
    assert_eq!(code, Some(2));
    assert!(err.contains("TOKEN=CLIENT/USER/ORGANIZATION") && !err.contains("h1dden"), "{err}");
    let (completions, _, code) = rekuest(&machine, &["completions", "bash"]).await;
    assert_eq!(code, Some(0));
    assert!(completions.contains("actions") && completions.contains("watch"));
}
