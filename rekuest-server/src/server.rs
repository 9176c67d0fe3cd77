//! Starting and stopping the server.

use std::fmt;
use std::future::{IntoFuture as _, Ready};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use rekuest_core::Token;
use tokio::io::DuplexStream;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::auth::{Credentials, Identity};
use crate::connections::{Connections, Open, connections};
use crate::graphql::{self, Direct};
use crate::http::{App, router};
use crate::in_process::{Door, door};
use crate::settings::Settings;
use crate::state::Store;
use crate::state::reservations::ReservationStrategy;

/// How long stopping waits for connections that do not close.
const STOPPING: Duration = Duration::from_secs(3);

/// The embedded server; see [`Server::builder`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Server;

impl Server {
    /// What to start.
    pub fn builder() -> Builder {
        Builder {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_remote: false,
            credentials: Credentials::default(),
            settings: Settings::default(),
        }
    }
}

/// How the server is started. Without a token or a local secret it accepts nobody.
#[derive(Debug)]
#[must_use = "nothing is started before `start` is awaited"]
pub struct Builder {
    bind: SocketAddr,
    allow_remote: bool,
    credentials: Credentials,
    settings: Settings,
}

/// Why the server could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address can be reached from other machines, and the traffic is not encrypted. Bind to a loopback address, or
    /// say [`Builder::allow_remote`].
    #[error(
        "expected a loopback address such as 127.0.0.1 to listen on, got {0}: other machines could reach it without encryption"
    )]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on. Choose another port, or 0 for any that is free.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

impl Builder {
    /// The address to listen on: `127.0.0.1:0` unless given, 0 being any free port.
    pub fn bind(mut self, address: SocketAddr) -> Self {
        self.bind = address;
        self
    }

    /// Whether an address may be listened on that other machines can reach. The traffic is not encrypted.
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.allow_remote = allow;
        self
    }

    /// Accepts a token, for this identity. Can be called again for more.
    pub fn token(mut self, token: Token, identity: Identity) -> Self {
        self.credentials.accept(&token, identity);
        self
    }

    /// Accepts the tokens that [`rekuest_core::local::token`] derives from this secret: the client is the identifier
    /// of the app, user and organization are `local`.
    pub fn local_secret(mut self, secret: impl Into<String>) -> Self {
        self.credentials.accept_derived_from(secret.into());
        self
    }

    /// How long after INIT, or an answer, the next HEARTBEAT comes, and within what it has to be answered: 10 s and
    /// 5 s unless given (protocol, section 4). Other values are for tests of agents.
    pub fn heartbeat(mut self, interval: Duration, answer_within: Duration) -> Self {
        self.settings.heartbeat_interval = interval;
        self.settings.heartbeat_answer = answer_within;
        self
    }

    /// How many finished assignations are kept for `assignation(id)`, and how many bytes of arguments, returns and
    /// messages they may hold together: 10,000 and 256 MiB unless given. Those that ended first are dropped first;
    /// running ones are always kept.
    pub fn keep_finished(mut self, count: usize, bytes: usize) -> Self {
        self.settings.finished_kept = count;
        self.settings.finished_bytes = bytes;
        self
    }

    /// How many changes a subscription may be behind: 16,384 unless given, rounded up to a power of two. One that is
    /// further behind is cut: its websocket is closed with 1013, so that nothing is missed silently.
    pub fn subscription_backlog(mut self, changes: usize) -> Self {
        self.settings.subscription_backlog = changes.max(1);
        self
    }

    /// How many frames, and how many bytes of them, may wait for an agent to read them: 65,536 and 256 MiB unless
    /// given. Past that, mutations that would add one are refused.
    pub fn agent_backlog(mut self, frames: usize, bytes: usize) -> Self {
        self.settings.outbox_frames = frames;
        self.settings.outbox_bytes = bytes;
        self
    }

    /// The largest body of a request and the largest frame of a websocket that is read, in bytes: 256 MiB unless given.
    /// A larger body is answered with HTTP 413; a websocket with a larger frame is cut.
    pub fn largest_message(mut self, bytes: usize) -> Self {
        self.settings.largest_message = bytes;
        self
    }

    /// The identifiers of structures that the server knows. A definition with a STRUCTURE of another is refused, as
    /// the real server refuses what no service of its deployment has. Unless given, every identifier with a slash is
    /// known.
    ///
    /// ```
    /// # use rekuest_server::Server;
    /// let builder = Server::builder().structures(["@mikro/image", "@mikro/stage"]);
    /// ```
    pub fn structures(mut self, identifiers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.structures = Some(identifiers.into_iter().map(Into::into).collect());
        self
    }

    /// How calls by a reservation get their implementation: by the agents' load unless given. The protocol lets no caller
    /// say it.
    pub fn reservation_strategy(mut self, strategy: ReservationStrategy) -> Self {
        self.settings.reservation_strategy = strategy;
        self
    }

    /// Works at most this many frames of an agent a second, in order, heartbeat answers included, as the observed
    /// server does (30 to 45; protocol, section 4), and does not announce `unpaced`. Between 1 and 1,000. It is for
    /// tests of agents and clients; unless given, frames are worked as fast as they come.
    pub fn events_per_second(mut self, events: u32) -> Self {
        self.settings.frame_time = Some(Duration::from_secs(1) / events.clamp(1, 1_000));
        self
    }

    /// Binds and serves, in a task of the current tokio runtime.
    ///
    /// # Errors
    /// When the address is not one to listen on; see [`StartError`].
    pub async fn start(self) -> Result<RunningServer, StartError> {
        if !self.bind.ip().is_loopback() && !self.allow_remote {
            return Err(StartError::NotLoopback(self.bind));
        }
        let failed = |source| StartError::Bind { address: self.bind, source };
        let listener = TcpListener::bind(self.bind).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let store = Arc::new(Store::new(self.settings));
        let (connections, open) = connections();
        let app = App {
            schema: graphql::schema(Arc::clone(&store)),
            direct: Arc::new(Direct::new(Arc::clone(&store))),
            store: Arc::clone(&store),
            credentials: Arc::new(self.credentials),
            open: open.clone(),
        };
        // Frames are small and answered one by one: waiting to fill packets would cost more than it saves.
        let listener = listener.tap_io(|socket| {
            if let Err(error) = socket.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY could not be set");
            }
        });
        let stopped = |mut open: Open| async move { open.stopped().await };
        let (door, inside) = door();
        let router = router(app);
        let serving = axum::serve(listener, router.clone()).with_graceful_shutdown(stopped(open.clone()));
        let serving_inside = axum::serve(inside, router).with_graceful_shutdown(stopped(open));
        let serving = tokio::spawn(async move {
            // They only end when they are stopped: failures to accept are waited out.
            let _ = tokio::join!(serving.into_future(), serving_inside.into_future());
        });
        tracing::info!(%address, "the server listens");
        Ok(RunningServer { address, connections, door, serving, store })
    }
}

/// A server that runs. Dropping it stops it without waiting.
#[must_use = "the server stops when this is dropped"]
pub struct RunningServer {
    address: SocketAddr,
    connections: Connections,
    door: Door,
    serving: JoinHandle<()>,
    pub(crate) store: Arc<Store>,
}

/// Says where it is, not all that it knows.
impl fmt::Debug for RunningServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningServer").field("address", &self.address).finish_non_exhaustive()
    }
}

impl RunningServer {
    /// The address it listens on, with the port that was chosen.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base url: `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.reachable())
    }

    /// Where queries and mutations are posted.
    pub fn graphql_url(&self) -> String {
        format!("http://{}/graphql", self.reachable())
    }

    /// The callers' websocket.
    pub fn graphql_ws_url(&self) -> String {
        format!("ws://{}/graphql", self.reachable())
    }

    /// The agents' websocket.
    pub fn agi_url(&self) -> String {
        format!("ws://{}/agi", self.reachable())
    }

    /// Makes connections to this server inside of this process, for `HttpOptions::over` of clients, agents and apps: not
    /// even the loopback network is used. The urls are given as usual.
    pub fn connector(
        &self,
    ) -> impl Fn() -> Ready<io::Result<DuplexStream>> + Clone + Send + Sync + use<> + 'static {
        let door = self.door.clone();
        move || door.connect()
    }

    /// The address from this machine: one that listens on all addresses is reached at the loopback one.
    fn reachable(&self) -> SocketAddr {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        SocketAddr::new(ip, self.address.port())
    }

    /// Stops: no new connections, 1001 to every websocket. Returns when all are closed, or after 3 seconds.
    pub async fn shutdown(mut self) {
        self.connections.stop();
        let closed = async {
            // The task holds what counts the connections, so it has to end first.
            let _ = (&mut self.serving).await;
            self.connections.gone().await;
        };
        if tokio::time::timeout(STOPPING, closed).await.is_err() {
            tracing::warn!("connections did not close in time; they are left");
        }
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        self.connections.stop();
    }
}
