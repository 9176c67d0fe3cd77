//! The writing half of a connection: drains the outbox, feeds a batch, flushes once.

use futures_util::SinkExt as _;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Sender;
use super::sent::Sent;
use crate::table::{Batch, Table};

/// Writes until the connection breaks.
pub(super) async fn write(sender: &mut Sender, table: &Table, sent: &Sent) -> Error {
    let mut batch = Batch::default();
    loop {
        table.next_batch(&mut batch).await;
        sent.remember(&batch);
        if let Err(error) = send(sender, &mut batch).await {
            return error;
        }
    }
}

async fn send(sender: &mut Sender, batch: &mut Batch) -> Result<(), Error> {
    for frame in batch.drain() {
        sender.feed(Message::Text(frame)).await?;
    }
    sender.flush().await
}
