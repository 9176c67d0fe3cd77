//! The embedded server over real sockets: what agents, callers and the command line see.

mod agents;
mod arguments;
mod assignations;
mod documents;
mod hashes;
mod http;
mod local;
mod peer;
mod reconnect;
mod registration;
mod schema;
mod subscriptions;
mod values;
