//! Across processes: what a user does in terminals.

use crate::spawned::Machine;

const PROVIDING: &str = "call one from another terminal";

#[tokio::test]
async fn hello_provides_and_a_second_process_calls_it() {
    let machine = Machine::new();
    let mut hello = machine.example("hello", &[]);
    hello.says("hosts the local server").await;
    hello.says("add(a: INT, b: INT = 3) -> INT").await;
    let line = hello.says(PROVIDING).await;
    assert!(line.ends_with("call add a=1"), "{line}");

    let called = machine.output("hello", &["call", "add", "a=1", "b=2"]).await;
    assert_eq!((called.out.as_str(), called.code), ("3", Some(0)), "{called:?}");
    let defaulted = machine.output("hello", &["call", "add", "a=1"]).await;
    assert_eq!(defaulted.out, "4");

    let wrong = machine.output("hello", &["call", "add", "a=x"]).await;
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert!(wrong.err.contains("a: expected INT, got \"x\""), "{wrong:?}");
    let unknown = machine.output("hello", &["call", "subtract"]).await;
    assert_eq!(unknown.code, Some(4), "{unknown:?}");
    assert!(unknown.err.contains("add"), "{unknown:?}");
    assert_eq!(hello.terminate().await, Some(0));
}

#[tokio::test]
async fn without_a_server_a_call_says_what_to_do() {
    let machine = Machine::new();
    let called = machine.output("hello", &["call", "add", "a=1"]).await;
    assert_eq!(called.code, Some(3), "{called:?}");
    assert!(called.err.starts_with("error: no server is running for this user"), "{called:?}");
}

#[tokio::test]
async fn two_apps_side_by_side_on_the_local_server() {
    let machine = Machine::new();
    let mut hello = machine.example("hello", &[]);
    hello.says(PROVIDING).await;
    let mut showcase = machine.example("showcase", &[]);
    showcase.says("uses the local server").await;
    showcase.says(PROVIDING).await;

    let own = machine.output("showcase", &["call", "add_int", "a=4", "b=5"]).await;
    assert_eq!(own.out, "9", "{own:?}");
    let other = machine.output("showcase", &["call", "add", "a=1", "b=2", "--app", "hello"]).await;
    assert_eq!(other.out, "3", "{other:?}");
    assert_eq!(machine.output("hello", &["call", "add", "a=1"]).await.out, "4");

    let failed = machine.output("showcase", &["call", "fail", "msg=boom"]).await;
    assert_eq!(failed.code, Some(1), "{failed:?}");
    assert!(failed.err.ends_with("error: the function failed: boom"), "{failed:?}");
    let late = machine.output("showcase", &["call", "sleeper", "seconds=60.0", "--timeout", "0.2"]).await;
    assert_eq!(late.code, Some(6), "{late:?}");
    assert_eq!(showcase.terminate().await, Some(0));
    assert_eq!(hello.terminate().await, Some(0));
}

#[tokio::test]
async fn a_second_process_of_one_app_is_told_to_take_an_instance_id() {
    let machine = Machine::new();
    let mut first = machine.example("hello", &[]);
    first.says(PROVIDING).await;
    let second = machine.output("hello", &[]).await;
    assert_eq!(second.code, Some(4), "{second:?}");
    assert!(second.err.contains("--instance-id"), "{second:?}");
    let mut third = machine.example("hello", &["--instance-id", "second"]);
    third.says(PROVIDING).await;
    assert_eq!(machine.output("hello", &["call", "add", "a=1"]).await.out, "4");
    assert_eq!(third.terminate().await, Some(0));
    assert_eq!(first.terminate().await, Some(0));
}

#[tokio::test]
async fn when_the_hosting_app_ends_the_others_wait_for_the_next_one() {
    let machine = Machine::new();
    let mut host = machine.example("hello", &[]);
    host.says(PROVIDING).await;
    let mut showcase = machine.example("showcase", &[]);
    showcase.says(PROVIDING).await;
    // Without a chance to clean up: the file stays, its lock does not.
    host.kill().await;
    let mut next = machine.example("hello", &[]);
    next.says("hosts the local server").await;
    next.says(PROVIDING).await;
    let back = async {
        loop {
            let called = machine.output("hello", &["call", "add_int", "a=1", "--app", "showcase"]).await;
            if called.code == Some(0) {
                return called.out;
            }
            // Until it is back, it is not found or not connected.
            assert!(matches!(called.code, Some(3 | 4)), "{called:?}");
        }
    };
    let answer = tokio::time::timeout(std::time::Duration::from_secs(90), back).await;
    assert_eq!(answer.expect("the app comes back"), "4");
    assert_eq!(next.terminate().await, Some(0));
}

#[tokio::test]
async fn the_file_of_the_local_server_is_for_its_user_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let machine = Machine::new();
    let mut hello = machine.example("hello", &[]);
    hello.says("hosts the local server").await;
    let file = machine.folder().join("server.json");
    let mode = std::fs::metadata(&file).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(hello.terminate().await, Some(0));
    assert!(!file.exists(), "whoever hosts the server takes its file away");
}

#[tokio::test]
async fn the_definitions_of_the_showcase_are_golden() {
    let machine = Machine::new();
    let inspected = machine.output("showcase", &["inspect"]).await;
    assert_eq!(inspected.code, Some(0), "{inspected:?}");
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/showcase.json");
    let expected = std::fs::read_to_string(golden).expect("the golden file");
    assert!(
        inspected.out == expected.trim(),
        "the definitions of the showcase have changed; if that is meant, write them anew:\n\
         cargo run --example showcase -- inspect > tests/fixtures/showcase.json"
    );
}

#[tokio::test]
async fn inspect_prints_the_json_schemas_of_every_function() {
    let machine = Machine::new();
    let inspected = machine.output("hello", &["inspect", "--json-schema"]).await;
    assert_eq!(inspected.code, Some(0), "{inspected:?}");
    let functions: Vec<serde_json::Value> = serde_json::from_str(&inspected.out).expect("a JSON array");
    let add = functions.iter().find(|function| function["interface"] == "add").expect("hello has it");
    assert_eq!(add["args"]["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(add["args"]["required"], serde_json::json!(["a"]));
    assert_eq!(add["args"]["properties"]["a"]["type"], "integer");
    assert_eq!(add["returns"]["properties"]["return0"]["type"], "integer");
}

#[tokio::test]
async fn the_command_line_explains_itself_and_its_mistakes() {
    let machine = Machine::new();
    let help = machine.output("hello", &["--help"]).await;
    assert_eq!(help.code, Some(0), "{help:?}");
    assert!(help.out.contains("inspect") && help.out.contains("--instance-id"), "{help:?}");
    let wrong = machine.output("hello", &["--nope"]).await;
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    let no_token = machine.output("hello", &["--url", "http://127.0.0.1:1"]).await;
    assert_eq!(no_token.code, Some(2), "{no_token:?}");
    assert!(no_token.err.contains("REKUEST_TOKEN"), "{no_token:?}");
}
