//! The cryptography that HTTPS and secure websockets use.

/// Makes `ring` the cryptography of this process, unless the program has chosen another.
pub(crate) fn provide() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster; then its choice stands.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}
