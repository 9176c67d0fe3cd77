//! Calls functions that rekuest apps provide.

mod access;
mod backoff;
mod endpoints;
pub mod graphql;
mod tls;

pub use access::{Access, AccessError, AccessSource, Renew};
pub use backoff::Backoff;
pub use endpoints::{EndpointError, Endpoints, Expected};
pub use graphql::{Graphql, GraphqlError, HttpOptions, Operation};
