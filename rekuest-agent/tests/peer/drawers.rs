//! Values in the agent's memory, and COLLECT.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rekuest_core::{Function, Memorable, Memory};
use serde_json::json;

use crate::scripted::{Peer, Socket, until};

/// Counts how many of it are gone.
struct Volume(Arc<AtomicUsize>);

impl Memorable for Volume {
    const IDENTIFIER: &'static str = "@test/volume";
}

impl Drop for Volume {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn functions(gone: &Arc<AtomicUsize>) -> [Function; 2] {
    let gone = Arc::clone(gone);
    let makes =
        Function::future("makes", [], move || std::future::ready(Memory::new(Volume(Arc::clone(&gone)))));
    let takes = Function::blocking("takes", ["volume"], |volume: Memory<Volume>| volume.get().is_ok());
    [makes, takes]
}

async fn made(socket: &mut Socket, assignation: &str) -> String {
    socket.assign(assignation, "makes", json!({})).await;
    let yielded = socket.receive_type("YIELD").await;
    assert_eq!(socket.receive().await["type"], "DONE");
    yielded["returns"]["return0"].as_str().expect("a drawer").to_owned()
}

#[tokio::test]
async fn collect_drops_what_is_in_a_drawer_and_passes_over_what_is_not_known() {
    let mut peer = Peer::start().await;
    let gone = Arc::new(AtomicUsize::new(0));
    let _agent = peer.agent(functions(&gone));
    let mut socket = peer.connection(&[]).await;
    let (first, second) = (made(&mut socket, "1").await, made(&mut socket, "2").await);
    socket.send(json!({"type": "COLLECT", "drawers": ["unknown", first, "of another"]})).await;
    until("the end of the value", || gone.load(Ordering::SeqCst) == 1).await;
    until("the end of its drawer", || peer.drawers() == (2, 1)).await;
    socket.assign("3", "takes", json!({"volume": second})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "DONE");
    socket.assign("4", "takes", json!({"volume": first})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "ERROR");
    for drawers in [json!([]), json!(["unknown"]), json!(5)] {
        socket.send(json!({"type": "COLLECT", "drawers": drawers})).await;
    }
    socket.assert_silent().await;
    assert_eq!((gone.load(Ordering::SeqCst), peer.drawers()), (1, (2, 1)));
}

#[tokio::test]
async fn heartbeats_and_cancel_do_not_wait_for_http() {
    let mut peer = Peer::start().await;
    let gone = Arc::new(AtomicUsize::new(0));
    let _agent = peer.agent(functions(&gone));
    let mut socket = peer.connection(&[]).await;
    let drawer = made(&mut socket, "1").await;
    peer.answer_for_drawers(false);
    socket.assign("2", "makes", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    socket.send(json!({"type": "COLLECT", "drawers": [drawer]})).await;
    until("both requests", || peer.drawers() == (2, 1)).await;
    socket.assert_silent().await;
    socket.tell("CANCEL", "2").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    peer.answer_for_drawers(true);
    socket.assert_silent().await;
}

#[tokio::test]
async fn nothing_in_memory_survives_a_server_that_has_lost_its_data() {
    let mut peer = Peer::start().await;
    let gone = Arc::new(AtomicUsize::new(0));
    let _agent = peer.agent(functions(&gone));
    let mut socket = peer.connection(&[]).await;
    made(&mut socket, "1").await;
    peer.forget("2");
    socket.cut();
    assert_eq!(peer.connection(&[]).await.closed().await, 1000);
    let mut socket = peer.connection(&[]).await;
    until("the end of the value", || gone.load(Ordering::SeqCst) == 1).await;
    socket.assert_silent().await;
}
