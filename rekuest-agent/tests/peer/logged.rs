//! What an agent says of itself, to whoever reads its log.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rekuest_core::{Function, task};
use serde_json::json;
use tracing::subscriber::DefaultGuard;

use crate::functions::endless;
use crate::scripted::{Peer, until};

/// What was logged on this thread, where an agent of a test lives.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Logged {
    fn begin() -> (Self, DefaultGuard) {
        let logged = Self::default();
        let writer = logged.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        (logged, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()).expect("a text")
    }

    /// Waits for a line with all of these.
    async fn has(&self, parts: &[&str]) -> String {
        let line = || {
            let text = self.text();
            text.lines().find(|line| parts.iter().all(|part| line.contains(part))).map(str::to_owned)
        };
        until(&format!("{parts:?} in the log"), || line().is_some()).await;
        line().expect("a line")
    }
}

impl io::Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_frame_that_the_server_did_not_understand_is_logged_with_what_was_sent_and_without_the_token() {
    for frame in [
        json!({"error": "1 validation error"}),
        json!({"type": "PROTOCOL_ERROR", "error": "1 validation error"}),
    ] {
        let (logged, _guard) = Logged::begin();
        let mut peer = Peer::start().await;
        let _agent = peer.agent([Function::blocking("one", [], || 1_i64)]);
        let mut socket = peer.connection(&[]).await;
        socket.assign("the assignation", "one", json!({})).await;
        socket.receive_to_end().await;
        socket.send(frame).await;
        socket.close(3003).await;
        peer.connection(&[]).await.assert_silent().await;
        let line = logged.has(&["ERROR", "did not understand", "1 validation error"]).await;
        for sent in ["PROGRESS", "YIELD", "DONE", "the assignation"] {
            assert!(line.contains(sent), "{line}");
        }
        assert!(!logged.text().contains(r#""token"#), "{}", logged.text());
    }
}

#[tokio::test]
async fn frames_that_are_not_understood_here_are_logged_and_survived() {
    let (logged, _guard) = Logged::begin();
    let mut peer = Peer::start().await;
    let _agent = peer.agent([]);
    let mut socket = peer.connection(&[]).await;
    socket.send_binary(b"{}").await;
    socket.send_text("no JSON").await;
    socket.send(json!({"type": "SURPRISE"})).await;
    socket.send(json!({"type": "KICKED", "reason": 5})).await;
    socket.assert_silent().await;
    logged.has(&["WARN", "binary frame"]).await;
    logged.has(&["WARN", "malformed"]).await;
    logged.has(&["WARN", "SURPRISE"]).await;
}

#[tokio::test]
async fn an_async_function_that_blocks_the_runtime_is_named() {
    let (logged, _guard) = Logged::begin();
    let mut peer = Peer::start().await;
    let sleeps = Function::future("sleeps", [], || async {
        std::thread::sleep(std::time::Duration::from_millis(600));
    });
    let _agent = peer.agent([sleeps]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "sleeps", json!({})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "DONE");
    logged.has(&["WARN", "blocks the runtime", "sleeps", "assignation=7"]).await;
}

#[tokio::test]
async fn a_failure_is_logged_with_its_assignation_and_a_cancellation_is_no_failure() {
    let (logged, _guard) = Logged::begin();
    let mut peer = Peer::start().await;
    let fails = Function::future("fails", [], || async { Err::<(), _>("the laser is off") });
    let _agent = peer.agent([fails, endless()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "fails", json!({})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "CRITICAL");
    logged.has(&["WARN", "failed: the laser is off", "assignation=7", "fails"]).await;
    socket.assign("8", "endless", json!({})).await;
    socket.receive().await;
    socket.tell("CANCEL", "8").await;
    socket.receive_to_end().await;
    assert!(!logged.text().contains("failed: the assignation was cancelled"));
}

#[tokio::test]
async fn what_a_function_traces_is_within_a_span_of_its_assignation() {
    let (logged, _guard) = Logged::begin();
    let mut peer = Peer::start().await;
    let traces = Function::future("traces", [], || async {
        tokio::task::yield_now().await;
        tracing::info!(task = task::current().expect("a task").id(), "looked");
    });
    let _agent = peer.agent([traces]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "traces", json!({})).await;
    socket.receive_to_end().await;
    logged.has(&["looked", "assignation{id=7", "interface=\"traces\""]).await;
}
