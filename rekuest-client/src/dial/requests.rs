//! Requests over the connections that a [`Connect`] makes. The usual ones are made with reqwest, which connects by itself.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use http_body_util::{BodyExt as _, Full};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connected, Connection as Described};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::Bytes;
use tokio_tungstenite::tungstenite::http::{Request, Uri};
use tower_service::Service;

use super::connection::in_time;
use super::tls::Trust;
use super::{Connect, Connection};

/// Makes requests, over connections that are kept for a while.
pub(crate) struct Requests {
    client: Client<Connector, Full<Bytes>>,
    request_timeout: Duration,
}

/// Why there is no answer.
pub(crate) struct Unanswered {
    /// Whether the request may have arrived.
    pub(crate) sent: bool,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

impl Requests {
    pub(crate) fn new(
        connect: Arc<dyn Connect>,
        trust: Arc<Trust>,
        idle: Duration,
        connect_timeout: Duration,
        request_timeout: Duration,
    ) -> Self {
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(idle);
        Self { client: builder.build(Connector { connect, trust, connect_timeout }), request_timeout }
    }

    /// The status of the answer, and its body.
    pub(crate) async fn send(&self, request: Request<Full<Bytes>>) -> Result<(u16, Bytes), Unanswered> {
        let answer = async {
            let response = self
                .client
                .request(request)
                .await
                .map_err(|error| Unanswered { sent: !error.is_connect(), source: error.into() })?;
            let status = response.status().as_u16();
            let read = response.into_body().collect().await;
            let body = read.map_err(|error| Unanswered { sent: true, source: error.into() })?;
            Ok((status, body.to_bytes()))
        };
        let late = |source: tokio::time::error::Elapsed| Unanswered { sent: true, source: source.into() };
        tokio::time::timeout(self.request_timeout, answer).await.map_err(late)?
    }
}

/// A [`Connect`], as hyper asks for connections.
#[derive(Clone)]
struct Connector {
    connect: Arc<dyn Connect>,
    trust: Arc<Trust>,
    connect_timeout: Duration,
}

impl Service<Uri> for Connector {
    type Response = Carrier;
    type Error = io::Error;
    type Future = BoxFuture<'static, Result<Carrier, io::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let (connecting, trust) = (self.connect.connect(), Arc::clone(&self.trust));
        let connected = async move {
            let connection = connecting.await?;
            if to.scheme_str() != Some("https") {
                return Ok(Carrier(TokioIo::new(connection)));
            }
            let config = trust.config().map_err(io::Error::other)?;
            let name = ServerName::try_from(to.host().unwrap_or_default().to_owned());
            let secure = TlsConnector::from(config).connect(name.map_err(io::Error::other)?, connection);
            Ok(Carrier(TokioIo::new(Box::new(secure.await?))))
        };
        Box::pin(in_time(self.connect_timeout, connected))
    }
}

/// A [`Connection`], as hyper takes it.
struct Carrier(TokioIo<Box<dyn Connection>>);

impl Described for Carrier {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for Carrier {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl Write for Carrier {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
