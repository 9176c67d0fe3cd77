//! What stands between an app and its server, and can be cut: every connection through it, and those to come.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(crate) struct Relay {
    address: SocketAddr,
    whole: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl Relay {
    /// In front of the server at this address.
    pub(crate) async fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let whole = watch::Sender::new(true);
        let mut seen = whole.subscribe();
        let accepting = tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if *seen.borrow_and_update() {
                    let mut cut = seen.clone();
                    tokio::spawn(async move {
                        let Ok(mut far) = TcpStream::connect(server).await else { return };
                        tokio::select! {
                            _ = copy_bidirectional(&mut near, &mut far) => {}
                            _ = cut.changed() => {}
                        }
                    });
                }
            }
        });
        Self { address, whole, accepting }
    }

    /// What an app is given for the server's url.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every connection ends, and new ones end at once.
    pub(crate) fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// New connections pass again.
    pub(crate) fn mend(&self) {
        self.whole.send_replace(true);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
