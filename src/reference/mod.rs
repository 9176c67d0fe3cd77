//! The reference.

pub mod derives;
pub mod functions;
pub mod ports;
pub mod returns;
pub mod types;
