//! A call, from its start to its end.
//!
//! On the path of an assignation both ends of the caller's side: here it begins with `assign`, and here what the
//! subscription tells and what the server is asked become the events that the caller reads. The work is done by whoever
//! reads: a call has no task of its own, so thousands of them cost little.

mod assigned;
mod attach;
mod finished;
mod limits;
mod lookup;
mod operate;
mod question;
mod running;
mod start;

pub use running::RunningCall;
pub(crate) use start::start;

use std::error::Error;
use std::sync::Arc;

use rekuest_core::CallError;

use crate::GraphqlError;
use crate::graphql::list;

/// An error of GraphQL as that of a call.
pub(crate) fn call_error(context: impl Into<String>, error: GraphqlError) -> CallError {
    match error {
        GraphqlError::Errors { errors, .. } => CallError::Refused(list(&errors)),
        error @ GraphqlError::Refused { .. } => CallError::Refused(error.to_string()),
        error => connection(context, error),
    }
}

/// The server cannot be reached, or does not answer as one.
pub(crate) fn connection(context: impl Into<String>, error: impl Error + Send + Sync + 'static) -> CallError {
    CallError::Connection { context: context.into(), source: Arc::new(error) }
}
