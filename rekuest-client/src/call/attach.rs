//! Calls that are known by their id alone: made earlier and left to themselves, or made by another process.

use std::sync::Arc;

use rekuest_core::CallError;
use rekuest_core::caller::{CallOptions, Instruction};
use tokio::time::Instant;
use uuid::Uuid;

use super::assigned::Assigned;
use super::limits::Limits;
use super::running::RunningCall;
use super::{call_error, connection, operate};
use crate::client::Shared;
use crate::graphql::operations::{Assignation, AssignationState};
use crate::merge::Merge;
use crate::routes::{Route, Taken};
use crate::{Client, GraphqlError};

impl Client {
    /// Follows a call that was made before, by its id: one that this program has [detached](RunningCall::detach), or one
    /// of another process.
    ///
    /// It begins with the last events that the server tells, ten on servers of this generation, and goes on with
    /// everything that happens from then on. What was before these is not told any more and no error: the items of a
    /// generator begin somewhere. From there on nothing is left out without a word, as with a call that was
    /// [started](Self::start) here. A call that has ended tells its last events and its end.
    ///
    /// Whoever drops the handle stops following, and the call goes on; [`cancel`](RunningCall::cancel) asks for its end.
    ///
    /// The events of calls that were made under another identity or instance are not told to this client. It asks for
    /// them each second ([`Timing::poll_first`](crate::Timing::poll_first)), so they come later, and more than ten from one
    /// question to the next end the call here with [`CallError::Lagged`], unless it is of a function and nothing that it
    /// returned is missing.
    ///
    /// ```no_run
    /// # use rekuest_client::{Client, args};
    /// # async fn example(client: &Client) -> Result<(), rekuest_core::CallError> {
    /// let action = client.find("microscope", "scan").await?;
    /// let id = action.start(args! { planes: 100 }).await?.detach();
    ///
    /// // Later, in another process of this app.
    /// let mut scan = client.attach(&id).await?.typed::<i64>();
    /// while let Some(event) = scan.next().await? {
    ///     println!("{event:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`CallError::NotFound`] when the server knows no such call, [`CallError::AlreadyFollowed`] when this client follows
    /// it, and when the server cannot be reached or refuses.
    pub async fn attach(&self, id: &str) -> Result<RunningCall, CallError> {
        let shared = self.shared();
        let state = known(shared, id).await?;
        let route = route(shared, &state)?;
        let session = shared.subscription.live().await.map_err(|error| {
            connection(format!("the events of the call {id} cannot be subscribed to"), error)
        })?;
        let limits = Limits::new(&CallOptions::default(), Instant::now());
        let merge = Merge::attached(session.number);
        Ok(RunningCall::new(Arc::clone(shared), route, Assigned::settled(state.id), merge, limits))
    }

    /// Asks the server to have the call with this id cancelled, whoever made it. It has ended once its agent has done so.
    ///
    /// # Errors
    /// When the server knows no such call, cannot be reached, or refuses.
    pub async fn cancel(&self, id: &str) -> Result<(), CallError> {
        self.instruct(id, Instruction::Cancel).await
    }

    /// Asks the server to tell the agent what is to become of the call with this id.
    ///
    /// # Errors
    /// [`CallError::Unsupported`] where the server does not say that it can do it, as with
    /// [`RunningCall::instruct`]; else when it knows no such call, cannot be reached, or refuses.
    pub async fn instruct(&self, id: &str, instruction: Instruction) -> Result<(), CallError> {
        // What the server can do is told by the subscription, which is kept open while there is a route. It takes every
        // cancellation.
        let asks = instruction != Instruction::Cancel;
        let _route = asks.then(|| self.shared().routes.register(Uuid::new_v4()));
        operate::instruct(self.shared(), id, instruction).await
    }
}

/// What the server knows of a call.
async fn known(shared: &Shared, id: &str) -> Result<AssignationState, CallError> {
    let unknown = || format!("the server knows no call with the id `{id}`");
    match shared.graphql.execute(&Assignation { id }).await {
        Ok(Some(state)) => Ok(state),
        Ok(None) => Err(CallError::NotFound(unknown())),
        // Servers know no other way to say that there is none.
        Err(GraphqlError::Errors { errors, .. }) => {
            let said = crate::graphql::list(&errors);
            Err(CallError::NotFound(format!("{}: {said}", unknown())))
        }
        Err(error) => Err(call_error(format!("the call `{id}` cannot be asked about"), error)),
    }
}

/// Where the events of a call go. Callers that give their calls no names have several of one reference: what is told goes to
/// the one of them that was attached to first, the others are asked for alone. So is one whose reference is none of ours.
fn route(shared: &Shared, state: &AssignationState) -> Result<Route, CallError> {
    let named = state.reference.as_deref().and_then(|reference| Uuid::try_parse(reference).ok());
    let followed = || CallError::AlreadyFollowed { assignation: state.id.clone() };
    match named.map(|reference| shared.routes.register_as(reference, &state.id)) {
        Some(Ok(route)) => Ok(route),
        Some(Err(Taken::BySame)) => Err(followed()),
        Some(Err(Taken::ByAnother)) | None => {
            shared.routes.register_as(Uuid::new_v4(), &state.id).map_err(|_| followed())
        }
    }
}
