//! A process that is asked to end, once and twice, and the file that says whether it can be called.

use std::time::{Duration, Instant};

use rekuest::prelude::*;
use rekuest::server::RunningServer;
use rekuest_client::RunningCall;
use rekuest_core::caller::CallEvent;

use crate::in_process::{client, server, until};
use crate::spawned::{Machine, Spawned};

struct Running {
    server: RunningServer,
    machine: Machine,
    process: Spawned,
    call: RunningCall,
}

impl Running {
    /// The showcase in a process, while it sleeps for so long.
    async fn start(seconds: f64) -> Self {
        let server = server(&["showcase", "caller"]).await;
        let machine = Machine::new();
        let file = machine.folder().join("ready").to_string_lossy().into_owned();
        let args = ["--url", &server.url(), "--token", "showcase", "--ready-file", &file];
        let mut process = machine.example("showcase", &args);
        process.says("provides").await;
        let caller = client(&server, "caller").await;
        let action = caller.find("showcase", "sleeper").await.expect("the action");
        let mut call = action.start(args! { seconds: seconds }).await.expect("a call");
        loop {
            match call.next().await.expect("it goes on").expect("it has not ended") {
                CallEvent::Progress { .. } => break,
                _ => continue,
            }
        }
        let running = Self { server, machine, process, call };
        until("the file is there", || running.ready_file().is_some()).await;
        running
    }

    /// What is in the file.
    fn ready_file(&self) -> Option<String> {
        std::fs::read_to_string(self.machine.folder().join("ready")).ok()
    }
}

#[tokio::test]
async fn a_process_that_is_asked_to_end_finishes_what_runs() {
    let mut running = Running::start(1.0).await;
    until("the file names the process", || {
        running.ready_file().is_some_and(|text| text.trim() == running.process.id())
    })
    .await;
    running.process.ask_to_end().await;
    until("the file is gone", || running.ready_file().is_none()).await;
    let mut returned = None;
    while let Some(event) = running.call.next().await.expect("it ends well") {
        if let CallEvent::Yield(returns) = event {
            returned = Some(returns.get().to_owned());
        }
    }
    assert_eq!(returned.as_deref(), Some(r#"{"return0":"slept"}"#));
    assert_eq!(running.process.ended().await, Some(0));
    running.server.shutdown().await;
}

#[tokio::test]
async fn a_process_that_is_asked_twice_ends_at_once_and_cancels_what_runs() {
    let mut running = Running::start(600.0).await;
    running.process.ask_to_end().await;
    until("it has heard the first", || running.ready_file().is_none()).await;
    let asked = Instant::now();
    running.process.ask_to_end().await;
    assert_eq!(running.process.ended().await, Some(0));
    assert!(asked.elapsed() < Duration::from_secs(15), "not at once: {:?}", asked.elapsed());
    let end = loop {
        match running.call.next().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("it cannot have slept"),
            Err(error) => break error,
        }
    };
    assert!(matches!(end, CallError::Cancelled), "{end:?}");
    running.server.shutdown().await;
}
