//! A bearer token that cannot be printed by accident.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A bearer token. Its `Debug` is redacted and it has no `Display`; [`Token::expose`] is the one way to its text.
///
/// ```
/// let token = rekuest_core::Token::new("s3cret");
/// assert!(!format!("{token:?}").contains("s3cret"));
/// assert_eq!(token.expose(), "s3cret");
/// ```
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// Wraps the text of a token.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text, for the one place that sends it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether there is no text: some servers, named by their endpoints, take no token.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Token {}

impl From<&str> for Token {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Token {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
