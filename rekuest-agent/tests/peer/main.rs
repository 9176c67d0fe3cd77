//! The agent against a scripted peer: a server that says exactly what each test wants said.

mod cancel;
mod connection;
mod dependencies;
mod drawers;
mod extensions;
mod flow;
mod functions;
mod groups;
mod hooks;
mod interrupt;
mod limits;
mod logged;
mod meters;
mod pause;
mod reconnect;
mod registration;
mod scripted;
mod shutdown;
mod state_record;
mod states;
mod task;
mod tokens;
mod work;

// What generated code finds under the name of the facade.
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;
