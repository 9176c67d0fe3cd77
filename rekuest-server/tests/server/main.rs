//! The embedded server over real sockets: what agents, callers and the command line see.

mod administration;
mod agents;
mod arguments;
mod assignations;
mod control;
mod dependencies;
mod direct;
mod documents;
mod hashes;
mod http;
mod large;
mod local;
mod pace;
mod peer;
mod reconnect;
mod registration;
mod reservations;
mod schema;
mod shelves;
mod states;
mod structures;
mod subscriptions;
mod values;
