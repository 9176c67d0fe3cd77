//! The cryptography that HTTPS and secure websockets use, and whom they trust.

use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::Verifier;

/// Makes `ring` the cryptography of this process, unless the program has chosen another.
pub(crate) fn provide() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster; then its choice stands.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

/// Whom connections trust: the authorities of the system, and others.
pub(crate) struct Trust {
    certificates: Arc<[CertificateDer<'static>]>,
    /// Made when it is first needed: loading certificates takes longer than everything else at a program's start.
    config: OnceLock<Arc<ClientConfig>>,
}

impl Trust {
    /// Trusts `certificates` beside the authorities of the system.
    pub(crate) fn new(certificates: Arc<[CertificateDer<'static>]>) -> Self {
        Self { certificates, config: OnceLock::new() }
    }

    /// The same as requests trust that reqwest makes.
    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, rustls::Error> {
        if let Some(config) = self.config.get() {
            return Ok(Arc::clone(config));
        }
        provide();
        let builder = ClientConfig::builder();
        let provider = Arc::clone(builder.crypto_provider());
        let verifier = Verifier::new_with_extra_roots(self.certificates.iter().cloned(), provider)?;
        // What rustls calls dangerous is any verifier but its own; this one is the system's.
        let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        let made = Arc::new(builder.with_no_client_auth());
        Ok(Arc::clone(self.config.get_or_init(|| made)))
    }
}
