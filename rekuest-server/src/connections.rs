//! The websockets that are open, so that stopping can wait for them.

use tokio::sync::{mpsc, watch};

/// What every websocket holds while it is open.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    stop: watch::Receiver<bool>,
    /// Dropped with the connection; when the last is gone, the other end knows.
    _held: mpsc::Sender<()>,
}

impl Open {
    /// Waits until the server stops, or is gone without having been stopped.
    pub(crate) async fn stopped(&mut self) {
        let _ = self.stop.wait_for(|stopped| *stopped).await;
    }
}

/// The server's side: stops all and waits for them.
#[derive(Debug)]
pub(crate) struct Connections {
    stop: watch::Sender<bool>,
    held: mpsc::Receiver<()>,
}

/// The two sides.
pub(crate) fn connections() -> (Connections, Open) {
    let (stop, stopped) = watch::channel(false);
    let (holder, held) = mpsc::channel(1);
    (Connections { stop, held }, Open { stop: stopped, _held: holder })
}

impl Connections {
    /// Tells all to stop.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until all are gone.
    pub(crate) async fn gone(&mut self) {
        // Nothing is ever sent: this ends when the last sender is dropped.
        let _ = self.held.recv().await;
    }
}
