//! What ends a reservation when nobody has it any more.

use std::fmt;
use std::sync::Arc;

use crate::client::Shared;
use crate::graphql::operations::Unreserve;

/// The hold on a reservation.
pub(super) struct Held {
    id: String,
    /// Where to end it; none once it has ended or is left to the server.
    shared: Option<Arc<Shared>>,
}

impl Held {
    pub(super) fn new(shared: &Arc<Shared>, id: &str) -> Self {
        Self { id: id.to_owned(), shared: Some(Arc::clone(shared)) }
    }

    /// It has ended, or is left to the server.
    pub(super) fn let_go(&mut self) {
        self.shared = None;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(shared) = self.shared.take() else { return };
        let id = std::mem::take(&mut self.id);
        // Without a runtime that still runs, the task is dropped: then the process is about to end.
        shared.runtime.clone().spawn(async move {
            match shared.graphql.execute(&Unreserve { reservation: &id }).await {
                Ok(_) => tracing::debug!(reservation = id, "a dropped reservation has ended"),
                Err(error) => {
                    tracing::warn!(reservation = id, %error, "a dropped reservation could not be ended")
                }
            }
        });
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.shared.is_some() { "Held" } else { "Held(let go)" })
    }
}
