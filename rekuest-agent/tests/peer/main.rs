//! The agent against a scripted peer: a server that says exactly what each test wants said.

mod cancel;
mod connection;
mod drawers;
mod flow;
mod functions;
mod interrupt;
mod limits;
mod logged;
mod meters;
mod pause;
mod reconnect;
mod registration;
mod scripted;
mod shutdown;
mod task;
mod tokens;
mod work;
