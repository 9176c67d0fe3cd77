//! PAUSE, RESUME and STEP at the breakpoints of functions.

use std::sync::Arc;

use rekuest_core::{Function, task};
use serde_json::json;
use tokio::sync::Notify;

use crate::functions::{Gate, begins};
use crate::scripted::{Peer, Socket};

/// Lets the functions below pass their beginning.
#[derive(Clone)]
struct GoOn(Arc<Notify>, Gate);

impl GoOn {
    fn go(&self) {
        self.0.notify_one();
        self.1.open();
    }
}

/// Functions with two breakpoints, async and blocking.
fn halting() -> (GoOn, [Function; 2]) {
    let go_on = GoOn(Arc::new(Notify::new()), Gate::new());
    let (wait, gate) = (Arc::clone(&go_on.0), go_on.1.clone());
    let future = Function::future("future", [], move || {
        let wait = Arc::clone(&wait);
        async move {
            begins();
            wait.notified().await;
            let task = task::current().expect("a task");
            task.breakpoint().await;
            task.progress(10, "one");
            task.breakpoint().await;
            task.progress(20, "two");
        }
    });
    let blocking = Function::blocking("blocking", [], move || {
        begins();
        gate.pass();
        let task = task::current().expect("a task");
        task.blocking_breakpoint()?;
        task.progress(10, "one");
        task.blocking_breakpoint()?;
        task.progress(20, "two");
        Ok::<(), task::Cancelled>(())
    });
    (go_on, [future, blocking])
}

async fn begun(socket: &mut Socket, interface: &str) {
    socket.assign(interface, interface, json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
}

/// The types of so many frames, with messages where they are PROGRESS.
async fn says(socket: &mut Socket, count: usize) -> Vec<String> {
    let mut said = Vec::new();
    for _ in 0..count {
        let (kind, message) = socket.said().await;
        said.push(if kind == "PROGRESS" { format!("PROGRESS {message}") } else { kind });
    }
    said
}

#[tokio::test]
async fn a_paused_function_halts_at_its_breakpoint_steps_to_the_next_and_goes_on() {
    for (capabilities, paused, stepped, resumed) in [
        (&["pause"][..], "PAUSED", "STEPPED", "RESUMED"),
        (&[], "PROGRESS Paused", "PROGRESS Stepped", "PROGRESS Resumed"),
    ] {
        for interface in ["future", "blocking"] {
            let mut peer = Peer::start().await;
            let (go_on, functions) = halting();
            let _agent = peer.agent(functions);
            let mut socket = peer.able_connection(capabilities, &[]).await;
            begun(&mut socket, interface).await;
            socket.tell("PAUSE", interface).await;
            // Not before it comes to a breakpoint.
            socket.assert_silent().await;
            go_on.go();
            assert_eq!(says(&mut socket, 1).await, [paused]);
            socket.tell("PAUSE", interface).await;
            socket.assert_silent().await;
            socket.tell("STEP", interface).await;
            assert_eq!(says(&mut socket, 3).await, [stepped, "PROGRESS one", paused]);
            socket.assert_silent().await;
            socket.tell("RESUME", interface).await;
            assert_eq!(says(&mut socket, 4).await, [resumed, "PROGRESS two", "YIELD", "DONE"]);
            socket.assert_silent().await;
        }
    }
}

#[tokio::test]
async fn a_paused_function_can_be_cancelled_and_interrupted() {
    for end in ["CANCEL", "INTERRUPT"] {
        for interface in ["future", "blocking"] {
            let mut peer = Peer::start().await;
            let (go_on, functions) = halting();
            let agent = peer.agent(functions);
            let mut socket = peer.able_connection(&["pause", "interrupt"], &[]).await;
            begun(&mut socket, interface).await;
            socket.tell("PAUSE", interface).await;
            socket.assert_silent().await;
            go_on.go();
            assert_eq!(says(&mut socket, 1).await, ["PAUSED"]);
            socket.tell(end, interface).await;
            let expected = if end == "CANCEL" { "CANCELLED" } else { "INTERRUPTED" };
            assert_eq!(says(&mut socket, 1).await, [expected]);
            crate::scripted::until("the end of the code", || agent.handle.status().lingering == 0).await;
            socket.assert_silent().await;
        }
    }
}

#[tokio::test]
async fn a_function_that_runs_steps_to_its_next_breakpoint() {
    let mut peer = Peer::start().await;
    let (go_on, functions) = halting();
    let _agent = peer.agent(functions);
    let mut socket = peer.able_connection(&["pause"], &[]).await;
    begun(&mut socket, "future").await;
    socket.tell("STEP", "future").await;
    socket.assert_silent().await;
    go_on.go();
    assert_eq!(says(&mut socket, 1).await, ["PAUSED"]);
    socket.tell("RESUME", "future").await;
    assert_eq!(says(&mut socket, 5).await, ["RESUMED", "PROGRESS one", "PROGRESS two", "YIELD", "DONE"]);
}

#[tokio::test]
async fn a_function_without_breakpoints_and_an_unknown_id_are_not_paused() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([crate::scripted::waits(&go_on)]);
    let mut socket = peer.able_connection(&["pause"], &[]).await;
    socket.assign("7", "waits", json!({})).await;
    socket.receive().await;
    for kind in ["PAUSE", "RESUME", "STEP"] {
        socket.tell(kind, "unknown").await;
    }
    socket.tell("RESUME", "7").await;
    socket.tell("PAUSE", "7").await;
    socket.assert_silent().await;
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
    for kind in ["PAUSE", "RESUME", "STEP"] {
        socket.tell(kind, "7").await;
    }
    socket.assert_silent().await;
}

#[tokio::test]
async fn a_paused_function_is_reported_as_such_after_a_reconnect_and_goes_on() {
    let mut peer = Peer::start().await;
    let (go_on, functions) = halting();
    let _agent = peer.agent(functions);
    let mut socket = peer.able_connection(&["pause"], &[]).await;
    begun(&mut socket, "future").await;
    socket.tell("PAUSE", "future").await;
    socket.assert_silent().await;
    go_on.go();
    assert_eq!(says(&mut socket, 1).await, ["PAUSED"]);
    socket.cut();
    let mut socket = peer.able_connection(&["pause"], &["future"]).await;
    assert_eq!(says(&mut socket, 1).await, ["PROGRESS Paused"]);
    socket.tell("RESUME", "future").await;
    assert_eq!(says(&mut socket, 5).await, ["RESUMED", "PROGRESS one", "PROGRESS two", "YIELD", "DONE"]);
}
