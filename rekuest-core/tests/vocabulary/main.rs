//! What the vocabulary promises to peers: frames, values, functions from closures.

mod closures;
mod messages;
mod values;
