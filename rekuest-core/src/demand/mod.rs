//! Demands: what a function that somebody else provides has to be like.
//!
//! Like ports they have two forms. [`Demand`] is a constant, which `#[declare]` and `#[register]` write; [`DemandBuf`] is
//! what travels, and what servers and agents look for actions with.

mod constant;
mod owned;
mod shown;

pub use constant::Demand;
pub use owned::{DemandBuf, PortMatch, PortsDemand};
