//! What the layer sends, what it leaves out, and that it changes nothing for others.

mod capture;
mod others;
#[cfg(all(unix, feature = "capture-output"))]
mod printed;
mod sent;
mod stage;
