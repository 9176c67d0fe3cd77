//! Requests over TLS, to a server whose authority the system does not know.

use std::sync::Arc;
use std::time::Duration;

use rekuest_client::graphql::operations::Cancel;
use rekuest_client::{Access, Endpoints, Graphql, GraphqlError, HttpOptions};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

const AUTHORITY: &[u8] = include_bytes!("../tls/authority.pem");
const CERTIFICATE: &[u8] = include_bytes!("../tls/server.pem");
const KEY: &[u8] = include_bytes!("../tls/server.key");

/// What takes TLS connections, and where.
async fn secure() -> (TlsAcceptor, TcpListener, Access) {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a certificate and its key");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let endpoints = Endpoints::from_base(&format!("https://localhost:{port}")).expect("a base url");
    (TlsAcceptor::from(Arc::new(config)), listener, Access::new(endpoints, "token"))
}

/// Answers every request with the same, over TLS.
async fn start() -> Access {
    let (acceptor, listener, access) = secure().await;
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            // One that does not trust us leaves here.
            let Ok(mut socket) = acceptor.accept(socket).await else { continue };
            let mut request = Vec::new();
            while !request.ends_with(b"}}}") {
                socket.read_buf(&mut request).await.expect("a request");
            }
            let body = r#"{"data": {"cancel": {"id": "1"}}}"#;
            let head =
                format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
            socket.write_all(format!("{head}{body}").as_bytes()).await.expect("sends");
            socket.shutdown().await.expect("closes");
        }
    });
    access
}

#[tokio::test]
async fn an_authority_that_is_named_is_trusted_and_another_one_is_not() {
    let access = Arc::new(start().await);
    let options = HttpOptions::default().root_certificates(AUTHORITY).expect("a certificate");
    let trusting = Graphql::with_options(Arc::clone(&access) as _, options);
    trusting.execute(&Cancel { assignation: "1" }).await.expect("cancelled");

    let mut options = HttpOptions::default();
    options.connect_timeout = Duration::from_secs(2);
    let error = Graphql::with_options(access, options).execute(&Cancel { assignation: "1" }).await;
    let error = error.expect_err("not trusted");
    assert!(matches!(&error, GraphqlError::Unreachable { sent: false, .. }), "{error:?}");
    assert!(error.to_string().to_lowercase().contains("certificate"), "{error}");
}

#[tokio::test]
async fn websockets_trust_the_same_authorities() {
    let (acceptor, listener, access) = secure().await;
    let url = access.endpoints.agi.clone();
    assert_eq!(url.scheme(), "wss");
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(socket) = acceptor.accept(socket).await else { continue };
            tokio_tungstenite::accept_async(socket).await.expect("a websocket");
        }
    });
    let access = Arc::new(access);
    let options = HttpOptions::default().root_certificates(AUTHORITY).expect("a certificate");
    let trusting = Graphql::with_options(Arc::clone(&access) as _, options);
    trusting.websocket(&url, None, WebSocketConfig::default()).await.expect("opened");

    let refusing = Graphql::new(access).websocket(&url, None, WebSocketConfig::default()).await;
    let error = refusing.expect_err("not trusted").to_string();
    assert!(error.to_lowercase().contains("certificate"), "{error}");
}

#[tokio::test]
async fn requests_over_other_connections_have_tls_too() {
    let (acceptor, listener, access) = secure().await;
    let port = listener.local_addr().expect("an address").port();
    let serving = async {
        let (socket, _) = listener.accept().await.expect("a connection");
        let mut socket = acceptor.accept(socket).await.expect("it trusts us");
        let mut request = Vec::new();
        while !request.ends_with(b"}}}") {
            socket.read_buf(&mut request).await.expect("a request");
        }
        let answer = r#"{"data": {"cancel": {"id": "1"}}}"#;
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", answer.len());
        socket.write_all(format!("{head}{answer}").as_bytes()).await.expect("sends");
        socket.flush().await.expect("sends");
        String::from_utf8(request).expect("text").to_lowercase()
    };
    let options = HttpOptions::default().root_certificates(AUTHORITY).expect("a certificate");
    let options = options.over(move || TcpStream::connect(("127.0.0.1", port)));
    let graphql = Graphql::with_options(Arc::new(access), options);
    let cancel = Cancel { assignation: "1" };
    let (cancelled, request) = tokio::join!(graphql.execute(&cancel), serving);
    cancelled.expect("cancelled");
    assert!(
        request.contains("authorization: bearer token") && request.contains("host: localhost"),
        "{request}"
    );
}

#[tokio::test]
async fn a_connection_that_is_not_made_in_time_has_sent_nothing() {
    let mut options = HttpOptions::default();
    options.connect_timeout = Duration::from_millis(50);
    let options = options.over(std::future::pending::<std::io::Result<tokio::io::DuplexStream>>);
    let access = Access::new(Endpoints::from_base("http://lab.invalid").expect("a base url"), "token");
    let url = access.endpoints.agi.clone();
    let graphql = Graphql::with_options(Arc::new(access), options);
    let error = graphql.execute(&Cancel { assignation: "1" }).await.expect_err("nobody is there");
    assert!(matches!(&error, GraphqlError::Unreachable { sent: false, .. }), "{error:?}");
    assert!(error.to_string().contains("no connection within 50ms"), "{error}");
    let error = graphql.websocket(&url, None, WebSocketConfig::default()).await.expect_err("nobody is there");
    assert!(error.to_string().contains("no connection within 50ms"), "{error}");
}
