//! What most programs use: `use rekuest::prelude::*;`.

pub use crate::{App, CallError, Caller, Client, Exit, Function, args, register};
