//! Patience with callers on the older subprotocol `graphql-ws`, which the Python client 0.22.0 is.
//!
//! Such a caller loses every event that comes before its subscription is active, and hangs when one comes before it has
//! worked the answer to `assign` (protocol, section 6). The observed server never is that fast; this one is. So for
//! them, and only for them, a subscription begins with the calls that were just made, and nothing is told of a call
//! before it is [`SETTLING`] old.

use std::time::Duration;

use futures_util::{Stream, StreamExt as _, stream};
use tokio::time::sleep;

use crate::state::assignations::Change;

/// How long such a caller gets to work the answer to `assign`.
const SETTLING: Duration = Duration::from_millis(100);

/// How long before a subscription a call may have been made to be told by it.
pub(super) const REACH: Duration = Duration::from_secs(2);

/// Tells a subscription that its caller speaks the older subprotocol.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OlderProtocol;

/// What was, then what comes, none of it too early.
pub(super) fn patient(
    past: Vec<Change>,
    coming: impl Stream<Item = Change> + Send + 'static,
) -> impl Stream<Item = Change> + Send + 'static {
    stream::iter(past).chain(coming).then(async |change| {
        sleep(change.assignation().created_at.until_older_than(SETTLING)).await;
        change
    })
}
