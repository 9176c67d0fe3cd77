//! The writing half of a connection: drains the outbox, feeds a batch, flushes once.

use std::sync::Arc;

use futures_util::SinkExt as _;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Sender;
use crate::work::Workshop;

/// Writes until the connection breaks.
pub(super) async fn write(sender: &mut Sender, workshop: &Arc<Workshop>) -> Error {
    let mut batch = Vec::new();
    loop {
        workshop.table.next_batch(&mut batch).await;
        if let Err(error) = send(sender, &mut batch).await {
            return error;
        }
    }
}

async fn send(
    sender: &mut Sender,
    batch: &mut Vec<tokio_tungstenite::tungstenite::Utf8Bytes>,
) -> Result<(), Error> {
    for frame in batch.drain(..) {
        sender.feed(Message::Text(frame)).await?;
    }
    sender.flush().await
}
