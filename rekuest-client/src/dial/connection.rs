//! A connection, and whoever makes one.

use std::fmt;
use std::future::Future;
use std::io;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::http::Uri;
use tower_service::Service as _;

/// Bytes to a server and back. Every stream of bytes is one.
pub trait Connection: AsyncRead + AsyncWrite + Unpin + Send + 'static {}

impl<C: AsyncRead + AsyncWrite + Unpin + Send + 'static> Connection for C {}

impl fmt::Debug for dyn Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

/// Whoever makes connections to a server in place of TCP: to one in the same process, through a Unix socket, a tunnel.
/// Given with [`HttpOptions::over`](crate::HttpOptions::over). A closure is one:
///
/// ```no_run
/// # #[cfg(unix)]
/// # fn example() -> rekuest_client::HttpOptions {
/// use rekuest_client::HttpOptions;
/// use tokio::net::UnixStream;
///
/// HttpOptions::default().over(|| UnixStream::connect("/run/rekuest.sock"))
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` makes no connections",
    note = "give a closure that returns a future of `std::io::Result<C>`, where `C` can be read and written: \
            `|| tokio::net::UnixStream::connect(\"/run/rekuest.sock\")`"
)]
pub trait Connect: Send + Sync + 'static {
    /// Makes one, for a request or a websocket. HTTP is spoken over it, with TLS if the url says so.
    ///
    /// # Errors
    /// When there is nobody at the other end.
    fn connect(&self) -> BoxFuture<'static, io::Result<Box<dyn Connection>>>;
}

impl<F, R, C> Connect for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = io::Result<C>> + Send + 'static,
    C: Connection,
{
    fn connect(&self) -> BoxFuture<'static, io::Result<Box<dyn Connection>>> {
        let connecting = self();
        async { Ok(Box::new(connecting.await?) as Box<dyn Connection>) }.boxed()
    }
}

/// Connects within this time; then nothing was sent.
pub(super) async fn in_time<T>(
    limit: Duration,
    connecting: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let late = |_| io::Error::new(io::ErrorKind::TimedOut, format!("no connection within {limit:?}"));
    tokio::time::timeout(limit, connecting).await.map_err(late)?
}

/// Connects over TCP.
pub(super) async fn direct(mut connector: HttpConnector, to: Uri) -> io::Result<Box<dyn Connection>> {
    // It is always ready.
    let connected = connector.call(to).await.map_err(io::Error::other)?;
    Ok(Box::new(connected.into_inner()))
}
