//! Why there is no value of a state.

use std::error::Error;
use std::sync::Arc;

use rekuest_core::ValueError;

use super::place::Place;
use crate::GraphqlError;
use crate::graphql::list;

/// Why a state cannot be read, or be watched any more.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// There is no such state; the sentence says what there is instead. Correct the name, or start the app.
    #[error("{0}")]
    NotFound(String),
    /// What the state holds does not fit the type that it is read as; the error names the field. The app has another
    /// version of the type: read it as that one, or untyped. A watch goes on after it.
    #[error("{state} does not fit: {error}")]
    Unreadable {
        /// Which state.
        state: String,
        /// What does not fit, and where.
        error: ValueError,
    },
    /// The server cannot be reached, or does not answer as a rekuest server does. Check the url, or wait.
    #[error("{context}: {source}")]
    Connection {
        /// What was being done.
        context: String,
        /// What went wrong.
        source: Arc<dyn Error + Send + Sync>,
    },
    /// The server refused to show the state, or refused the token, and why. Get a new token, or permission.
    #[error("the server refused to show the state: {0}")]
    Refused(String),
}

impl StateError {
    pub(super) fn unreadable(place: &Place, error: ValueError) -> Self {
        Self::Unreadable { state: place.to_string(), error }
    }

    pub(super) fn connection(place: &Place, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Connection { context: format!("{place} cannot be read"), source: Arc::new(source) }
    }

    /// An error of GraphQL as that of a state.
    pub(super) fn of(error: GraphqlError, place: &Place) -> Self {
        match error {
            GraphqlError::Errors { errors, .. } => Self::Refused(list(&errors)),
            error @ GraphqlError::Refused { .. } => Self::Refused(error.to_string()),
            error => Self::connection(place, error),
        }
    }
}
