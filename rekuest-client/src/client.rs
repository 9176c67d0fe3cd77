//! The client: one identity at one server, from which everything is found and called.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::caller::{CallEvents, CallRequest, Entering};
use rekuest_core::{CallError, Caller, Contexts};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::blocking::Owned;
use crate::call::{self, RunningCall};
use crate::graphql::Graphql;
use crate::routes::Routes;
use crate::subscription::Subscription;
use crate::{ClientBuilder, ConnectError, Timing};

/// A client: what functions are found and called with. Cheap to clone; all clones are one caller with one subscription.
/// When the last of them and its last call are dropped, its background task ends. A state that is watched has a
/// subscription and a background task of its own, which end with the watch.
///
/// ```no_run
/// use rekuest_client::{Client, args};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder().url("http://127.0.0.1:8000")?.token("…").build().await?;
/// let action = client.find("other_app", "rpc_function").await?;
/// let text: String = action.call(args! { x: 1, name: "hello world" }).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What a client and its calls share.
pub(crate) struct Shared {
    pub(crate) graphql: Graphql,
    pub(crate) instance_id: String,
    pub(crate) contexts: Contexts,
    pub(crate) routes: Arc<Routes>,
    pub(crate) subscription: Subscription,
    /// So many questions about calls are under way at the same time.
    pub(crate) questions: Semaphore,
    pub(crate) runtime: Handle,
    pub(crate) timing: Timing,
    /// Its runtime, where that is its own.
    _owned: Option<Owned>,
}

/// How many questions about calls are under way at the same time.
const QUESTIONS: usize = 8;

impl Client {
    /// Begins a client; see [`ClientBuilder`].
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// A client of the server that the environment names: `REKUEST_URL`, `REKUEST_TOKEN`, `REKUEST_INSTANCE`; see
    /// [`Access::from_env`](crate::Access::from_env). Where it names none but a deployment, `FAKTS_URL` with `FAKTS_TOKEN`
    /// or `FAKTS_REDEEM_TOKEN`, this program logs in to that under the name of its file. With a
    /// [`Login`](crate::Login) of its own it says more of itself, and asks its user.
    ///
    /// # Errors
    /// When the environment names none, or names it wrongly; the error names the variable. When the login fails.
    pub async fn from_env() -> Result<Self, ConnectError> {
        ClientBuilder::from_env()?.build().await
    }

    pub(crate) fn new(
        graphql: Graphql,
        instance_id: String,
        contexts: Contexts,
        timing: Timing,
        runtime: Handle,
        owned: Option<Owned>,
    ) -> Self {
        let routes = Arc::new(Routes::default());
        let subscription =
            Subscription::new(graphql.clone(), instance_id.clone(), Arc::clone(&routes), timing, &runtime);
        let questions = Semaphore::new(QUESTIONS);
        let shared = Shared {
            graphql,
            instance_id,
            contexts,
            routes,
            subscription,
            questions,
            runtime,
            timing,
            _owned: owned,
        };
        Self { shared: Arc::new(shared) }
    }

    /// Starts a call and returns once the server has accepted it.
    ///
    /// The arguments are sent as they are; [`Action::start`](crate::Action::start) checks them before.
    ///
    /// # Errors
    /// When the server cannot be reached, refuses the call, or the timeout passes. Nothing runs then, unless the error
    /// says that it is not known.
    pub async fn start(&self, request: CallRequest) -> Result<RunningCall, CallError> {
        call::start(&self.shared, request).await
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The GraphQL client underneath, for operations of your own.
    pub fn graphql(&self) -> &Graphql {
        &self.shared.graphql
    }

    /// Which instance of the app this is.
    pub fn instance_id(&self) -> &str {
        &self.shared.instance_id
    }
}

/// Works on every thread: what a call needs of the client's runtime it takes along.
impl Caller for Client {
    fn start(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        let starting = async move {
            let call = call::start(&self.shared, request).await?;
            Ok(Box::new(call) as Box<dyn CallEvents>)
        };
        inside(self.shared.runtime.clone(), starting).boxed()
    }

    fn contexts(&self) -> &Contexts {
        &self.shared.contexts
    }

    fn entering(&self) -> Entering {
        entering(&self.shared.runtime)
    }
}

/// Blocking code polls with this runtime.
pub(crate) fn entering(runtime: &Handle) -> Entering {
    let runtime = runtime.clone();
    Entering::new(move |work| {
        let _entered = runtime.enter();
        work();
    })
}

/// Runs a future with this runtime, wherever it is polled: calls may be made and read on threads that belong to none.
pub(crate) async fn inside<F: Future>(runtime: Handle, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let _entered = runtime.enter();
        future.as_mut().poll(context)
    })
    .await
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("graphql", &self.shared.graphql)
            .field("instance_id", &self.shared.instance_id)
            .finish_non_exhaustive()
    }
}
