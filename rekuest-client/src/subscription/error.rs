//! Why there is no subscription.

use std::error::Error;
use std::time::Duration;

use url::Url;

use crate::AccessError;
use crate::graphql::with_sources;

/// Why a subscription could not be opened, or was cut. It is opened again by itself while it is needed: that to the
/// events of calls while calls are outstanding, that to a state while it is watched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SubscriptionError {
    /// It is not known where the server is, or with which token. The message says what to do.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The server cannot be reached, or the connection was cut. Check the url, or wait.
    #[error("the subscriptions at {url} cannot be reached: {}", with_sources(&**source))]
    Unreachable {
        /// The endpoint.
        url: Url,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The server did not answer in time. Check that the url is that of a rekuest server.
    #[error("{url} did not answer the {step} within {waited:?}")]
    NoAnswer {
        /// The endpoint.
        url: Url,
        /// What was not answered.
        step: &'static str,
        /// How long it was waited for.
        waited: Duration,
    },
    /// Nothing was heard from the server, not even the answer to a ping.
    #[error("nothing was heard from {url} for {waited:?}")]
    Silent {
        /// The endpoint.
        url: Url,
        /// For how long.
        waited: Duration,
    },
    /// The server closed the connection.
    #[error("{url} closed the connection with the code {code}: {reason}")]
    Closed {
        /// The endpoint.
        url: Url,
        /// The close code; 1006 if there was none.
        code: u16,
        /// The reason, if one was given.
        reason: String,
    },
    /// The server refused the token, and there is no other yet. Get a new one.
    #[error("the server refused the token: {message}")]
    Refused {
        /// What the server said.
        message: String,
    },
    /// The server refused or ended the subscription.
    #[error("the server ended the subscription: {message}")]
    Ended {
        /// What the server said.
        message: String,
    },
    /// The server sent something that is not a message of `graphql-transport-ws`.
    #[error("{url} sent something that is not a message of graphql-transport-ws")]
    Malformed {
        /// The endpoint.
        url: Url,
    },
    /// The client was dropped.
    #[error("the client was closed")]
    ClientClosed,
}
