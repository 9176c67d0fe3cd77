//! Making a reservation.

use std::fmt;
use std::future::IntoFuture;

use futures_util::future::BoxFuture;
use rekuest_core::CallError;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::Reservation;
use crate::call::{call_error, connection};
use crate::graphql::operations::{self, Binds, MyReservations};
use crate::{Action, blocking};

/// A reservation that was not made yet: `.await` makes it.
#[must_use = "nothing is reserved before it is awaited"]
pub struct Reserve<'a> {
    action: &'a Action,
    title: Option<String>,
    reference: Option<String>,
    binds: Option<Binds>,
}

impl Action {
    /// Reserves it: the implementation that was found, else those of them all that the reservation is bound to.
    pub fn reserve(&self) -> Reserve<'_> {
        Reserve { action: self, title: None, reference: None, binds: None }
    }
}

impl Reserve<'_> {
    /// What people see of it.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The caller's own name for it; another one for each reservation unless given. Servers take what is reserved under a
    /// name again for the same reservation.
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Makes it, for code that blocks: the thread waits for it. Not inside of async code.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub fn wait(self) -> Result<Reservation, CallError> {
        blocking::wait(self)
    }

    fn binds(&mut self) -> &mut Binds {
        let none = Binds { implementations: Vec::new(), clients: Vec::new(), desired_instances: 1 };
        self.binds.get_or_insert(none)
    }

    /// Bound to this implementation, by its id. Can be said again for more.
    pub fn implementation(mut self, id: impl Into<String>) -> Self {
        self.binds().implementations.push(id.into());
        self
    }

    /// Bound to the implementations of this app, by its OAuth client. Can be said again for more.
    pub fn oauth_client(mut self, client: impl Into<String>) -> Self {
        self.binds().clients.push(client.into());
        self
    }

    /// How many implementations have to be there for it to be happy: one unless given.
    pub fn desired_instances(mut self, count: u32) -> Self {
        self.binds().desired_instances = count;
        self
    }
}

impl<'a> IntoFuture for Reserve<'a> {
    type Output = Result<Reservation, CallError>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { action, title, reference, binds } = self;
        let runtime = action.client().shared().runtime.clone();
        let reference = reference.unwrap_or_else(|| Uuid::new_v4().to_string());
        let making = make(action.clone(), title, reference, binds);
        Box::pin(async move {
            // In a task of its own: when the caller stops waiting, the answer still comes to someone, who ends the
            // reservation by dropping it.
            let (sender, made) = oneshot::channel();
            runtime.spawn(async move { drop(sender.send(making.await)) });
            let stopped = |error| connection("the runtime stopped while it was reserved", error);
            made.await.map_err(stopped)?
        })
    }
}

async fn make(
    action: Action,
    title: Option<String>,
    reference: String,
    binds: Option<Binds>,
) -> Result<Reservation, CallError> {
    let client = action.client();
    let instance_id = client.instance_id();
    let implementation = action.implementation().map(|one| one.id.as_str());
    let reserve = operations::Reserve {
        instance_id,
        reference: &reference,
        title: title.as_deref(),
        action: implementation.is_none().then(|| action.id()),
        implementation,
        binds: binds.as_ref(),
    };
    let error = match client.graphql().execute(&reserve).await {
        Ok(made) => return Ok(Reservation::new(action, made)),
        Err(error) => error,
    };
    if error.may_have_executed() {
        tracing::warn!(%error, reference, "the answer to a reservation was lost; looking whether it is held");
        let own = client.graphql().execute(&MyReservations { instance_id }).await.unwrap_or_default();
        if let Some(made) = own.into_iter().find(|own| own.reference == reference) {
            return Ok(Reservation::new(action, made));
        }
    }
    Err(call_error(format!("`{}` cannot be reserved", action.name()), error))
}

impl fmt::Debug for Reserve<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reserve")
            .field("action", &self.action)
            .field("reference", &self.reference)
            .field("binds", &self.binds)
            .finish_non_exhaustive()
    }
}
