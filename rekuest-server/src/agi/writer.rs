//! Writes to an agent: INIT, and then whatever waits for it.
//!
//! A frame stays in the outbox until the socket is ready for it: what a connection that is cut did not take is there for
//! the next one.

use std::future::poll_fn;
use std::pin::Pin;

use axum::extract::ws::Message;
use futures_util::{Sink, SinkExt as _};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::Writer;
use crate::close::WRITING;
use crate::ids::Id;
use crate::state::outbox::{Outbox, Waiting};

/// How many frames are written between flushes.
const BATCH: usize = 64;

/// Writes `init`, and then what is `urgent` before what is in the outbox. Ends when the socket does not take it; if
/// another connection holds the outbox, it waits to be ended.
pub(super) async fn write(
    init: String,
    connection: Id,
    outbox: &Outbox,
    mut urgent: mpsc::Receiver<String>,
    writer: &mut Writer,
) {
    if !ready(writer).await || !send(writer, init) {
        return;
    }
    let mut unflushed = 1;
    loop {
        if !ready(writer).await {
            return;
        }
        let frame = match urgent.try_recv() {
            Ok(frame) => frame,
            Err(_) => match outbox.pop(connection) {
                Waiting::Frame(frame) => frame,
                Waiting::Nothing if unflushed > 0 => {
                    if !flush(writer).await {
                        return;
                    }
                    unflushed = 0;
                    continue;
                }
                Waiting::Nothing => tokio::select! {
                    Some(frame) = urgent.recv() => frame,
                    () = outbox.changed(connection) => continue,
                },
                Waiting::Lost => return std::future::pending().await,
            },
        };
        if !send(writer, frame) {
            return;
        }
        unflushed += 1;
        if unflushed >= BATCH {
            if !flush(writer).await {
                return;
            }
            unflushed = 0;
        }
    }
}

/// Waits until the socket takes a frame; false if it does not in time.
async fn ready(writer: &mut Writer) -> bool {
    let ready = poll_fn(|context| Pin::new(&mut *writer).poll_ready(context));
    matches!(timeout(WRITING, ready).await, Ok(Ok(())))
}

/// Hands a frame to a socket that is ready; false if it is gone.
fn send(writer: &mut Writer, frame: String) -> bool {
    Pin::new(writer).start_send(Message::text(frame)).is_ok()
}

/// Waits until everything is with the kernel; false if it is not in time.
async fn flush(writer: &mut Writer) -> bool {
    matches!(timeout(WRITING, writer.flush()).await, Ok(Ok(())))
}
