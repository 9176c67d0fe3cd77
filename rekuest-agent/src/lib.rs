//! The agent: serves the functions of a program over the websocket `/agi`.
//!
//! An [`Agent`] registers the functions of a [`Registry`](rekuest_core::Registry) with a server, keeps a connection
//! to it, runs what is assigned and reports what becomes of it. It comes back after every loss of the connection,
//! answers for every assignation exactly once, and ends only when it is asked to, or when the server says so.
//!
//! The path of one assignation through this crate: `connection` reads the frame, `workshop` finds the function, `table`
//! admits it, `table::lanes` says when it may run, `work` runs it and passes what comes out through the table's gate,
//! `table::outbox` holds it until it is confirmed, `connection::writer` sends it.

mod agent;
mod attempts;
mod blocking;
mod builder;
mod calls;
mod composition;
mod connection;
mod error;
mod handle;
mod hooks;
mod metrics;
pub mod offline;
mod polling;
mod quickness;
mod registration;
mod runners;
mod settings;
mod shelf;
mod signals;
mod starter;
mod states;
mod status;
mod table;
mod work;
mod workshop;

pub use agent::Agent;
pub use builder::AgentBuilder;
pub use composition::CompositionError;
pub use error::AgentError;
pub use handle::AgentHandle;
pub use settings::Pace;
pub use shelf::Drawer;
pub use signals::Signals;
pub use status::{AgentPhase, AgentStatus};
