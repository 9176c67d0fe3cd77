//! The operations of calls: on the socket of the subscription where the server takes them there, else over HTTP.

use rekuest_core::CallError;
use rekuest_core::caller::Instruction;
use rekuest_core::message::CallerCapabilities;
use serde_json::value::RawValue;
use tokio::time::timeout;

use super::call_error;
use crate::client::Shared;
use crate::graphql::operations::{Cancel, Interrupt, Pause, Resume, Step};
use crate::graphql::{self, Answer, field, settled};
use crate::subscription::{Outcome, errors};
use crate::{GraphqlError, Operation};

/// Executes an operation on the way that is open. It is sent a second time, over HTTP, only if it certainly did not
/// arrive, was refused for its token, or may be done twice.
///
/// # Errors
/// As [`Graphql::execute`](crate::Graphql::execute).
pub(crate) fn execute<'s, O: Operation>(
    shared: &'s Shared,
    operation: &O,
) -> impl Future<Output = Result<O::Data, GraphqlError>> + Send + use<'s, O> {
    let body = graphql::body(operation);
    async move {
        let body = body?;
        let data = match on_the_socket(shared, &body, O::NAME).await {
            Some(Ok(data)) => data,
            Some(Err(error))
                if matches!(error, GraphqlError::Refused { .. }) || unanswered(&error, O::IDEMPOTENT) =>
            {
                shared.graphql.send(body, O::NAME, O::IDEMPOTENT).await?
            }
            Some(Err(error)) => return Err(error),
            None => shared.graphql.send(body, O::NAME, O::IDEMPOTENT).await?,
        };
        field(&data, O::NAME, O::FIELD)
    }
}

fn unanswered(error: &GraphqlError, idempotent: bool) -> bool {
    idempotent && matches!(error, GraphqlError::Unreachable { .. })
}

/// Sends an operation on the socket; none if it was not sent.
async fn on_the_socket(
    shared: &Shared,
    body: &[u8],
    operation: &'static str,
) -> Option<Result<Box<RawValue>, GraphqlError>> {
    let posting = shared.subscription.posting()?;
    let body = std::str::from_utf8(body).ok()?.to_owned();
    let outcome = timeout(shared.graphql.patience(), posting.post(body)).await;
    Some(match outcome {
        Ok(Outcome::NotSent) => return None,
        Ok(Outcome::Answered { payload, failed }) => read(&payload, failed, operation),
        Ok(Outcome::Cut) => Err(lost(shared, "the connection was cut before the answer came").await),
        Err(_) => Err(lost(shared, "no answer came in time").await),
    })
}

fn read(payload: &RawValue, failed: bool, operation: &'static str) -> Result<Box<RawValue>, GraphqlError> {
    if failed {
        return settled(Answer { data: None, errors: Some(errors(payload)) }, operation);
    }
    let answer = serde_json::from_str(payload.get())
        .map_err(|error| GraphqlError::Shape { operation, reason: error.to_string() })?;
    settled(answer, operation)
}

async fn lost(shared: &Shared, reason: &'static str) -> GraphqlError {
    match shared.graphql.current().await {
        Ok(access) => GraphqlError::Unreachable {
            url: access.endpoints.graphql_ws.clone(),
            sent: true,
            source: reason.into(),
        },
        Err(error) => error.into(),
    }
}

/// Has an agent told what its caller asks.
///
/// # Errors
/// When the server does not support it, cannot be reached, or refuses.
pub(super) async fn instruct(
    shared: &Shared,
    assignation: &str,
    instruction: Instruction,
) -> Result<(), CallError> {
    if instruction != Instruction::Cancel {
        let session = shared.subscription.live().await;
        let session = session.map_err(|error| CallError::Connection {
            context: "it is not known what the server can do; nothing was asked of the call".to_owned(),
            source: error,
        })?;
        supported(session.capabilities, instruction)?;
    }
    let done = match instruction {
        Instruction::Cancel => execute(shared, &Cancel { assignation }).await,
        Instruction::Interrupt => execute(shared, &Interrupt { assignation }).await,
        Instruction::Pause => execute(shared, &Pause { assignation }).await,
        Instruction::Resume => execute(shared, &Resume { assignation }).await,
        Instruction::Step => execute(shared, &Step { assignation }).await,
    };
    let asked = match instruction {
        Instruction::Cancel => "cancelled",
        Instruction::Interrupt => "interrupted",
        Instruction::Pause => "paused",
        Instruction::Resume => "resumed",
        Instruction::Step => "asked for a step",
    };
    done.map(drop).map_err(|error| call_error(format!("the call cannot be {asked}"), error))
}

/// What a server does not announce it cannot do: the observed one fails each time, after the fact.
fn supported(capabilities: CallerCapabilities, instruction: Instruction) -> Result<(), CallError> {
    let (what, can) = match instruction {
        Instruction::Cancel => return Ok(()),
        Instruction::Interrupt => ("interrupting a call", capabilities.interrupt),
        Instruction::Pause => ("pausing a call", capabilities.pause),
        Instruction::Resume => ("resuming a call", capabilities.pause),
        Instruction::Step => ("having a call make a step", capabilities.pause),
    };
    if can { Ok(()) } else { Err(CallError::Unsupported { what, instead: "it can be cancelled" }) }
}
