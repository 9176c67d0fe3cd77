//! What most programs use: `use rekuest::prelude::*;`.

pub use crate::{
    App, CallError, Caller, Choice, Client, Contexts, Ctx, Exit, Function, LogLevel, Memorable, Memory,
    Model, ReadOnly, State, Stop, Structure, Task, Union, args, background, declare, register, shutdown,
    startup,
};

/// The derive macro alone: the trait of the same name stands at [`crate::Context`], and programs have others of this name.
pub use rekuest_macros::Context;
