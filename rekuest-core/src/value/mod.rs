//! Values between JSON and Rust.
//!
//! A type that a function takes or returns has a [`PortType`], is read by [`Expand`] and written by [`Shrink`]. Both
//! go straight between JSON text and the Rust value, without a tree in between; both are fallible, may await and can
//! reach the app's [`Contexts`], because a structure may have to be fetched from where it lives. For everything plain
//! the future is ready at once.
//!
//! Reading is lenient where the meaning is beyond doubt (protocol, section 5): an integral float or a numeric string
//! for INT, `0`, `1`, `"true"`, `"false"` for BOOL. Everything else is a [`ValueError`] with the path to the mistake.

mod choice;
#[cfg(any(feature = "chrono", feature = "jiff"))]
mod date;
mod dict;
mod error;
mod list;
mod memory;
mod scalars;
mod structure;
mod wrappers;

use std::future::Future;

use serde_json::value::RawValue;

use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::Port;

pub use choice::Choice;
pub use error::{Segment, ValueError};
pub use memory::{InDrawer, Memorable, Memory, NotHere, Shelf, Shelved};
pub(crate) use scalars::{boolean, integer, number, unquoted};
pub use structure::Structure;

/// The key of the one child of a LIST and of a DICT (protocol, section 2).
const ITEM: &str = "...";

/// A type that has a port: everything a registered function can take or return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no port, so it cannot pass between apps",
    label = "this type has no port",
    note = "types with a port: integers, floats, `bool`, `String`, dates by feature (`chrono`, `jiff`); `Option`, `Box`, `Arc`, `Vec`, arrays, `VecDeque`, sets and maps from `String` of these; for types of your own derive `Model`, `Choice`, `Union` or `Structure`, or take `Memory<T>` with `#[derive(Memorable)]` on `T`"
)]
pub trait PortType {
    /// The port: its kind, children and whether it takes null. Key, label and description are filled in where it is
    /// used.
    const PORT: Port;
}

/// A value that can be read from JSON: the argument of a function, or what a call returned.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a value on the wire",
    label = "this type cannot be an argument",
    note = "types with a port: integers, floats, `bool`, `String`, dates by feature (`chrono`, `jiff`); `Option`, `Box`, `Arc`, `Vec`, arrays, `VecDeque`, sets and maps from `String` of these; for types of your own derive `Model`, `Choice`, `Union` or `Structure`, or take `Memory<T>` with `#[derive(Memorable)]` on `T`"
)]
pub trait Expand: PortType + Sized + Send {
    /// Reads the value.
    ///
    /// # Errors
    /// A [`ValueError`] with what was expected and what came. Containers add the path.
    fn expand(value: &RawValue, contexts: &Contexts)
    -> impl Future<Output = Result<Self, ValueError>> + Send;
}

/// A value that can be written as JSON: what a function returns, or the argument of a call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as a value on the wire",
    label = "this type cannot be returned",
    note = "types with a port: integers, floats, `bool`, `String`, dates by feature (`chrono`, `jiff`); `Option`, `Box`, `Arc`, `Vec`, arrays, `VecDeque`, sets and maps from `String` of these; for types of your own derive `Model`, `Choice`, `Union` or `Structure`, or take `Memory<T>` with `#[derive(Memorable)]` on `T`"
)]
pub trait Shrink: PortType + Sized + Send {
    /// Writes exactly one JSON value into `out`.
    ///
    /// # Errors
    /// A [`ValueError`] when the value has no JSON, such as a FLOAT that is not a number.
    fn shrink(
        self,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send;
}
