//! What can go wrong between an operation and its data.

use std::error::Error;
use std::fmt;

use serde::Deserialize;
use url::Url;

use crate::AccessError;

/// Why an operation has no data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraphqlError {
    /// It is not known where the server is, or with which token. The message says what to do.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The variables cannot be written as JSON. The message names what cannot.
    #[error("the variables of {operation} cannot be written as JSON: {source}")]
    Variables {
        /// The operation.
        operation: &'static str,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// The server cannot be reached: wrong address, not running, TLS, timeout. Check the url, or wait and try again.
    #[error("the server at {url} cannot be reached: {}", with_sources(&**source))]
    Unreachable {
        /// The endpoint.
        url: Url,
        /// Whether the request may have arrived all the same.
        sent: bool,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The server answered with a status that is not GraphQL's. Check that the url is that of a rekuest server.
    #[error("{url} answered with the status {status}, expected a GraphQL answer; it says: {body}")]
    Http {
        /// The endpoint.
        url: Url,
        /// The status code.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
    /// The server answered with something that is not a GraphQL answer. Check the url.
    #[error("{url} did not answer with a GraphQL answer in JSON; it says: {body}")]
    NotJson {
        /// The endpoint.
        url: Url,
        /// The beginning of the answer.
        body: String,
    },
    /// The server refused the token, and there is no other. Get a new one.
    #[error("the server refused the token: {message}")]
    Refused {
        /// What the server said.
        message: String,
    },
    /// The server refused the operation. The messages say why.
    #[error("{operation} failed: {}", list(errors))]
    Errors {
        /// The operation.
        operation: &'static str,
        /// What the server said; at least one.
        errors: Vec<ErrorMessage>,
    },
    /// The data is not what the schema promises: the server is of another generation.
    #[error("the answer to {operation} does not fit the schema: {reason}")]
    Shape {
        /// The operation.
        operation: &'static str,
        /// What does not fit.
        reason: String,
    },
}

impl GraphqlError {
    /// Whether the same request may succeed a little later: the server cannot be reached, or a proxy in front of it
    /// says so.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Http { status, .. } => matches!(status, 502..=504),
            _ => false,
        }
    }

    /// Whether the server may have executed the operation although there is no answer. Then an operation that is not
    /// idempotent must not be repeated blindly.
    pub fn may_have_executed(&self) -> bool {
        match self {
            Self::Unreachable { sent, .. } => *sent,
            Self::Http { status, .. } => *status >= 500,
            Self::NotJson { .. } | Self::Shape { .. } => true,
            _ => false,
        }
    }
}

/// One error of a GraphQL answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorMessage {
    /// What the server says.
    pub message: String,
    /// Where in the document it happened: `assign.events.0`; empty if the server does not say.
    pub path: String,
}

impl ErrorMessage {
    /// Whether this is how the server says that it does not accept the token (protocol, section 2).
    pub(crate) fn is_refused_token(&self) -> bool {
        self.message.starts_with("User is not set in the request")
            || self.message.contains("Token has expired")
    }
}

impl fmt::Display for ErrorMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " (at {})", self.path) }
    }
}

impl<'de> Deserialize<'de> for ErrorMessage {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Wire {
            #[serde(default)]
            message: String,
            #[serde(default)]
            path: Option<Vec<Segment>>,
        }

        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Segment {
            Key(String),
            Index(u64),
        }

        let wire = Wire::deserialize(deserializer)?;
        let path = wire.path.unwrap_or_default().into_iter().map(|segment| match segment {
            Segment::Key(key) => key,
            Segment::Index(index) => index.to_string(),
        });
        let path = path.collect::<Vec<_>>().join(".");
        let message = if wire.message.is_empty() { "no message".to_owned() } else { wire.message };
        Ok(Self { message, path })
    }
}

/// Several errors in one sentence.
pub(crate) fn list(errors: &[ErrorMessage]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// An error and what caused it, in one line: HTTP clients hide "connection refused" three sources deep.
pub(crate) fn with_sources(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let next = error.to_string();
        if !text.contains(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        source = error.source();
    }
    text
}
