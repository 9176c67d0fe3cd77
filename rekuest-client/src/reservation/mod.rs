//! Reservations: a standing choice among the implementations of an action, which the server keeps.
//!
//! Who calls a function again and again says once which of its implementations are meant, sees who of them is there, and
//! calls by the reservation.

mod held;
mod reserve;
mod watch;

pub use reserve::Reserve;
pub use watch::ReservationWatch;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::caller::{CallEvents, CallOptions, CallRequest, CallTarget, CalledFunction, Entering};
use rekuest_core::{Call, CallError, Caller, Contexts, FromReturns};
use serde_json::value::RawValue;
use tokio::runtime::Handle;

use crate::call::{RunningCall, call_error};
use crate::client::inside;
use crate::graphql::operations::{MyReservations, ReservationById, ReservationState, Unreserve};
use crate::{Action, Args, Client, GraphqlError, blocking};
use held::Held;

/// A reservation that is held. Dropping it ends it, in the background, unless it is [kept](Self::keep); calls that were
/// made by it go on.
///
/// It is a [`Caller`]: `add::call(&reservation, 1, 2)` is run by what is reserved, if that is the function `add`.
///
/// ```no_run
/// # use rekuest_client::{Client, args};
/// # async fn example(client: &Client) -> Result<(), rekuest_core::CallError> {
/// let action = client.find_by_name("Segment").await?;
/// let reservation = action.reserve().title("Segmentation").desired_instances(2).await?;
/// let cells: i64 = reservation.call(args! { image: 4 }).await?;
/// reservation.unreserve().await
/// # }
/// ```
#[derive(Debug)]
#[must_use = "dropping a reservation ends it"]
pub struct Reservation {
    action: Action,
    made: ReservationState,
    held: Held,
}

impl Reservation {
    fn new(action: Action, made: ReservationState) -> Self {
        let held = Held::new(action.client().shared(), &made.id);
        Self { action, made, held }
    }

    /// Its id on this server.
    pub fn id(&self) -> &str {
        &self.made.id
    }

    /// The name that the caller gave it.
    pub fn reference(&self) -> &str {
        &self.made.reference
    }

    /// The action that it is of.
    pub fn action(&self) -> &Action {
        &self.action
    }

    /// What it was when it was reserved, or found: who could run a call then.
    pub fn at_first(&self) -> &ReservationState {
        &self.made
    }

    /// What it is now.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when the server does not hold it any more.
    pub async fn state(&self) -> Result<ReservationState, CallError> {
        read(self.action.client(), self.id()).await
    }

    /// What it is now, for code that blocks: the thread waits for it. Not inside of async code.
    ///
    /// # Errors
    /// As [`state`](Self::state).
    pub fn blocking_state(&self) -> Result<ReservationState, CallError> {
        blocking::wait(inside(self.runtime(), self.state()))
    }

    /// What it is now, and each change: who of its implementations comes and goes.
    pub fn watch(&self) -> ReservationWatch {
        ReservationWatch::begin(self.action.client().clone(), self.id().to_owned())
    }

    /// A call by it, which `.await` makes; as [`Action::call`].
    pub fn call<R: FromReturns>(&self, args: Args) -> Call<'_, R> {
        Call::new(self, self.target(), async move { self.action.checked(args) })
    }

    /// Calls by it, for the object of returns as it is.
    ///
    /// # Errors
    /// As of every call; see [`CallError`].
    pub async fn call_json(&self, args: Args) -> Result<Box<RawValue>, CallError> {
        self.start(args).await?.returns().await
    }

    /// Starts a call by it and returns once the server has accepted it, to follow its events.
    ///
    /// # Errors
    /// When an argument does not fit, or as [`Client::start`].
    pub async fn start(&self, args: Args) -> Result<RunningCall, CallError> {
        self.start_with(args, CallOptions::default()).await
    }

    /// Starts a call by it that is made in another way than usual.
    ///
    /// # Errors
    /// When an argument does not fit, or as [`Client::start`].
    pub async fn start_with(&self, args: Args, options: CallOptions) -> Result<RunningCall, CallError> {
        let mut request = CallRequest::new(self.target(), self.action.checked(args)?);
        request.options = options;
        self.action.client().start(request).await.map_err(|error| self.refused(error))
    }

    /// Ends it.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses. It is tried once more in the background then.
    pub async fn unreserve(mut self) -> Result<(), CallError> {
        let ended = self.action.client().graphql().execute(&Unreserve { reservation: self.id() }).await;
        let context = || format!("the reservation {} cannot be ended", self.made.id);
        ended.map_err(|error| call_error(context(), error))?;
        self.held.let_go();
        Ok(())
    }

    /// Ends it, for code that blocks: the thread waits for it. Not inside of async code.
    ///
    /// # Errors
    /// As [`unreserve`](Self::unreserve).
    pub fn blocking_unreserve(self) -> Result<(), CallError> {
        blocking::wait(inside(self.runtime(), self.unreserve()))
    }

    fn runtime(&self) -> Handle {
        self.action.client().shared().runtime.clone()
    }

    /// Leaves it to the server when this is dropped: [`Client::reservation`] takes it up again.
    pub fn keep(&mut self) {
        self.held.let_go();
    }

    fn target(&self) -> CallTarget {
        CallTarget::Reservation(self.made.id.clone())
    }

    /// What a refused call by it means.
    fn refused(&self, error: CallError) -> CallError {
        match error {
            CallError::Refused(message) => CallError::Refused(format!(
                "{message} (it was called by the reservation {}, which not every server can: else call the action \
                 itself)",
                self.made.id
            )),
            error => error,
        }
    }

    /// Whether a function is what is reserved.
    fn is_of(&self, function: &CalledFunction) -> Result<(), CallError> {
        let (action, demand) = (&self.action, &function.demand);
        let fits = demand.hash.as_ref().is_none_or(|hash| hash == action.hash())
            && demand.name.as_ref().is_none_or(|name| name == action.name())
            && demand.args.fits(action.args())
            && demand.returns.fits(action.returns());
        if fits {
            return Ok(());
        }
        Err(CallError::NotFound(format!(
            "the reservation {} is of the action `{}`, which is not the function `{}`: reserve that",
            self.made.id,
            action.name(),
            function.key
        )))
    }
}

/// Calls are run by what is reserved.
impl Caller for Reservation {
    fn start(&self, mut request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        let starting = async move {
            if let CallTarget::Function(function) = &request.target {
                self.is_of(function)?;
            }
            request.target = self.target();
            let started = self.action.client().start(request).await;
            Ok(Box::new(started.map_err(|error| self.refused(error))?) as Box<dyn CallEvents>)
        };
        inside(self.runtime(), starting).boxed()
    }

    fn contexts(&self) -> &Contexts {
        self.action.client().contexts()
    }

    fn entering(&self) -> Entering {
        self.action.client().entering()
    }
}

impl Client {
    /// Takes up a reservation that is held already. Dropping it leaves it to the server.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when the server holds no such reservation.
    pub async fn reservation(&self, id: &str) -> Result<Reservation, CallError> {
        let state = read(self, id).await?;
        let mut reservation = Reservation::new(self.action(&state.action.id).await?, state);
        reservation.keep();
        Ok(reservation)
    }

    /// The reservations that are held under the identity and instance of this client.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn my_reservations(&self) -> Result<Vec<ReservationState>, CallError> {
        let own = self.graphql().execute(&MyReservations { instance_id: self.instance_id() }).await;
        own.map_err(|error| call_error("the reservations cannot be listed", error))
    }
}

/// What a reservation is now.
async fn read(client: &Client, id: &str) -> Result<ReservationState, CallError> {
    let gone = || CallError::NotFound(format!("the server holds no reservation {id}: reserve again"));
    match client.graphql().execute(&ReservationById { id }).await {
        Ok(Some(state)) => Ok(state),
        Ok(None) => Err(gone()),
        // Servers know no other way to say that there is none.
        Err(GraphqlError::Errors { errors, .. }) => {
            tracing::debug!(id, errors = crate::graphql::list(&errors), "a reservation is not there");
            Err(gone())
        }
        Err(error) => Err(call_error(format!("the reservation {id} cannot be asked for"), error)),
    }
}
