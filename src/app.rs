//! An app in code: what [`run`](crate::run) makes from the command line.

use std::sync::{Arc, OnceLock};

use rekuest_agent::offline::{Offline, OfflineBuilder};
use rekuest_agent::{Agent, AgentError, AgentHandle, CompositionError};
use rekuest_client::graphql::operations::FindAgents;
use rekuest_client::{
    AccessSource, Client, ConnectError, DeviceCode, Graphql, HttpOptions, Login, LoginError, Renew,
    app_identifier,
};
use rekuest_core::injected::Needed;
use rekuest_core::{Contexts, Function, Hook, Hooks, Registry, RegistryError, State, StateType, Token};
use tokio::task::JoinHandle;

use crate::local;
use crate::options::Options;
use crate::ready::ReadyFile;
use crate::target::{Ask, Settings, Target};

/// The version of an app that says none.
const NO_VERSION: &str = "dev";

/// An app: an identifier, functions, and the server they are provided on.
///
/// [`run`](crate::run) makes one from all functions that are linked. Here the functions are chosen: registered ones by
/// their constant, closures with [`Function`], all linked ones with [`linked`](Self::linked).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use rekuest::{args, App, Function};
///
/// # let folder = std::env::temp_dir().join(format!("rekuest-doc-{}", std::process::id()));
/// # let server = rekuest::server::Server::builder().token("t".into(), rekuest::server::Identity {
/// #     client: "doc".into(), user: "u".into(), organization: "o".into() }).start().await?;
/// # let (url, token) = (server.url(), "t");
/// let app = App::new("calculator")
///     .function(Function::blocking("scale", ["value", "by"], |value: f64, by: f64| value * by).default("by", 2.0))
///     .url(url)
///     .token(token)
///     .start()
///     .await?;
/// app.ready().await?;
///
/// let client = app.client().await?;
/// let scaled: f64 = client.find("calculator", "scale").await?.call(args! { value: 1.5 }).await?;
/// assert_eq!(scaled, 3.0);
/// app.shutdown().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an app does nothing until it is run or started"]
pub struct App {
    identifier: String,
    version: String,
    instance_id: Option<String>,
    registry: Result<Registry, RegistryError>,
    extensions: Vec<(String, Registry)>,
    hooks: Hooks,
    contexts: Contexts,
    /// What was given twice.
    given_twice: Option<CompositionError>,
    settings: Settings,
    pub(crate) options: Options,
    pub(crate) http: HttpOptions,
    /// Where it has logged in to, once it has.
    login: OnceLock<Arc<Login>>,
}

/// Why an app cannot be provided, or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// Its functions cannot be registered together.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// A url, a token or an environment variable is missing or wrong; the sentence says which.
    #[error("{0}")]
    Settings(String),
    /// There is no local server, and none can be started.
    #[error("{0}")]
    Local(String),
    /// It is not known how the server is reached: the deployment that the app logs in to does not answer, say.
    #[error("{0}")]
    Access(String),
    /// The deployment that the app logs in to does not let it in, and the sentence says why.
    #[error("{0}")]
    NotLetIn(String),
    /// The app runs already, in another process with the same instance id.
    #[error(
        "the app `{identifier}` runs already, with the instance id `{instance_id}`; \
         give this process another one with --instance-id"
    )]
    Running {
        /// The app.
        identifier: String,
        /// The instance id that both have.
        instance_id: String,
    },
    /// The app is not running any more, and the sentence says how that was noticed.
    #[error("{0}")]
    Stopped(String),
    /// The agent stopped, or could not start.
    #[error(transparent)]
    Agent(#[from] AgentError),
}

impl App {
    /// An app without functions. The identifier is the name it is found by; it has neither `/` nor `:`.
    pub fn new(identifier: impl Into<String>) -> Self {
        Self {
            identifier: identifier.into(),
            version: NO_VERSION.to_owned(),
            instance_id: None,
            registry: Ok(Registry::new()),
            extensions: Vec::new(),
            hooks: Hooks::new(),
            contexts: Contexts::default(),
            given_twice: None,
            settings: Settings::default(),
            options: Options::default(),
            http: HttpOptions::default(),
            login: OnceLock::new(),
        }
    }

    /// The same app with a version, `dev` unless given: `.version(env!("CARGO_PKG_VERSION"))`.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// The same app with one more function: a closure's, or a registered one's constant.
    ///
    /// ```
    /// use rekuest::prelude::*;
    ///
    /// /// Adds two numbers.
    /// #[register]
    /// fn add(a: i64, b: i64) -> i64 {
    ///     a + b
    /// }
    ///
    /// let app = App::new("calculator").function(&add::IMPLEMENTATION);
    /// ```
    pub fn function(mut self, function: impl Into<Function>) -> Self {
        self.registry = self.registry.and_then(|mut registry| {
            registry.add(function.into())?;
            Ok(registry)
        });
        self
    }

    /// The same app with all functions with `#[register]` that are linked into the program, and all its hooks: functions
    /// with `#[startup]`, `#[background]` and `#[shutdown]`.
    pub fn linked(mut self) -> Self {
        self.registry = self.registry.and_then(|mut registry| {
            registry.add_linked()?;
            Ok(registry)
        });
        self.hooks.add_linked();
        self
    }

    /// The same app with functions of a library in an extension of their own, which is what a server calls a named group of
    /// functions. Their interfaces are unique in the app all the same.
    ///
    /// ```
    /// use rekuest::{App, Function, Registry};
    ///
    /// /// What a library for stages adds to every app that wants it.
    /// fn stage_functions() -> Registry {
    ///     let mut functions = Registry::new();
    ///     functions.add(Function::blocking("home", [], || 0.0_f64)).expect("one function");
    ///     functions
    /// }
    ///
    /// let app = App::new("microscope").extension("stage", stage_functions());
    /// ```
    pub fn extension(mut self, name: impl Into<String>, functions: Registry) -> Self {
        self.extensions.push((name.into(), functions));
        self
    }

    /// The same app with one more hook: `.hook(&connect::HOOK)` for a function `connect` with `#[startup]`, `#[background]`
    /// or `#[shutdown]`.
    pub fn hook(mut self, hook: impl Into<Hook>) -> Self {
        self.hooks.add(hook);
        self
    }

    /// The same app with a value that its functions share: those that take a [`Ctx`](crate::Ctx), and structures that are
    /// fetched. A second one of its type is an error when the app starts.
    pub fn context<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        if !self.contexts.insert(value) {
            self.given_twice.get_or_insert(CompositionError::given_twice(Needed::context::<T>()));
        }
        self
    }

    /// The same app with a state that others can watch, and that its functions take as [`State`](struct@crate::State). A second one
    /// of its type is an error when the app starts.
    pub fn state<T: StateType>(mut self, value: T) -> Self {
        if !self.contexts.insert_state(value) {
            self.given_twice.get_or_insert(CompositionError::given_twice(Needed::state::<T>()));
        }
        self
    }

    /// The same app on the server with this base url, instead of the environment's or the local one.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.settings.url = Some(url.into());
        self
    }

    /// The same app with the token for that server.
    pub fn token(mut self, token: impl Into<Token>) -> Self {
        self.settings.token = Some(token.into());
        self
    }

    /// The same app with other timeouts of requests than usual, more authorities that are trusted, or other connections
    /// than TCP: to the server, and for what its functions call.
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.http = options;
        self
    }

    /// The same app with a way to ask a user to let it in. That is done with a url that the user opens, where the environment
    /// names a deployment, in `FAKTS_URL`, and no token for it. Without this, it is an error that names the variable for the
    /// token. The command line has it at a terminal.
    ///
    /// ```
    /// # use rekuest::App;
    /// let app = App::new("calculator").on_device_code(|code| println!("open {} to let this app in", code.url));
    /// ```
    pub fn on_device_code(mut self, show: impl Fn(&DeviceCode) + Send + Sync + 'static) -> Self {
        self.settings.ask = Some(Ask(Arc::new(show)));
        self
    }

    /// The same app as another instance: two processes of one app need two. `default`, or what `REKUEST_INSTANCE`
    /// says, unless given.
    pub fn instance_id(mut self, instance_id: impl Into<String>) -> Self {
        self.instance_id = Some(instance_id.into());
        self
    }

    /// The name it is found by.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// Its functions, without those of [extensions](Self::extension).
    ///
    /// # Errors
    /// When two of them have one interface, or one was described wrongly.
    pub fn registry(&self) -> Result<&Registry, &RegistryError> {
        self.registry.as_ref()
    }

    /// All its functions.
    ///
    /// # Errors
    /// When two of them have one interface, or one was described wrongly.
    pub fn functions(&self) -> Result<impl Iterator<Item = &Function>, &RegistryError> {
        let extensions = self.extensions.iter().flat_map(|(_, functions)| functions.iter());
        Ok(self.registry()?.iter().chain(extensions))
    }

    /// What serves the same functions in the same way, without a server.
    pub(crate) fn offline(self) -> Result<OfflineBuilder, AppError> {
        let instance_id = self.instance();
        let builder = Offline::builder(self.registry?).hooks(self.hooks).instance_id(instance_id);
        let builder = self.options.apply_offline(builder).contexts(self.contexts);
        match self.given_twice {
            Some(error) => Err(AgentError::from(error).into()),
            None => Ok(self
                .extensions
                .into_iter()
                .fold(builder, |builder, (name, functions)| builder.extension(name, functions))),
        }
    }

    pub(crate) fn renamed(mut self, identifier: String) -> Self {
        self.identifier = identifier;
        self
    }

    fn target(&self) -> Result<Target, AppError> {
        // One login for all that this app does: a token that lets it in may be good for one time.
        if let Some(login) = self.login.get() {
            return Ok(Target::Deployment(Arc::clone(login)));
        }
        let target = Target::resolve(&self.settings, &self.identifier, &self.version, &self.http)?;
        if let Target::Deployment(login) = &target {
            return Ok(Target::Deployment(Arc::clone(self.login.get_or_init(|| Arc::clone(login)))));
        }
        Ok(target)
    }

    fn instance(&self) -> String {
        let instance = self.instance_id.clone().or_else(|| std::env::var("REKUEST_INSTANCE").ok());
        instance.filter(|instance| !instance.is_empty()).unwrap_or_else(|| "default".to_owned())
    }

    /// Provides the functions until the process is asked to end by SIGINT, SIGTERM or Ctrl-C, with the command line
    /// that [`run`](crate::run) describes.
    pub async fn run(self) -> crate::Exit {
        crate::cli::run_app(self).await
    }

    /// A client with the identity of this app, on the server it would be provided on. A local server is looked for, and
    /// not started.
    ///
    /// # Errors
    /// When no server is named and none runs on this machine, the settings are wrong, or a login fails.
    pub async fn client(&self) -> Result<Client, AppError> {
        let target = self.target()?;
        let graphql = Graphql::with_options(target.source(&self.identifier)?, self.http.clone());
        connect(graphql, self.instance(), self.contexts.clone()).await
    }

    /// Starts to provide the functions, and returns while they are provided in the background.
    ///
    /// # Errors
    /// When the functions, the settings or the local server do not allow it, or a deployment refuses the app. A named
    /// server or deployment that cannot be reached is no error: the app waits for it.
    pub async fn start(self) -> Result<RunningApp, AppError> {
        if self.identifier.is_empty() || self.identifier.contains(['/', ':']) {
            return Err(AppError::Settings(format!(
                "an app's identifier is not empty and has neither `/` nor `:`, got `{}`",
                self.identifier
            )));
        }
        let instance_id = self.instance();
        // What is wrong with the app itself is said before anything about a server.
        let target = self.target();
        let registry = self.registry?;
        if let Some(error) = self.given_twice {
            return Err(AgentError::from(error).into());
        }
        let (source, url, local): (Arc<dyn AccessSource>, _, _) = match target? {
            Target::Named(access) => {
                let url = access.endpoints.graphql.to_string();
                (Arc::new(*access), url, None)
            }
            Target::Deployment(login) => {
                let_in(&login).await?;
                let url = login.url().to_owned();
                (login, url, None)
            }
            Target::Local => {
                let local = local::find_or_host(&self.identifier).await.map_err(AppError::Local)?;
                (local.source.clone(), local.url.clone(), Some(local))
            }
        };
        let graphql = Graphql::with_options(Arc::clone(&source), self.http.clone());
        let server = Provided { graphql, url, local };
        let name = format!("{}:{}", self.identifier, self.version);
        if server.local.is_some() {
            alone(&server.graphql, &self.identifier, &instance_id).await?;
        }
        let agent = Agent::builder(registry, source)
            .name(name)
            .http(self.http)
            .instance_id(instance_id.clone())
            .hooks(self.hooks)
            .contexts(self.contexts.clone());
        let agent = self
            .extensions
            .into_iter()
            .fold(agent, |agent, (name, functions)| agent.extension(name, functions));
        let agent = self.options.apply(agent).build()?;
        let handle = agent.handle();
        let ready_file = self.options.ready_file.map(|path| ReadyFile::keep(path, handle.watch_ready()));
        let ready_file = ready_file.transpose().map_err(AppError::Settings)?;
        let task = tokio::spawn(agent.run());
        let contexts = self.contexts;
        Ok(RunningApp { handle, task, server, instance_id, contexts, _ready_file: ready_file })
    }
}

async fn connect(graphql: Graphql, instance_id: String, contexts: Contexts) -> Result<Client, AppError> {
    let client = Client::builder().graphql(graphql).instance_id(instance_id).contexts(contexts).build().await;
    client.map_err(|error| match error {
        ConnectError::Access(error) => match error.login() {
            Some(login) if login.is_final() => AppError::NotLetIn(error.to_string()),
            _ => AppError::Access(error.to_string()),
        },
        error => AppError::Settings(error.to_string()),
    })
}

/// Logs in for the first time. A deployment that cannot be reached now is waited for, like any server; one that refuses the
/// app is not asked again and again.
async fn let_in(login: &Login) -> Result<(), AppError> {
    match login.access(Renew::No).await {
        Ok(_) => Ok(()),
        Err(error) if error.login().is_some_and(LoginError::is_final) => {
            Err(AppError::NotLetIn(error.to_string()))
        }
        Err(error) => {
            tracing::warn!("{error}; waiting for it");
            Ok(())
        }
    }
}

/// The server that an app is provided on.
#[derive(Debug)]
struct Provided {
    graphql: Graphql,
    url: String,
    local: Option<local::Local>,
}

/// Makes sure that no other process serves the same agent on the local server: two would take each other's calls and
/// erase each other's functions. There an app has a token of its own, so its name is enough to know it by.
async fn alone(graphql: &Graphql, identifier: &str, instance_id: &str) -> Result<(), AppError> {
    let agents = graphql.execute(&FindAgents {}).await;
    let agents =
        agents.map_err(|error| AppError::Local(format!("the local server does not answer: {error}")))?;
    let same = agents.iter().any(|agent| {
        agent.connected && agent.instance_id == instance_id && app_identifier(&agent.name) == identifier
    });
    if same {
        return Err(AppError::Running {
            identifier: identifier.to_owned(),
            instance_id: instance_id.to_owned(),
        });
    }
    Ok(())
}

/// An app that is provided in the background. Dropping it ends it without waiting, and without its shutdown functions:
/// [`shutdown`](RunningApp::shutdown) runs them.
#[derive(Debug)]
pub struct RunningApp {
    handle: AgentHandle,
    task: JoinHandle<Result<(), AgentError>>,
    server: Provided,
    instance_id: String,
    contexts: Contexts,
    /// Removed when the app has ended.
    _ready_file: Option<ReadyFile>,
}

impl RunningApp {
    /// Waits until its functions can be called.
    ///
    /// # Errors
    /// When the app has stopped instead.
    pub async fn ready(&self) -> Result<(), AppError> {
        if self.handle.ready().await {
            return Ok(());
        }
        Err(AppError::Stopped("the app has stopped before it was ready; `shutdown` says why".to_owned()))
    }

    /// What to ask it to end with from elsewhere.
    pub fn handle(&self) -> AgentHandle {
        self.handle.clone()
    }

    /// The app's shared value of this type; none before its startup functions have made it.
    pub fn context<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.handle.context()
    }

    /// The app's state of this type; none before its startup functions have made it.
    pub fn state<T: StateType>(&self) -> Option<State<T>> {
        self.handle.state()
    }

    /// The url of the server it is provided on, or of the deployment that tells where the server is.
    pub fn url(&self) -> &str {
        &self.server.url
    }

    /// The app that hosts the local server, if another does.
    pub(crate) fn host(&self) -> Option<&str> {
        self.server.local.as_ref()?.host.as_deref()
    }

    /// Whether this process hosts the local server.
    pub(crate) fn is_host(&self) -> bool {
        self.server.local.as_ref().is_some_and(|local| local.host.is_none())
    }

    /// A client with the identity of this app.
    ///
    /// # Errors
    /// When no client can be made of its settings.
    pub async fn client(&self) -> Result<Client, AppError> {
        connect(self.server.graphql.clone(), self.instance_id.clone(), self.contexts.clone()).await
    }

    /// Waits until the app ends.
    ///
    /// # Errors
    /// When it ended by itself, and why.
    pub async fn join(self) -> Result<(), AppError> {
        let mut this = self;
        let ended = (&mut this.task).await;
        this.close().await;
        match ended {
            Ok(ended) => Ok(ended?),
            Err(error) => Err(AppError::Stopped(format!("the agent's task has ended unexpectedly: {error}"))),
        }
    }

    /// Asks the app to end, and waits until running work is done and reported.
    ///
    /// # Errors
    /// When it had ended by itself before, and why.
    pub async fn shutdown(self) -> Result<(), AppError> {
        self.handle.shutdown();
        self.join().await
    }

    #[cfg(feature = "server")]
    async fn close(&mut self) {
        if let Some(hosted) = self.server.local.as_mut().and_then(|local| local.hosted.take()) {
            hosted.shutdown().await;
        }
    }

    #[cfg(not(feature = "server"))]
    async fn close(&mut self) {}
}

impl Drop for RunningApp {
    fn drop(&mut self) {
        self.task.abort();
    }
}
