//! Functions that are tested without a network do what they do in production.

mod running;
mod server;
mod together;
mod values;
