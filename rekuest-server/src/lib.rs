//! The embedded rekuest server: the same protocol in one process, for development, tests and one machine.
//!
//! It behaves on the wire like the real server (bugs aside), keeps everything in memory, and listens on loopback. It is
//! not a cluster and does not try to be: past one machine, a program is pointed at a real deployment by its url.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use rekuest_core::Token;
//! use rekuest_server::{Identity, Server};
//!
//! let identity = Identity { client: "app".into(), user: "me".into(), organization: "mine".into() };
//! let server = Server::builder().token(Token::new("tok"), identity).start().await?;
//! assert!(server.url().starts_with("http://127.0.0.1:"));
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! # What differs from the real server, on purpose
//! - Arguments are validated against the action's ports before an assignation is made.
//! - `interrupt`, `pause`, `resume`, `step` and `agent` with `interface` in `assign` work, and reservations do. Hooks do not.
//! - Dependencies are found by hash, by name, or by what is taken and returned, among what is connected, and optional
//!   ones may stay unserved. The real server finds them by hash alone.
//! - A state is always an object; a state that is not there cannot be subscribed to. States of an agent that starts anew
//!   are told to those who subscribed only where they differ.
//! - PAUSED, RESUMED, STEPPED and INTERRUPTED are taken, and INIT says so, as it says that frames need no pacing
//!   ([`Capabilities`](rekuest_core::message::Capabilities)). INTERRUPTED ends the assignation; PAUSED and RESUMED, for
//!   which there is no kind of event, are shown as PROGRESS with the message `paused` or `resumed`.
//! - Any identifier of a STRUCTURE is accepted that has a slash, unless the known ones are given
//!   ([`Builder::structures`]).
//! - Agents are bounced, kicked and blocked in code, through [`RunningServer`].
//! - Events for unknown assignations, after a terminal one, and repeated YIELDs are ignored, where the real server
//!   closes the socket or believes them.
//! - An agent that was never registered here is told so and closed with 3003, where the real server makes an empty one;
//!   a second connection of one identity takes over from the first, which is closed with 4005.
//! - Instructions to an assignation that has ended change nothing.
//! - Over the older subprotocol `graphql-ws`, nothing is told of a call before it is a tenth of a second old, and a
//!   subscription begins with the calls of the last two seconds: the Python client 0.22.0 would hang otherwise.
//! - Integers of more than 64 bits are kept as floats, so the hash of a definition with such a default differs.
//!
//! # What is bounded
//! Finished assignations are kept by number and bytes, the oldest dropped first; frames that wait for an agent are
//! counted, and past the bound the mutation is refused, as it is past 1,024 reservations of one instance; a subscription that is too far behind is cut. See [`Builder`].
//!
//! # The path of an assignation
//! `graphql` takes `assign`, `state::assign` resolves it and queues its ASSIGN, `agi` writes it to the agent and reads
//! what it answers, `state::events` stores and publishes that, and `graphql`'s subscriptions send it to the caller.

mod administration;
mod agi;
mod auth;
mod close;
pub mod command;
mod connections;
mod graphql;
mod heartbeat;
mod http;
mod ids;
mod in_process;
pub mod local;
mod server;
mod settings;
mod state;
mod time;
mod websocket;

pub use administration::{AdministrationError, KnownAgent};
pub use auth::Identity;
pub use graphql::sdl;
pub use server::{Builder, RunningServer, Server, StartError};
pub use state::reservations::ReservationStrategy;
