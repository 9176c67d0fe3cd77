//! What most programs use: `use rekuest::prelude::*;`.

pub use crate::{
    App, CallError, Caller, Choice, Client, Contexts, Exit, Function, LogLevel, Memorable, Memory, Model,
    Structure, Task, Union, args, register,
};
