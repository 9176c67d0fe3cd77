//! Opening websockets: the way that requests take as well, so that a server which answers the ones takes the others.
//!
//! That is TCP, or whatever a [`Connect`] makes; through a proxy where the system or the environment names one; with TLS
//! for `wss://`, with the authorities of the system and those that [`HttpOptions`](crate::HttpOptions) name.

mod connection;
mod proxy;
mod requests;
mod tls;

use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::proxy::matcher::Matcher;
use tokio_tungstenite::tungstenite::Error as WebSocketError;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config};
use url::Url;

use crate::endpoints::is_loopback;

pub use connection::{Connect, Connection};
pub(crate) use requests::{Requests, Unanswered};
pub(crate) use tls::{Trust, provide};

/// How much is read from a websocket at once, in bytes. As much is cleared before each read, and events are small: less than
/// the usual 128 KiB.
pub const READ_BUFFER: usize = 16 * 1024;

/// A websocket, however its bytes travel.
pub type WebSocket = WebSocketStream<MaybeTlsStream<Box<dyn Connection>>>;

/// Opens websockets.
pub(crate) struct Dialer {
    connect_timeout: Duration,
    trust: Arc<Trust>,
    connect: Option<Arc<dyn Connect>>,
    /// Made when they are first needed.
    proxies: OnceLock<Matcher>,
}

impl Dialer {
    pub(crate) fn new(
        connect_timeout: Duration,
        trust: Arc<Trust>,
        connect: Option<Arc<dyn Connect>>,
    ) -> Self {
        Self { connect_timeout, trust, connect, proxies: OnceLock::new() }
    }

    /// Opens the websocket at `url`.
    pub(crate) async fn websocket(
        &self,
        url: &Url,
        subprotocol: Option<&'static str>,
        config: WebSocketConfig,
    ) -> Result<WebSocket, WebSocketError> {
        let mut request = url.as_str().into_client_request()?;
        if let Some(subprotocol) = subprotocol {
            let subprotocol = HeaderValue::from_static(subprotocol);
            request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, subprotocol);
        }
        let connector = match url.scheme() {
            "wss" => {
                Connector::Rustls(self.trust.config().map_err(|error| WebSocketError::Tls(error.into()))?)
            }
            _ => Connector::Plain,
        };
        let connection = self.connection(url).await?;
        let (socket, _) =
            client_async_tls_with_config(request, connection, Some(config), Some(connector)).await?;
        Ok(socket)
    }

    async fn connection(&self, url: &Url) -> io::Result<Box<dyn Connection>> {
        if let Some(connect) = &self.connect {
            return connection::in_time(self.connect_timeout, connect.connect()).await;
        }
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(self.connect_timeout));
        connector.enforce_http(false);
        let destination = proxy::destination(url)?;
        // This machine is never reached through a proxy.
        let proxy = match is_loopback(url) {
            true => None,
            false => self.proxies.get_or_init(Matcher::from_system).intercept(&destination),
        };
        match proxy {
            None => connection::direct(connector, destination).await,
            Some(proxy) => proxy::through(&proxy, connector, destination).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    fn through(proxy: &str) -> Dialer {
        let dialer = Dialer::new(Duration::from_secs(5), Arc::new(Trust::new(Arc::new([]))), None);
        let matcher = Matcher::builder().all(proxy).build();
        assert!(dialer.proxies.set(matcher).is_ok(), "it has no proxies yet");
        dialer
    }

    async fn dial(dialer: &Dialer, url: &str) -> Result<WebSocket, WebSocketError> {
        dialer.websocket(&Url::parse(url).expect("a url"), None, WebSocketConfig::default()).await
    }

    /// Answers the first request with `answer`, and returns the request.
    async fn answering(listener: TcpListener, answer: &str) -> String {
        let (mut socket, _) = listener.accept().await.expect("a connection");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            assert!(socket.read_buf(&mut request).await.expect("a request") > 0, "it goes on");
        }
        socket.write_all(answer.as_bytes()).await.expect("sends");
        String::from_utf8(request).expect("text")
    }

    #[tokio::test]
    async fn a_proxy_is_asked_for_a_tunnel_with_its_password() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let dialer = through(&format!("http://user:s3cret@127.0.0.1:{port}"));
        let (dialed, request) = tokio::join!(
            dial(&dialer, "ws://lab.invalid/agi"),
            answering(listener, "HTTP/1.1 403 Forbidden\r\n\r\n"),
        );
        assert!(request.starts_with("CONNECT lab.invalid:80 HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("Proxy-Authorization: Basic "), "{request}");
        let error = dialed.expect_err("refused").to_string();
        assert!(error.contains(&format!("the proxy at 127.0.0.1:{port}")), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }

    #[tokio::test]
    async fn a_websocket_goes_through_the_tunnel() {
        let server = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let proxy = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let dialer = through(&format!("http://{}", proxy.local_addr().expect("an address")));
        let behind = server.local_addr().expect("an address");
        let proxying = async {
            let (mut socket, _) = proxy.accept().await.expect("a connection");
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                socket.read_buf(&mut request).await.expect("a request");
            }
            let mut behind = tokio::net::TcpStream::connect(behind).await.expect("connects");
            socket.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.expect("sends");
            tokio::io::copy_bidirectional(&mut socket, &mut behind).await.expect("copies");
        };
        let serving = async {
            let (socket, _) = server.accept().await.expect("a connection");
            tokio_tungstenite::accept_async(socket).await.expect("a websocket");
        };
        let (dialed, (), ()) = tokio::join!(
            async { dial(&dialer, "ws://lab.invalid:4711/agi").await.map(drop) },
            serving,
            proxying
        );
        dialed.expect("opened");
    }

    #[tokio::test]
    async fn a_proxy_of_another_kind_is_refused_by_its_name() {
        let error = dial(&through("https://proxy.invalid:1"), "ws://lab.invalid/agi").await;
        let error = error.expect_err("not supported").to_string();
        assert!(error.contains("https://proxy.invalid:1") && error.contains("expected `http://`"), "{error}");
    }
}
