//! Posting a body to the server and getting its answer.

use std::error::Error;
use std::net::IpAddr;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde_json::value::RawValue;
use tokio_tungstenite::tungstenite::Bytes;
use url::{Host, Url};

use super::answer;
use super::error::GraphqlError;
use crate::{Access, AccessError};

/// How long an unused connection is kept: less than the five seconds after which usual servers close it, since a
/// request that meets a closing connection cannot be told from one that was executed.
const IDLE: Duration = Duration::from_secs(4);

/// How long requests may take.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct HttpOptions {
    /// To connect: 10 s unless set.
    pub connect_timeout: Duration,
    /// From the first byte that is sent to the last that comes: 60 s unless set.
    pub request_timeout: Duration,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self { connect_timeout: Duration::from_secs(10), request_timeout: Duration::from_secs(60) }
    }
}

/// The HTTP clients, made when they are first needed.
pub(super) struct Http {
    options: HttpOptions,
    clients: [OnceLock<reqwest::Client>; 4],
}

/// Which HTTP client a url needs. Without TLS no certificates are loaded, which takes longer than everything else at a
/// program's start; this machine is never reached through a proxy.
#[derive(Clone, Copy)]
struct Way {
    secure: bool,
    loopback: bool,
}

impl Way {
    fn to(url: &Url) -> Self {
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => false,
        };
        Self { secure: url.scheme() == "https", loopback }
    }

    fn index(self) -> usize {
        usize::from(self.secure) * 2 + usize::from(self.loopback)
    }
}

impl Http {
    pub(super) fn new(options: HttpOptions) -> Self {
        crate::tls::provide();
        Self { options, clients: Default::default() }
    }

    /// How long a request may take.
    pub(super) fn patience(&self) -> Duration {
        self.options.request_timeout
    }

    /// Posts `body` and reads the data of the answer.
    pub(super) async fn post(
        &self,
        access: &Access,
        body: Bytes,
        operation: &'static str,
    ) -> Result<Box<RawValue>, GraphqlError> {
        let url = &access.endpoints.graphql;
        let unreachable = |sent: bool, source: Box<dyn Error + Send + Sync>| GraphqlError::Unreachable {
            url: url.clone(),
            sent,
            source,
        };
        let client = self.client(Way::to(url)).map_err(|error| unreachable(false, error.into()))?;
        let mut request = client.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        if !access.token.is_empty() {
            request = request.header(AUTHORIZATION, bearer(access)?);
        }
        let not_connected = |error: reqwest::Error| {
            let sent = !(error.is_connect() || error.is_builder());
            unreachable(sent, error.without_url().into())
        };
        let response = request.send().await.map_err(not_connected)?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|error| unreachable(true, error.without_url().into()))?;
        answer::data(url, status, &body, operation)
    }

    fn client(&self, way: Way) -> reqwest::Result<&reqwest::Client> {
        let client = &self.clients[way.index()];
        if let Some(client) = client.get() {
            return Ok(client);
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.options.connect_timeout)
            .timeout(self.options.request_timeout)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .http1_title_case_headers();
        if !way.secure {
            builder = builder.tls_certs_only([]);
        }
        if way.loopback {
            builder = builder.no_proxy();
        }
        let built = builder.build()?;
        Ok(client.get_or_init(|| built))
    }
}

fn bearer(access: &Access) -> Result<HeaderValue, AccessError> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", access.token.expose())).map_err(|_| {
        AccessError::new("the token cannot be sent: it holds a line break or another control character")
    })?;
    value.set_sensitive(true);
    Ok(value)
}
