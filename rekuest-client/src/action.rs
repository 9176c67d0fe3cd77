//! An action that was found at run time: what it says of itself, and calling it.

use std::fmt;
use std::sync::{Arc, OnceLock};

use futures_util::{Stream, StreamExt as _, stream};
use rekuest_core::caller::{CallEvent, CallOptions, CallRequest, CallTarget};
use rekuest_core::schema::{SchemaError, Validator};
use rekuest_core::{ActionKind, Arguments, Call, CallError, Caller as _, FromReturns, PortBuf, ValueError};
use serde_json::value::RawValue;

use crate::call::RunningCall;
use crate::client::inside;
use crate::graphql::operations::{ActionDescription, AgentDescription, Offering};
use crate::{Args, Client, blocking};

/// Something that can be called, and the documentation of its function. Cheap to clone.
#[derive(Clone)]
pub struct Action {
    client: Client,
    found: Arc<Found>,
}

struct Found {
    description: ActionDescription,
    implementation: Option<Implementation>,
    offered_by: Vec<Implementation>,
    /// Made by the first call.
    validator: OnceLock<Result<Validator, SchemaError>>,
}

/// One agent's way to run an action.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Implementation {
    /// Its id.
    pub id: String,
    /// The name under which the agent offers it.
    pub interface: String,
    /// The extension of the agent that it belongs to.
    pub extension: String,
    /// The agent.
    pub agent: AgentDescription,
}

impl From<Offering> for Implementation {
    fn from(Offering { id, interface, extension, agent }: Offering) -> Self {
        Self { id, interface, extension, agent }
    }
}

impl Action {
    pub(crate) fn new(
        client: Client,
        mut description: ActionDescription,
        implementation: Option<Implementation>,
    ) -> Self {
        let offered_by = match &implementation {
            Some(one) => vec![one.clone()],
            None => std::mem::take(&mut description.implementations).into_iter().map(Into::into).collect(),
        };
        let found = Found { description, implementation, offered_by, validator: OnceLock::new() };
        Self { client, found: Arc::new(found) }
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Its id on this server.
    pub fn id(&self) -> &str {
        &self.found.description.id
    }

    /// Its hash, the same on every server.
    pub fn hash(&self) -> &str {
        &self.found.description.hash
    }

    /// The name that people see.
    pub fn name(&self) -> &str {
        &self.found.description.name
    }

    /// What it does, if it says.
    pub fn description(&self) -> Option<&str> {
        self.found.description.description.as_deref()
    }

    /// Whether it yields once or many times.
    pub fn kind(&self) -> ActionKind {
        self.found.description.kind
    }

    /// Its arguments. The children of ports are known six levels deep.
    pub fn args(&self) -> &[PortBuf] {
        &self.found.description.args
    }

    /// Its returns.
    pub fn returns(&self) -> &[PortBuf] {
        &self.found.description.returns
    }

    /// The one implementation that is called; none if any connected one is.
    pub fn implementation(&self) -> Option<&Implementation> {
        self.found.implementation.as_ref()
    }

    /// Who offered it when it was found: the one implementation that is called, else every one that the server knew.
    pub fn offered_by(&self) -> &[Implementation] {
        &self.found.offered_by
    }

    /// Whether it could be called when it was found.
    pub fn is_connected(&self) -> bool {
        self.offered_by().iter().any(|one| one.agent.connected)
    }

    /// The same action, run by this implementation alone: one of those that [offer it](Self::offered_by).
    #[must_use]
    pub fn at(&self, implementation: &Implementation) -> Self {
        let description = self.found.description.clone();
        Self::new(self.client.clone(), description, Some(implementation.clone()))
    }

    /// A call of it, which `.await` makes. What it returns is read as `R`: `()`, a type with a port, or a tuple of
    /// these.
    ///
    /// The arguments are checked against the ports before anything is sent; the error names every one that does not
    /// fit.
    pub fn call<R: FromReturns>(&self, args: Args) -> Call<'_, R> {
        Call::new(&self.client, self.target(), async move { self.checked(args) })
    }

    /// Calls it, for the object of returns as it is.
    ///
    /// # Errors
    /// As of every call; see [`CallError`].
    pub async fn call_json(&self, args: Args) -> Result<Box<RawValue>, CallError> {
        self.start(args).await?.returns().await
    }

    /// Starts a call and returns once the server has accepted it, to follow its events.
    ///
    /// # Errors
    /// When an argument does not fit, or as [`Client::start`].
    pub async fn start(&self, args: Args) -> Result<RunningCall, CallError> {
        self.start_with(args, CallOptions::default()).await
    }

    /// Starts a call that is made in another way than usual.
    ///
    /// # Errors
    /// When an argument does not fit, or as [`Client::start`].
    pub async fn start_with(&self, args: Args, options: CallOptions) -> Result<RunningCall, CallError> {
        let mut request = CallRequest::new(self.target(), self.checked(args)?);
        request.options = options;
        self.client.start(request).await
    }

    /// Starts a call, for code that blocks: the thread waits until the server has accepted it. Not inside of async code.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn blocking_start(&self, args: Args) -> Result<blocking::RunningCall, CallError> {
        let starting = inside(self.client.shared().runtime.clone(), self.start(args));
        blocking::wait(starting).map(Into::into)
    }

    /// Starts a call for what it yields, one item after the other. Dropping the stream cancels the call.
    ///
    /// # Errors
    /// As [`start`](Self::start); the stream ends with the first error of the call.
    pub async fn stream<R: FromReturns>(
        &self,
        args: Args,
    ) -> Result<impl Stream<Item = Result<R, CallError>> + Send + use<R>, CallError> {
        let call = self.start(args).await?;
        let client = self.client.clone();
        let items = stream::unfold((call, client), |(mut call, client)| async move {
            let item = next_item(&mut call, &client).await.transpose()?;
            Some((item, (call, client)))
        });
        Ok(items.boxed())
    }

    /// What runs a call: the implementation that was found, else whichever the server chooses.
    fn target(&self) -> CallTarget {
        match &self.found.implementation {
            Some(implementation) => CallTarget::Implementation(implementation.id.clone()),
            None => CallTarget::Action(self.found.description.id.clone()),
        }
    }

    /// The object of arguments, checked against the ports.
    pub(crate) fn checked(&self, args: Args) -> Result<Box<RawValue>, CallError> {
        let object = args.into_object(self.args()).map_err(CallError::Arguments)?;
        let validator = self.found.validator.get_or_init(|| Validator::new(self.args()));
        let validator = validator.as_ref().map_err(|error| CallError::Definition(error.to_string()))?;
        match validator.check(&object) {
            Ok(()) => Ok(object),
            Err(errors) => Err(CallError::Arguments(together(errors))),
        }
    }
}

/// The next item of a call, read.
async fn next_item<R: FromReturns>(call: &mut RunningCall, client: &Client) -> Result<Option<R>, CallError> {
    while let Some(event) = call.next().await? {
        if let CallEvent::Yield(returns) = event {
            let returns = Arguments::parse(&returns).map_err(CallError::Returns)?;
            let item = R::expand_returns(&returns, client.contexts()).await.map_err(CallError::Returns)?;
            return Ok(Some(item));
        }
    }
    Ok(None)
}

/// Several mistakes as one error, so that all can be mended at once.
fn together(mut errors: Vec<ValueError>) -> ValueError {
    if errors.len() == 1 {
        return errors.remove(0);
    }
    ValueError::invalid(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Action")
            .field("name", &self.name())
            .field("hash", &self.hash())
            .field("implementation", &self.found.implementation)
            .finish_non_exhaustive()
    }
}
