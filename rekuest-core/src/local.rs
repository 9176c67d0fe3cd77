//! How apps on one machine find the local server, and the tokens it accepts.
//!
//! The server that runs for a user writes a file that only this user can read. It holds the server's address and a
//! secret; from the secret every app derives the token for its own identifier, and the server recognises it without
//! having been told. So two apps never share an agent, and neither can be mistaken for the other.

use std::env;
use std::path::PathBuf;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::Token;

/// What begins every token that is derived from a local server's secret.
const PREFIX: &str = "local";

/// What the file says.
#[derive(Clone, Serialize, Deserialize)]
pub struct LocalServer {
    /// The base url: `http://127.0.0.1:40123`.
    pub url: String,
    /// The secret that tokens are derived from.
    pub secret: String,
    /// What hosts the server, for messages: the identifier of an app, or `rekuest-server`.
    pub host: String,
    /// The process that hosts it.
    pub pid: u32,
}

impl LocalServer {
    /// The token of the app called `identifier`.
    pub fn token(&self, identifier: &str) -> Token {
        token(&self.secret, identifier)
    }
}

impl std::fmt::Debug for LocalServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalServer")
            .field("url", &self.url)
            .field("secret", &"[redacted]")
            .field("host", &self.host)
            .field("pid", &self.pid)
            .finish()
    }
}

/// The token of the app called `identifier`, under this secret.
pub fn token(secret: &str, identifier: &str) -> Token {
    // In hex, because a token travels in a header and an identifier may have any letters.
    Token::new(format!("{PREFIX}.{}.{}", signature(secret, identifier), hex(identifier.as_bytes())))
}

/// The app that `token` was made for under this secret; none if it was made otherwise.
pub fn identifier(secret: &str, token: &str) -> Option<String> {
    let (signature, identifier) = token.strip_prefix(PREFIX)?.strip_prefix('.')?.split_once('.')?;
    let identifier = unhex(identifier)?;
    let mut mac = keyed(secret);
    mac.update(&identifier);
    mac.verify_slice(&unhex(signature)?).ok()?;
    String::from_utf8(identifier).ok()
}

fn keyed(secret: &str) -> Hmac<Sha256> {
    // HMAC takes keys of every length, so this cannot fail; a zero key would make a wrong signature, not a right one.
    Hmac::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| Hmac::new(&Default::default()))
}

fn signature(secret: &str, identifier: &str) -> String {
    let mut mac = keyed(secret);
    mac.update(identifier.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    let bytes = digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect();
    (digits.len().is_multiple_of(2)).then_some(bytes)
}

/// The folder of the local server's files: `$REKUEST_LOCAL_DIR`, else `rekuest` in `$XDG_RUNTIME_DIR`, else a folder
/// of this user in the temporary folder.
pub fn folder() -> PathBuf {
    let given = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = given("REKUEST_LOCAL_DIR") {
        return folder;
    }
    if let Some(runtime) = given("XDG_RUNTIME_DIR") {
        return runtime.join("rekuest");
    }
    let user = env::var("USER").or_else(|_| env::var("USERNAME")).unwrap_or_else(|_| "user".to_owned());
    env::temp_dir().join(format!("rekuest-{user}"))
}

/// The file that says where the local server is.
pub fn record_file() -> PathBuf {
    folder().join("server.json")
}

/// The file that whoever hosts the local server keeps locked for as long as it lives.
pub fn lock_file() -> PathBuf {
    folder().join("server.lock")
}
