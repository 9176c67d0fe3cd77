//! Calls functions that rekuest apps provide: find, call, wait, cancel; and reads and watches the states that they show.
//!
//! ```no_run
//! use rekuest_client::{Client, args};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::from_env().await?;
//! let action = client.find("other_app", "rpc_function").await?;
//! let text: String = action.call(args! { x: 1, name: "hello world" }).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A function that is known when the caller is compiled needs no looking for: `add::call(&client, 1, 2)`, the same
//! path and the same types as the function's own.
//!
//! What an app shows of itself is its state: `client.state::<Counter>("other_app", "default").await` reads one,
//! [`watch`](StateQuery::watch) follows it, [`state_named`](Client::state_named) does both without its type.
//!
//! # The path of a call
//! [`Action`] checks the arguments, [`Client::start`] opens the subscription and posts `assign`, the server has an agent
//! run it, the subscription's events go to the [`RunningCall`] of their reference, and what was yielded is read into the
//! caller's type. Whatever is lost on the way is asked for: a call ends, or says why not, but does not hang while the
//! server and the agent are there.
//!
//! | module | what it holds |
//! |---|---|
//! | `access`, `endpoints`, `environment`, `login` | where the server is, and with which token |
//! | `transport`, `dial` | requests over HTTP, and websockets |
//! | [`graphql`] | operations over HTTP |
//! | `subscription`, `routes` | what is told over websockets, and to which call its events go |
//! | `call`, `merge` | a call from its start to its end |
//! | `find`, `search`, `apps`, `action`, `args` | what can be called, and calling it |
//! | `many` | several calls at once |
//! | `reservation` | a standing choice among those who run a function |
//! | [`blocking`] | the same for programs without an async runtime |
//! | `state` | what apps show of themselves, read and watched |

mod access;
mod action;
mod apps;
mod args;
mod backoff;
pub mod blocking;
mod builder;
mod call;
mod client;
mod dial;
mod endpoints;
mod environment;
mod find;
pub mod graphql;
mod login;
mod many;
mod merge;
mod reservation;
mod routes;
mod search;
mod state;
mod subscription;
mod timing;
mod transport;

pub use access::{Access, AccessError, AccessFn, AccessSource, Renew};
pub use action::{Action, Implementation};
pub use apps::app_identifier;
pub use args::Args;
pub use backoff::Backoff;
pub use builder::{ClientBuilder, ConnectError};
pub use call::RunningCall;
pub use client::Client;
pub use dial::{Connect, Connection};
#[doc(hidden)]
pub use dial::{READ_BUFFER, WebSocket};
pub use endpoints::{EndpointError, Endpoints, Expected};
pub use environment::{EnvironmentError, instance_from_env};
pub use graphql::operations::{ListedAgent, ReservationState};
pub use graphql::{Graphql, GraphqlError, Operation};
pub use login::{DeviceCode, Grant, Login, LoginError, Manifest, ManifestError};
pub use many::{Join, Map, MapProgress, Mapped, join, map};
pub use reservation::{Reservation, ReservationWatch, Reserve};
pub use search::{ActionSearch, AgentSearch, ImplementationSearch, Listed, Listing, Search};
pub use state::{StateError, StateQuery, StateWatch};
pub use subscription::SubscriptionError;
pub use timing::Timing;
pub use transport::{CertificateError, HttpOptions};
