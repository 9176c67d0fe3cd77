//! The frames of the agent's websocket `/agi` (protocol, section 4).
//!
//! This module and the GraphQL documents are the only places that spell this generation of the protocol. Frames are
//! text, one JSON object each, every one with an `id` and a `type`. Fields that are not known are ignored, types that
//! are not known are kept as [`ToAgent::Unknown`].

mod acknowledged;
mod assign;
mod capabilities;
mod envelope;
mod event;
mod from_agent;
mod level;
mod to_agent;

pub use acknowledged::CallerCapabilities;
pub use assign::Assign;
pub use capabilities::Capabilities;
pub use envelope::MessageError;
pub use event::Event;
pub use from_agent::FromAgent;
pub use level::LogLevel;
pub use to_agent::{Init, ToAgent};
