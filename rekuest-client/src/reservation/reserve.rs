//! Making a reservation.

use std::fmt;
use std::future::IntoFuture;

use futures_util::future::BoxFuture;
use rekuest_core::CallError;
use uuid::Uuid;

use super::Reservation;
use crate::Action;
use crate::call::call_error;
use crate::graphql::operations::{self, Binds};

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
        Box::pin(async move {
            let Self { action, title, reference, binds } = self;
            let client = action.client();
            let implementation = action.implementation().map(|one| one.id.as_str());
            let reserve = operations::Reserve {
                instance_id: client.instance_id(),
                reference: &reference.unwrap_or_else(|| Uuid::new_v4().to_string()),
                title: title.as_deref(),
                action: implementation.is_none().then(|| action.id()),
                implementation,
                binds: binds.as_ref(),
            };
            let made = client.graphql().execute(&reserve).await;
            let made =
                made.map_err(|error| call_error(format!("`{}` cannot be reserved", action.name()), error))?;
            Ok(Reservation::new(action.clone(), made))
        })
    }
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
