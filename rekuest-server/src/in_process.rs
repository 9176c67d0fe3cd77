//! Connections inside of one process: callers and agents beside the server, without the system's network.

use std::future::{Ready, ready};
use std::io;

use axum::serve::Listener;
use tokio::io::{DuplexStream, duplex};
use tokio::sync::mpsc;

/// How many bytes may be under way in each direction of a connection.
const UNDER_WAY: usize = 256 * 1024;

/// Where connections are made. Cloned with each [`connector`](crate::RunningServer::connector).
#[derive(Debug, Clone)]
pub(crate) struct Door(mpsc::UnboundedSender<DuplexStream>);

/// Where the server takes them.
#[derive(Debug)]
pub(crate) struct Inside(mpsc::UnboundedReceiver<DuplexStream>);

/// The two sides.
pub(crate) fn door() -> (Door, Inside) {
    let (outside, inside) = mpsc::unbounded_channel();
    (Door(outside), Inside(inside))
}

impl Door {
    /// Connects; refused once the server is gone.
    pub(crate) fn connect(&self) -> Ready<io::Result<DuplexStream>> {
        let (ours, theirs) = duplex(UNDER_WAY);
        let refused = |_| io::Error::new(io::ErrorKind::ConnectionRefused, "the server has stopped");
        ready(self.0.send(theirs).map(|()| ours).map_err(refused))
    }
}

impl Listener for Inside {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.0.recv().await {
            Some(connection) => (connection, ()),
            // Nobody is left who could connect; the server ends otherwise.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(())
    }
}
