//! The agent against a scripted peer: a server that says exactly what each test wants said.

mod connection;
mod scripted;
mod shutdown;
mod work;
