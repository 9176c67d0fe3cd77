//! HTTP: timeouts, certificates, proxies and connections, for everything that is asked over it and for websockets.
//!
//! Connections are kept and used again by all clones of a client. Proxies are those that the system and the environment
//! (`HTTPS_PROXY`, `NO_PROXY`) name. Nothing is compressed: requests of calls are small, and latency counts.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http_body_util::Full;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use tokio_tungstenite::tungstenite::Bytes;
use tokio_tungstenite::tungstenite::http::Request;
use url::Url;

use crate::dial::{Connect, Dialer, Requests, Trust, Unanswered, provide};
use crate::endpoints::is_loopback;

/// How long an unused connection is kept: less than the five seconds after which usual servers close it, since a
/// request that meets a closing connection cannot be told from one that was executed.
const IDLE: Duration = Duration::from_secs(4);

const JSON: &str = "application/json";

/// How requests are made and websockets opened.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpOptions {
    /// To connect: 10 s unless set.
    pub connect_timeout: Duration,
    /// From the first byte that is sent to the last that comes: 60 s unless set.
    pub request_timeout: Duration,
    /// The authorities that are trusted beside those of the system.
    certificates: Arc<[CertificateDer<'static>]>,
    connect: Option<Arc<dyn Connect>>,
}

impl fmt::Debug for HttpOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpOptions")
            .field("connect_timeout", &self.connect_timeout)
            .field("request_timeout", &self.request_timeout)
            .field("certificates", &self.certificates.len())
            .field("over", &self.connect.is_some())
            .finish()
    }
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            certificates: Arc::new([]),
            connect: None,
        }
    }
}

/// What is wrong with a root certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// There is none in it. Give the text of a file that has `-----BEGIN CERTIFICATE-----` in it.
    #[error("there is no certificate in the PEM; expected at least one `-----BEGIN CERTIFICATE-----`")]
    None,
    /// It is not PEM. Give the text of the file as it is; a DER file is made to PEM by `openssl x509 -inform der`.
    #[error("the certificate number {number} cannot be read as PEM: {reason}")]
    Malformed {
        /// Which one, from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
    /// It is PEM, but not a certificate that others can be signed with. Give that of the authority.
    #[error("the certificate number {number} cannot be an authority's: {reason}")]
    NotAnAuthority {
        /// Which one, from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
}

impl HttpOptions {
    /// Trusts the authorities whose certificates are in `pem` as well: those of a laboratory, say. The environment
    /// variable `SSL_CERT_FILE` names others than those of the system.
    ///
    /// # Errors
    /// When one of them cannot be read, or there is none.
    pub fn root_certificates(mut self, pem: &[u8]) -> Result<Self, CertificateError> {
        let mut certificates = self.certificates.to_vec();
        let before = certificates.len();
        for (number, certificate) in (1..).zip(CertificateDer::pem_slice_iter(pem)) {
            let malformed = |reason| CertificateError::Malformed { number, reason };
            let certificate = certificate.map_err(|error| malformed(error.to_string()))?;
            let trusted = RootCertStore::empty().add(certificate.clone());
            let unusable = |error: rustls::Error| error.to_string();
            trusted
                .map_err(unusable)
                .map_err(|reason| CertificateError::NotAnAuthority { number, reason })?;
            certificates.push(certificate);
        }
        if certificates.len() == before {
            return Err(CertificateError::None);
        }
        self.certificates = certificates.into();
        Ok(self)
    }

    /// Speaks to the server over other connections than TCP: to one in the same process, say, with
    /// `RunningServer::connector`. The urls name it all the same, and no proxy is asked. A [`Login`](crate::Login) still goes
    /// over TCP: a deployment is several servers.
    #[must_use]
    pub fn over(mut self, connect: impl Connect) -> Self {
        self.connect = Some(Arc::new(connect));
        self
    }
}

/// The HTTP clients, made when they are first needed.
pub(crate) struct Transport {
    options: HttpOptions,
    clients: [OnceLock<reqwest::Client>; 4],
    dialer: Dialer,
    /// Where connections are not reqwest's own.
    requests: Option<Requests>,
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
        Self { secure: url.scheme() == "https", loopback: is_loopback(url) }
    }

    fn index(self) -> usize {
        usize::from(self.secure) * 2 + usize::from(self.loopback)
    }
}

impl Transport {
    pub(crate) fn new(options: HttpOptions) -> Self {
        provide();
        let trust = Arc::new(Trust::new(Arc::clone(&options.certificates)));
        let requests = options.connect.clone().map(|connect| {
            Requests::new(connect, Arc::clone(&trust), IDLE, options.connect_timeout, options.request_timeout)
        });
        let dialer = Dialer::new(options.connect_timeout, trust, options.connect.clone());
        Self { options, clients: Default::default(), dialer, requests }
    }

    /// What opens websockets.
    pub(crate) fn dialer(&self) -> &Dialer {
        &self.dialer
    }

    /// How long a request may take.
    pub(crate) fn patience(&self) -> Duration {
        self.options.request_timeout
    }

    /// Posts JSON. The status of the answer, and its body.
    pub(crate) async fn post(
        &self,
        url: &Url,
        authorization: Option<HeaderValue>,
        body: Bytes,
    ) -> Result<(u16, Bytes), Unanswered> {
        match &self.requests {
            Some(requests) => {
                let mut request = Request::post(url.as_str()).header(CONTENT_TYPE, JSON);
                if let Some(authorization) = authorization {
                    request = request.header(AUTHORIZATION, authorization);
                }
                let request = request.body(Full::new(body));
                let request = request.map_err(|error| Unanswered { sent: false, source: error.into() })?;
                requests.send(request).await
            }
            None => self.usual(url, authorization, body).await.map_err(|error| Unanswered {
                sent: !(error.is_connect() || error.is_builder()),
                source: error.without_url().into(),
            }),
        }
    }

    async fn usual(
        &self,
        url: &Url,
        authorization: Option<HeaderValue>,
        body: Bytes,
    ) -> reqwest::Result<(u16, Bytes)> {
        let mut request = self.client(url)?.post(url.clone()).header(CONTENT_TYPE, JSON).body(body);
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let response = request.send().await?;
        Ok((response.status().as_u16(), response.bytes().await?))
    }

    /// The HTTP client that reaches a url.
    pub(crate) fn client(&self, url: &Url) -> reqwest::Result<&reqwest::Client> {
        let way = Way::to(url);
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
        if way.secure {
            let certificates = self.options.certificates.iter();
            let certificates = certificates.map(|certificate| reqwest::Certificate::from_der(certificate));
            builder = builder.tls_certs_merge(certificates.collect::<reqwest::Result<Vec<_>>>()?);
        } else {
            builder = builder.tls_certs_only([]);
        }
        if way.loopback {
            builder = builder.no_proxy();
        }
        let built = builder.build()?;
        Ok(client.get_or_init(|| built))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for tests by `openssl req -x509`; its key was thrown away.
    const AUTHORITY: &str = include_str!("../tests/tls/authority.pem");

    fn read(pem: &str) -> Result<HttpOptions, CertificateError> {
        HttpOptions::default().root_certificates(pem.as_bytes())
    }

    #[test]
    fn certificates_are_added_and_the_client_is_made_with_them() {
        let options = read(&format!("{AUTHORITY}\n{AUTHORITY}")).expect("certificates");
        assert_eq!(options.certificates.len(), 2);
        let transport = Transport::new(options);
        transport.client(&Url::parse("https://h").expect("a url")).expect("a client");
    }

    #[test]
    fn what_is_no_certificate_is_refused_where_it_is_given() {
        assert_eq!(read("not a certificate").expect_err("none"), CertificateError::None);
        let broken = "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n";
        let error = read(&format!("{AUTHORITY}\n{broken}")).expect_err("broken");
        assert!(matches!(error, CertificateError::Malformed { number: 2, .. }), "{error}");
        let empty = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let error = read(empty).expect_err("no certificate");
        assert!(matches!(error, CertificateError::NotAnAuthority { number: 1, .. }), "{error}");
    }

    #[test]
    fn connections_to_one_kind_of_place_are_shared() {
        let transport = Transport::new(HttpOptions::default());
        let client = |url: &str| transport.client(&Url::parse(url).expect("a url")).expect("a client");
        assert!(std::ptr::eq(client("http://a"), client("http://b/x")));
        assert!(!std::ptr::eq(client("http://a"), client("http://127.0.0.1:8000")));
    }
}
