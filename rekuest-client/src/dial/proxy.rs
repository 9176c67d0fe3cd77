//! Proxies: HTTP ones, which are asked for a tunnel, since websockets are no requests that they could pass on.

use std::io;

use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::Intercept;
use tokio_tungstenite::tungstenite::http::Uri;
use tower_service::Service as _;
use url::Url;

use super::Connection;
use crate::graphql::with_sources;

/// The place of a websocket, as that of a request: proxies are named for those.
pub(super) fn destination(url: &Url) -> io::Result<Uri> {
    let invalid = |reason: &str| io::Error::new(io::ErrorKind::InvalidInput, format!("{url}: {reason}"));
    let host = url.host_str().ok_or_else(|| invalid("expected a host"))?;
    let port = url.port_or_known_default().ok_or_else(|| invalid("expected a port"))?;
    let scheme = if url.scheme() == "wss" { "https" } else { "http" };
    format!("{scheme}://{host}:{port}/").parse().map_err(|_| invalid("expected a host and a port"))
}

/// Connects to `to` through a tunnel.
pub(super) async fn through(
    proxy: &Intercept,
    connector: HttpConnector,
    to: Uri,
) -> io::Result<Box<dyn Connection>> {
    let uri = proxy.uri();
    // Without the password that may be written before it.
    let place = uri.authority().map_or("", |authority| {
        authority.as_str().rsplit_once('@').map_or(authority.as_str(), |(_, place)| place)
    });
    if uri.scheme_str() != Some("http") {
        let scheme = uri.scheme_str().unwrap_or_default();
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("the proxy {scheme}://{place} cannot be used for websockets: expected `http://`"),
        ));
    }
    let mut tunnel = Tunnel::new(uri.clone(), connector);
    if let Some(password) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(password.clone());
    }
    let connected = tunnel.call(to).await.map_err(|error| {
        io::Error::other(format!("the proxy at {place} makes no tunnel: {}", with_sources(&error)))
    })?;
    Ok(Box::new(connected.into_inner()))
}
