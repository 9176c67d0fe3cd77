//! What the vocabulary promises to peers: frames, values, functions from closures.

mod acknowledged;
mod capabilities;
mod closures;
mod containers;
mod dates;
mod enforcement;
mod messages;
mod nested;
mod properties;
mod task;
mod values;
