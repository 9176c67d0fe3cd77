//! Requests over TLS, to a server whose authority the system does not know.

use std::sync::Arc;
use std::time::Duration;

use rekuest_client::graphql::operations::Cancel;
use rekuest_client::{Access, Endpoints, Graphql, GraphqlError, HttpOptions};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

const AUTHORITY: &[u8] = include_bytes!("../tls/authority.pem");
const CERTIFICATE: &[u8] = include_bytes!("../tls/server.pem");
const KEY: &[u8] = include_bytes!("../tls/server.key");

/// Answers every request with the same, over TLS.
async fn start() -> Access {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a certificate and its key");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
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
    Access::new(Endpoints::from_base(&format!("https://localhost:{port}")).expect("a base url"), "token")
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
