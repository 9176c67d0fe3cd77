//! The client for programs that have no async runtime.

use std::fmt;

use futures_util::future::BoxFuture;
use rekuest_core::caller::{CallEvents, CallRequest, Entering, Instruction};
use rekuest_core::{CallError, Callable, Caller, Contexts, DemandBuf, StateType};
use serde_json::Value;
use tokio::runtime::Handle;

use super::owned::Owned;
use super::running::RunningCall;
use super::wait;
use crate::client::inside;
use crate::graphql::operations::ReservationState;
use crate::{
    Action, ActionSearch, AgentSearch, ClientBuilder, ConnectError, ImplementationSearch, Reservation,
    StateQuery,
};

/// A client with a runtime of its own. Typed stubs take it as any other caller: `add::call(&client, 1, 2).wait()`.
///
/// The runtime ends with the last of the client, its calls, and what was found with it.
pub struct Client {
    client: crate::Client,
    runtime: Handle,
}

impl Client {
    /// A client of the server that the environment names; see [`Client::from_env`](crate::Client::from_env).
    ///
    /// # Errors
    /// When the environment names none, or names it wrongly; the error names the variable.
    pub fn from_env() -> Result<Self, ConnectError> {
        Self::new(ClientBuilder::from_env()?)
    }

    /// Makes the client that is described.
    ///
    /// # Errors
    /// When no server is named, or it is not known how it is reached.
    pub fn new(builder: ClientBuilder) -> Result<Self, ConnectError> {
        let owned = Owned::start().map_err(ConnectError::Runtime)?;
        let runtime = owned.handle.clone();
        let client = wait(builder.owned(owned).build())?;
        Ok(Self { client, runtime })
    }

    /// Which instance of the app this is.
    pub fn instance_id(&self) -> &str {
        self.client.instance_id()
    }

    /// The client inside, for everything else that it can do, with [`wait`](Self::wait).
    pub fn inner(&self) -> &crate::Client {
        &self.client
    }

    /// Waits, on this thread, for what is async and needs a runtime around it: `client.wait(tokio::net::lookup_host(…))`.
    pub fn wait<F: IntoFuture>(&self, future: F) -> F::Output {
        wait(inside(self.runtime.clone(), future.into_future()))
    }
}

/// Finding what can be called. What is found is called with [`Action::call`] and `wait`.
impl Client {
    /// Finds what an app offers under this interface; see [`Client::find`](crate::Client::find).
    ///
    /// # Errors
    /// As there.
    pub fn find(&self, app: &str, interface: &str) -> Result<Action, CallError> {
        self.wait(self.client.find(app, interface))
    }

    /// Finds every instance of an app that offers this interface; see [`Client::find_all`](crate::Client::find_all).
    ///
    /// # Errors
    /// As there.
    pub fn find_all(&self, app: &str, interface: &str) -> Result<Vec<Action>, CallError> {
        self.wait(self.client.find_all(app, interface))
    }

    /// Finds the action with this name; see [`Client::find_by_name`](crate::Client::find_by_name).
    ///
    /// # Errors
    /// As there.
    pub fn find_by_name(&self, name: &str) -> Result<Action, CallError> {
        self.wait(self.client.find_by_name(name))
    }

    /// Finds the action with this hash; see [`Client::find_by_hash`](crate::Client::find_by_hash).
    ///
    /// # Errors
    /// As there.
    pub fn find_by_hash(&self, hash: &str) -> Result<Action, CallError> {
        self.wait(self.client.find_by_hash(hash))
    }

    /// Finds an action that is like this; see [`Client::find_matching`](crate::Client::find_matching).
    ///
    /// # Errors
    /// As there.
    pub fn find_matching(&self, demand: &DemandBuf) -> Result<Action, CallError> {
        self.wait(self.client.find_matching(demand))
    }

    /// Finds the action that a function of this program would call; see
    /// [`Client::find_function`](crate::Client::find_function).
    ///
    /// # Errors
    /// As there.
    pub fn find_function<F: Callable>(&self) -> Result<Action, CallError> {
        self.wait(self.client.find_function::<F>())
    }

    /// Finds the action with this id; see [`Client::action`](crate::Client::action).
    ///
    /// # Errors
    /// As there.
    pub fn action(&self, id: &str) -> Result<Action, CallError> {
        self.wait(self.client.action(id))
    }

    /// What the agent with this id offers; see [`Client::implementation_at`](crate::Client::implementation_at).
    ///
    /// # Errors
    /// As there.
    pub fn implementation_at(
        &self,
        agent: &str,
        interface: &str,
        extension: Option<&str>,
    ) -> Result<Action, CallError> {
        self.wait(self.client.implementation_at(agent, interface, extension))
    }

    /// What an instance of this app offers; see [`Client::my_implementation_at`](crate::Client::my_implementation_at).
    ///
    /// # Errors
    /// As there.
    pub fn my_implementation_at(&self, instance_id: &str, interface: &str) -> Result<Action, CallError> {
        self.wait(self.client.my_implementation_at(instance_id, interface))
    }

    /// Searches the actions that there are: `wait` gives all of them, [`stream`](crate::Search::stream) with
    /// [`wait`](crate::Listing::wait) one after the other.
    pub fn actions(&self) -> ActionSearch {
        self.client.actions()
    }

    /// Searches what each agent offers, as [`actions`](Self::actions).
    pub fn implementations(&self) -> ImplementationSearch {
        self.client.implementations()
    }

    /// Searches the agents, as [`actions`](Self::actions).
    pub fn agents(&self) -> AgentSearch {
        self.client.agents()
    }
}

/// States and reservations.
impl Client {
    /// The state of type `T` that an app shows: [`wait`](StateQuery::wait) reads it, [`watch`](StateQuery::watch) with
    /// [`wait`](crate::StateWatch::wait) follows it. See [`Client::state`](crate::Client::state).
    pub fn state<T: StateType>(&self, app: &str, instance: &str) -> StateQuery<T> {
        self.client.state(app, instance)
    }

    /// The same for a state whose type is not known here, by its name: the object of its fields as it is.
    pub fn state_named(&self, app: &str, instance: &str, name: &str) -> StateQuery<Value> {
        self.client.state_named(app, instance, name)
    }

    /// Takes up a reservation that is held already; see [`Client::reservation`](crate::Client::reservation).
    ///
    /// # Errors
    /// As there.
    pub fn reservation(&self, id: &str) -> Result<Reservation, CallError> {
        self.wait(self.client.reservation(id))
    }

    /// The reservations that are held under the identity and instance of this client.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub fn my_reservations(&self) -> Result<Vec<ReservationState>, CallError> {
        self.wait(self.client.my_reservations())
    }
}

/// Calls whose returns have no type here.
impl Client {
    /// Starts a call, and waits until the server has accepted it; see [`Client::start`](crate::Client::start).
    ///
    /// # Errors
    /// As there.
    pub fn start(&self, request: CallRequest) -> Result<RunningCall, CallError> {
        self.wait(self.client.start(request)).map(RunningCall::from)
    }

    /// Follows a call that was made before, by its id; see [`Client::attach`](crate::Client::attach).
    ///
    /// # Errors
    /// As there.
    pub fn attach(&self, id: &str) -> Result<RunningCall, CallError> {
        self.wait(self.client.attach(id)).map(RunningCall::from)
    }

    /// Asks the server to have the call with this id cancelled, whoever made it.
    ///
    /// # Errors
    /// As [`Client::cancel`](crate::Client::cancel).
    pub fn cancel(&self, id: &str) -> Result<(), CallError> {
        self.wait(self.client.cancel(id))
    }

    /// Asks the server to tell the agent what is to become of the call with this id.
    ///
    /// # Errors
    /// As [`Client::instruct`](crate::Client::instruct).
    pub fn instruct(&self, id: &str, instruction: Instruction) -> Result<(), CallError> {
        self.wait(self.client.instruct(id, instruction))
    }
}

impl Caller for Client {
    fn start(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        Caller::start(&self.client, request)
    }

    fn contexts(&self) -> &Contexts {
        self.client.contexts()
    }

    fn entering(&self) -> Entering {
        self.client.entering()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.client).finish()
    }
}
