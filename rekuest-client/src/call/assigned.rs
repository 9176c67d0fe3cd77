//! A call that the server has accepted: cancelled when nobody wants it any more.

use std::fmt;
use std::sync::Arc;

use super::operate::execute;
use crate::client::Shared;
use crate::graphql::operations::Cancel;

/// The id of an accepted call. Dropped before it is [settled](Self::settle), it asks the server in the background to
/// have the call cancelled: whoever drops a call does not want it any more.
pub(super) struct Assigned {
    id: String,
    /// Where to cancel it; none once it is settled.
    shared: Option<Arc<Shared>>,
}

impl Assigned {
    pub(super) fn new(id: String, shared: Arc<Shared>) -> Self {
        Self { id, shared: Some(shared) }
    }

    /// One that needs no cancelling.
    pub(super) fn settled(id: String) -> Self {
        Self { id, shared: None }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The call has ended, or is left to itself.
    pub(super) fn settle(&mut self) {
        self.shared = None;
    }
}

impl Drop for Assigned {
    fn drop(&mut self) {
        let Some(shared) = self.shared.take() else { return };
        let id = std::mem::take(&mut self.id);
        // Without a runtime that still runs, the task is dropped: then the process is about to end.
        shared.runtime.clone().spawn(async move {
            match execute(&shared, &Cancel { assignation: &id }).await {
                Ok(_) => tracing::debug!(assignation = id, "asked for the cancellation of a dropped call"),
                Err(error) => {
                    tracing::warn!(assignation = id, %error, "a dropped call could not be cancelled; it may go on");
                }
            }
        });
    }
}

impl fmt::Debug for Assigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assigned({})", self.id)
    }
}
