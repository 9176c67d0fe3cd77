//! The guide: what lives in an app beside its functions, a chapter each.
//!
//! An instrument has a connection, a position, images in memory. The chapters build a simulated microscope of these; their
//! examples are tests of this crate, and `examples/microscope.rs` is all of it in one program.
//!
//! | chapter | what it is about |
//! |---|---|
//! | [`contexts`] | values that functions share: a connection, say |
//! | [`states`] | what an app shows of itself, and how others watch it |
//! | [`memory`] | values that are too heavy to travel |
//! | [`hooks`] | what runs at the start, all along, and at the end |
//! | [`dependencies`] | functions that call functions, of this app and of others |
//! | [`calling`] | calling from outside: typed, untyped, as a stream, with a handle, without a runtime |
//!
//! Every single attribute stands in the [`reference`](mod@crate::reference).

pub mod calling;
pub mod contexts;
pub mod dependencies;
pub mod hooks;
pub mod memory;
pub mod states;
