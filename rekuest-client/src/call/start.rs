//! Starting a call: the subscription first, then `assign`, once.

use std::sync::Arc;

use rekuest_core::CallError;
use rekuest_core::caller::CallRequest;
use tokio::time::{Instant, timeout, timeout_at};
use uuid::Uuid;

use super::assigned::Assigned;
use super::finished::Finished;
use super::limits::Limits;
use super::lookup::looked_up;
use super::operate::execute;
use super::running::RunningCall;
use super::{call_error, connection};
use crate::GraphqlError;
use crate::client::Shared;
use crate::graphql::operations::{Assign, Ided, OwnAssignations};
use crate::merge::Merge;
use crate::routes::Inbox;

/// How often a call whose acceptance is not known is looked for.
const LOOKS: u32 = 3;

/// Starts a call and waits until the server has accepted it.
pub(crate) async fn start(shared: &Arc<Shared>, request: CallRequest) -> Result<RunningCall, CallError> {
    let begun = Instant::now();
    let Some(limit) = request.options.timeout else { return begin(shared, request, begun).await };
    // A timeout beyond what can be counted is none.
    let Some(deadline) = begun.checked_add(limit) else { return begin(shared, request, begun).await };
    timeout_at(deadline, begin(shared, request, begun)).await.map_err(|_| CallError::Timeout(limit))?
}

async fn begin(
    shared: &Arc<Shared>,
    mut request: CallRequest,
    begun: Instant,
) -> Result<RunningCall, CallError> {
    if !request.options.hooks.is_empty() {
        let instead = "call what they would run yourself";
        return Err(CallError::Unsupported { what: "hooks of a call", instead });
    }
    if let Some(found) = looked_up(&shared.graphql, &request.target).await? {
        request.target = found;
    }
    // Before anything is sent, so that no event is too early.
    let reference = request.options.reference.unwrap_or_else(Uuid::new_v4);
    let route = shared.routes.register(reference).ok_or(CallError::ReferenceTaken(reference))?;
    let session = shared.subscription.live().await.map_err(|error| CallError::Connection {
        context: "the events of the call cannot be subscribed to; nothing was called".to_owned(),
        source: error,
    })?;
    let merge = Merge::new(session.number, session.proven);

    let mut limits = Limits::new(&request.options, begun);
    let (of, inbox) = (Arc::clone(shared), Arc::clone(route.inbox()));
    let accepting = async move {
        let id = assign(&of, &request, reference, &inbox).await?;
        Ok::<_, CallError>(Assigned::new(id, of))
    };
    // When the caller stops waiting, the answer still comes; what is accepted is dropped then, and so cancelled.
    let assigned = Finished::new(accepting, shared.runtime.clone()).await?;
    route.inbox().settle(assigned.id());
    limits.begin();
    Ok(RunningCall::new(Arc::clone(shared), route, assigned, merge, limits))
}

/// Sends `assign` once. When its answer is lost, finds out whether it was accepted; it is never sent twice.
async fn assign(
    shared: &Shared,
    request: &CallRequest,
    reference: Uuid,
    inbox: &Inbox,
) -> Result<String, CallError> {
    let assign = Assign {
        instance_id: &shared.instance_id,
        target: &request.target,
        args: &request.args,
        reference,
        options: &request.options,
    };
    let error = match execute(shared, &assign).await {
        Ok(Ided { id }) => return Ok(id),
        Err(error) => error,
    };
    if !error.may_have_executed() {
        return Err(call_error("the call cannot be made", error));
    }
    tracing::warn!(%error, %reference, "the answer to a call was lost; looking whether it was accepted");
    match look_for(shared, reference, inbox).await {
        Some(id) => Ok(id),
        None => Err(unknown(error)),
    }
}

fn unknown(error: GraphqlError) -> CallError {
    connection(
        "the answer to the call was lost, and it is not known whether the server has accepted it",
        error,
    )
}

/// Looks for a call by its reference: the subscription may tell it, and the server can be asked.
async fn look_for(shared: &Shared, reference: Uuid, inbox: &Inbox) -> Option<String> {
    let instance_id = &shared.instance_id;
    for _ in 0..LOOKS {
        let told = timeout(shared.timing.acceptance_timeout / LOOKS, inbox.assignation());
        if let Ok(id) = told.await {
            return Some(id);
        }
        let own = shared.graphql.execute(&OwnAssignations { instance_id }).await.unwrap_or_default();
        let reference = reference.to_string();
        if let Some(found) = own.into_iter().find(|own| own.reference.as_deref() == Some(&reference)) {
            return Some(found.id);
        }
    }
    None
}
